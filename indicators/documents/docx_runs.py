"""Paragraphs of a DOCX and the runs of letters in them, in Office Open XML (ECMA-376, part 1)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

# LibreOffice takes _x000B_ in a text for an escape, as it is one in spreadsheets; not in two texts.
_ESCAPE = re.compile("(?<=_)(?=x[0-9A-Fa-f]{4}_)")


def letters(text: str, style: str = "") -> str:
    said = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    texts = "".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in _ESCAPE.split(text)
    )
    return f"<w:r>{said}{texts}</w:r>"


def paragraph(style: str, inside: str, own: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{own}</w:pPr>{inside}</w:p>'
