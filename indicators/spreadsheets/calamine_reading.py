"""Reads xls and ods in a child process, and tells what its death means.

Goes in: bytes that are known to be one of the two; comes out: a Workbook. The child gets nothing
but the file: no sockets, no database connection, no environment. What calamine does not tell is not
in the workbook: number formats, so nothing is per cent; formulas; hidden rows.
"""

from __future__ import annotations

import json
import math
import os
import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from indicators.spreadsheets.cells import BLANK, Cell, Row, Sheet, Workbook, WorkbookKind
from indicators.spreadsheets.limits import (
    CELL_BYTES,
    CHARACTER_BYTES,
    Budget,
    UnreadableFile,
    megabytes,
)
from indicators.spreadsheets.number_formats import NumberFormat
from indicators.spreadsheets.stored_numbers import number_cell

PROGRAM = Path(__file__).with_name("calamine_child.py")
# Without them an interpreter may not find its own libraries.
ENVIRONMENT = ("LD_LIBRARY_PATH", "SYSTEMROOT")
# In Python, and when the limit is so low that not even calamine is loaded.
OUT_OF_MEMORY = re.compile(rb"MemoryError|failed to map segment")
ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#DATA!")


def read_with_calamine(content: bytes, kind: WorkbookKind, budget: Budget) -> Workbook:
    """The workbook; the child is gone when this returns."""
    answer = _asked(content, kind, budget)
    if isinstance(answer, dict):
        raise UnreadableFile(answer["code"], **answer["params"])
    return Workbook(kind, tuple(_sheet(sheet, budget) for sheet in answer))


def _asked(content: bytes, kind: WorkbookKind, budget: Budget) -> Any:
    limits = budget.limits
    numbers = (
        limits.memory_bytes,
        math.ceil(limits.seconds),
        limits.rows,
        limits.columns,
        limits.cells,
    )
    too_slow = UnreadableFile("too_slow", seconds=limits.seconds)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"file.{kind}")
        path.write_bytes(content)
        try:
            child = subprocess.run(
                [sys.executable, "-I", "-X", "utf8", PROGRAM, path, *map(str, numbers)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=limits.seconds,
                env={name: os.environ[name] for name in ENVIRONMENT if name in os.environ},
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise too_slow from error
    if child.returncode in (-signal.SIGKILL, -signal.SIGXCPU):
        raise too_slow
    if child.returncode == -signal.SIGABRT or OUT_OF_MEMORY.search(child.stderr):
        raise UnreadableFile("too_much_memory", megabytes=megabytes(limits.memory_bytes))
    if child.returncode:
        raise UnreadableFile("damaged")
    return json.loads(child.stdout)


def _sheet(sheet: dict[str, Any], budget: Budget) -> Sheet:
    rows = []
    for number, cells in sheet["rows"]:
        budget.check_time()
        budget.charge_cells(len(cells))
        rows.append(Row(number, tuple([_cell(cell, budget) for cell in cells])))
    merged = tuple(tuple(area) for area in sheet["merged"])
    return Sheet(sheet["name"], sheet["hidden"], tuple(rows), merged)


def _cell(cell: Any, budget: Budget) -> Cell:
    if cell is None:
        return BLANK
    if isinstance(cell, bool):
        return Cell("bool", "TRUE" if cell else "FALSE")
    if isinstance(cell, str):
        budget.charge_memory(CELL_BYTES + CHARACTER_BYTES * len(cell))
        return Cell("error" if cell in ERRORS else "text", cell)
    budget.charge_memory(CELL_BYTES)
    sign, text = cell
    if sign == "d":
        return Cell("date", text.removesuffix("T00:00:00"))
    return number_cell(text, NumberFormat.PLAIN)
