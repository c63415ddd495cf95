"""What a table of the reader's own shows: all of it in the address, so that it can be passed on."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from indicators.dashboards.forms import BoundariesForm, offer
from indicators.figures import evaluation_years, indicators_for, units_near
from indicators.figures.boundaries import Boundaries, counterparts, this_year_or
from indicators.figures.custom_table import AXES
from indicators.figures.widgets import Select, SelectMultiple
from indicators.models import Indicator, Jurisdiction, Tier, User, names_apart
from indicators.models.cleaning import marks_in

MOST_CELLS = 3000
MOST_NAMED = 10  # of what is left out; the rest is counted
LONGEST_NAMED = 40
AXIS_NAMES = {"indicators": _("Indicators"), "units": _("Units"), "years": _("Years")}
LISTED = SelectMultiple(attrs={"size": 8})


def _several(axis: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=AXIS_NAMES[axis], widget=LISTED)


def _axis(label: Any) -> forms.ChoiceField:
    choices = [(axis, AXIS_NAMES[axis]) for axis in AXES]
    return forms.ChoiceField(label=label, choices=choices, widget=Select)


@dataclass(frozen=True)
class LeftOut:
    """What was asked for on an axis and is not among its choices: codes, and how many more."""

    axis: Any
    codes: list[str]
    more: int


class CustomTableForm(BoundariesForm):
    """Choices are what the user may see: units by code as of the latest year, or by the boundaries
    of today those of today, and evaluation years. Not bound as long as nothing is asked for. Units
    that are there only then, or only now, stand for what became of them, or for what they were.

    An address is passed on to people who see less, and kept until a unit is no more: what cannot be
    chosen is left out and named by the code that the address has, whether there is no such thing or
    it is not the reader's to see. Where nothing is left of an axis, the form refuses."""

    indicator = _several("indicators")
    unit = _several("units")
    year = _several("years")
    rows = _axis(_("On the rows"))
    columns = _axis(_("On the columns"))
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices, widget=Select)
    field_order = ("indicator", "unit", "year", "rows", "columns", "tier", "boundaries")

    @classmethod
    def filled(cls, user: User, data: QueryDict) -> Self:
        asked = data.copy()
        usual = {"rows": "units", "columns": "indicators", "tier": Tier.REPORTED.value}
        for name, code in usual.items():
            asked.setdefault(name, code)
        bound = any(name in data for name in ("indicator", "unit", "year"))
        form = cls(asked if bound else None, label_suffix="", initial=usual)
        years = evaluation_years(user)
        form._indicators = {one.code: one for one in indicators_for(user)}
        form._units = _units(user, asked, years[0]) if years else {}
        offer(form, "indicator", _by_area(form._indicators.values()))
        names = names_apart(list(form._units.values()))
        offer(form, "unit", ((code, names[unit.pk]) for code, unit in form._units.items()))
        offer(form, "year", ((str(year), str(year)) for year in years))
        known: dict[str, Container[str]] = {
            "indicator": form._indicators,
            "unit": form._units,
            "year": {str(year) for year in years},
        }
        form.left_out = [
            found for name, codes in known.items() if (found := form._leave_out(asked, name, codes))
        ]
        return form

    _indicators: dict[str, Indicator]
    _units: dict[str, Jurisdiction]
    left_out: list[LeftOut]

    def _leave_out(self, asked: QueryDict, name: str, known: Container[str]) -> LeftOut | None:
        given = list(dict.fromkeys(asked.getlist(name)))
        there = [code for code in given if code in known]
        if not there:
            return None
        asked.setlist(name, there)
        if len(there) == len(given):
            return None
        gone = [_named(code) for code in given if code not in known]
        return LeftOut(self.fields[name].label, gone[:MOST_NAMED], len(gone[MOST_NAMED:]))

    @property
    def indicators(self) -> list[Indicator]:
        return [self._indicators[code] for code in self.cleaned_data["indicator"]]

    @property
    def units(self) -> list[Jurisdiction]:
        return [self._units[code] for code in self.cleaned_data["unit"]]

    @property
    def years(self) -> list[int]:
        """Earliest first."""
        return sorted(int(year) for year in self.cleaned_data["year"])

    @property
    def query(self) -> str:
        """What was asked, as the address says it: each thing once, in the order of the choices."""
        query = QueryDict(mutable=True)
        for name in ("indicator", "unit", "year"):
            chosen = set(self.cleaned_data[name])
            query.setlist(name, [code for code in self._offered(name) if code in chosen])
        for name in ("rows", "columns", "tier"):
            query[name] = self.cleaned_data[name]
        # The usual is left unsaid, as it was when there was no choice.
        if self.cleaned_data["boundaries"] != Boundaries.THEN:
            query["boundaries"] = self.cleaned_data["boundaries"]
        return query.urlencode()

    def _offered(self, name: str) -> Iterable[str]:
        if name == "year":
            return sorted(self.cleaned_data["year"])
        return self._indicators if name == "indicator" else self._units

    def clean(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("rows") and cleaned.get("rows") == cleaned.get("columns"):
            self.add_error("columns", _("Rows and columns show different things. Choose another."))
        cells = 1
        for name in ("indicator", "unit", "year"):
            cells *= len(cleaned.get(name, ()))
        if cells > MOST_CELLS:
            said = _("%(cells)s cells are too many for a page; choose at most %(most)s.")
            self.add_error(None, said % {"cells": cells, "most": MOST_CELLS})


def _units(user: User, asked: QueryDict, latest: int) -> dict[str, Jurisdiction]:
    """Those to choose from by code; what is asked for goes on with what it became or was."""
    boundaries = asked.get("boundaries", Boundaries.THEN)
    at = this_year_or(latest) if boundaries == Boundaries.NOW else latest
    units = {one.code: one for one in units_near(user, at)}
    there: list[str] = []
    for code in asked.getlist("unit"):
        meant = [] if code in units else counterparts(units.values(), code, latest, boundaries)
        there += [one.code for one in meant] or [code]
    asked.setlist("unit", there)
    return units


def _named(code: str) -> str:
    """The code as an address has it, short and without signs that nobody sees."""
    marks = set(marks_in(code))
    return "".join(sign for sign in code if sign not in marks)[:LONGEST_NAMED]


def _by_area(indicators: Iterable[Indicator]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Under the names of their duty areas."""
    areas = groupby(indicators, key=lambda one: one.duty_area)
    return [(area.name, [(one.code, one.name) for one in some]) for area, some in areas]
