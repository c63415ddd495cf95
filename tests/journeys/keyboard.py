"""Hands that have no mouse."""

import pytest

from tests.cast import PASSWORD

FURTHEST = 60  # presses of a key


class Keyboard:
    """Presses keys and types on a page; finds its way by what has the focus."""

    def __init__(self, page):
        self.page = page
        self.press = page.keyboard.press
        self.type = page.keyboard.type

    def to(self, place, key="Tab"):
        """Press Tab until the place has the focus."""
        place.wait_for()
        for _step in range(FURTHEST):
            if place.evaluate("found => found === document.activeElement"):
                return
            self.press(key)
        pytest.fail(f"{place} is out of the keyboard's reach")

    def follow(self, place, key="Tab"):
        self.to(place, key)
        self.press("Enter")

    def sign_in(self, name):
        """On the page of the way in."""
        self.to(self.page.locator("[name=username]"))
        self.type(name)
        self.press("Tab")
        self.type(PASSWORD)
        self.press("Enter")
