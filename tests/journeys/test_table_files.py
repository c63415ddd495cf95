"""What a table says of a number goes along into its file."""

import pytest
from django.utils import timezone

from indicators.models import Export, Indicator, Jurisdiction, User
from indicators.recording.annotation import annotate
from indicators.recording.examination import examine_due
from tests.cast import enter

pytestmark = [pytest.mark.page, pytest.mark.thorough]

TABLES = [
    "/custom-table/?indicator=preschool_total&unit=500000&year=2022",
    "/changes/?year=2022",
    "/indicators/preschool_total/?year=2021",
]


@pytest.fixture
def part_of_the_city(whole_city):
    total = Indicator.objects.get(code="preschool_total")
    for code, text in (("500106", "不足48000"), ("500103", "9000")):
        unit = Jurisdiction.objects.valid_in(2021).get(code=code)
        enter(total, unit, "480", year=2020)
        enter(total, unit, text, year=2021)
    examine_due()


@pytest.mark.parametrize("address", TABLES)
def test_a_part_a_bound_and_a_doubt_are_told_in_the_file_of_a_table(
    visitor, sign_in, part_of_the_city, address
):
    """The page says 不足57 000 人（已报 2 / 41）含待核数据. Its CSV said 57000 and 人 alone, so
    that a part looked whole."""
    page = sign_in(visitor(), "supervisor")
    page.goto(address)
    assert "2 / 41" in page.locator("main").inner_text()

    with page.expect_download() as download:
        page.locator(".table-tools button", has_text="CSV").first.click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()

    [line] = [line for line in lines if "57000" in line.replace("\u2009", "")]
    told = [word for word in ("不足", "41", "待核") if word in line]
    assert told == ["不足", "41", "待核"], line


def test_the_file_of_one_page_of_a_long_table_does_not_look_whole(visitor, sign_in, whole_city):
    """Its name says which page it is; that of the list of exports had no file at all."""
    supervisor = User.objects.get(username="supervisor")
    city = Jurisdiction.objects.get(code="500000", valid_to=None)
    for number in range(60):
        Export.objects.create(
            actor=supervisor,
            jurisdiction=city,
            made_at=timezone.now(),
            kind="table",
            format="csv",
            name=f"表{number}.csv",
        )
    page = sign_in(visitor(), "supervisor")
    page.goto("/export/kept/")
    with page.expect_download() as download:
        page.locator(".table-tools button", has_text="CSV").first.click()
    assert download.value.suggested_filename == "导出记录_第_1_页共_2_页.csv"
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert 1 < len(lines) < 60


@pytest.fixture
def before_2011(whole_city):
    """What was reported before 双桥区 and 大足县 became one, and a mark at one of the figures."""
    total = Indicator.objects.get(code="preschool_total")
    for code, text in (("500111", "2003"), ("500225", "30004"), ("500109", "18004")):
        unit = Jurisdiction.objects.valid_in(2010).get(code=code)
        enter(total, unit, text, year=2010)
    merged = Jurisdiction.objects.valid_in(2011).get(code="500111")
    enter(total, merged, "33000", year=2011)
    supervisor = User.objects.get(username="supervisor")
    annotate(total, merged, 2011, actor=supervisor, text="含新建园")


def csv_of(page):
    with page.expect_download() as download:
        page.locator(".table-tools button", has_text="CSV").first.click()
    name, lines = download.value.suggested_filename, download.value.path().read_text("utf-8-sig")
    return name, [line.split(",") for line in lines.splitlines()]


def test_a_file_is_by_the_boundaries_of_the_page_and_bears_no_mark(visitor, sign_in, before_2011):
    page = sign_in(visitor(), "supervisor")
    asked = "indicator=preschool_total&unit=500111&unit=500109&year=2011&year=2012"
    page.goto(f"/custom-table/?{asked}&rows=units&columns=years&boundaries=now")
    assert page.locator("td a.annotated").count() == 1
    name, [heads, *lines] = csv_of(page)

    assert "按现行区划" in name
    assert heads == ["", "2011", "计量单位", "页面所示", "2012", "计量单位"]
    rows = {line[0]: line[1:] for line in lines}
    assert rows["大足区"] == ["32007", "人", "32 007 人 推算", "33000", "人"]
    assert rows["北碚区"][:2] == ["区划调整", ""]


def test_the_file_of_two_years_side_by_side_is_by_the_boundaries_of_the_page(
    visitor, sign_in, before_2011
):
    page = sign_in(visitor(), "supervisor")
    page.goto("/changes/?since=2011&year=2012&jurisdiction=500111&boundaries=now")
    name, [heads, *lines] = csv_of(page)

    assert "按现行区划" in name
    [line] = [line for line in lines if "preschool_total" in line[0]]
    told = dict(zip(heads, line, strict=True))
    assert (told["2011"], told["2012"]) == ("32007", "33000")
    assert "2011：由双桥区、大足县按现行区划推算" in told["区划"]
