"""What is said of a number that is worked out, where its inputs are only said to lie below or above
theirs: between which bounds it lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from indicators.measures.bounds import (
    Bounds,
    bounds_of,
    of_aggregate,
    of_formula,
    qualifier_of,
    stored,
)
from indicators.models import Basis, Qualifier

if TYPE_CHECKING:
    from indicators.measures.formula import Formula, Reference
    from indicators.models import Indicator
    from indicators.results.computation import ResultContent
    from indicators.results.snapshot import Snapshot


class Said(NamedTuple):
    """The fields of a result that say it; an exact number needs no bounds."""

    qualifier: str = Qualifier.EXACT
    least: Decimal | None = None
    most: Decimal | None = None


EXACTLY = Said()
_EXACT, _ABOUT = Qualifier.EXACT, Qualifier.ABOUT
_WORKED_OUT = (Basis.SUMMED, Basis.COMPUTED)


def _are_exact(contents: Iterable[ResultContent]) -> bool:
    return all(content.qualifier == _EXACT for content in contents)


def is_between(content: ResultContent) -> bool:
    """Whether it was worked out and lies between bounds."""
    return content.qualifier != _EXACT and content.basis in _WORKED_OUT


def bounds_at(indicator: Indicator, content: ResultContent) -> Bounds:
    """Between which bounds a figure with a number lies."""
    if is_between(content):
        return stored(content.least, content.most)
    assert content.number is not None
    return bounds_of(
        content.number,
        content.qualifier,
        last_place=content.last_place,
        lower=indicator.lower_limit,
        upper=indicator.upper_limit,
    )


def _said_of(number: Decimal, bounds: Bounds, contents: Iterable[ResultContent]) -> Said:
    """What is said of a number between the bounds that was worked out from the contents."""
    least, most = bounds.kept
    about = any(content.qualifier == _ABOUT for content in contents)
    return Said(qualifier_of(number, stored(least, most), about=about), least, most)


def said_of_sum(
    indicator: Indicator, number: Decimal | None, contents: Collection[ResultContent]
) -> Said:
    """Of what is aggregated from the contents."""
    if number is None or _are_exact(contents):
        return EXACTLY
    numbers = [content for content in contents if content.number is not None]
    bounds = [bounds_at(indicator, content) for content in numbers]
    return _said_of(number, of_aggregate(indicator.aggregation, bounds), numbers)


def said_of_formula(
    snapshot: Snapshot, formula: Formula, number: Decimal, found: Mapping[Reference, ResultContent]
) -> Said:
    """Of what is computed from the contents."""
    if _are_exact(found.values()):
        return EXACTLY
    indicators = {one: snapshot.indicators[snapshot.by_code[one.code]] for one in found}
    inputs = {one: bounds_at(indicators[one], content) for one, content in found.items()}
    return _said_of(number, of_formula(formula, inputs), found.values())
