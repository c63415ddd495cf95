"""How a cell of the seeds is read: text, a choice, a number, a date, codes.

Each kind reads a cell into a Python value, or says in words what is wrong and what to write
instead; and writes a value again as a cell, always in the same way. What the values must be
together is `row_validation`'s to ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from indicators.measures.exact import TooLong, exact, plain
from indicators.models import UNITS


class BadCell(ValueError):
    """The cell cannot be read."""


@dataclass(frozen=True)
class Cell:
    """Text of at most `longest` characters. The other kinds extend it."""

    needed: bool = False
    longest: int = 10_000

    def read(self, text: str) -> Any:
        """The value of the cell; raises BadCell."""
        text = text.strip()
        if not text:
            if self.needed:
                raise BadCell("the cell is empty; it must be filled")
            return self.empty
        if len(text) > self.longest:
            raise BadCell(f"{len(text)} characters; at most {self.longest} are kept")
        for character in text:
            if unicodedata.category(character) == "Cc" and character not in "\n\t":
                raise BadCell(f"a control character (U+{ord(character):04X}); take it out")
        return self.filled(text)

    def write(self, value: Any) -> str:
        return "" if value is None else str(value)

    def again(self, text: str) -> str:
        return self.write(self.read(text))

    @property
    def empty(self) -> Any:
        return ""

    def filled(self, text: str) -> Any:
        return text


@dataclass(frozen=True)
class Choice(Cell):
    choices: tuple[str, ...] = ()

    def filled(self, text: str) -> str:
        if text not in self.choices:
            raise BadCell(f"{text!r} is not known; use one of {', '.join(self.choices)}")
        return text


def choice(choices: Iterable[Any], *, needed: bool = True) -> Choice:
    return Choice(needed=needed, choices=tuple(str(one) for one in choices if str(one)))


@dataclass(frozen=True)
class Measure(Cell):
    """The code of a unit of measure, of those that there are and those that were read before."""

    def filled(self, text: str) -> str:
        if text not in UNITS:
            raise BadCell(f"{text!r} is not known; use one of {', '.join(UNITS)}")
        return text


@dataclass(frozen=True)
class YesNo(Cell):
    needed: bool = True

    def filled(self, text: str) -> bool:
        if text not in ("yes", "no"):
            raise BadCell(f"{text!r} is neither; use yes or no")
        return text == "yes"

    def write(self, value: bool) -> str:
        return "yes" if value else "no"


@dataclass(frozen=True)
class Whole(Cell):
    """A whole number that a column holds; None where the cell is empty."""

    least: int = -32_768
    most: int = 32_767

    @property
    def empty(self) -> None:
        return None

    def filled(self, text: str) -> int:
        if not re.fullmatch(r"-?\d{1,10}", text, re.ASCII):
            raise BadCell(f"{text!r} is no whole number; use digits")
        if not self.least <= int(text) <= self.most:
            raise BadCell(f"{text} is not from {self.least} to {self.most}")
        return int(text)


def year(*, needed: bool = True) -> Whole:
    return Whole(needed=needed, least=1900, most=2200)


@dataclass(frozen=True)
class Exact(Cell):
    """An exact number as plain decimals; None where the cell is empty."""

    @property
    def empty(self) -> None:
        return None

    def filled(self, text: str) -> Decimal:
        if not re.fullmatch(r"-?\d+(\.\d+)?", text, re.ASCII):
            raise BadCell(f"{text!r} is no number; use plain decimals such as 3.32")
        try:
            return exact(text)
        except TooLong as error:
            raise BadCell(
                f"{text} is too long; at most 14 digits before and 4 after the decimal point"
            ) from error

    def write(self, value: Decimal | None) -> str:
        return "" if value is None else plain(value)


@dataclass(frozen=True)
class Day(Cell):
    """A date; None where the cell is empty."""

    @property
    def empty(self) -> None:
        return None

    def filled(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise BadCell(f"{text!r} is no date; write it as 2011-10-24") from error


@dataclass(frozen=True)
class Codes(Cell):
    """Codes separated by semicolons."""

    def filled(self, text: str) -> str:
        return ";".join(sorted({part.strip() for part in text.split(";")}))


@dataclass(frozen=True)
class Units(Cell):
    """Jurisdictions written `code@valid_from`, separated by semicolons."""

    needed: bool = True

    def filled(self, text: str) -> str:
        units = [part.strip() for part in text.split(";")]
        for unit in units:
            if not re.fullmatch(r"\w{1,12}@\d{4}", unit, re.ASCII):
                raise BadCell(f"{unit!r} is no unit; write code@valid_from, such as 500101@1998")
        return ";".join(sorted(set(units)))
