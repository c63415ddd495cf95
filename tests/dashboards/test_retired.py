"""An indicator that is asked no more is on no page of a later year, in no file and no workbook."""

import io

import openpyxl
import pytest

from tests.api.conftest import Program
from tests.cast import YEAR, make_indicator
from tests.recording.promises import put

PAGES = (
    "/",
    "/overview/",
    "/overview/table.csv",
    "/heat-map/",
    "/profile/",
    "/units/",
    "/brief/",
    "/outlook/",
    "/compare/",
    "/changes/",
    "/reliability/",
    "/only-increase/",
    "/doubts/",
    "/export/figures.csv",
    "/export/summary/",
)
NAME = "退役指标"


@pytest.fixture
def retired(north, south):
    retired = make_indicator("retired", name_zh=NAME, asked_to=YEAR - 1)
    put(retired, north, "5", year=YEAR - 1)
    other = make_indicator("other")
    put(other, north, "5")
    put(other, south, "6")
    return retired


def text_of(response):
    whole = b"".join(response.streaming_content) if response.streaming else response.content
    return whole.decode("utf-8-sig")


@pytest.mark.parametrize("page", PAGES)
def test_on_no_page_of_a_later_year(client, supervisor, retired, page):
    client.force_login(supervisor)
    shown = client.get(page, {"year": YEAR, "unit": "500101"})

    assert shown.status_code == 200
    assert NAME not in text_of(shown)


def test_in_the_file_of_the_year_before_it_is_kept(client, supervisor, retired):
    client.force_login(supervisor)
    assert NAME in text_of(client.get("/export/figures.csv", {"year": YEAR - 1}))


def test_programs_and_the_template_leave_it_out(client, supervisor, officer, retired):
    assert "retired" not in Program(supervisor).get("figures", year=YEAR).content.decode()

    client.force_login(officer)
    answer = client.get("/imports/template.xlsx", {"unit": "500101", "year": YEAR})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = {cell.value for page in book.worksheets for row in page.iter_rows() for cell in row}
    assert NAME not in cells
