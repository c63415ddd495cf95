"""The first row of an own table is a row though its one figure is written in words."""

from decimal import Decimal

import pytest

from indicators.imports.crosstab import crosstabs_of
from indicators.spreadsheets import Cell, Row, Sheet
from tests.cast import YEAR, make_indicator
from tests.imports.workbooks import saved, upload

openpyxl = pytest.importorskip("openpyxl")


@pytest.mark.parametrize("text", ["不足4万", "无", "52\n483"])
def test_it_is_not_taken_for_a_head(client, city_officer, north, south, text):
    """Of 区县 | 在园幼儿数, 北区 | 不足4万, 南区 | 5 B2 is a row of the list, to be saved, asked
    about or refused. It was taken for a part of the column's label."""
    make_indicator("children", name_zh="在园幼儿数")
    client.force_login(city_officer)
    book = openpyxl.Workbook()
    for row in (["区县", "在园幼儿数"], ["北区", text], ["南区", 5]):
        book.active.append(row)
    of_import = upload(client, saved(book), reason="代填", year=str(YEAR))

    assert set(of_import.rows.values_list("cell", flat=True)) == {"B2", "B3"}


def test_rows_that_are_called_by_sizes_are_rows():
    """不足50人 and 50人以上 are no figures at the left, under years that are numbers."""
    rows = [["班额", 2021, 2022], ["不足50人", 3, 4], ["50人以上", 5, 6]]
    cells = [
        tuple(
            Cell("text", one) if isinstance(one, str) else Cell("number", str(one), Decimal(one))
            for one in row
        )
        for row in rows
    ]
    sheet = Sheet("s", False, tuple(Row(at, row) for at, row in enumerate(cells, start=1)))
    (table,) = crosstabs_of(sheet)
    assert len(table.figures) == 4
