"""xls and ods: read by a child process that may die, and that is given nothing but the file."""

import os
from decimal import Decimal

import pytest

from indicators.spreadsheets import (
    BLANK,
    Cell,
    Limits,
    Row,
    UnreadableFile,
    calamine_child,
    calamine_reading,
)
from indicators.spreadsheets.limits import Budget
from tests.spreadsheets.files import ods, outcome, read, xls


def test_an_xls_file():
    workbook = read(xls(((0, 1), "单位"), ((2, 0), 1803.5999999999999), ((2, 1), 36215.0)))

    assert workbook.kind == "xls"
    (sheet,) = workbook.sheets
    assert (sheet.name, sheet.hidden) == ("表", False)
    assert sheet.rows == (
        Row(1, (BLANK, Cell("text", "单位"))),
        Row(
            3,
            (Cell("number", "1803.6", Decimal("1803.6")), Cell("number", "36215", Decimal(36215))),
        ),
    )


def value(kind, attributes, shown):
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}><text:p>{shown}</text:p>'
        "</table:table-cell>"
    )


def test_an_ods_file():
    workbook = read(
        ods(
            '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
            "<table:table-row><table:table-cell/>"
            + value("float", 'office:value="3.3200"', "3.32")
            + value("string", "", "学前")
            + value("date", 'office:date-value="2023-01-01"', "2023年1月1日")
            + value("date", 'office:date-value="2023-01-01T08:30:00"', "x")
            + value("boolean", 'office:boolean-value="true"', "TRUE")
            + "<table:table-cell table:number-columns-repeated='16000'/></table:table-row>"
            '<table:table-row table:number-rows-repeated="1048553"><table:table-cell/>'
            "</table:table-row>"
        )
    )

    assert workbook.kind == "ods"
    (sheet,) = workbook.sheets
    assert sheet.rows == (
        Row(
            4,
            (
                BLANK,
                Cell("number", "3.32", Decimal("3.32")),
                Cell("text", "学前"),
                Cell("date", "2023-01-01"),
                Cell("date", "2023-01-01T08:30:00"),
                Cell("bool", "TRUE"),
            ),
        ),
    )


SPARSE_ODS = ods(
    "<table:table-row>" + value("float", 'office:value="1"', "1") + "</table:table-row>"
    '<table:table-row table:number-rows-repeated="1048574"><table:table-cell/></table:table-row>'
    "<table:table-row><table:table-cell table:number-columns-repeated='16383'/>"
    + value("float", 'office:value="1"', "1")
    + "</table:table-row>"
)


def test_a_sparse_sheet_ends_the_child_alone():
    assert outcome(xls(((0, 0), 1.0), ((65535, 255), 1.0))) == "too_much_memory"
    assert outcome(SPARSE_ODS) == "too_much_memory"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"rows": 2}, "too_many_rows"),
        ({"columns": 1}, "too_many_columns"),
        ({"cells": 2}, "too_many_cells"),
        ({"seconds": 0.001}, "too_slow"),
        ({"memory_bytes": 1_000_000}, "too_much_memory"),
    ],
)
def test_limits_hold(limits, code):
    assert outcome(xls(((0, 0), 1.0), ((2, 0), 1.0), ((2, 1), "x")), **limits) == code


def test_a_text_that_many_cells_share_is_counted_each_time():
    content = xls(*(((row, 0), "x" * 100) for row in range(100)))

    assert outcome(content, memory_bytes=100_000_000) == "read"
    reading = calamine_child.Reading(memory=20_000, rows=1_000, columns=9, cells=1_000)
    with pytest.raises(calamine_child.Refused) as caught:
        reading._count("s", 1, ["x" * 5_001])
    assert caught.value.answer["code"] == "too_much_memory"


def asked_of(program, tmp_path, monkeypatch, **limits):
    """What becomes of a child that does this instead."""
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(calamine_reading, "PROGRAM", child)
    return calamine_reading._asked(b"content", "xls", Budget(Limits(**limits)))


def test_the_child_gets_nothing_but_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    program = (
        "import os, sys, json\n"
        f"try: os.fstat({writing}); held = True\n"
        "except OSError: held = False\n"
        "print(json.dumps([open(sys.argv[1]).read(), 'DATABASE_URL' in os.environ, held]))"
    )
    try:
        assert asked_of(program, tmp_path, monkeypatch) == ["content", False, False]
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize(
    ("program", "code"),
    [
        ("import os; os.abort()", "too_much_memory"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "too_slow"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "damaged"),
        ("raise SystemExit(3)", "damaged"),
        ("raise MemoryError", "too_much_memory"),
        ("while True: pass", "too_slow"),
    ],
)
def test_the_death_of_the_child_has_a_meaning(program, code, tmp_path, monkeypatch):
    with pytest.raises(UnreadableFile) as caught:
        asked_of(program, tmp_path, monkeypatch, seconds=1)
    assert caught.value.code == code
