"""What stands as approved at places and at the units below them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from indicators.models import Tier
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key
from indicators.results.refresh import among, kept, stored
from indicators.results.snapshot import Snapshot

AT_ONCE = 20_000  # figures held in memory


def approved_contents(keys: Collection[Key]) -> dict[Key, ResultContent]:
    """The approved result at each of the keys; an empty one where there is none."""
    if not keys:
        return {}
    rows = kept().filter(among(keys), tier=Tier.APPROVED)
    found = {key: content for (key, _tier), content in stored(rows).items()}
    return {key: found.get(key, ResultContent()) for key in keys}


def keys_below(snapshot: Snapshot, place: Key) -> list[Key]:
    """The same figure of each unit right below."""
    return [place._replace(unit_id=unit) for unit in snapshot.children(place.unit_id, place.year)]


def approved_below(
    snapshot: Snapshot, places: Collection[Key]
) -> dict[Key, dict[int, ResultContent]]:
    """The approved results of the units right below each place, by unit (id)."""
    keys = {place: keys_below(snapshot, place) for place in places}
    contents = approved_contents({key for below in keys.values() for key in below})
    return {place: {key.unit_id: contents[key] for key in below} for place, below in keys.items()}


def in_pieces(
    places: Sequence[Key], asked: Callable[[Key], Collection[object]]
) -> Iterator[list[Key]]:
    """The places by so many as are `asked` AT_ONCE keys for together."""
    piece: list[Key] = []
    size = 0
    for place in places:
        piece.append(place)
        size += len(asked(place))
        if size >= AT_ONCE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
