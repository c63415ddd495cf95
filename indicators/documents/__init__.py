"""First floor of files: an official document with bound figures, written and read back. No Django.

Goes in: a Document, whose text has numbers bound to values (`document`). Comes out: HTML for a
page, DOCX and PDF by GB/T 9704-2012, and plain text; the same document makes the same bytes. A DOCX
that an office edited comes back as Returned, and `compare` tells of each figure whether it stands
as it was, and of each paragraph which words are others. A file made to hurt is UnreadableFile, as
one of a spreadsheet is.

Decided: all forms write the same lines of the same plain text (`flow`), so that what one says the
others say; control characters and marks of direction are in none of them. A figure is bound in DOCX
by a bookmark, which LibreOffice keeps; Word and WPS were not tried.
LibreOffice loses one text: _x005F_x000B_, which it does not escape when it saves, comes back
shorter.
A chart (`chart`, `chart_drawing`) is drawn once, as lines and words on a plane, and painted as SVG
in HTML and PDF and as a metafile in DOCX; its numbers stand in the table below it, and in words for
those who do not see it.
DOCX is written by hand, without a library's template or a compressor, and an upgrade of either
does not change an edition's bytes.
"""

from indicators.documents.comparing import Comparison, FigureChange, ParagraphChange, compare
from indicators.documents.document import Document, Figure, Paragraph, Piece, Table
from indicators.documents.docx import as_docx
from indicators.documents.flow import as_text
from indicators.documents.html import as_html
from indicators.documents.pdf import as_pdf, stand_ins
from indicators.documents.reading import LIMITS, read_docx
from indicators.documents.returned import Mark, Returned, ReturnedParagraph
from indicators.documents.typesetting import FontMissing
from indicators.documents.wording import WordChange
from indicators.spreadsheets.limits import UnreadableFile

__all__ = [
    "LIMITS",
    "Comparison",
    "Document",
    "Figure",
    "FigureChange",
    "FontMissing",
    "Mark",
    "Paragraph",
    "ParagraphChange",
    "Piece",
    "Returned",
    "ReturnedParagraph",
    "Table",
    "UnreadableFile",
    "WordChange",
    "as_docx",
    "as_html",
    "as_pdf",
    "as_text",
    "compare",
    "read_docx",
    "stand_ins",
]
