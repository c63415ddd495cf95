"""What LibreOffice opens and saves again is read as it was."""

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import pytest

from indicators.spreadsheets import read_workbook, write_rows

ROWS = [
    ["指标", "数值", "日期", "备注"],
    ["学前教育", Decimal("1803.6000"), date(2023, 1, 1), "=1+1"],
    ["幼儿园", 36215, None, "a\nb"],
    [" x ", Decimal("-0.0001"), date(1999, 12, 31), "'引'"],
]

# With commas, double quotes, in UTF-8.
FILTERS = {"csv": "csv:Text - txt - csv (StarCalc):44,34,76"}


@pytest.mark.skipif(not shutil.which("soffice"), reason="NO soffice: LibreOffice is not tried")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "csv"])
def test_what_libreoffice_saves_again_is_read_as_it_was(kind, tmp_path):
    content = io.BytesIO()
    write_rows(content, [("表", ROWS)])
    (tmp_path / "a.xlsx").write_bytes(content.getvalue())
    out = tmp_path / "out"

    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", FILTERS.get(kind, kind), "--outdir", str(out)),
            str(tmp_path / "a.xlsx"),
        ],
        check=True,
        timeout=120,
        capture_output=True,
    )

    (sheet,) = read_workbook((out / f"a.{kind}").read_bytes(), f"a.{kind}").sheets
    (ours,) = read_workbook(content.getvalue(), "a.xlsx").sheets
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [
        [cell.text for cell in row.cells] for row in ours.rows
    ]
