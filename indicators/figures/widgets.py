"""Form widgets as Django's, but drawn in Python: a page has hundreds of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class Select(forms.Select):
    """A list to choose from."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        drawn = self.get_context(name, value, attrs)["widget"]
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (option["value"], flatatt(option["attrs"]), option["label"])
                for _group, options, _index in drawn["optgroups"]
                for option in options
            ),
        )
        return format_html(
            '<select name="{}"{}>{}</select>', drawn["name"], flatatt(drawn["attrs"]), options
        )


class _Input(forms.widgets.Input):
    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        drawn = self.get_context(name, value, attrs)["widget"]
        value_attr = "" if drawn["value"] is None else format_html(' value="{}"', drawn["value"])
        return format_html(
            '<input type="{}" name="{}"{}{}>',
            drawn["type"],
            drawn["name"],
            value_attr,
            flatatt(drawn["attrs"]),
        )


class TextInput(_Input, forms.TextInput):
    """A box of one line."""


class HiddenInput(_Input, forms.HiddenInput):
    """What the form sends along unseen."""


class Day(forms.DateInput):
    """A day, as browsers let it be chosen."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
