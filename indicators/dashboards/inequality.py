"""What pages say and draw of how unequal units are: a finding, a sub-title, a box a year.

All of it from `figures.inequality`, which tells it only to those who see all of the units by name.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators.dashboards.charts import most, shown, target
from indicators.figures.inequality import YearInequality, definition_changed

NAMED = 6  # outliers of a year by name; more would not fit beside a box


def finding(years: Sequence[YearInequality]) -> str:
    """Whether the units have come nearer to each other, by the coefficient of variation as far as
    its digits are shown; without one, how far apart they are."""
    if not years:
        return _("How far units lie apart")
    measured = [one for one in years if one.measures]
    if years[-1] not in measured[-1:]:
        return _how_far_apart(years[-1])
    first, last = measured[0], measured[-1]
    words = {"from": first.year, "to": last.year, "before": first.variation, "now": last.variation}
    if len(measured) == 1:
        return _("Coefficient of variation of the units in %(to)s: %(now)s") % words
    before, now = Decimal(first.variation), Decimal(last.variation)
    if now == before:
        return _("From %(from)s to %(to)s the gap between units stayed: %(now)s") % words
    if now < before:
        return _("From %(from)s to %(to)s the gap narrowed: %(before)s to %(now)s") % words
    return _("From %(from)s to %(to)s the gap widened: %(before)s to %(now)s") % words


def _how_far_apart(one: YearInequality) -> str:
    if one.lowest.number == one.highest.number:
        words = {"year": one.year, "value": one.lowest.value}
        return _("%(year)s: all units at %(value)s") % words
    return _("%(year)s: from %(lowest)s in %(low)s to %(highest)s in %(high)s") % {
        "year": one.year,
        "lowest": one.lowest.value,
        "low": one.lowest.unit_name,
        "highest": one.highest.value,
        "high": one.highest.unit_name,
    }


def sub_title(years: Sequence[YearInequality], area: str) -> str:
    """Unit of measure, area, years, how many reported, and why there are no more years."""
    if not years:
        return ""
    first, last = years[0], years[-1]
    words = {
        "from": first.year,
        "to": last.year,
        "year": last.year,
        "coverage": f"{len(last.figures)} / {last.expected}",
    }
    told = [last.figures[0].display_unit, area]
    if len(years) == 1:
        told += [pgettext("period", "%(year)s") % words, _("%(coverage)s reported") % words]
    else:
        told.append(pgettext("period", "%(from)s–%(to)s") % words)
        told.append(_("in %(year)s %(coverage)s reported") % words)
    if changed := definition_changed(years):
        told.append(
            _("definition changed in %(year)s, years before are left out") % {"year": changed}
        )
    return " · ".join(filter(None, told))


def chart(years: Sequence[YearInequality]) -> dict[str, Any] | None:
    """A box a year: quartiles, whiskers, what stands out as points; None without a year. A year
    between two that is not told keeps its place."""
    if not years:
        return None
    first, last = years[0], years[-1]
    by_year = {one.year: one for one in years}
    places = range(first.year, last.year + 1)
    changed = definition_changed(years)
    return {
        "kind": "boxes",
        "labels": [str(year) for year in places],
        "boxes": [_box(by_year[year]) if year in by_year else None for year in places],
        "name": str(last.figures[0].indicator.name),
        "breaks": [{"at": 0, "words": _("definition changed in %(year)s") % {"year": changed}}]
        if changed
        else [],
        **_target(last),
        "most": most([figure for one in years for figure in one.figures]),
        "unit": last.figures[0].display_unit,
    }


def _box(one: YearInequality) -> dict[str, Any]:
    figure, quartiles, whiskers = one.figures[0], one.quartiles, one.whiskers
    assert quartiles is not None
    assert whiskers is not None
    return {
        "min": shown(figure, min(one.numbers)),
        "whiskerMin": shown(figure, whiskers.lowest),
        "q1": shown(figure, quartiles.lower),
        "median": shown(figure, quartiles.median),
        "q3": shown(figure, quartiles.upper),
        "whiskerMax": shown(figure, whiskers.highest),
        "max": shown(figure, max(one.numbers)),
        "outliers": [shown(figure, outlier.number) for outlier in one.outliers],
        "words": _words(one),
    }


def _words(one: YearInequality) -> list[str]:
    """What the box shows, line by line from the top."""
    told = [
        f"{_('Highest')} {one.highest.value}",
        f"{_('Upper quartile')} {one.upper_words}",
        f"{_('Median')} {one.median_words}",
        f"{_('Lower quartile')} {one.lower_words}",
        f"{_('Lowest')} {one.lowest.value}",
    ]
    outliers = one.outliers
    told += [
        _("Outlier: %(unit)s %(value)s") % {"unit": outlier.unit_name, "value": outlier.value}
        for outlier in outliers[:NAMED]
    ]
    if (more := len(outliers) - NAMED) > 0:
        told.append(ngettext("%(n)s outlier more", "%(n)s outliers more", more) % {"n": more})
    return told


def _target(one: YearInequality) -> dict[str, Any]:
    """The target that binds all of the units; none where it is not the same for all."""
    numbers = {figure.target_number for figure in one.figures}
    words = {figure.target_words for figure in one.figures}
    if len(numbers) != 1 or len(words) != 1:
        return {"target": None, "target_name": ""}
    return target(one.figures[0])
