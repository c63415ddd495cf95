"""One row of the sheet as a form. It parses no number: what was typed goes to the door as it is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.collection import FIRST_YEAR
from indicators.figures.widgets import HiddenInput, Select, TextInput
from indicators.measures.characters import visible
from indicators.measures.typed_unit import AMOUNTS, kept_as, typed_in
from indicators.models import UNITS, Act, Indicator, State, Statement, YearlyValue

STATES = [("", _("There is a figure")), *((s.value, s.label) for s in State if s != State.BLANK)]


class StartForm(forms.Form):
    """Which sheet to open: anything left out is chosen for the user."""

    year = forms.IntegerField(required=False, min_value=FIRST_YEAR, max_value=9999)
    unit = forms.CharField(required=False, max_length=17)
    area = forms.CharField(required=False, max_length=80)


ACTS_OF_UNIT = (Act.HAND_OVER, Act.CHECK, Act.SUBMIT, Act.TAKE_BACK)


class ActForm(forms.Form):
    """What the lead does with the whole answer, over the version that was seen; `seen` is the
    latest change of its figures, `confirmed` that the summary of a submission was read."""

    act = forms.ChoiceField(choices=[(act, "") for act in ACTS_OF_UNIT])
    version = forms.IntegerField(min_value=0)
    seen = forms.IntegerField(min_value=0, required=False)
    confirmed = forms.BooleanField(required=False)

    @property
    def reason(self) -> str:
        """As it was sent; the door says what is wrong with it."""
        return str(self.data.get("reason", ""))


class RowForm(forms.Form):
    """Boxes of one indicator; names are prefixed by its code, so a sheet is one HTML form."""

    value = forms.CharField(required=False, strip=False, label=_("Value"), widget=TextInput)
    statement = forms.ChoiceField(
        required=False,
        choices=[("", "—"), *Statement.choices],
        label=_("Statement"),
        widget=Select,
    )
    state = forms.ChoiceField(required=False, choices=STATES, label=_("State"), widget=Select)
    note = forms.CharField(required=False, strip=False, label=_("Explanation"), widget=TextInput)
    version = forms.IntegerField(min_value=0, widget=HiddenInput)

    def __init__(
        self, indicator: Indicator, value: YearlyValue | None, data: Any = None, unit: str = ""
    ) -> None:
        """`unit` is the code of the one in which amounts are typed on this sheet."""
        self.indicator = indicator
        money = indicator.unit == "yuan" and unit in AMOUNTS
        self.unit = UNITS[unit if money else indicator.unit] if indicator.unit else None
        super().__init__(
            data,
            prefix=indicator.code,
            initial=self.contents(value) | {"version": value.version if value else 0},
            auto_id="id_%s",
            use_required_attribute=False,
        )
        del self.fields["value" if indicator.is_statement else "statement"]
        labelled = self.fields["statement" if indicator.is_statement else "value"]
        for field in self.fields.values():
            attrs = field.widget.attrs
            attrs["autocomplete"] = "off"
            attrs["enterkeyhint"] = "next"
            if field.label:
                attrs["aria-label"] = f"{indicator.name} {field.label}"
            if field is labelled:
                attrs["aria-describedby"] = f"feedback_{indicator.code}"

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the boxes, by name, as it would be stored: without spaces around it, and
        the figure without what cannot be seen."""
        boxes = {name: self.data.get(self.add_prefix(name), "") for name in BOXES}
        if instead := self.data.get(self.add_prefix("instead")):  # the button of a mend
            boxes |= {"value": instead, "state": ""}
        elif chosen := self.data.get(self.add_prefix("choose")):  # the button of a state
            boxes |= {"value": "", "state": chosen}
        boxes["value"] = visible(str(boxes["value"]))
        if self.unit and boxes["value"]:
            boxes["value"] = typed_in(boxes["value"], self.unit)
        return {name: str(text).strip() for name, text in boxes.items()}

    @property
    def in_another_unit(self) -> bool:
        """Whether a number without a unit is not in the base unit here."""
        return self.unit is not None and self.unit.code != self.unit.base

    def contents(self, value: Any) -> dict[str, str]:
        """What the boxes show for a value or a version of it: on a sheet in another unit with its
        own behind a number that was typed without one."""
        shown = contents(value)
        if shown["value"] and self.unit and self.in_another_unit:
            shown["value"] = kept_as(shown["value"], value.number)
        return shown

    def anew(self, value: YearlyValue | None) -> RowForm:
        """The same row with what is stored."""
        return RowForm(self.indicator, value, unit=self.unit.code if self.unit else "")


BOXES = ("value", "statement", "state", "note")


def contents(value: Any) -> dict[str, str]:
    """What the boxes show for a value or a version of it; empty ones for none.

    The last box says why there is no figure, or is a note to the one there is.
    """
    if value is None:
        return dict.fromkeys(BOXES, "")
    state = "" if value.state == State.BLANK else value.state
    text = "" if value.statement else value.as_entered
    return {
        "value": text,
        "statement": value.statement,
        "state": state,
        "note": value.state_reason if state else value.note,
    }


def in_words(boxes: dict[str, str]) -> dict[str, str]:
    """The boxes with the labels of what was chosen, for reading."""
    statements, states = dict(Statement.choices), dict(State.choices)
    return boxes | {
        "statement_label": str(statements.get(boxes["statement"], "")),
        "state_label": str(states.get(boxes["state"], "")),
    }
