"""Releases what is worked out over units to the people of each; the rule is in `models.scope`.

Decided: what was released is kept, so that nothing is told twice: what moved since is told no more,
however it moved, nor is anything that would be worked out from it later.
"""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal

from indicators.measures.disclosure import quartiles_tell
from indicators.models import Basis, Release, Round, State
from indicators.models.path import ids_in
from indicators.models.release import ANY, FEWEST_SPREAD
from indicators.results.approved import approved_below, approved_contents, in_pieces
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, affected, inputs, last_year
from indicators.results.disclosure import (
    Disclosure,
    all_ahead,
    all_behind,
    disclosure,
    is_over_units,
    over_units,
)
from indicators.results.released import (
    FIGURE,
    SPREAD,
    ReleasedContent,
    Releases,
    first_name,
    release_row,
)
from indicators.results.snapshot import Snapshot


def release(snapshot: Snapshot, keys: Iterable[Key]) -> None:
    """Withdraw what has moved of the approved results at the keys, and release what may be told
    from now on.

    To be called in the writer's transaction when they were worked out; the keys are all that were.
    """
    places = set()
    for key in keys:
        for unit in (key.unit_id, snapshot.above(key.unit_id, key.year)):
            if unit is not None and snapshot.children(unit, key.year):
                places.add(key._replace(unit_id=unit))
    if not places:
        return
    places |= {one for key in places for one in inputs(snapshot, key)}
    settled = _settled(snapshot, places)
    beside = all_behind(snapshot, all_ahead(snapshot, settled))
    releases = Releases(snapshot, places, beside)
    if settled or releases.known:
        figures = _Figures(snapshot, releases, beside)
        figures.renew(places, settled)
        _Spreads(snapshot, releases, figures).renew(places, settled)
        Release.objects.bulk_create(releases.new, ignore_conflicts=True)


def release_settled(snapshot: Snapshot, unit_id: int, evaluation_year: int) -> None:
    """Release what may be told since no round collects the year from the units below any more."""
    own = {
        Key(unit_id, evaluation_year + indicator.lag, pk)
        for pk, indicator in snapshot.indicators.items()
    }
    release(snapshot, affected(snapshot, own, last_year=last_year()))


def withhold_of_moved_units(before: Snapshot, after: Snapshot) -> None:
    """What was told of a unit's figures under units above it is told under no others: the two would
    tell of those that did not move along.

    To be called when the catalogue was changed, before results are worked out again. Of years in
    which the unit is not valid as well: it may be made so later.
    """
    new_by_former: dict[int, set[int]] = defaultdict(set)
    for unit in after.units.values():
        was = before.units.get(unit.pk)
        if was is not None and was.path == unit.path:
            continue
        ended = after.predecessors.get(unit.pk)
        earlier = [was, *(after.units[pk] for pk in (ended.unit_ids if ended else ()))]
        above = set(ids_in(unit.path)[:-1])
        former = {pk for one in earlier if one is not None for pk in ids_in(one.path)[:-1]}
        for pk in former - above:
            new_by_former[pk] |= above - former
    told = (
        Release.objects.filter(jurisdiction__in=new_by_former).order_by() if new_by_former else ()
    )
    places = {
        (one.kind, Key(unit, one.year, one.indicator_id))
        for one in told
        for unit in new_by_former[one.jurisdiction_id]
    }
    Release.objects.bulk_create(
        [
            release_row(kind, place, ReleasedContent(), withdrawn=True)
            for kind, place in sorted(places)
        ],
        ignore_conflicts=True,
    )


def released_numbers(snapshot: Snapshot, key: Key, others: Collection[int]) -> list[Decimal]:
    """The approved numbers of the `others` among the units below (ids), where the spread of all is
    what was released; else none."""
    below = approved_below(snapshot, [key])[key]
    found = [content.number for unit, content in below.items() if unit in others]
    numbers = [number for number in found if number is not None]
    if len(numbers) < FEWEST_SPREAD:
        return []
    told = Releases(snapshot, [key], ()).told(SPREAD, key)
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


class _Renewal(ABC):
    """Withdraws what is said no more as it was told, then tells what may be told from now on; both
    until nothing follows from it."""

    kind: str

    def __init__(self, snapshot: Snapshot, releases: Releases) -> None:
        self.snapshot, self.releases = snapshot, releases
        self.said: dict[Key, ReleasedContent] = {}
        """What is said now, as far as it may be told."""

    def renew(self, places: Collection[Key], settled: Collection[Key]) -> None:
        releases = self.releases
        new = {key for key in settled if releases.is_new(self.kind, key)}
        told = {key for key in places if releases.told(self.kind, key) is not None}
        self.read(new, told)
        for key in self.kept_back():
            if (self.kind, key) not in releases.withdrawn:
                releases.withdraw(self.kind, key)
            new.discard(key)
            told.discard(key)
        while gone := {key for key in told if not self._is_as_told(key)}:
            for key in sorted(gone):
                releases.withdraw(self.kind, key)
            told -= gone
        while ready := {key for key in new if key in self.said and self.rests_on_told(key)}:
            for key in sorted(ready):
                releases.add(self.kind, key, self.said[key], self.most_own_units(key))
            new -= ready

    def _is_as_told(self, key: Key) -> bool:
        same = self.said.get(key) == self.releases.told(self.kind, key)
        return same and self.rests_on_told(key) and self._is_told_to_no_more(key)

    def _is_told_to_no_more(self, key: Key) -> bool:
        """Whether to people of no more units than may be told now."""
        return self.releases.most_own[self.kind, key] <= self.most_own_units(key)

    @abstractmethod
    def read(self, new: Collection[Key], told: Collection[Key]) -> None:
        """Read what is `said` at the places of which nothing was said, and of what was told."""

    def kept_back(self) -> Collection[Key]:
        """What is never to be told."""
        return ()

    @abstractmethod
    def most_own_units(self, key: Key) -> int:
        """How many units somebody may have who is told."""

    @abstractmethod
    def rests_on_told(self, key: Key) -> bool:
        """Whether all that it is computed from is told."""


