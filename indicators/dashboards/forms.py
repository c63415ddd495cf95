"""What the overview shows: year, unit, tier and filters, all in the address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from indicators.figures import Figure, evaluation_years, units_near
from indicators.figures.boundaries import Boundaries, counterparts, this_year_or
from indicators.figures.heat import widest_area
from indicators.figures.widgets import Day, Select
from indicators.models import DutyArea, Jurisdiction, Status, Tier, User, names_apart
from indicators.models.prepared import prepared

MONTH = datetime.timedelta(days=30)


def offer(form: forms.Form, field: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let the field be chosen from these."""
    form.fields[field].choices = list(choices)  # type: ignore[attr-defined]


@prepared
def _duty_areas() -> QuerySet[DutyArea]:
    return DutyArea.objects.all()


class YearForm(forms.Form):
    """A year and a tier; `filled` puts the latest year in where none is asked for."""

    year = forms.TypedChoiceField(label=_("Evaluation year"), coerce=int, widget=Select)
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, widget=Select)

    @classmethod
    def filled(cls, data: dict[str, str], years: list[int]) -> Self:
        asked = {
            **data,
            "year": data.get("year") or (str(years[0]) if years else ""),
            "tier": data.get("tier") or Tier.REPORTED.value,
        }
        form = cls(asked, label_suffix="")
        offer(form, "year", ((year, str(year)) for year in years))
        return form


class BoundariesForm(forms.Form):
    """By the boundaries of the year, where nothing else is asked for, or by those of today."""

    boundaries = forms.ChoiceField(
        label=_("Boundaries"), required=False, choices=Boundaries.choices, widget=Select
    )

    def clean_boundaries(self) -> str:
        return self.cleaned_data["boundaries"] or Boundaries.THEN.value


