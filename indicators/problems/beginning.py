"""How the form of a new problem begins: from the figure, the rule or the review it is raised from.

Goes in: an address as pages link to it, `?source=target&indicator=…&unit=…&year=…&rule=…`. Comes
out: what the form holds. What the user does not see fills nothing in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.figures import Figure, figures_through, indicator_for, unit_for
from indicators.measures.exact import plain
from indicators.models import (
    UNITS,
    Comparator,
    Indicator,
    ProblemSource,
    SignedInRequest,
    Target,
    Tier,
)
from indicators.models.problem import COMPARATORS


@dataclass(frozen=True)
class Beginning:
    of_problem: dict[str, Any]
    of_criteria: list[dict[str, Any]] = field(default_factory=list)
    rule: str = ""


def beginning_in(request: SignedInRequest) -> Beginning:
    """What the address says; a form that is empty but for the year where it says nothing."""
    asked: QueryDict = request.GET
    source = asked.get("source", "")
    begins: dict[str, Any] = {
        "year": timezone.localdate().year,
        "source": source if source in ProblemSource.values else ProblemSource.OTHER,
    }
    year = asked.get("year", "")
    indicator = indicator_for(request.user, asked.get("indicator", ""))
    number = int(year) if year.isdecimal() and len(year) == 4 else timezone.localdate().year
    unit = unit_for(request.user, asked.get("unit", ""), number) if asked.get("unit") else None
    if unit is not None:
        begins["unit"] = unit.slug
    if indicator is None or unit is None:
        return Beginning(begins)
    begins |= {
        "indicator": indicator.code,
        "figure_year": number,
        "duty_area": indicator.duty_area_id,
        "title": indicator.name[:100],
    }
    figures = figures_through(
        request.user, indicator, unit, [number], tier=asked.get("tier") or Tier.REPORTED
    )
    figure = next(iter(figures), None)
    if figure is None or not figure.has_figure:
        return Beginning(begins, rule=asked.get("rule", ""))
    begins["title"] = _title(figure, source)
    begins["description"] = _description(figure)
    proof = _proof(figure.target, indicator, number) if figure.target else None
    return Beginning(begins, [proof] if proof else [], rule=asked.get("rule", ""))


def _title(figure: Figure, source: str) -> str:
    if source == ProblemSource.TARGET and figure.target is not None:
        said = _("%(name)s misses its target") % {"name": figure.name}
    else:
        said = _("%(name)s is to be verified") % {"name": figure.name}
    return said[:100]


def _description(figure: Figure) -> str:
    words = {
        "unit": figure.jurisdiction.name,
        "period": figure.period,
        "value": figure.value,
        "target": figure.target_words,
    }
    if figure.target is None:
        return _("%(unit)s, %(period)s: %(value)s.") % words
    return _("%(unit)s, %(period)s: %(value)s; the target is %(target)s.") % words


def _proof(target: Target, indicator: Indicator, year: int) -> dict[str, Any] | None:
    """The row of the figure that would show it solved: the target, from the next year on."""
    if indicator.is_statement:
        return {
            "indicator": indicator.code,
            "comparator": Comparator.ALL,
            "from_year": year + 1,
        }
    if target.comparator not in COMPARATORS or target.value is None:
        return None
    unit = UNITS[indicator.display_unit or indicator.unit]
    comparator = Comparator.GE if target.comparator == Comparator.ALL else target.comparator
    return {
        "indicator": indicator.code,
        "comparator": comparator,
        "value": f"{plain(target.value / unit.factor)}{unit.zh}",
        "from_year": year + 1,
    }
