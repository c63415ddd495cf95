"""How much of a file is read at most, and the one way in which a file is refused.

`Limits` says what a caller allows. A `Budget` is one reading under way: what is read is charged to
it, and it raises UnreadableFile as soon as a limit is passed.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

CODES = {
    "empty": "nothing is in the file",
    "too_large": "it has more bytes than allowed (megabytes), or of a text characters",
    "unpacks_too_large": "it is packed and unpacks to more than allowed (megabytes)",
    "too_many_rows": "a sheet has a row below the last one allowed (sheet, limit)",
    "too_many_columns": "a sheet has a column beyond the last one allowed (sheet, limit)",
    "too_many_cells": "all sheets together have more cells than allowed (limit)",
    "too_slow": "reading took longer than allowed (seconds)",
    "too_much_memory": "reading wanted more memory than allowed (megabytes)",
    "encrypted": "it opens with a password only",
    "macros": "it holds macros, and could hand them on",
    "unknown_type": "it is no spreadsheet, whatever its name says (found)",
    "unknown_encoding": "it is text, but neither UTF-8 nor GB18030 nor UTF-16 with a mark",
    "declares_entities": "its XML declares a document type or entities",
    "damaged": "it is cut off or broken (part, where known; row, in a text file)",
}


class UnreadableFile(Exception):
    """The file is refused. `code` is one of CODES and stays; `params` say what CODES names."""

    def __init__(self, code: str, **params: Any) -> None:
        if code not in CODES:
            raise ValueError(code)
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value}" for name, value in self.params.items())])


@dataclass(frozen=True)
class Limits:
    """What one file may have, and what reading it may cost."""

    bytes: int = 20_000_000
    unpacked_bytes: int = 256_000_000
    rows: int = 100_000
    columns: int = 1_000
    cells: int = 2_000_000
    seconds: float = 30
    memory_bytes: int = 512_000_000


# About what a cell of its own takes with its text and its number; of a text, a character.
CELL_BYTES = 250
CHARACTER_BYTES = 2


@dataclass
class Budget:
    """What one reading has used up so far."""

    limits: Limits
    cells: int = 0
    memory: int = 0
    unpacked: int = 0
    deadline: float = field(init=False)

    def __post_init__(self) -> None:
        self.deadline = time.monotonic() + self.limits.seconds

    def check_time(self) -> None:
        if time.monotonic() > self.deadline:
            raise UnreadableFile("too_slow", seconds=self.limits.seconds)

    def check_row(self, sheet: str, number: int) -> None:
        if number > self.limits.rows:
            raise UnreadableFile("too_many_rows", sheet=sheet, limit=self.limits.rows)

    def check_columns(self, sheet: str, count: int) -> None:
        if count > self.limits.columns:
            raise UnreadableFile("too_many_columns", sheet=sheet, limit=self.limits.columns)

    def charge_cells(self, count: int) -> None:
        self.cells += count
        if self.cells > self.limits.cells:
            raise UnreadableFile("too_many_cells", limit=self.limits.cells)

    def charge_memory(self, amount: int) -> None:
        self.memory += amount
        if self.memory > self.limits.memory_bytes:
            raise UnreadableFile("too_much_memory", megabytes=megabytes(self.limits.memory_bytes))

    def charge_unpacked(self, amount: int) -> None:
        self.unpacked += amount
        if self.unpacked > self.limits.unpacked_bytes:
            raise UnreadableFile(
                "unpacks_too_large", megabytes=megabytes(self.limits.unpacked_bytes)
            )


def megabytes(amount: int) -> int:
    """Rounded down, but not to nothing.

    >>> megabytes(20_000_000), megabytes(10)
    (20, 1)
    """
    return max(amount // 1_000_000, 1)
