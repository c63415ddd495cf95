"""A sum, share or light that rests on a doubted figure says so wherever it stands."""

import pytest
from django.utils.html import strip_tags

from indicators.models import Jurisdiction
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.examination import examine_due
from indicators.spreadsheets import Limits, read_workbook
from tests.cast import YEAR, enter, make_target, make_unit
from tests.figures.test_doubts import ten_times

pytestmark = pytest.mark.usefixtures("usual_rules")

__all__ = ["ten_times"]


@pytest.fixture
def look(ten_times, client, supervisor):
    client.force_login(supervisor)

    def page(address):
        return client.get(address).content.decode().replace("\u2009", "")

    return page


def file_of(client, kind):
    return client.get(f"/overview/table.{kind}").getvalue()


def test_the_csv_of_the_overview_says_so(look, client, share):
    """含待核数据 beside 11110 and the light that it makes. Nothing said so, while the page did."""
    make_target(share, "ge", 40)
    text = file_of(client, "csv").decode()

    assert "11110" in text
    assert "未达" in text
    assert "待核" in text


def test_the_workbook_of_the_overview_says_so(look, client):
    """As the CSV."""
    [sheet] = read_workbook(file_of(client, "xlsx"), "表.xlsx", Limits()).sheets
    texts = {cell.text for row in sheet.rows for cell in row.cells}

    assert "11110" in texts
    assert any("待核" in text for text in texts)


def test_the_heat_map_says_so(look, share):
    """The city's only red light stood there as if nothing were in doubt."""
    make_target(share, "ge", 40)
    text = strip_tags(look("/heat-map/"))

    assert "未达" in text
    assert "待核" in text


def test_the_map_of_an_indicator_says_so(look, share, city, north, south):
    """The tile said 北区 5% 未达, the table below it 待核 as well."""
    make_target(share, "ge", 40, level="county")
    units = [north, south, make_unit("500103", "西区", parent=city)]
    with changing_catalogue(actor=None):
        for column, unit in enumerate(units, start=1):
            Jurisdiction.objects.filter(pk=unit.pk).update(tile_column=column, tile_row=1)
    drawn = look("/indicators/share/").partition('<svg class="tiles"')[2].partition("</svg>")[0]

    assert north.name in drawn
    assert "未达" in drawn
    assert "待核" in drawn


def test_what_changed_between_two_days_says_so(look):
    """The later day is today, and its sum of 11110 stands now."""
    text = strip_tags(look("/days/"))

    assert "11110" in text
    assert "待核" in text


def test_last_years_figure_says_so_in_the_next_year(look, children, north, south):
    """The cell of the year before said 11110 人 alone, where the summary table marks it."""
    for unit in (north, south):
        enter(children, unit, "1020", year=YEAR + 1, note="已核对")
    examine_due()
    page = look(f"/overview/?year={YEAR + 1}")
    [cell] = [one for one in page.split("<td ") if 'class="previous"' in one and "11110" in one]

    assert "待核" in cell.partition("</td>")[0]
