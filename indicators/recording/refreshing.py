"""Has results work out again what a write touched; a total that is too large is a refusal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from indicators import results
from indicators.collection import Refusal
from indicators.models import Tier
from indicators.recording.relapse import relapse_where_fallen
from indicators.results import Moved, ResultContent, ResultKey, Snapshot


def refresh(
    snapshot: Snapshot,
    locked: dict[ResultKey, ResultContent],
    worked: Iterable[tuple[ResultKey, ResultContent]] | None = None,
    *,
    of_catalogue: bool = False,
) -> list[Moved]:
    """As `results.refresh` does it; which approved figures moved. What may be told is released, and
    accepted problems relapse whose figures fall back.

    Refuses: total_too_large.
    """
    with totals_fit(snapshot):
        places, moved = results.refresh(snapshot, locked, worked, of_catalogue=of_catalogue)
    results.release(snapshot, {key for key, tier in locked if tier == Tier.APPROVED})
    relapse_where_fallen(key for key, tier in places if tier == Tier.APPROVED)
    return moved


@contextmanager
def totals_fit(snapshot: Snapshot, *, field: str = "") -> Iterator[None]:
    """Refuses: total_too_large, at the `field` that is to blame, of what is worked out in here."""
    try:
        yield
    except results.TotalTooLarge as error:
        unit = snapshot.units[error.key.unit_id].name
        raise Refusal("total_too_large", field=field, unit=unit) from error