class FigureYearForm(BoundariesForm, YearForm):
    """A year of values, a tier and whose boundaries."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int, widget=Select)


class AreaForm(BoundariesForm, YearForm):
    """A year, a tier, a duty area, that of most columns where none is asked for, and whose
    boundaries."""

    area = forms.ChoiceField(label=_("Duty area"), widget=Select)

    @classmethod
    def filled(cls, data: dict[str, str], years: list[int]) -> Self:
        form = super().filled(data, years)
        areas = [(one.code, one.name) for one in _duty_areas()]
        offer(form, "area", areas)
        first = areas[0][0] if areas else ""
        form.data = {**form.data, "area": data.get("area") or widest_area() or first}
        return form

    @property
    def area_name(self) -> str:
        return str(dict(self.fields["area"].choices)[self.cleaned_data["area"]])  # type: ignore[attr-defined]


class OverviewForm(forms.Form):
    """Choices are what the user may see. Fill it with `filled`, which puts defaults in first."""

    year = forms.TypedChoiceField(label=_("Evaluation year"), coerce=int, widget=Select)
    jurisdiction = forms.ChoiceField(label=_("Unit"), widget=Select)
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, widget=Select)
    area = forms.ChoiceField(label=_("Duty area"), required=False, widget=Select)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("All")), *Status.choices],
        widget=Select,
    )
    q = forms.CharField(label=_("Name or code"), required=False, max_length=100)

    units: dict[str, Jurisdiction]

    @classmethod
    def filled(cls, user: User, data: dict[str, str], this_year: int) -> Self:
        """The form with what was asked for; the latest year and first unit where nothing was."""
        years = evaluation_years(user) or [this_year]
        year = data.get("year") or str(years[0])
        units = (
            cls.units_of(user, int(year), data)
            if year.isascii() and year.isdigit() and len(year) == 4
            else []
        )
        form = cls(
            {
                **data,
                "year": year,
                "jurisdiction": data.get("jurisdiction") or cls.first_of(user, units),
                "tier": data.get("tier") or Tier.REPORTED.value,
            },
            label_suffix="",
        )
        form.units = {unit.code: unit for unit in units}
        offer(form, "year", ((year, str(year)) for year in years))
        names = names_apart(units)
        offer(form, "jurisdiction", ((unit.code, names[unit.pk]) for unit in units))
        if "area" in form.fields:
            areas = ((area.code, area.name) for area in _duty_areas())
            offer(form, "area", [("", _("All")), *areas])
        return form

    @classmethod
    def units_of(cls, user: User, year: int, data: dict[str, str]) -> list[Jurisdiction]:
        """The units to choose from."""
        return units_near(user, year, data.get("jurisdiction", ""))

    @classmethod
    def first_of(cls, user: User, units: Sequence[Jurisdiction]) -> str:
        """The code of the unit that is shown where none is asked for: an own one, or else the
        topmost."""
        own = [unit for unit in units if unit.pk in user.scope.own]
        return next((unit.code for unit in own or units), "")

    @property
    def unit(self) -> Jurisdiction:
        return self.units[self.cleaned_data["jurisdiction"]]

    def chosen(self, figures: Iterable[Figure]) -> list[Figure]:
        """The figures that pass the filters."""
        area, status, text = (self.cleaned_data.get(name, "") for name in ("area", "status", "q"))
        return [
            figure
            for figure in figures
            if (not area or figure.indicator.duty_area.code == area)
            and (not status or figure.status == status)
            and (not text or text.lower() in f"{figure.code} {figure.name}".lower())
        ]


class UnitYearForm(OverviewForm):
    """A unit, a year, a tier and a duty area: the same without the other filters."""

    status = None  # type: ignore[assignment]
    q = None  # type: ignore[assignment]


class UnitOverForm(BoundariesForm, UnitYearForm):
    """A unit, a year, a tier, a duty area, and whose boundaries: by those of today the units are
    those of today. A unit that is there only then, or only now, stands for what became of it, or
    for what it was."""

    @classmethod
    def units_of(cls, user: User, year: int, data: dict[str, str]) -> list[Jurisdiction]:
        at = this_year_or(year) if data.get("boundaries") == Boundaries.NOW else year
        return super().units_of(user, at, data)

    @classmethod
    def filled(cls, user: User, data: dict[str, str], this_year: int) -> Self:
        form = super().filled(user, data, this_year)
        form.data = {**form.data, "jurisdiction": form.there(form.data["jurisdiction"])}
        return form

    def there(self, code: str) -> str:
        """The code, or that of the first unit to choose from that was or became what it means."""
        if code in self.units or not self.units:
            return code
        year, boundaries = int(self.data["year"]), self.data.get("boundaries", Boundaries.THEN)
        found = counterparts(self.units.values(), code, year, boundaries)
        return found[0].code if found else code


class ProfileForm(UnitOverForm):
    """As UnitOverForm, the year first."""

    field_order = ("year", "jurisdiction", "tier", "area", "boundaries")


class UnitForm(UnitYearForm):
    """A unit, a year and a tier."""

    area = None  # type: ignore[assignment]


class TwoUnitsForm(UnitOverForm):
    """`other` is the unit that the first is held against: the first in the list that it is not."""

    other = forms.ChoiceField(label=_("Against"), widget=Select)
    field_order = ("year", "jurisdiction", "other", "tier", "area", "boundaries")

    @classmethod
    def filled(cls, user: User, data: dict[str, str], this_year: int) -> Self:
        form = super().filled(user, data, this_year)
        choices = form.fields["jurisdiction"].choices  # type: ignore[attr-defined]
        offer(form, "other", choices)
        others = [code for code, _name in choices if code != form.data["jurisdiction"]]
        first = others[0] if others else form.data["jurisdiction"]
        form.data = {**form.data, "other": form.there(data.get("other") or first)}
        return form


class TwoDaysForm(UnitYearForm):
    """Two days, the second today and the first a month before where none are asked for; of the
    units those whose figures the user is told at once."""

    first = forms.DateField(label=_("First day"), widget=Day)
    second = forms.DateField(label=_("Second day"), widget=Day)
    field_order = ("first", "second", "year", "jurisdiction", "tier", "area")

    @classmethod
    def filled(cls, user: User, data: dict[str, str], this_year: int) -> Self:
        today = timezone.localdate()
        days = {"first": str(today - MONTH), "second": str(today)}
        asked = {name: data.get(name) or day for name, day in days.items()}
        form = super().filled(user, data | asked, this_year)
        choices = form.fields["jurisdiction"].choices  # type: ignore[attr-defined]
        told = [(code, name) for code, name in choices if user.scope.is_told_sums(form.units[code])]
        offer(form, "jurisdiction", told)
        return form

    @classmethod
    def first_of(cls, user: User, units: Sequence[Jurisdiction]) -> str:
        return super().first_of(user, [unit for unit in units if user.scope.is_told_sums(unit)])

    def clean(self) -> None:
        first, second = (self.cleaned_data.get(name) for name in ("first", "second"))
        if first and second and first > second:
            self.add_error("first", _("Choose a day that is not after the other."))


class TwoYearsForm(UnitOverForm):
    """`since` is the earlier year, that before the latest where none is asked for."""

    since = forms.TypedChoiceField(label=_("Since"), coerce=int, widget=Select)
    field_order = ("since", "year", "jurisdiction", "tier", "area", "boundaries")

    @classmethod
    def filled(cls, user: User, data: dict[str, str], this_year: int) -> Self:
        form = super().filled(user, data, this_year)
        choices = form.fields["year"].choices  # type: ignore[attr-defined]
        offer(form, "since", choices)
        earlier = [str(year) for year, _name in choices if str(year) < str(form.data["year"])]
        first = earlier[0] if earlier else str(form.data["year"])
        form.data = {**form.data, "since": data.get("since") or first}
        return form

    def clean(self) -> None:
        year, since = (self.cleaned_data.get(name) for name in ("year", "since"))
        if year and since and since > year:
            self.add_error("since", _("Choose a year that is not after the other."))
