"""The overview as a file says what its page says beside a number."""

from tests.cast import enter, make_indicator
from tests.dashboards.views.test_overview import csv_of
from tests.dashboards.views.test_overview import page as page


def test_what_is_said_of_a_number_stands_beside_it(page, north):
    """不足4万 was 4 in the file, and so exact."""
    spent = make_indicator("spent", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")
    enter(spent, north, "不足4万元")
    (row,) = csv_of(page)
    assert (row["数值"], row["修饰语"]) == ("4", "不足")
