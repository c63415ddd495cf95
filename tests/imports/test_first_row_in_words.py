"""The first row of an own table is a row though its one figure is written in words."""

import pytest

from tests.cast import YEAR, make_indicator
from tests.imports.workbooks import saved, upload

openpyxl = pytest.importorskip("openpyxl")


@pytest.mark.parametrize("text", ["不足4万", "无", "52\n483"])
def test_it_is_not_taken_for_a_head(client, city_officer, north, south, text):
    """区县 | 在园幼儿数, 北区 | 不足4万, 南区 | 5. Expected: B2 is a row of the list, to be saved,
    asked about or refused. It becomes part of the column's label (在园幼儿数 / 不足4万), no row is
    recognised any more, and 北区 is on no page of the import."""
    make_indicator("children", name_zh="在园幼儿数")
    client.force_login(city_officer)
    book = openpyxl.Workbook()
    for row in (["区县", "在园幼儿数"], ["北区", text], ["南区", 5]):
        book.active.append(row)
    of_import = upload(client, saved(book), reason="代填", year=str(YEAR))

    assert set(of_import.rows.values_list("cell", flat=True)) == {"B2", "B3"}
