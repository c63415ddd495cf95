"""Whether figures show a problem solved: what stands as approved now, against what was agreed.

A unit that was renamed or upgraded shows it by the figures that it had under former names, too.
"""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from indicators.measures.attainment import (
    Goal,
    attainment,
    attainment_between,
    attainment_of_statement,
)
from indicators.measures.bounds import stored as bounds_stored
from indicators.models import Criterion, Tier
from indicators.results.computation import ResultContent
from indicators.results.predecessors import former_names
from indicators.results.refresh import kept, stored
from indicators.results.snapshot import current_snapshot
from indicators.results.uncertainty import is_between


class Proof(NamedTuple):
    """The latest approved, whole figure since the year agreed, and whether it shows it; without
    one neither is known."""

    year: int | None = None
    content: ResultContent | None = None
    holds: bool | None = None


def places_of(criteria: Collection[Criterion]) -> dict[int, list[tuple[int, int]]]:
    """Where the figures of each criterion (id) stand, in any year: unit and indicator, by id."""
    if not criteria:
        return {}
    snapshot = current_snapshot()
    return {
        one.pk: [
            (unit, one.indicator_id)
            for unit in (one.jurisdiction_id, *former_names(snapshot, one.jurisdiction_id))
        ]
        for one in criteria
    }


def proofs(criteria: Collection[Criterion], *, hold: bool = False) -> dict[int, Proof]:
    """Of each criterion, by its id; one query beside the catalogue. `hold` keeps the figures as
    they are until the transaction ends, for who decides by them."""
    if not criteria:
        return {}
    places = places_of(criteria)
    rows = kept().filter(
        jurisdiction_id__in=sorted({unit for some in places.values() for unit, _ in some}),
        indicator_id__in=sorted({one.indicator_id for one in criteria}),
        year__gte=min(one.from_year for one in criteria),
        tier=Tier.APPROVED,
    )
    rows = rows.order_by("jurisdiction_id", "year", "indicator_id", "tier")
    latest: dict[tuple[int, int], list[tuple[int, ResultContent]]] = {}
    for (key, _tier), content in stored(rows.select_for_update() if hold else rows).items():
        if content.has_figure and not content.is_partial:
            latest.setdefault((key.unit_id, key.indicator_id), []).append((key.year, content))
    return {
        one.pk: _proof(one, [each for at in places[one.pk] for each in latest.get(at, [])])
        for one in criteria
    }


def _proof(criterion: Criterion, figures: list[tuple[int, ResultContent]]) -> Proof:
    """The figures are of one unit, and no two of one year."""
    year, content = max(
        (one for one in figures if one[0] >= criterion.from_year),
        key=lambda one: one[0],
        default=(None, None),
    )
    return Proof(year, content, None if content is None else _holds(criterion, content))


def _holds(criterion: Criterion, content: ResultContent) -> bool:
    """As a target would be met, without a margin."""
    if content.statement or criterion.value is None:
        return attainment_of_statement(content.statement) == "met"
    goal = Goal(criterion.comparator, criterion.value, margin=Decimal(0))
    if is_between(content):
        between = bounds_stored(content.least, content.most)
        return attainment_between(content.number, goal, between) == "met"
    found = attainment(
        content.number, goal, qualifier=content.qualifier, last_place=content.last_place
    )
    return found == "met"
