"""The document as DOCX by GB/T 9704-2012, each bound figure in a bookmark of its own.

Goes in: a Document; comes out: the bytes of a file, the same for the same document wherever and
whenever. Bookmarks and the digest as a property come back from an office that edits the file,
content controls do not (LibreOffice corrupts their text).

Decided: written by hand, not by python-docx, whose template would be most of the file and has a
life of its own: an edition that is written again after an upgrade must have the bytes it had.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from indicators.documents import layout
from indicators.documents.chart_drawing import draw
from indicators.documents.document import Document
from indicators.documents.docx_charts import charts_table
from indicators.documents.docx_package import HEAD, OFFICE, packed, relationship
from indicators.documents.docx_runs import letters, paragraph
from indicators.documents.docx_styles import (
    WORD,
    cell_margins,
    font_table,
    indent,
    section,
    settings,
    spacing,
    styles,
    twips_of_mm,
)
from indicators.documents.emf import as_emf
from indicators.documents.flow import Annex, Line, Run, annexes, body, plain

# Before the id of a figure in the name of its bookmark, so that ours are told from an office's own.
BOOKMARK = "duty_"
# By kind of line; a heading has the style of its level.
STYLES = {
    "title": "Title",
    "text": "BodyText",
    "annex_name": "AnnexName",
    "issuer": "Issuer",
    "date": "IssueDate",
    "annex_mark": "AnnexMark",
    "annex_title": "AnnexTitle",
    "note": "TableNote",
}
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def as_docx(document: Document) -> bytes:
    """The file. Text that no XML can hold is written as `flow.plain` says."""
    numbers, pictures = count(1), count(1)
    title, issuer = plain(document.title), plain(document.issuer)
    parts = [f'{HEAD}<w:document {WORD} xmlns:r="{OFFICE}/relationships"><w:body>']
    parts += (_line(line, numbers, _own(line, document)) for line in body(document))
    for annex in annexes(document):
        parts += _annex(annex, numbers, pictures)
    parts.append(section(relationship("footer1.xml"), relationship("footer2.xml")))
    parts.append("</w:body></w:document>")
    word = {
        "document.xml": "".join(parts),
        "styles.xml": styles(),
        "settings.xml": settings(),
        "fontTable.xml": font_table(),
        "footer1.xml": _foot("right"),
        "footer2.xml": _foot("left"),
    }
    drawn = [as_emf(draw(one)) for table in document.annexes for one in table.charts]
    return packed(word, title=title, issuer=issuer, digest=document.digest, pictures=drawn)


def _own(line: Line, document: Document) -> str:
    """What a line has of its own beside its style."""
    if line.kind == "annex_name":
        name = layout.annex_name(line.text, len(document.annexes) > 1)
        above = spacing(layout.LINE, 1, 0) if name.is_first else ""
        return above + indent(left=name.left, hanging=name.hanging)
    if line.kind in ("issuer", "date"):
        at = layout.signature(plain(document.issuer), plain(document.date))
        return indent(right=at.issuer if line.kind == "issuer" else at.date)
    return ""


def _line(line: Line, numbers: Iterator[int], own: str = "") -> str:
    style = f"Heading{line.level}" if line.kind == "heading" else STYLES[line.kind]
    heading = ""
    if line.heading:
        run_in = f"RunIn{line.level}" if line.kind == "text" else ""
        heading = letters(line.heading, run_in)
    return paragraph(style, heading + "".join(_bound(run, numbers) for run in line.runs), own)


def _bound(run: Run, numbers: Iterator[int]) -> str:
    written = letters(run.text)
    if not run.figure:
        return written
    number = next(numbers)
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{BOOKMARK}{run.figure.id}"/>{written}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def _annex(annex: Annex, numbers: Iterator[int], pictures: Iterator[int]) -> Iterator[str]:
    yield _line(annex.mark, numbers)
    yield _line(annex.title, numbers)
    if annex.charts:
        yield charts_table(annex.charts, pictures)
    total = twips_of_mm(layout.TYPE_WIDTH)
    widths = [total * share // 1000 for share in layout.shares(annex, between=0.25)]
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>' for side in _SIDES
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{cell_margins()}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )
    yield _row(annex.head, widths, head=True)
    yield from (_row(row, widths) for row in annex.rows)
    yield "</w:tbl>"
    # Word wants a paragraph behind a table.
    yield _line(annex.note, numbers) if annex.note else paragraph("TableNote", "")


def _row(row: Line, widths: list[int], *, head: bool = False) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraph(_cell_style(cell.text, head), letters(cell.text))}</w:tc>"
        for cell, width in zip(row.runs, widths, strict=True)
    )
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell_style(text: str, head: bool) -> str:
    if head:
        return "TableHead"
    return "TableNumber" if layout.is_number(text) else "TableText"


def _foot(side: str) -> str:
    """7.5: — 1 — outside, a character from the edge."""
    field = "".join(
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>{inside}'
        for kind, inside in (
            ("begin", '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'),
            ("separate", letters("1")),
            ("end", ""),
        )
    )
    own = f'{indent(**{side: 1.0})}<w:jc w:val="{side}"/>'
    inside = paragraph("PageNumber", f"{letters('— ')}{field}{letters(' —')}", own)
    return f"{HEAD}<w:ftr {WORD}>{inside}</w:ftr>"
