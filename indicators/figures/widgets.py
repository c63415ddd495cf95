"""Form widgets as Django's, but drawn in Python: a page has hundreds of them."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString


class Select(forms.Select):
    """A list to choose from, whose choices may stand in groups."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        shown = {"name": name, **self.build_attrs(self.attrs, attrs)}
        shown |= {"multiple": True} if self.allow_multiple_selected else {}
        return SafeString(f"<select{flatatt(shown)}>{_options(self.choices, chosen)}</select>")


class SelectMultiple(Select, forms.SelectMultiple):
    """The same, of which several may be chosen."""


def _options(choices: Iterable[tuple[Any, Any]], chosen: Set[str]) -> str:
    drawn = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            drawn.append(f'<optgroup label="{escape(value)}">{_options(label, chosen)}</optgroup>')
            continue
        code = "" if value is None else str(value)
        selected = " selected" if code in chosen else ""
        drawn.append(f'<option value="{escape(code)}"{selected}>{escape(label)}</option>')
    return "".join(drawn)


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
