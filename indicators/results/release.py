"""Releases what is worked out over units to the people of each; the rule is in `models.scope`.

Decided: what was released is kept, so that nothing is told twice: what moved since is told no more,
however it moved, nor is anything that would be worked out from it later.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from indicators.models import Basis, Release, Round, State, Tier, YearlyResult
from indicators.models.release import FEWEST_COUNTED, FEWEST_SPREAD, ReleaseKind
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, affected, inputs, last_year
from indicators.results.predecessors import GOES_ON
from indicators.results.refresh import among, stored
from indicators.results.snapshot import Snapshot

FIGURE, SPREAD = ReleaseKind.FIGURE, ReleaseKind.SPREAD
AT_ONCE = 20_000  # figures held in memory


Place = tuple[str, Key]
"""A kind of release, and where."""


class Told(NamedTuple):
    """What was said: a number or a statement; of a spread, the digest of its figures."""

    number: Decimal | None = None
    statement: str = ""
    digest: str = ""


def release(snapshot: Snapshot, keys: Iterable[Key]) -> None:
    """Release what may be told from now on of the approved results at the keys.

    To be called in the writer's transaction when they were worked out; the keys are all that were.
    """
    places = set()
    for key in keys:
        for unit in (key.unit_id, snapshot.above(key.unit_id, key.year)):
            if unit is not None and snapshot.children(unit, key.year):
                places.add(key._replace(unit_id=unit))
    settled = _settled(snapshot, places) if places else []
    if settled:
        told = _Told(snapshot, settled)
        _release_figures(snapshot, settled, told)
        _release_spreads(snapshot, settled, told)
        Release.objects.bulk_create(told.new, ignore_conflicts=True)


def release_settled(snapshot: Snapshot, unit_id: int, evaluation_year: int) -> None:
    """Release what may be told since no round collects the year from the units below any more."""
    own = {
        Key(unit_id, evaluation_year + indicator.lag, pk)
        for pk, indicator in snapshot.indicators.items()
    }
    release(snapshot, affected(snapshot, own, last_year=last_year()))


def released_numbers(snapshot: Snapshot, key: Key, others: Collection[int]) -> list[Decimal]:
    """The approved numbers of the `others` among the units below (ids), where the spread of all is
    what was released; else none."""
    below = _below(snapshot, [key])[key]
    found = [content.number for unit, content in below.items() if unit in others]
    numbers = [number for number in found if number is not None]
    if len(numbers) < FEWEST_SPREAD:
        return []
    told = _released([key]).get((SPREAD, key))
    return numbers if told is not None and told == _spread(snapshot, below) else []


def _settled(snapshot: Snapshot, places: Collection[Key]) -> list[Key]:
    """Those of whose evaluation year no round of the unit is still to collect, or collecting."""
    collecting = set(
        Round.objects.filter(
            city__in={key.unit_id for key in places}, closed_at__isnull=True
        ).values_list("city_id", "evaluation_year")
    )
    lag = {pk: indicator.lag for pk, indicator in snapshot.indicators.items()}
    return sorted(
        key for key in places if (key.unit_id, key.year - lag[key.indicator_id]) not in collecting
    )


class _Told:
    """What was released at the places and at what they are computed from, and what is `new`."""

    def __init__(self, snapshot: Snapshot, places: Collection[Key]) -> None:
        self.snapshot = snapshot
        self.behind = {key: inputs(snapshot, key) for key in places}
        """What the figures are computed from."""
        self.new: list[Release] = []
        self.wanted = {*places, *(one for some in self.behind.values() for one in some)}
        former = [one for key in places for one in _former(snapshot, key)]
        self._known = _released([*self.wanted, *former])

    def at(self, kind: str, key: Key) -> Told | None:
        return self._known.get((kind, key))

    def untold(self, kind: str, key: Key) -> bool:
        """Whether nothing was; what was told under a unit's former name was told."""
        if (kind, key) in self._known:
            return False
        former = (self._known.get((kind, one)) for one in _former(self.snapshot, key))
        earlier = next((one for one in former if one is not None), None)
        if earlier is not None:
            self.add(kind, key, earlier)
        return earlier is None

    def add(self, kind: str, key: Key, told: Told) -> None:
        unit, year, indicator = key
        self._known[kind, key] = told
        self.new.append(
            Release(
                kind=kind, indicator_id=indicator, jurisdiction_id=unit, year=year, **told._asdict()
            )
        )


