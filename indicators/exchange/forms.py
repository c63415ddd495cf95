"""What is asked for: in the browser by a visitor, on the command line by the operator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from indicators.collection import FIRST_YEAR, Refusal, last_year, years
from indicators.figures import evaluation_years, units_near, with_units_below
from indicators.figures.long_rows import Asked
from indicators.figures.widgets import Select
from indicators.models import (
    DutyArea,
    Export,
    ExportKind,
    Jurisdiction,
    Tier,
    User,
    names_apart,
)

LISTED_AT_MOST = 200


def _duty_area() -> forms.ModelChoiceField:
    """By code; none means all."""
    return forms.ModelChoiceField(
        DutyArea.objects.all(),
        label=_("Duty area"),
        required=False,
        to_field_name="code",
        empty_label=_("All"),
        error_messages={"invalid_choice": _("There is no duty area “%(value)s”.")},
    )


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
    area = _duty_area()
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


class SummaryForm(forms.Form):
    """Which wide table; fill it with `filled`, which puts the latest year and the topmost unit in
    where none is asked for. The units are those that others are part of."""

    year = forms.TypedChoiceField(label=_("Evaluation year"), coerce=int, widget=Select)
    jurisdiction = forms.ChoiceField(label=_("Unit"), widget=Select)
    area = _duty_area()
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, widget=Select)

    units: Mapping[str, Jurisdiction]

    @classmethod
    def filled(cls, user: User, data: Mapping[str, str]) -> SummaryForm:
        years = evaluation_years(user) or [last_year()]
        year = data.get("year") or str(years[0])
        known = next((one for one in years if str(one) == year), years[0])
        near = units_near(user, known, data.get("jurisdiction", ""))
        units = {unit.code: unit for unit in near if unit.collects}
        form = cls(
            {
                "year": year,
                "jurisdiction": data.get("jurisdiction") or next(iter(units), ""),
                "area": data.get("area", ""),
                "tier": data.get("tier") or Tier.REPORTED.value,
            },
            label_suffix="",
        )
        form.units = units
        names = names_apart(units.values())
        form.fields["year"].choices = [(one, str(one)) for one in years]  # type: ignore[attr-defined]
        form.fields["jurisdiction"].choices = [  # type: ignore[attr-defined]
            (unit.code, names[unit.pk]) for unit in units.values()
        ]
        return form

    @property
    def unit(self) -> Jurisdiction:
        return self.units[self.cleaned_data["jurisdiction"]]


class KeptForm(forms.Form):
    """Which of the exports that were kept: by whom, and of what."""

    person = forms.CharField(
        label=_("Name or account of the person"), required=False, max_length=100
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), *ExportKind.choices],
        widget=Select,
    )

    def chosen(self, exports: QuerySet[Export]) -> QuerySet[Export]:
        person, kind = self.cleaned_data["person"], self.cleaned_data["kind"]
        if person:
            named = Q(actor__full_name__icontains=person) | Q(actor__username__icontains=person)
            exports = exports.filter(named)
        return exports.filter(kind=kind) if kind else exports
