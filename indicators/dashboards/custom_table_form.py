"""What a table of the reader's own shows: all of it in the address, so that it can be passed on."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from indicators.dashboards.forms import offer
from indicators.figures import evaluation_years, indicators_for, units_near
from indicators.figures.custom_table import AXES
from indicators.models import Indicator, Jurisdiction, Tier, User, names_apart

MOST_CELLS = 3000
AXIS_NAMES = {"indicators": _("Indicators"), "units": _("Units"), "years": _("Years")}
LISTED = forms.SelectMultiple(attrs={"size": 8})


def _several(axis: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=AXIS_NAMES[axis], widget=LISTED)


def _axis(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(axis, AXIS_NAMES[axis]) for axis in AXES])


class CustomTableForm(forms.Form):
    """Choices are what the user may see: units by code as of the latest year, evaluation years.
    Not bound as long as nothing is asked for."""

    indicator = _several("indicators")
    unit = _several("units")
    year = _several("years")
    rows = _axis(_("On the rows"))
    columns = _axis(_("On the columns"))
    tier = forms.ChoiceField(label=_("Tier"), choices=Tier.choices)

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
        form._units = {one.code: one for one in (units_near(user, years[0]) if years else [])}
        offer(form, "indicator", _by_area(form._indicators.values()))
        names = names_apart(list(form._units.values()))
        offer(form, "unit", ((code, names[unit.pk]) for code, unit in form._units.items()))
        offer(form, "year", ((str(year), str(year)) for year in years))
        return form

    _indicators: dict[str, Indicator]
    _units: dict[str, Jurisdiction]

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


def _by_area(indicators: Iterable[Indicator]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Under the names of their duty areas."""
    areas = groupby(indicators, key=lambda one: one.duty_area)
    return [(area.name, [(one.code, one.name) for one in some]) for area, some in areas]
