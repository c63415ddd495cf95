"""Units as tiles, each about where it lies: no boundaries are drawn, which in China would need a
review number. The table of the same figures stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.figures.drawing import SHAPE_LETTERS
from indicators.figures.figure import Figure
from indicators.figures.heat import shade_of, span_across

WIDTH, HEIGHT, GAP = 84, 46, 4
FEWEST = 3  # units that have a tile


@dataclass(frozen=True)
class Tile:
    """`x` and `y` are its upper left corner, in units of the drawing."""

    figure: Figure
    x: int
    y: int
    shade: str
    doubt: str

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def corner(self) -> int:
        return self.x + WIDTH - 8

    @property
    def name_at(self) -> int:
        return self.y + 19

    @property
    def value_at(self) -> int:
        return self.y + 36

    @property
    def mark(self) -> str:
        """The shape of its light; empty without one."""
        return SHAPE_LETTERS.get(self.figure.status, "")

    @property
    def name(self) -> str:
        """The unit's name, cut to what a tile holds."""
        name = str(self.figure.jurisdiction.name)
        return name if len(name) <= 6 else f"{name[:5]}…"


@dataclass(frozen=True)
class TileMap:
    tiles: list[Tile]
    width: int
    height: int

    @property
    def is_doubted(self) -> bool:
        return any(tile.doubt for tile in self.tiles)


def tile_map(figures: Sequence[Figure]) -> TileMap | None:
    """Of the units that have a tile; None with fewer than FEWEST."""
    placed = [
        (one, one.jurisdiction.tile_column, one.jurisdiction.tile_row)
        for one in figures
        if one.jurisdiction.tile_column is not None and one.jurisdiction.tile_row is not None
    ]
    if len(placed) < FEWEST:
        return None
    span = span_across(figures)
    first_column = min(column or 0 for _one, column, _row in placed)
    first_row = min(row or 0 for _one, _column, row in placed)
    tiles = [
        Tile(
            one,
            ((column or 0) - first_column) * (WIDTH + GAP) + 1,
            ((row or 0) - first_row) * (HEIGHT + GAP) + 1,
            shade_of(one, span),
            one.doubt,
        )
        for one, column, row in placed
    ]
    return TileMap(
        tiles,
        max(tile.x for tile in tiles) + WIDTH + 1,
        max(tile.y for tile in tiles) + HEIGHT + 1,
    )
