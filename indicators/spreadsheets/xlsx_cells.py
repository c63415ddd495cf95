"""The cells of xlsx sheets: from what stands in the XML to what a person sees.

Goes in: type, style, stored value, formula and inline text of a cell; comes out: a Cell. What
repeats is made once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from indicators.spreadsheets.cells import BLANK, Area, Cell
from indicators.spreadsheets.escapes import unescape
from indicators.spreadsheets.limits import CELL_BYTES, CHARACTER_BYTES, Budget, UnreadableFile
from indicators.spreadsheets.number_formats import NumberFormat
from indicators.spreadsheets.stored_numbers import number_cell
from indicators.spreadsheets.xlsx_parts import TRUE, whole

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"
LAST_COLUMN = 16_384
# A number that repeats is kept twice, as a cell and as a key to it.
KNOWN_CELL_BYTES = CELL_BYTES + 100


@dataclass
class References:
    """What the cells of all sheets of a workbook refer to."""

    texts: list[Cell]
    styles: list[NumberFormat]
    since_1904: bool = False
    calculates_on_load: bool = False
    _numbers: dict[NumberFormat, dict[str, Cell]] = field(default_factory=dict)

    def numbers(self, style: str | None, part: str) -> tuple[NumberFormat, dict[str, Cell]]:
        """How a style shows numbers, and the cells that are known of it."""
        index = whole(style, part) if style else 0
        shown = self.styles[index] if index < len(self.styles) else NumberFormat.PLAIN
        return shown, self._numbers.setdefault(shown, {})


class CellMaker:
    """Makes the cells that are not known yet, and those that are rare."""

    def __init__(self, part: str, references: References, budget: Budget) -> None:
        self.part = part
        self.references = references
        self.budget = budget
        self.known_texts: dict[str, Cell] = {"": BLANK}

    def numbers(self, style: str | None) -> dict[str, Cell]:
        return self.references.numbers(style, self.part)[1]

    def cell(
        self,
        kind: str | None,
        style: str | None,
        value: str | None,
        formula: str | None,
        inline: list[str],
    ) -> Cell:
        if kind is None and formula is None and value is not None:
            return self._number(style, value)
        if kind == "inlineStr":
            return self.text("".join(inline))
        if formula is None:
            return BLANK if value is None else self._stored(kind, style, value)
        made = self._of_formula(kind, style, value, formula)
        self.budget.charge_memory(CELL_BYTES + CHARACTER_BYTES * len(made.text))
        return made

    def _of_formula(
        self, kind: str | None, style: str | None, value: str | None, formula: str
    ) -> Cell:
        if value is None or (not value and kind != "str"):
            return Cell("formula", f"={formula}")
        made = self._stored(kind, style, value)
        if self.references.calculates_on_load and made.number == 0:
            # A program that works nothing out writes 0 for every formula; 0 would be a figure.
            return Cell("formula", f"={formula}")
        return made if made is BLANK else replace(made, has_formula=True)

    def _stored(self, kind: str | None, style: str | None, value: str) -> Cell:
        if kind in (None, "n"):
            return self._number(style, value)
        if kind == "str":
            return self.text(value)
        if kind == "s":
            return self.references.texts[whole(value.strip(), self.part)]
        if kind == "b":
            return Cell("bool", "TRUE" if value.strip() in TRUE else "FALSE")
        if kind == "e":
            return Cell("error", value)
        if kind == "d":
            return Cell("date", value.strip().removesuffix("Z").removesuffix("T00:00:00"))
        raise UnreadableFile("damaged", part=self.part)

    def _number(self, style: str | None, value: str) -> Cell:
        shown, known = self.references.numbers(style, self.part)
        if (found := known.get(value)) is None:
            self.budget.charge_memory(KNOWN_CELL_BYTES + CHARACTER_BYTES * len(value))
            raw = value.strip()
            found = known[value] = (
                number_cell(raw, shown, since_1904=self.references.since_1904) if raw else BLANK
            )
        return found

    def text(self, value: str) -> Cell:
        if value not in self.known_texts:
            self.budget.charge_memory(CELL_BYTES + CHARACTER_BYTES * len(value))
            text = unescape(value)
            self.known_texts[value] = Cell("text", text) if text else BLANK
        return self.known_texts[value]


def column_index(letters: str, known: dict[str, int], part: str) -> int:
    """
    >>> column_index("AA", {}, "")
    27
    """
    index = 0
    for letter in letters[:4]:
        index = index * 26 + LETTERS.find(letter) + 1
    if not 0 < index <= LAST_COLUMN or letters.strip(LETTERS):
        raise UnreadableFile("damaged", part=part)
    known[letters] = index
    return index


def area_of(reference: str, part: str) -> Area:
    """
    >>> area_of("B2:D3", "")
    (2, 2, 3, 4)
    """
    first, _, last = reference.partition(":")
    places = []
    for corner in (first, last or first):
        letters = corner.rstrip(DIGITS)
        places += [whole(corner[len(letters) :], part), column_index(letters, {}, part)]
    return places[0], places[1], places[2], places[3]
