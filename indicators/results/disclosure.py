"""To people of how many units a figure that is worked out over units may be told: the rule is in
`models.scope`, its arithmetic in `measures.disclosure`.

Decided: a formula is looked at for the sums that it holds, whether or not it was worked out:
whoever is told its inputs can do so. What it would tell of one unit its inputs do not tell either:
of those one is kept back as well, the first that was not told already; where the city states all of
them, the second figures beside. Sums of one year whose units have none below 0 are taken to be
known so; of a difference of years only what may not fall below 0 is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from indicators.measures.disclosure import safe_at_limit, safe_for_sum
from indicators.measures.formula import Formula, Reference
from indicators.measures.quotient import Quotient, Sum, as_quotient
from indicators.models import Basis, Indicator, QuantityKind
from indicators.models.release import ANY, FEWEST_COUNTED
from indicators.results.approved import approved_contents, in_pieces, keys_below
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, inputs
from indicators.results.predecessors import sources
from indicators.results.snapshot import Snapshot

Contents = Mapping[Key, ResultContent]
UnitNumbers = list[Decimal]  # of each unit below, in order


class Disclosure(NamedTuple):
    """Of the places whose figure is worked out over units: how many of the units somebody may have
    and be told it, 0 where it is told to nobody; and those that are at a limit of all of them."""

    most_own: dict[Key, int]
    at_limit: set[Key]


def is_over_units(content: ResultContent) -> bool:
    """Whether the figure, or the second one beside a stated one, is worked out over units."""
    return content.counted is not None


def over_units(content: ResultContent) -> tuple[Decimal | None, str]:
    """The number and the statement that are of several units; beside a stated figure the second."""
    if content.basis == Basis.STATED:
        return content.computed, content.computed_statement
    return content.number, content.statement


def disclosure(snapshot: Snapshot, contents: Contents, told: Collection[Key]) -> Disclosure:
    """`contents` is what stands as approved at the places and at what they are computed from;
    `told` are those of them that were told."""
    most: dict[Key, int] = {}
    at_limit: set[Key] = set()
    kept_back: dict[Key, int] = {}
    places = [key for key in sorted(contents) if _is_whole(snapshot, key, contents)]
    for piece in in_pieces(places, lambda place: _asked(snapshot, place)):
        asked = {key for place in piece for key in _asked(snapshot, place)}
        below = approved_contents(asked)
        for place in piece:
            look = _Units(snapshot, place, below)
            formula = snapshot.formula(place.indicator_id, place.year)
            if formula is None:
                safe = look.safe_for_sum()
            else:
                safe, is_at_limit = look.safe_for(formula, over_units(contents[place])[0])
                at_limit |= {place} if is_at_limit else set()
                for one in _kept_back(snapshot, place, contents, told) if safe < ANY else ():
                    kept_back[one] = min(kept_back.get(one, safe), safe)
            if is_over_units(contents[place]):
                counted = (contents[place].counted or 0) - FEWEST_COUNTED + 1
                most[place] = max(0, min(counted, safe))
    return Disclosure(
        {place: min(own, kept_back.get(place, own)) for place, own in most.items()}, at_limit
    )


def _is_whole(snapshot: Snapshot, place: Key, contents: Contents) -> bool:
    """Whether it is of all units, or computed from what is."""
    behind = inputs(snapshot, place)
    if not behind:
        return is_over_units(contents[place]) and contents[place].missing_units == []
    found = [contents[one] for one in behind if one in contents]
    return (
        len(found) == len(behind)
        and any(is_over_units(one) for one in found)
        and all(one.missing_units == [] and over_units(one)[0] is not None for one in found)
    )


def _asked(snapshot: Snapshot, place: Key) -> list[Key]:
    """What the units below say of the figure, or of what it is computed from."""
    below = keys_below(snapshot, place)
    if snapshot.formula(place.indicator_id, place.year) is None:
        return below
    return [one for key in below for one in inputs(snapshot, key)]


class _Units:
    """The units below a place and what stands as approved of them."""

    def __init__(self, snapshot: Snapshot, place: Key, below: Contents) -> None:
        self.snapshot, self.place, self.below = snapshot, place, below
        self.indicator = snapshot.indicators[place.indicator_id]
        self.units = keys_below(snapshot, place)

    def safe_for_sum(self) -> int:
        found = (self.below[key].number for key in self.units)
        return safe_for_sum([number for number in found if number is not None])

    def safe_for(self, formula: Formula, number: Decimal | None) -> tuple[int, bool]:
        """For how many own units, and whether what is told is at a limit; ANY where it tells
        nothing of its own."""
        limits = _limits(self.indicator)
        quotient = as_quotient(formula)
        # A quotient is looked at further down, whether it was worked out or not.
        is_at_limit = (quotient is None or quotient.is_sum) and number in limits
        safe = 0 if is_at_limit else ANY
        if quotient is None:
            return safe, is_at_limit
        for some in (quotient.over, quotient.under):
            if len(some.factors) > 1 and self._is_never_below(some, quotient):
                safe = min(safe, _safe_for_combined(self._of_each(some)))
        for limit in limits if not quotient.is_sum else ():
            at_limit = self._safe_at(Decimal(limit), quotient)
            safe, is_at_limit = min(safe, at_limit), is_at_limit or not at_limit
        return safe, is_at_limit

    def _is_never_below(self, some: Sum, quotient: Quotient) -> bool:
        """Whether a reader knows that no unit has less than 0."""
        of_one_year = len({(one.shift, one.year) for one in some.factors}) == 1
        limit = self.indicator.lower_limit
        return of_one_year or (quotient.is_sum and limit is not None and limit >= 0)

    def _safe_at(self, limit: Decimal, quotient: Quotient) -> int:
        over, under = self._of_each(quotient.over), self._of_each(quotient.under)
        lacks = [limit * whole - part for part, whole in zip(over, under, strict=True)]
        constants = quotient.over.constant or quotient.under.constant
        if constants or not lacks or (min(lacks) < 0 < max(lacks)):
            return ANY  # some are beyond: no limit
        return safe_at_limit([(part, abs(lack)) for part, lack in zip(over, lacks, strict=True)])

    def _of_each(self, some: Sum) -> UnitNumbers:
        return [some.at(partial(self._number, key)) for key in self.units]

    def _number(self, unit: Key, reference: Reference) -> Decimal | None:
        """What the unit has of an input, or its predecessors had together."""
        year, indicator = reference.year_at(unit.year), self.snapshot.by_code.get(reference.code)
        if indicator is None:
            return None
        places = sources(self.snapshot, unit._replace(year=year, indicator_id=indicator))
        found = [self.below[one].number for one in places if one in self.below]
        numbers = [number for number in found if number is not None]
        return sum(numbers, Decimal(0)) if numbers else None


def _safe_for_combined(numbers: UnitNumbers) -> int:
    """Of a sum of sums, or their difference, which is counted as any sum is."""
    if min(numbers, default=0) < 0 < max(numbers, default=0):
        return ANY
    counted = sum(bool(number) for number in numbers) - FEWEST_COUNTED + 1
    return max(0, min(counted, safe_for_sum(numbers)))


def _limits(indicator: Indicator) -> set[Decimal]:
    """Where none of the units goes beyond, so that each is there."""
    own = (indicator.lower_limit, indicator.upper_limit)
    of_shares = (Decimal(0), Decimal(100)) if indicator.quantity_kind == QuantityKind.SHARE else ()
    return {limit for limit in (*own, *of_shares) if limit is not None}


def _kept_back(
    snapshot: Snapshot, place: Key, contents: Contents, told: Collection[Key]
) -> Iterator[Key]:
    """An input without which the figure cannot be worked out, and what would give that away."""
    over = [one for one in inputs(snapshot, place) if is_over_units(contents.get(one, _NOTHING))]
    of_units: Sequence[Key] = [one for one in over if contents[one].basis != Basis.STATED]
    if not of_units:
        yield from over
        return
    chosen = next((one for one in of_units if one not in told), of_units[0])
    yield chosen
    yield from _kept_back(snapshot, chosen, contents, told)


_NOTHING = ResultContent()
