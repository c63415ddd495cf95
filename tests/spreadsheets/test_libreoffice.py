"""What LibreOffice opens and saves again is read as it was."""

import io
from datetime import date
from decimal import Decimal

import pytest

from indicators.spreadsheets import read_workbook, write_rows
from tests.office import CSV, needs_libreoffice, saved_again

ROWS = [
    ["指标", "数值", "日期", "备注"],
    ["学前教育", Decimal("1803.6000"), date(2023, 1, 1), "=1+1"],
    ["幼儿园", 36215, None, "a\nb"],
    [" x ", Decimal("-0.0001"), date(1999, 12, 31), "'引'"],
]


@needs_libreoffice
@pytest.mark.parametrize(
    "kind",
    ["xlsx", *(pytest.param(kind, marks=pytest.mark.thorough) for kind in ("ods", "xls", "csv"))],
)
def test_what_libreoffice_saves_again_is_read_as_it_was(kind, tmp_path):
    content = io.BytesIO()
    write_rows(content, [("表", ROWS)])
    (tmp_path / "a.xlsx").write_bytes(content.getvalue())
    again = saved_again(tmp_path / "a.xlsx", CSV if kind == "csv" else kind)

    (sheet,) = read_workbook(again, f"a.{kind}").sheets
    (ours,) = read_workbook(content.getvalue(), "a.xlsx").sheets
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [
        [cell.text for cell in row.cells] for row in ours.rows
    ]
