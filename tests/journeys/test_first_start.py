"""An empty installation in the browser: from the code that `migrate` printed to the accounts."""

import io
import re

from django.core.management import call_command
from playwright.sync_api import expect

from tests.browser import access_violations
from tests.cast import PASSWORD


def test_the_first_account_is_made_in_the_browser(visitor):
    printed = io.StringIO()
    call_command("migrate", stdout=printed, skip_checks=True)
    (code,) = re.findall(r"enter, once: (\S+)", printed.getvalue())
    page = visitor()
    page.goto("/")
    expect(page).to_have_url(re.compile("/first-start/$"))
    expect(page.locator("[name=code]")).to_be_focused()
    assert access_violations(page) == []

    for name, text in {"code": code.lower(), "username": "zhang", "full_name": "张三"}.items():
        page.fill(f"[name={name}]", text)
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", PASSWORD)
    page.click("button.primary")
    expect(page.locator("main")).to_contain_text("首个账号已建立")
    assert page.goto("/first-start/").status == 404
