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

AT_ONCE = 20_000  # figures held in memory


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
        new = [*_figures(snapshot, settled), *_spreads(snapshot, settled)]
        Release.objects.bulk_create(new, ignore_conflicts=True)


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
    told = _told([key], ReleaseKind.SPREAD)
    return numbers if told.get(key) == _spread(snapshot, key, below) else []


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


def _figures(snapshot: Snapshot, places: Collection[Key]) -> Iterator[Release]:
    """What is whole, of figures enough, and computed from nothing but what is told."""
    behind = {key: inputs(snapshot, key) for key in places}
    wanted = {*places, *(one for some in behind.values() for one in some)}
    contents = _contents(wanted)
    told = _told([*wanted, *_former(snapshot, places)], ReleaseKind.FIGURE)
    waiting = []
    for key in places:
        if (earlier := _under_former_name(snapshot, key, told)) is not None:
            told[key] = earlier
            yield _row(key, ReleaseKind.FIGURE, earlier)
        elif key not in told and _may_be_told(contents[key]):
            waiting.append(key)
    while ready := [
        key
        for key in waiting
        if key not in told and all(_is_seen(contents[one], told.get(one)) for one in behind[key])
    ]:
        for key in ready:
            told[key] = _says(contents[key])
            yield _row(key, ReleaseKind.FIGURE, told[key])


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


def _spreads(snapshot: Snapshot, places: Collection[Key]) -> Iterator[Release]:
    """The spreads of which each unit has answered, with figures enough."""
    wide = [key for key in places if len(snapshot.children(key.unit_id, key.year)) >= FEWEST_SPREAD]
    told = _told([*wide, *_former(snapshot, wide)], ReleaseKind.SPREAD)
    new = []
    for key in wide:
        if (earlier := _under_former_name(snapshot, key, told)) is not None:
            yield _row(key, ReleaseKind.SPREAD, earlier)
        elif key not in told:
            new.append(key)
    for piece in _pieces(snapshot, new):
        for key, below in _below(snapshot, piece).items():
            numbers = sum(content.number is not None for content in below.values())
            spread = _spread(snapshot, key, below)
            if spread is not None and numbers >= FEWEST_SPREAD:
                yield _row(key, ReleaseKind.SPREAD, spread)


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


def _spread(snapshot: Snapshot, key: Key, below: dict[int, ResultContent]) -> Told | None:
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


def _told(keys: Collection[Key], kind: str) -> dict[Key, Told]:
    """What was released at the keys, and perhaps at others."""
    rows = Release.objects.filter(among(keys), kind=kind) if keys else Release.objects.none()
    return {
        Key(one.jurisdiction_id, one.year, one.indicator_id): Told(
            one.number, one.statement, one.digest
        )
        for one in rows
    }


def _row(key: Key, kind: str, told: Told) -> Release:
    unit, year, indicator = key
    return Release(
        kind=kind, indicator_id=indicator, jurisdiction_id=unit, year=year, **told._asdict()
    )


def _names_before(snapshot: Snapshot, unit_id: int) -> list[int]:
    """The units (ids) that the unit was under former names, the latest first."""
    found: list[int] = []
    before = snapshot.predecessors.get(unit_id)
    while before is not None and before.kind in GOES_ON and before.goes_on:
        found.append(before.unit_ids[0])
        before = snapshot.predecessors.get(found[-1])
    return found


def _former(snapshot: Snapshot, places: Collection[Key]) -> list[Key]:
    """The same figures under the units' former names."""
    return [
        key._replace(unit_id=unit)
        for key in places
        for unit in _names_before(snapshot, key.unit_id)
    ]


def _under_former_name(snapshot: Snapshot, key: Key, told: dict[Key, Told]) -> Told | None:
    """What was told already, where nothing was under the present name."""
    if key in told:
        return None
    former = (told.get(one) for one in _former(snapshot, [key]))
    return next((one for one in former if one is not None), None)
