"""Which indicators a unit has in an evaluation year, and which of them it has to give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from indicators.models import Indicator

if TYPE_CHECKING:
    from indicators.results.snapshot import Snapshot


class AskedIndicator(NamedTuple):
    """An indicator of a unit in an evaluation year; `year` is that of its figure."""

    pk: int
    indicator: Indicator
    year: int
    is_derived: bool
    """Computed by a formula, not entered."""
    is_expected: bool
    """The unit itself has to give it: neither computed nor summed."""

    @property
    def code(self) -> str:
        return self.indicator.code


def asked_indicators(
    snapshot: Snapshot, unit_id: int, evaluation_year: int
) -> Iterator[AskedIndicator]:
    """All of the unit's, in the catalogue's order. `Snapshot.asked_of` keeps them."""
    for pk, indicator in snapshot.indicators.items():
        year = indicator.year_for(evaluation_year)
        if snapshot.reports(pk, unit_id, year):
            yield AskedIndicator(
                pk=pk,
                indicator=indicator,
                year=year,
                is_derived=snapshot.formula(pk, year) is not None,
                is_expected=snapshot.expects(pk, unit_id, year),
            )
