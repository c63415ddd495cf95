"""What is asked for: in the browser by a visitor, on the command line by the operator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.collection import FIRST_YEAR, Refusal, last_year, years
from indicators.exchange.queries import Asked
from indicators.models import DutyArea, Jurisdiction, Tier, User, names_apart


class ExportForm(forms.Form):
    """Empty means all. A unit that the user may not see is as unknown as one that does not exist.

    `user` is None for the operator, who may ask for every unit.
    """

    year = forms.IntegerField(
        label=_("Year"),
        required=False,
        help_text=_("Year of the value."),
        widget=forms.NumberInput(attrs={"placeholder": _("All")}),
    )
    jurisdiction = forms.CharField(label=_("Unit"), required=False, widget=forms.Select)
    area = forms.ModelChoiceField(
        DutyArea.objects.all(),
        label=_("Duty area"),
        required=False,
        to_field_name="code",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no duty area “%(value)s”.")},
    )
    tier = forms.ChoiceField(label=_("Tier"), required=False, choices=Tier.choices)
    header = forms.ChoiceField(
        label=_("Heading"),
        required=False,
        choices=[("names", _("Names")), ("codes", _("Codes, for programs"))],
    )

    def __init__(self, user: User | None, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        every = Jurisdiction.objects.all()
        self.visible = every if user is None else every.for_user(user)
        if user is not None:
            # Ordered by first year: of a code that was reused, the last name is today's.
            latest = {unit.code: unit for unit in self.visible}
            names = names_apart(latest.values())
            named = {code: f"{code} {names[unit.pk]}" for code, unit in latest.items()}
            widget = self.fields["jurisdiction"].widget
            widget.choices = [("", _("All")), *named.items()]

    def clean_year(self) -> int | None:
        year = self.cleaned_data["year"]
        if year is not None and year not in years():
            refusal = Refusal("unknown_year", year=year, first=FIRST_YEAR, last=last_year())
            raise forms.ValidationError(refusal.message, code=refusal.code)
        return year

    def clean_jurisdiction(self) -> tuple[Jurisdiction, ...] | None:
        """The units that the code means; without a year it may mean two, one after the other."""
        code, year = self.cleaned_data["jurisdiction"], self.cleaned_data.get("year")
        if not code:
            return None
        meant = self.visible.filter(code=code)
        units = tuple(meant if year is None else meant.valid_in(year))
        if not units:
            raise forms.ValidationError(
                _("There is no unit “%(code)s”."), code="unknown_unit", params={"code": code}
            )
        return units

    @property
    def asked(self) -> Asked:
        """What is asked for, once the form is valid."""
        given = self.cleaned_data
        return Asked(
            given["tier"] or Tier.REPORTED, given["year"], given["jurisdiction"], given["area"]
        )
