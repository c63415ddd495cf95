"""The form of a yearly value in the admin. It judges nothing: what was typed goes to the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.entry.forms import STATES, contents
from indicators.models import State, YearlyValue
from indicators.recording import Entry
from indicators.recording.admin import DoorForm
from indicators.recording.validation import REASON_LENGTH

NO_VERSION = -1  # what no value ever has: a version that was tampered with is a stale one


class ValueForm(DoorForm):
    """`version` is the one that the user saw; a new value has 0."""

    boxes = {"value": "as_entered", "reason": "change_reason"}
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    change_reason = forms.CharField(
        label=_("reason of the change"), max_length=REASON_LENGTH, required=False
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = YearlyValue
        fields = [
            "indicator",
            "jurisdiction",
            "year",
            "as_entered",
            "statement",
            "state",
            "state_reason",
            "provisional",
            "part_of_year",
            "period_from",
            "as_of",
            "note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = self.instance.version if self.instance.pk else 0
        self.initial["version"] = seen
        if self.instance.state == State.BLANK:
            self.initial["state"] = ""

    def clean_version(self) -> int:
        version = self.cleaned_data["version"]
        return int(version) if version.isdecimal() and len(version) < 10 else NO_VERSION

    def _post_clean(self) -> None:
        """Nothing goes onto the instance or through its checks: the door has the rule book."""

    def entry(self) -> Entry:
        given, now = self.cleaned_data, self.instance
        return Entry(
            indicator=given.get("indicator") or now.indicator,
            jurisdiction=given.get("jurisdiction") or now.jurisdiction,
            year=given.get("year") or now.year,
            version=given["version"],
            text=given["as_entered"],
            statement=given.get("statement", ""),
            state=given["state"],
            state_reason=given["state_reason"],
            note=given["note"],
            provisional=given["provisional"],
            period_from=given["period_from"],
            period_basis=now.period_basis,
            as_of=given["as_of"],
            part_of_year=given["part_of_year"],
        )

    def typed(self) -> dict[str, str]:
        """What stands in the boxes that a conflict compares, named as in `contents`."""
        names = {name: "as_entered" if name == "value" else name for name in contents(None)}
        return {name: str(self.data.get(box, "")) for name, box in names.items()}
