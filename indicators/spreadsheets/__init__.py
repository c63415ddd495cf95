"""Ground floor: spreadsheet files, read and written in bounded time and memory. No Django.

Goes in: the bytes of a file that somebody uploads; comes out: a Workbook of Sheets, Rows and Cells
as a person sees them, or UnreadableFile with one of the codes in `limits.CODES` (`read_workbook`).
And the other way: lists of any length as xlsx (`write_rows`).

What a file is, is judged by its content; its name only names the sheet of a text file. `xlsx` is
read in the process that asks, as every step of it is counted; xls and ods by calamine in a child
process, which may die (`calamine_reading`).

Decided: files with macros are refused, since what comes in may be handed on; a formula without a
stored value is told and never worked out; a number is read at the 15 digits that a spreadsheet
shows, and written as text where it has more. Text files know no types: all their cells are text,
and our own guard before formulas is taken off (`formula_guard`).
"""

from indicators.spreadsheets.cells import (
    BLANK,
    Area,
    Cell,
    Row,
    Sheet,
    Workbook,
    cell_address,
    column_letter,
)
from indicators.spreadsheets.limits import CODES, Limits, UnreadableFile
from indicators.spreadsheets.reading import read_workbook
from indicators.spreadsheets.writing import write_rows

__all__ = [
    "BLANK",
    "CODES",
    "Area",
    "Cell",
    "Limits",
    "Row",
    "Sheet",
    "UnreadableFile",
    "Workbook",
    "cell_address",
    "column_letter",
    "read_workbook",
    "write_rows",
]
