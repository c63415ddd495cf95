"""The small parts of an xlsx package, and its shared strings: what the sheets are and refer to.

Goes in: a Package; comes out: relationships, sheets with their part, number formats by style,
texts, and the custom properties. Transitional and strict namespaces are read alike.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from indicators.spreadsheets.cells import BLANK, Cell
from indicators.spreadsheets.escapes import unescape
from indicators.spreadsheets.limits import CELL_BYTES, CHARACTER_BYTES, Budget, UnreadableFile
from indicators.spreadsheets.markup import (
    DEPTH,
    Attributes,
    each_element,
    local,
    make_parser,
    parse,
)
from indicators.spreadsheets.number_formats import NumberFormat, number_format_at
from indicators.spreadsheets.packages import Package
from indicators.spreadsheets.plain_markup import (
    ITEM_END,
    ITEMS,
    TEXTS_OF_ITEMS,
    without_plain,
)

TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True)
class Relationship:
    """Where a part leads: the last word of the type, and the part at the other end."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True)
class SheetEntry:
    name: str
    hidden: bool
    relationship: str


@dataclass
class WorkbookPart:
    """`calculates_on_load` is what a program says that has not worked out its formulas itself."""

    sheets: list[SheetEntry] = field(default_factory=list)
    since_1904: bool = False
    calculates_on_load: bool = False


def read_relationships(package: Package, source: str) -> dict[str, Relationship]:
    """Those of a part, by their id; "" is the package. What leads out of the file is left out."""
    folder, name = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relationship] = {}

    def take(path: tuple[str, ...], attributes: Attributes, _text: str) -> None:
        if path[-1] == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.join("/", folder, attributes.get("Target", "").replace("\\", "/"))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found[attributes.get("Id", "")] = Relationship(
                kind, posixpath.normpath(target).lstrip("/")
            )

    if part in package:
        each_element(package.pieces(part), part, take)
    return found


def read_workbook_part(package: Package, part: str) -> WorkbookPart:
    """The sheets in the order in which they are shown."""
    workbook = WorkbookPart()

    def take(path: tuple[str, ...], attributes: Attributes, _text: str) -> None:
        if path[-2:] == ("sheets", "sheet"):
            workbook.sheets.append(
                SheetEntry(
                    unescape(attributes.get("name", "")),
                    attributes.get("state", "visible") != "visible",
                    attributes.get("id", ""),
                )
            )
        elif path[1:] == ("workbookPr",):
            workbook.since_1904 = attributes.get("date1904") in TRUE
        elif path[1:] == ("calcPr",):
            workbook.calculates_on_load = attributes.get("fullCalcOnLoad") in TRUE

    each_element(package.pieces(part), part, take)
    return workbook


def read_styles(package: Package, part: str) -> list[NumberFormat]:
    """How each style of cells shows a number."""
    codes: dict[int, str] = {}
    numbers: list[int] = []

    def take(path: tuple[str, ...], attributes: Attributes, _text: str) -> None:
        if path[-2:] == ("numFmts", "numFmt"):
            codes[whole(attributes.get("numFmtId"), part)] = attributes.get("formatCode", "")
        elif path[-2:] == ("cellXfs", "xf"):
            numbers.append(whole(attributes.get("numFmtId", "0"), part))

    each_element(package.pieces(part), part, take)
    known: dict[int, NumberFormat] = {}
    for number in numbers:
        if number not in known:
            known[number] = number_format_at(number, codes)
    return [known[number] for number in numbers]


def read_properties(package: Package, part: str) -> dict[str, str]:
    """What somebody, or this application, has written into the file about it."""
    found: dict[str, str] = {}

    def take(path: tuple[str, ...], _attributes: Attributes, text: str) -> None:
        if len(path) == 3:
            texts.append(unescape(text))
        elif len(path) == 2:
            package.budget.charge_memory(CELL_BYTES + CHARACTER_BYTES * sum(map(len, texts)))
            found[_attributes.get("name", "")] = "".join(texts)
            texts.clear()

    texts: list[str] = []
    each_element(package.pieces(part), part, take)
    return found


def read_shared_strings(pieces: Iterable[bytes], part: str, budget: Budget) -> list[Cell]:
    """The texts that cells refer to, each as the cell that it makes.

    The runs of a formatted text are joined; what tells how to pronounce it is left out.
    """
    cells: list[Cell] = []
    texts: list[str] = []
    deep = 0
    spoken = 0
    in_text = False
    parser = make_parser()
    boundary = -1  # where the parser has last closed a text

    def start(name: str, _attributes: Attributes) -> None:
        nonlocal deep, spoken, in_text
        deep += 1
        if deep > DEPTH:
            raise UnreadableFile("damaged", part=part)
        name = local(name)
        if name == "t":
            in_text = not spoken
        elif name == "rPh":
            spoken += 1

    def end(name: str) -> None:
        nonlocal deep, spoken, in_text, boundary
        deep -= 1
        name = local(name)
        if name == "t":
            in_text = False
        elif name == "rPh":
            spoken -= 1
        elif name == "si":
            boundary = parser.CurrentByteIndex + len(ITEM_END)
            add("".join(texts))
            texts.clear()

    def keep(piece: str) -> None:
        if in_text:
            texts.append(piece)

    def add(raw: str) -> None:
        budget.charge_memory(CELL_BYTES + CHARACTER_BYTES * len(raw))
        text = unescape(raw)
        cells.append(Cell("text", text) if text else BLANK)

    def take(items: re.Match[bytes]) -> None:
        for raw in TEXTS_OF_ITEMS.findall(items[0].decode()):
            add(raw)

    rest = without_plain(pieces, ITEMS, ITEM_END, lambda: boundary, take)
    parse(rest, part, start=start, end=end, text=keep, parser=parser)
    return cells


def whole(text: str | None, part: str) -> int:
    """A number that the file counts with; anything else is damage."""
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UnreadableFile("damaged", part=part)
    return int(text)
