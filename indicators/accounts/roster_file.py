"""A workbook of accounts, as the text that would be pasted from it."""

from __future__ import annotations

import csv
import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from indicators.accounts.roster import COLUMNS
from indicators.spreadsheets import Limits, Row, UnreadableFile, read_workbook

# More than any list of accounts has; a file of figures is refused before it is read whole.
LIMITS = Limits(bytes=5_000_000, rows=5_000, columns=200)
_FIRST = {"username", *COLUMNS["username"]}


def table_in(file: UploadedFile) -> str:
    """The first sheet that is shown and holds anything, a line a row, cells apart by tabs.

    Lines count as the rows of the sheet do; what stands above the names of the columns, such as a
    title, is left out. Raises ValidationError.
    """
    try:
        if (file.size or 0) > LIMITS.bytes:
            raise UnreadableFile("too_large")
        workbook = read_workbook(file.read(), file.name or "", LIMITS)
    except UnreadableFile as unreadable:
        raise ValidationError(
            _(
                "The file cannot be read as a table of accounts. Save it in Excel or WPS as xlsx,"
                " without a password and without macros, at most %(megabytes)s MB, and upload that."
            )
            % {"megabytes": LIMITS.bytes // 1_000_000}
        ) from unreadable
    shown = [sheet for sheet in workbook.sheets if sheet.rows and not sheet.hidden]
    rows = shown[0].rows if shown else ()
    head = next((place for place, row in enumerate(rows) if _names_columns(row)), 0)
    text = io.StringIO()
    lines, written = csv.writer(text, delimiter="\t", lineterminator="\n"), 0
    for row in rows[head:]:
        text.write("\n" * (row.number - written - 1))
        lines.writerow([cell.text for cell in row.cells])
        written = row.number
    return text.getvalue()


def _names_columns(row: Row) -> bool:
    return any(cell.text.strip().lower() in _FIRST for cell in row.cells)