class _Figures(_Renewal):
    """Figures that are whole and of figures enough."""

    kind = FIGURE

    def __init__(self, snapshot: Snapshot, releases: Releases, beside: Collection[Key]) -> None:
        super().__init__(snapshot, releases)
        self.beside = beside
        self.contents: dict[Key, ResultContent] = {}
        self.disclosure = Disclosure()

    def read(self, new: Collection[Key], told: Collection[Key]) -> None:
        if not (new or told):
            return
        self.contents = approved_contents(
            {*all_behind(self.snapshot, {*new, *told}), *(self.beside if new else ())}
        )
        now = dict(self._now())
        said_before = self.releases.said_before(now)
        self.disclosure = disclosure(self.snapshot, self.contents, said_before)
        self.said = {key: one for key, one in now.items() if self.disclosure.most_own.get(key)}

    def kept_back(self) -> Collection[Key]:
        return sorted(self.disclosure.kept_back)

    def _now(self) -> Iterator[tuple[Key, ReleasedContent]]:
        """What would be said of what is whole."""
        digests: dict[tuple[int, int], str] = {}
        for key, content in self.contents.items():
            number, statement = over_units(content)
            if content.missing_units == [] and (number is not None or statement):
                place = (key.unit_id, key.year)  # whose figures are all of the same units
                if place not in digests:
                    units = self.snapshot.children(*place)
                    digests[place] = _digest(first_name(self.snapshot, unit) for unit in units)
                yield key, ReleasedContent(number, statement, digests[place])

    def most_own_units(self, key: Key) -> int:
        """As many as are told all that it is computed from."""
        behind = [(FIGURE, one) for one in self.releases.behind[key]]
        return min(
            self.disclosure.most_own[key],
            *(self.releases.most_own.get(one, ANY) for one in behind),
            ANY,
        )

    def rests_on_told(self, key: Key) -> bool:
        return all(self._is_seen(one) for one in self.releases.behind[key])

    def is_beside(self, key: Key) -> bool:
        """Whether a figure is told at the place, or was stated."""
        stated = key in self.contents and self.contents[key].basis == Basis.STATED
        return stated or self.releases.told(FIGURE, key) is not None

    def _is_seen(self, key: Key) -> bool:
        """Whether the people of each unit see the figure: it is not worked out over units, or was
        told and is the same."""
        content = self.contents[key]
        own = content.basis == Basis.STATED or not is_over_units(content)
        told = self.releases.told(FIGURE, key)
        return own or (told is not None and self.said.get(key) == told)


class _Spreads(_Renewal):
    """Spreads of which each unit has answered, with figures enough."""

    kind = SPREAD

    def __init__(self, snapshot: Snapshot, releases: Releases, figures: _Figures) -> None:
        super().__init__(snapshot, releases)
        self.figures = figures

    def read(self, new: Collection[Key], told: Collection[Key]) -> None:
        wide = [key for key in sorted({*new, *told}) if len(self._units(key)) >= FEWEST_SPREAD]
        for piece in in_pieces(wide, self._units):
            for key, below in approved_below(self.snapshot, piece).items():
                found = (content.number for content in below.values())
                numbers = [number for number in found if number is not None]
                spread = _spread(self.snapshot, below)
                if spread is None or len(numbers) < FEWEST_SPREAD:
                    continue
                if not self._tells_beside(key, numbers):
                    self.said[key] = spread

    def _tells_beside(self, key: Key, numbers: list[Decimal]) -> bool:
        """Whether it tells of one unit together with the sum that is seen, or what all of them are
        at, which is not told."""
        if key in self.figures.disclosure.at_limit:
            return True
        if not self.snapshot.adds_up(key.indicator_id, key.unit_id, key.year):
            return False
        return quartiles_tell(numbers) and self.figures.is_beside(key)

    def most_own_units(self, key: Key) -> int:
        return ANY

    def rests_on_told(self, key: Key) -> bool:
        """What the level above alone reports has no spread."""
        return all(
            self.releases.told(SPREAD, one) is not None
            for one in self.releases.behind[key]
            if any(
                self.snapshot.reports(one.indicator_id, unit, one.year) for unit in self._units(one)
            )
        )

    def _units(self, key: Key) -> tuple[int, ...]:
        return self.snapshot.children(key.unit_id, key.year)


def _spread(snapshot: Snapshot, below: dict[int, ResultContent]) -> ReleasedContent | None:
    """All that the units say; None where one of them has not answered."""
    lines = []
    for unit, content in below.items():
        if not content.is_whole or content.state == State.NOT_AVAILABLE:
            return None
        number = "" if content.number is None else f"{content.number:.4f}"
        name = first_name(snapshot, unit)
        lines.append(f"{name} {number} {content.statement} {content.state}")
    return ReleasedContent(digest=_digest(lines))


def _digest(lines: Iterable[str]) -> str:
    """SHA-256 over the lines in order."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