def _release_figures(snapshot: Snapshot, places: Collection[Key], told: _Told) -> None:
    """What is whole, of figures enough, and computed from nothing but what is told."""
    contents = _contents(told.wanted)
    waiting = [key for key in places if told.untold(FIGURE, key) and _may_be_told(contents[key])]
    while ready := [
        key
        for key in waiting
        if all(_is_seen(contents[one], told.at(FIGURE, one)) for one in told.behind[key])
    ]:
        for key in ready:
            told.add(FIGURE, key, _says(contents[key]))
        waiting = [key for key in waiting if told.at(FIGURE, key) is None]


def _may_be_told(content: ResultContent) -> bool:
    whole = content.missing_units == [] and _says(content) != Told()
    return whole and (content.counted or 0) >= FEWEST_COUNTED


def _is_seen(content: ResultContent, told: Told | None) -> bool:
    """Whether the people of each unit see a figure that another is computed from: it is not worked
    out over units, or was told and is the same."""
    own = content.basis == Basis.STATED or content.counted is None
    return own or (_says(content) == told and not content.is_partial)


def _says(content: ResultContent) -> Told:
    """What is worked out from below; beside a stated figure it is the second one."""
    if content.basis == Basis.STATED:
        return Told(content.computed, content.computed_statement)
    return Told(content.number, content.statement)


def _release_spreads(snapshot: Snapshot, places: Collection[Key], told: _Told) -> None:
    """The spreads of which each unit has answered, with figures enough."""
    wide = [key for key in places if len(snapshot.children(key.unit_id, key.year)) >= FEWEST_SPREAD]
    untold = [key for key in wide if told.untold(SPREAD, key)]
    for piece in _pieces(snapshot, untold):
        for key, below in _below(snapshot, piece).items():
            numbers = sum(content.number is not None for content in below.values())
            spread = _spread(snapshot, below)
            if spread is not None and numbers >= FEWEST_SPREAD:
                told.add(SPREAD, key, spread)


def _pieces(snapshot: Snapshot, places: Collection[Key]) -> Iterator[list[Key]]:
    """The places by so many as have AT_ONCE units below them."""
    piece: list[Key] = []
    size = 0
    for key in places:
        piece.append(key)
        size += len(snapshot.children(key.unit_id, key.year))
        if size >= AT_ONCE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _below(snapshot: Snapshot, places: Collection[Key]) -> dict[Key, dict[int, ResultContent]]:
    """The approved results of the units below each place, by unit."""
    units = {key: snapshot.children(key.unit_id, key.year) for key in places}
    contents = _contents({key._replace(unit_id=unit) for key in places for unit in units[key]})
    return {
        key: {unit: contents[key._replace(unit_id=unit)] for unit in below}
        for key, below in units.items()
    }


def _spread(snapshot: Snapshot, below: dict[int, ResultContent]) -> Told | None:
    """All that the units say, as a SHA-256; None where one of them has not answered. A unit that
    was renamed is the one that it was."""
    lines = []
    for unit, content in below.items():
        if not content.is_whole or content.state == State.NOT_AVAILABLE:
            return None
        first = [unit, *_names_before(snapshot, unit)][-1]
        number = "" if content.number is None else f"{content.number:.4f}"
        lines.append(f"{first} {number} {content.statement} {content.state}")
    return Told(digest=hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest())


def _contents(keys: Collection[Key]) -> dict[Key, ResultContent]:
    """What stands as approved at the keys."""
    rows = YearlyResult.objects.in_tier(Tier.APPROVED).filter(among(keys))
    kept = {key: content for (key, _tier), content in stored(rows).items()}
    return {key: kept.get(key, ResultContent()) for key in keys}


def _released(keys: Collection[Key]) -> dict[Place, Told]:
    """What was released at the keys, and perhaps at others."""
    fields = ("jurisdiction_id", "year", "indicator_id", "kind", *Told._fields)
    rows = Release.objects.filter(among(keys)).order_by().values_list(*fields)
    return {
        (kind, Key(unit, year, indicator)): Told(*told)
        for unit, year, indicator, kind, *told in rows
    }


def _names_before(snapshot: Snapshot, unit_id: int) -> list[int]:
    """The units (ids) that the unit was under former names, the latest first."""
    found: list[int] = []
    before = snapshot.predecessors.get(unit_id)
    while before is not None and before.kind in GOES_ON and before.goes_on:
        found.append(before.unit_ids[0])
        before = snapshot.predecessors.get(found[-1])
    return found


def _former(snapshot: Snapshot, key: Key) -> list[Key]:
    """The same figure under the unit's former names, the latest first."""
    return [key._replace(unit_id=unit) for unit in _names_before(snapshot, key.unit_id)]
