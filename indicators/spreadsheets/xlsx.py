"""Reads xlsx: finds the parts of the package and puts the workbook together.

Goes in: an open Package; comes out: a Workbook. Read in the process that asks, since every step is
bounded by itself: unpacking, tags, depth, cells, memory and time are counted while they are used.
Formulas are never worked out. A workbook with macros is refused rather than read: what comes in may
be handed on.
"""

from __future__ import annotations

from types import MappingProxyType

from indicators.spreadsheets.cells import Sheet, Workbook
from indicators.spreadsheets.limits import Budget, UnreadableFile
from indicators.spreadsheets.packages import Package
from indicators.spreadsheets.xlsx_cells import References
from indicators.spreadsheets.xlsx_parts import (
    Relationship,
    read_properties,
    read_relationships,
    read_shared_strings,
    read_styles,
    read_workbook_part,
)
from indicators.spreadsheets.xlsx_sheet import read_sheet

MACROS = ("xl/vbaproject.bin", "xl/macrosheets/")  # sheets of macros are those of Excel 4
MACRO_KINDS = {"vbaproject", "xlmacrosheet", "xlintlmacrosheet"}
SHEETS = 1_000


def read_xlsx(package: Package, budget: Budget) -> Workbook:
    """All worksheets, hidden ones too; sheets of charts and dialogs hold no cells."""
    roots = read_relationships(package, "")
    part = _only(roots, "officeDocument")
    if part is None or part not in package:
        raise UnreadableFile("damaged", part="_rels/.rels")
    if not part.endswith(".xml") or not part.startswith("xl/"):
        raise UnreadableFile("unknown_type", found=_what(part))
    relationships = read_relationships(package, part)
    kinds = {to.kind.lower() for to in relationships.values()}
    if kinds & MACRO_KINDS or any(name.startswith(MACROS) for name in package.names()):
        raise UnreadableFile("macros")
    workbook = read_workbook_part(package, part)
    shared, styles = _only(relationships, "sharedStrings"), _only(relationships, "styles")
    references = References(
        read_shared_strings(package.pieces(shared), shared, budget)
        if shared and shared in package
        else [],
        read_styles(package, styles) if styles and styles in package else [],
        workbook.since_1904,
        workbook.calculates_on_load,
    )
    sheets = []
    for entry in workbook.sheets[:SHEETS]:
        to = relationships.get(entry.relationship)
        if to is None:
            raise UnreadableFile("damaged", part=part)
        if to.kind == "worksheet":
            found = read_sheet(package.pieces(to.target), to.target, entry.name, references, budget)
            sheets.append(Sheet(entry.name, entry.hidden, *found))
    if not workbook.sheets:
        raise UnreadableFile("damaged", part=part)
    custom = _only(roots, "custom-properties")
    properties = read_properties(package, custom) if custom and custom in package else {}
    return Workbook("xlsx", tuple(sheets), MappingProxyType(properties))


def _only(relationships: dict[str, Relationship], kind: str) -> str | None:
    """Strict files write the kind of custom properties in another case."""
    for relationship in relationships.values():
        if relationship.kind.lower().replace("-", "") == kind.lower().replace("-", ""):
            return relationship.target
    return None


def _what(part: str) -> str:
    if part.startswith("word/"):
        return "text document"
    if part.startswith("ppt/"):
        return "presentation"
    return "xlsb" if part.endswith(".bin") else "archive"
