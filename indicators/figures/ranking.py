"""The places of units among each other in an indicator, for who sees all of them by name.

Only of shares, rates and averages that have a better and a worse, in a year of which MOST of the
units have a figure. Equal figures share a place; where one case more or less would turn a share and
the one next to it round, the difference between them means nothing, and is called so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.figures.figure import Figure
from indicators.figures.inequality import COMPARED, FEWEST
from indicators.measures.ranking import places_of, turn_on_one_case
from indicators.models import Direction, Qualifier, User

MOST = Decimal("0.8")


@dataclass(frozen=True)
class Rank:
    """Place 1 is the best. `is_shared` by equal figures; `turns` on one case; `is_exact` where the
    figure is, so that its place is sure."""

    number: int
    is_shared: bool
    turns: bool
    is_exact: bool

    @property
    def words(self) -> str:
        return (_("%(place)s, shared") if self.is_shared else "%(place)s") % {"place": self.number}


@dataclass(frozen=True)
class Ranking:
    """The places by unit (id); none where `why_none` says why there are none."""

    places: Mapping[int, Rank]
    why_none: str = ""


def ranking_of(
    user: User, figure: Figure, across: Sequence[Figure], wholes: Mapping[int, Decimal]
) -> Ranking | None:
    """Of the units below the figure's; None where a place would mean nothing. `wholes` are what
    shares are shares of, by unit."""
    indicator = figure.indicator
    if indicator.quantity_kind not in COMPARED or indicator.direction not in (
        Direction.HIGHER_BETTER,
        Direction.LOWER_BETTER,
    ):
        return None
    if not user.scope.reaches(figure.jurisdiction):
        return None
    told = [one for one in across if one.number is not None and not one.is_partial]
    asked = [one for one in across if one.result_state != "not_applicable"]
    if len(told) < FEWEST or len(told) < MOST * len(asked):
        words = _("No places: only %(told)s of %(asked)s units have a figure.")
        return Ranking({}, words % {"told": len(told), "asked": len(asked)})
    numbers = [one.number for one in told if one.number is not None]
    exact = [one.result is not None and one.result.qualifier == Qualifier.EXACT for one in told]
    places = places_of(numbers, lowest_first=indicator.direction == Direction.LOWER_BETTER)
    turns = turn_on_one_case(numbers, [wholes.get(one.jurisdiction.pk) for one in told])
    return Ranking(
        {
            one.jurisdiction.pk: Rank(place, places.count(place) > 1, turning, is_exact)
            for one, place, turning, is_exact in zip(told, places, turns, exact, strict=True)
        }
    )
