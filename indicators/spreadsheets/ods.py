"""Reads ods: looks into the package for what is not read, and has calamine read the rest.

Goes in: an open Package and its bytes; comes out: a Workbook.
"""

from __future__ import annotations

import re

from indicators.spreadsheets.calamine_reading import read_with_calamine
from indicators.spreadsheets.cells import Workbook
from indicators.spreadsheets.limits import Budget, UnreadableFile
from indicators.spreadsheets.markup import Attributes, each_element
from indicators.spreadsheets.packages import Package

TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = "META-INF/manifest.xml"
CONTENT = "content.xml"
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# LibreOffice writes the two lists of modules without any module in them.
MACRO = re.compile(r"(?:basic/[^/]+/(?!script-l[bc]\.xml)[^/]+\.xml|scripts/.+)\Z")


def read_ods(package: Package, content: bytes, budget: Budget) -> Workbook:
    """All sheets. What calamine unpacks is unpacked here first, within limits, and thrown away."""
    kind = b"".join(package.pieces("mimetype"))
    if not kind.startswith(TYPE):
        raise UnreadableFile("unknown_type", found=_what(kind))
    if MANIFEST in package:
        each_element(package.pieces(MANIFEST), MANIFEST, _refuse_encryption)
    if any(MACRO.match(name) for name in package.names()):
        raise UnreadableFile("macros")
    for number, piece in enumerate(package.pieces(CONTENT)):
        if not number and DECLARATION.search(piece):
            raise UnreadableFile("declares_entities")
    return read_with_calamine(content, "ods", budget)


def _refuse_encryption(path: tuple[str, ...], _attributes: Attributes, _text: str) -> None:
    if path[-1] == "encryption-data":
        raise UnreadableFile("encrypted")


def _what(kind: bytes) -> str:
    if b"opendocument.text" in kind:
        return "text document"
    return "presentation" if b"opendocument.presentation" in kind else "archive"
