"""Where a page ended, as a text that the next request gives back."""

from __future__ import annotations

from indicators.figures.long_rows import Place

PATTERN = r"^[0-9]{1,18}\.[0-9]{4}\.[0-9]{1,18}$"


def cursor_at(place: Place | None) -> str | None:
    """
    >>> cursor_at(Place(3, 2021, 45))
    '3.2021.45'
    """
    return ".".join(str(number) for number in place) if place else None


def place_at(cursor: str | None) -> Place | None:
    """The place of a cursor that is written as PATTERN says."""
    return Place._make(int(number) for number in cursor.split(".")) if cursor else None
