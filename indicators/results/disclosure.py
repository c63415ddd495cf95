"""To people of how many units a figure that is worked out over units may be told: the rule is in
`models.scope`, its arithmetic in `measures.disclosure`.

Decided: what a figure would tell of one unit is not told by what it is computed from either: of its
inputs one is kept back as well, the first that was not told already and is not the city's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from indicators.measures.disclosure import safe_for_share, safe_for_sum
from indicators.measures.exact import PLACE
from indicators.measures.plausibility import part_and_whole
from indicators.models import Basis, Indicator, QuantityKind
from indicators.models.release import FEWEST_COUNTED
from indicators.results.approved import approved_contents, in_pieces, keys_below
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, inputs
from indicators.results.snapshot import Snapshot

Contents = Mapping[Key, ResultContent]


def is_over_units(content: ResultContent) -> bool:
    """Whether the figure, or the second one beside a stated one, is worked out over units."""
    return content.counted is not None


def over_units(content: ResultContent) -> tuple[Decimal | None, str]:
    """The number and the statement that are of several units; beside a stated figure the second."""
    if content.basis == Basis.STATED:
        return content.computed, content.computed_statement
    return content.number, content.statement


def most_own_units(snapshot: Snapshot, contents: Contents, told: Collection[Key]) -> dict[Key, int]:
    """Of the places whose figure is worked out over units: how many of the units somebody may have
    and be told it; 0 where it is told to nobody.

    `contents` is what stands as approved at the places and at what they are computed from; `told`
    are those of them that were told.
    """
    most: dict[Key, int] = {}
    kept_back: dict[Key, int] = {}
    whole = (key for key, content in contents.items() if content.missing_units == [])
    places = sorted(key for key in whole if is_over_units(contents[key]))
    for piece in in_pieces(places, lambda place: _asked(snapshot, place)):
        asked = {key for place in piece for key in _asked(snapshot, place)}
        below = approved_contents(asked)
        for place in piece:
            counted = (contents[place].counted or 0) - FEWEST_COUNTED + 1
            safe = min(_safe_for(snapshot, place, contents[place], below), default=counted)
            most[place] = max(0, min(counted, safe))
            if safe < counted:
                for one in _kept_back(snapshot, place, contents, told):
                    kept_back[one] = min(kept_back.get(one, safe), safe)
    return {place: min(own, kept_back.get(place, own)) for place, own in most.items()}


def _asked(snapshot: Snapshot, place: Key) -> list[Key]:
    """What the units below say of the figure and of what it is computed from."""
    below = keys_below(snapshot, place)
    return [*below, *(one for key in below for one in inputs(snapshot, key))]


def _safe_for(
    snapshot: Snapshot, place: Key, content: ResultContent, below: Contents
) -> Iterator[int]:
    """Of how many units somebody may have the figures, by each thing that the figure tells."""
    indicator = snapshot.indicators[place.indicator_id]
    number, _statement = over_units(content)
    if number is None:
        return
    units = keys_below(snapshot, place)
    own = [one for key in units if (one := below[key].number) is not None]
    formula = snapshot.formula(place.indicator_id, place.year)
    if formula is None:
        yield safe_for_sum(own)
        return
    if number in _limits(indicator):
        yield 0
    if indicator.quantity_kind == QuantityKind.SHARE and part_and_whole(formula) is not None:
        yield safe_for_share(list(_parts_and_wholes(snapshot, units, below)))
    if _adds_up(indicator, own, number):
        yield safe_for_sum(own)


def _parts_and_wholes(
    snapshot: Snapshot, units: list[Key], below: Contents
) -> Iterator[tuple[Decimal, Decimal]]:
    """Of each unit that has both what its share is worked out from."""
    for key in units:
        numbers = [below[one].number for one in inputs(snapshot, key)]
        if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
            yield numbers[0], numbers[1]


def _limits(indicator: Indicator) -> set[Decimal]:
    """Where none of the units goes beyond, so that each is there."""
    own = (indicator.lower_limit, indicator.upper_limit)
    of_shares = (Decimal(0), Decimal(100)) if indicator.quantity_kind == QuantityKind.SHARE else ()
    return {limit for limit in (*own, *of_shares) if limit is not None}


def _adds_up(indicator: Indicator, numbers: list[Decimal], number: Decimal) -> bool:
    """Whether what is computed is the sum of what is computed of each unit, none of it below 0."""
    off = abs(sum(numbers, Decimal(0)) - number)
    never_below = indicator.lower_limit is not None and indicator.lower_limit >= 0
    return never_below and bool(numbers) and off <= PLACE * len(numbers)


def _kept_back(
    snapshot: Snapshot, place: Key, contents: Contents, told: Collection[Key]
) -> Iterator[Key]:
    """An input without which the figure cannot be worked out, and what would give that away."""
    of_units = [
        one
        for one in inputs(snapshot, place)
        if one in contents and is_over_units(contents[one]) and contents[one].basis != Basis.STATED
    ]
    if of_units:
        chosen = next((one for one in of_units if one not in told), of_units[0])
        yield chosen
        yield from _kept_back(snapshot, chosen, contents, told)
