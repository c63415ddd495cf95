"""The XML of a written workbook around its sheets: types, relationships, styles, names.

Goes in: which sheets were written; comes out: the parts by their name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from xml.sax.saxutils import escape as escape_markup
from xml.sax.saxutils import quoteattr

from indicators.spreadsheets.escapes import escape

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
MAIN = f"{SCHEMAS}/spreadsheetml/2006/main"
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"
PACKAGE = f"{SCHEMAS}/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


class Style(IntEnum):
    """The place of each in `cellXfs` below."""

    PLAIN = 0
    HEAD = 1
    LINES = 2
    WHOLE = 3
    DATE = 4
    DECIMALS = 5


STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="0.0#########"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/><family val="2"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" '
    'applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf>'
    + "".join(
        f'<xf numFmtId="{number}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for number in (1, 164, 165)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


@dataclass(frozen=True)
class WrittenSheet:
    name: str
    part: str


def first_parts() -> dict[str, str]:
    """What does not depend on the sheets; by the first part programs know the file for xlsx."""
    root = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    return {"_rels/.rels": _relationships([root]), "xl/styles.xml": STYLES}


def last_parts(sheets: list[WrittenSheet], header_rows: int) -> dict[str, str]:
    """What names the sheets."""
    targets = [
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" '
        f'Target="worksheets/{sheet.part}.xml"/>'
        for number, sheet in enumerate(sheets, 1)
    ]
    styles = f'<Relationship Id="rIdStyles" Type="{OFFICE}/styles" Target="styles.xml"/>'
    return {
        "xl/workbook.xml": _workbook(sheets, header_rows),
        "xl/_rels/workbook.xml.rels": _relationships([*targets, styles]),
        "[Content_Types].xml": _types(sheets),
    }


def _workbook(sheets: list[WrittenSheet], header_rows: int) -> str:
    listed = "".join(
        f'<sheet name={quoteattr(escape(sheet.name))} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, 1)
    )
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{index}">'
        f"{escape_markup(_quoted(sheet.name))}!$1:${header_rows}</definedName>"
        for index, sheet in enumerate(sheets)
        if header_rows
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{listed}</sheets>"
        f"{f'<definedNames>{titles}</definedNames>' if titles else ''}</workbook>"
    )


def _quoted(name: str) -> str:
    """
    >>> _quoted("it's")
    "'it''s'"
    """
    return "'" + name.replace("'", "''") + "'"


def _relationships(inside: list[str]) -> str:
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{"".join(inside)}</Relationships>'


def _types(sheets: list[WrittenSheet]) -> str:
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/{sheet.part}.xml" ContentType="{TYPE}.worksheet+xml"/>'
        for sheet in sheets
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/>{overrides}</Types>'
    )
