"""A program of its own that reads xls and ods with calamine, and may die of it.

calamine aborts the whole process on a sparse sheet, so it is never imported elsewhere. Run as a
file by `calamine_reading`, with the standard library and calamine alone. Goes in: the path of the
file, by whose ending calamine knows the kind, and the limits; comes out: JSON, a list of sheets or
the code of a refusal. Cells are null where blank, texts and truth values as they are, ["n",
digits], ["d", date].
"""

from __future__ import annotations

import datetime
import json
import sys
from typing import Any

# A text that many cells share is written once a cell, so it is counted that often.
OUTPUT_SHARE = 4
# Of ods files calamine counts the cells itself.
SPARSE = "Cell limit exceeded"


class Refused(Exception):
    def __init__(self, code: str, **params: Any) -> None:
        self.answer = {"code": code, "params": params}


def main() -> None:
    path = sys.argv[1]
    memory, seconds, rows, columns, cells = (int(argument) for argument in sys.argv[2:])
    _bind(memory, seconds)
    try:
        answer: Any = Reading(memory, rows, columns, cells).sheets(path)
    except Refused as refused:
        answer = refused.answer
    except MemoryError:
        answer = {"code": "too_much_memory", "params": {"megabytes": memory // 1_000_000}}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _bind(memory: int, seconds: int) -> None:
    """What the process may use; where the system knows no such limits, the clock alone holds."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


class Reading:
    """One file; what is read is counted against what the caller allows."""

    def __init__(self, memory: int, rows: int, columns: int, cells: int) -> None:
        self.memory, self.rows, self.columns, self.cells = memory, rows, columns, cells
        self.counted = self.written = 0

    def sheets(self, path: str) -> list[dict[str, Any]]:
        # After the limits are set, as importing it is the first thing they are for.
        import python_calamine as calamine

        try:
            with calamine.CalamineWorkbook.from_path(path) as workbook:
                return [
                    self._sheet(workbook.get_sheet_by_name(found.name), found)
                    for found in workbook.sheets_metadata
                    if found.typ == calamine.SheetTypeEnum.WorkSheet
                ]
        except calamine.PasswordError as error:
            raise Refused("encrypted") from error
        except (calamine.CalamineError, ValueError, OSError) as error:
            if SPARSE in str(error):
                raise self._too_much_memory() from error
            raise Refused("damaged") from error

    def _sheet(self, sheet: Any, found: Any) -> dict[str, Any]:
        first_row, first_column = sheet.start or (0, 0)
        rows = []
        for number, values in enumerate(sheet.to_python(skip_empty_area=True), first_row + 1):
            cells = [None] * first_column + [_cell(value) for value in values]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                self._count(sheet.name, number, cells)
                rows.append([number, cells])
        merged = [
            [top + 1, left + 1, bottom + 1, right + 1]
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
        hidden = str(found.visible) != "SheetVisibleEnum.Visible"
        return {"name": sheet.name, "hidden": hidden, "rows": rows, "merged": merged}

    def _count(self, sheet: str, number: int, cells: list[Any]) -> None:
        if number > self.rows:
            raise Refused("too_many_rows", sheet=sheet, limit=self.rows)
        if len(cells) > self.columns:
            raise Refused("too_many_columns", sheet=sheet, limit=self.columns)
        self.counted += len(cells)
        if self.counted > self.cells:
            raise Refused("too_many_cells", limit=self.cells)
        self.written += sum(len(cell) for cell in cells if isinstance(cell, str))
        if self.written * OUTPUT_SHARE > self.memory:
            raise self._too_much_memory()

    def _too_much_memory(self) -> Refused:
        return Refused("too_much_memory", megabytes=self.memory // 1_000_000)


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return value
    if isinstance(value, (int, float)):
        return ["n", repr(value)]
    if isinstance(value, datetime.timedelta):
        return ["n", repr(value / datetime.timedelta(days=1))]
    return ["d", value.isoformat()]


if __name__ == "__main__":
    main()
