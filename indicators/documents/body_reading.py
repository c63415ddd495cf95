"""Reads the body of a DOCX, element by element, as a reader of the file sees it.

Goes in: the calls of a parser; comes out: paragraphs with the marks of figures. Tracked changes are
read as if accepted; hidden text, notes and comments are not read; a field gives the result that was
stored. Transitional and strict names are read alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from indicators.documents.docx import BOOKMARK
from indicators.documents.flow import plain
from indicators.documents.returned import Mark, ReturnedParagraph
from indicators.spreadsheets.escapes import unescape
from indicators.spreadsheets.limits import CELL_BYTES, CHARACTER_BYTES, Budget, UnreadableFile
from indicators.spreadsheets.markup import DEPTH, Attributes, local

# What nobody sees in them: text deleted or moved away, how it looked before a change, what an older
# program shows instead, and how a character is pronounced.
UNSEEN = {"del", "moveFrom", "pPrChange", "rPrChange", "Fallback", "rt"}
SIGNS = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
TAB = "\t"  # between the cells of a row
OFF = ("0", "false", "off")
HIDES = ("r", "rPr", "vanish")
MARK_DELETED = ("p", "pPr", "rPr", "del")


@dataclass
class _Open:
    """A paragraph, row or run under way: its text so far and the marks, by the numbers of their
    bookmarks."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    starts: dict[str, tuple[str, int]] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    continues: bool = False

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)

    def append(self, other: _Open, between: str) -> None:
        """What stands in another, behind what stands here."""
        other.close_all()
        self.add(between)
        self.marks += [
            Mark(mark.id, mark.start + self.length, mark.end + self.length) for mark in other.marks
        ]
        self.add("".join(other.pieces))

    def close_all(self) -> None:
        self.marks += [Mark(id, start, self.length) for id, start in self.starts.values()]
        self.starts.clear()


class BodyReader:
    """`paragraphs` are complete once the parser is through."""

    def __init__(
        self,
        budget: Budget,
        part: str,
        *,
        escapes: bool = False,
        signs: Mapping[str, str] = SIGNS,
        within: str = " ",
    ) -> None:
        """`escapes` says that _x000B_ stands for a character that XML cannot hold; `signs` is what
        is read for each sign, `within` what parts the paragraphs of a cell."""
        self._unescape = unescape if escapes else str
        self._signs = signs
        self._within = within
        self.paragraphs: list[ReturnedParagraph] = []
        self._budget = budget
        self._part = part
        self._path: list[str] = []
        self._unseen = 0  # how deep within what is not seen
        self._lines: list[_Open] = []  # a text box has paragraphs within one
        self._rows: list[_Open] = []
        self._hidden = False
        self._known: set[str] = set()
        self._between: list[tuple[str, str]] = []  # marks that begin between paragraphs
        self._continued: _Open | None = None  # a paragraph whose end was deleted

    def start(self, name: str, attributes: Attributes) -> None:
        name = local(name)
        self._path.append(name)
        if len(self._path) > DEPTH:
            raise UnreadableFile("damaged", part=self._part)
        if self._unseen or name in UNSEEN:
            if tuple(self._path[-4:]) == MARK_DELETED and self._lines:
                self._lines[-1].continues = True
            self._unseen += 1
            return
        self._budget.charge_memory(CELL_BYTES if name in ("p", "r") else 0)
        if name == "p":
            self._open_line()
        elif name == "tr":
            self._rows.append(_Open())
        elif name == "r":
            self._hidden = False
        elif name == "vanish" and tuple(self._path[-3:]) == HIDES:
            self._hidden = _value(attributes, "val") not in OFF
        elif name == "bookmarkStart":
            self._begin(_value(attributes, "id"), _value(attributes, "name"))
        elif name == "bookmarkEnd":
            self._finish(_value(attributes, "id"))
        elif name in self._signs and self._path[-2] == "r":
            self._add(self._signs[name])
        elif name == "sym":
            self._add(_sign(_value(attributes, "char")))

    def end(self, _name: str) -> None:
        name = self._path.pop()
        if self._unseen:
            self._unseen -= 1
        elif name == "p":
            self._close_line()
        elif name == "tc" and self._rows:
            self._rows[-1].add(TAB)
        elif name == "tr":
            self._close_row()
        elif name == "body" and self._continued:
            self._put(self._continued)

    def characters(self, text: str) -> None:
        if not self._unseen and self._path[-2:] == ["r", "t"]:
            self._add(plain(self._unescape(text)))

    def _add(self, text: str) -> None:
        if self._lines and not self._hidden:
            self._budget.charge_memory(CHARACTER_BYTES * len(text))
            self._lines[-1].add(text)

    def _open_line(self) -> None:
        if self._continued and not self._lines:
            line, self._continued = self._continued, None
        else:
            line = _Open()
        self._lines.append(line)
        for number, id in self._between:
            line.starts[number] = (id, line.length)
        self._between.clear()

    def _begin(self, number: str, name: str) -> None:
        """Of two bookmarks with one name Word keeps the first."""
        id = name.removeprefix(BOOKMARK)
        if id == name or id.casefold() in self._known:
            return
        self._known.add(id.casefold())
        self._budget.charge_memory(CELL_BYTES)
        if self._lines:
            self._lines[-1].starts[number] = (id, self._lines[-1].length)
        else:
            self._between.append((number, id))

    def _finish(self, number: str) -> None:
        for line in reversed(self._lines):
            if number in line.starts:
                id, start = line.starts.pop(number)
                line.marks.append(Mark(id, start, line.length))
                return

    def _close_line(self) -> None:
        line = self._lines.pop()
        if self._rows:
            row = self._rows[-1]
            apart = row.pieces and row.pieces[-1] not in ("", TAB)
            row.append(line, between=self._within if apart else "")
        elif line.continues and not self._lines:
            line.continues = False
            self._continued = line
        else:
            self._put(line)

    def _close_row(self) -> None:
        """A row of a table within another is text of the cell that it stands in."""
        row = self._rows.pop()
        if row.pieces and row.pieces[-1] == TAB:
            row.length -= len(row.pieces.pop())
        if self._rows:
            self._rows[-1].append(row, between=self._within)
        else:
            self._put(row)

    def _put(self, line: _Open) -> None:
        line.close_all()
        text = "".join(line.pieces)
        if text.strip() or line.marks:
            marks = sorted(line.marks, key=lambda mark: (mark.start, mark.end))
            self.paragraphs.append(ReturnedParagraph(text, tuple(marks)))
            self._budget.check_row(self._part, len(self.paragraphs))


def _value(attributes: Attributes, name: str) -> str:
    """Of an attribute, under whichever prefix."""
    return next((value for key, value in attributes.items() if local(key) == name), "")


def _sign(number: str) -> str:
    """A sign of a font of symbols, by its place in hexadecimal."""
    try:
        return plain(chr(int(number, 16)))
    except (ValueError, OverflowError):
        return ""
