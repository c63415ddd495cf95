"""What is asked for: in the browser by a visitor, on the command line by the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.collection import FIRST_YEAR, Refusal, last_year, years
from indicators.exchange.queries import Asked
from indicators.figures import evaluation_years, units_near, with_units_below
from indicators.models import DutyArea, Jurisdiction, Tier, User, names_apart

LISTED_AT_MOST = 200


class ExportForm(forms.Form):
    """Empty means all. A unit that the user may not see is as unknown as one that does not exist.

    `user` is None for the operator, who may ask for every unit. Where there are more units than a
    list holds, it begins with those at hand, around the one that is chosen or `under` (a code).
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

    below: Sequence[Jurisdiction] = ()

    def __init__(
        self, user: User | None, data: Mapping[str, Any] | None = None, *, under: str = ""
    ) -> None:
        super().__init__(data)
        every = Jurisdiction.objects.all()
        self.visible = every if user is None else every.for_user(user)
        if user is not None:
            # Ordered by first year: of a code that was reused, the last name is today's.
            latest = {unit.code: unit for unit in self._listed(user, under)}
            names = names_apart(latest.values())
            named = {code: f"{code} {names[unit.pk]}" for code, unit in latest.items()}
            widget = self.fields["jurisdiction"].widget
            widget.choices = [("", _("All")), *named.items()]

    def _listed(self, user: User, under: str) -> list[Jurisdiction]:
        """Units to choose from; `below` are then those that lead further down."""
        units = list(self.visible[: LISTED_AT_MOST + 1])
        if len(units) <= LISTED_AT_MOST:
            return units
        year = next(iter(evaluation_years(user)), last_year())
        units = units_near(user, year, under or self.data.get("jurisdiction", ""))
        self.below = [unit for unit in with_units_below(units, year) if unit.parent_id]
        return units

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
        cleaned = self.cleaned_data
        return Asked(
            cleaned["tier"] or Tier.REPORTED,
            cleaned["year"],
            cleaned["jurisdiction"],
            cleaned["area"],
        )
