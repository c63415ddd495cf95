"""What was told of figures worked out over units, and of their spreads; kept once and for ever."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from indicators.models import Release
from indicators.models.release import ANY, ReleaseKind
from indicators.results.dependencies import Key, inputs
from indicators.results.disclosure import SaidBefore, all_behind
from indicators.results.predecessors import former_names
from indicators.results.refresh import among
from indicators.results.snapshot import Snapshot

FIGURE, SPREAD = ReleaseKind.FIGURE, ReleaseKind.SPREAD


class ReleasedContent(NamedTuple):
    """What was said: a number or a statement, and the digest of what it was made of."""

    number: Decimal | None = None
    statement: str = ""
    digest: str = ""


class Releases:
    """What was released at the places and at what they are computed from; and what is `new`."""

    def __init__(
        self, snapshot: Snapshot, places: Collection[Key], beside: Collection[Key]
    ) -> None:
        self.snapshot = snapshot
        self.behind = {key: inputs(snapshot, key) for key in places}
        """What the figures are computed from."""
        self.known: dict[tuple[str, Key], ReleasedContent] = {}
        self.most_own: dict[tuple[str, Key], int] = {}
        self.withdrawn: set[tuple[str, Key]] = set()
        self.new: list[Release] = []
        former = (one for key in places for one in under_former_names(snapshot, key))
        wanted = {*beside, *all_behind(snapshot, places), *former}
        rows = Release.objects.filter(among(wanted)).order_by()
        fields = ("jurisdiction_id", "year", "indicator_id", "kind", "withdrawn", "most_own")
        for row in rows.values_list(*fields, *ReleasedContent._fields):
            unit, year, indicator, kind, withdrawn, most_own, *said = row
            place = (kind, Key(unit, year, indicator))
            self.known.setdefault(place, ReleasedContent(*said))
            if withdrawn:
                self.withdrawn.add(place)
            else:
                self.known[place], self.most_own[place] = ReleasedContent(*said), most_own

    def told(self, kind: str, key: Key) -> ReleasedContent | None:
        """What is told, and was not withdrawn."""
        return None if (kind, key) in self.withdrawn else self.known.get((kind, key))

    def said_before(self, now: Mapping[Key, ReleasedContent]) -> SaidBefore:
        """What was said so far, held against what would be said `now`."""
        figures = {key: told for (kind, key), told in self.known.items() if kind == FIGURE}
        untold = ReleasedContent()
        stand = {key for key in figures if self.told(FIGURE, key) == now.get(key, untold)}
        return SaidBefore(
            stand=stand,
            withdrawn={key for key, told in figures.items() if told != untold} - stand,
            kept_back={key for key, told in figures.items() if told == untold},
            spread={
                key for (kind, key), told in self.known.items() if kind == SPREAD and told.digest
            },
        )

    def is_new(self, kind: str, key: Key) -> bool:
        """Whether nothing was said of it; what was said under a unit's former name was."""
        if (kind, key) in self.known:
            return False
        for one in under_former_names(self.snapshot, key):
            if (kind, one) in self.known:
                self.add(kind, key, self.known[kind, one], self.most_own.get((kind, one), ANY))
                if (kind, one) in self.withdrawn:
                    self.withdraw(kind, key)
                return False
        return True

    def add(self, kind: str, key: Key, told: ReleasedContent, most_own: int) -> None:
        self.known[kind, key], self.most_own[kind, key] = told, most_own
        self.new.append(release_row(kind, key, told, most_own=most_own))

    def withdraw(self, kind: str, key: Key) -> None:
        self.withdrawn.add((kind, key))
        self.new.append(release_row(kind, key, ReleasedContent(), withdrawn=True))


def release_row(
    kind: str, key: Key, told: ReleasedContent, *, withdrawn: bool = False, most_own: int = ANY
) -> Release:
    unit, year, indicator = key
    return Release(
        kind=kind,
        withdrawn=withdrawn,
        most_own=most_own,
        indicator_id=indicator,
        jurisdiction_id=unit,
        year=year,
        **told._asdict(),
    )


def under_former_names(snapshot: Snapshot, key: Key) -> list[Key]:
    """The same figure under the unit's former names, the latest first."""
    return [key._replace(unit_id=unit) for unit in former_names(snapshot, key.unit_id)]


def first_name(snapshot: Snapshot, unit_id: int) -> str:
    """A unit that was renamed is the one that it was."""
    return str([unit_id, *former_names(snapshot, unit_id)][-1])
