"""One door for every kind of file: judges by the content what it is and has it read.

Goes in: bytes and the name under which they came; comes out: a Workbook, or UnreadableFile.
"""

from __future__ import annotations

import re

from indicators.spreadsheets.calamine_reading import read_with_calamine
from indicators.spreadsheets.cells import Workbook
from indicators.spreadsheets.containers import SIGNATURE as OLE
from indicators.spreadsheets.containers import check_container
from indicators.spreadsheets.delimited import read_delimited
from indicators.spreadsheets.limits import Budget, Limits, UnreadableFile, megabytes
from indicators.spreadsheets.ods import read_ods
from indicators.spreadsheets.packages import Package
from indicators.spreadsheets.xlsx import read_xlsx

SIGNATURES = {
    b"%PDF": "pdf",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"BM": "picture",
    b"II*\0": "picture",
    b"MM\0*": "picture",
    b"7z\xbc\xaf'\x1c": "archive",
    b"Rar!": "archive",
    b"\x1f\x8b": "archive",
    b"{\\rtf": "text document",
}
ZIP = b"PK"
MARKUP = re.compile(rb"\s*<(?:(!doctype\s+html|html|head|meta|table|div)|[?!a-z])", re.IGNORECASE)


def read_workbook(content: bytes, name: str, limits: Limits | None = None) -> Workbook:
    """The workbook in `content`. Raises UnreadableFile; `limits` are the usual ones if not given.

    >>> read_workbook(b"code,2022\\nchildren,36215\\n", "a.csv").sheets[0].rows[1].cells[1].text
    '36215'
    """
    limits = limits or Limits()
    if not content:
        raise UnreadableFile("empty")
    if len(content) > limits.bytes:
        raise UnreadableFile("too_large", megabytes=megabytes(limits.bytes))
    budget = Budget(limits)
    for signature, found in SIGNATURES.items():
        if content.startswith(signature):
            raise UnreadableFile("unknown_type", found=found)
    if markup := MARKUP.match(content.removeprefix(b"\xef\xbb\xbf")[:1000]):
        raise UnreadableFile("unknown_type", found="web page" if markup[1] else "xml")
    if content.startswith(OLE):
        check_container(content)
        return read_with_calamine(content, "xls", budget)
    if content.startswith(ZIP):
        return _in_package(content, budget)
    return read_delimited(content, name, budget)


def _in_package(content: bytes, budget: Budget) -> Workbook:
    package = Package(content, budget)
    if "[content_types].xml" in package:
        return read_xlsx(package, budget)
    if "mimetype" in package:
        return read_ods(package, content, budget)
    raise UnreadableFile("unknown_type", found="archive")
