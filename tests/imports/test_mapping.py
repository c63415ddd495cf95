"""An office's own table, from labels to figures; what is not known is asked, not guessed."""

import openpyxl
import pytest

from indicators.imports.labels import Meaning
from indicators.imports.mapping import Label
from indicators.models import ImportMapping, YearlyValue
from tests.cast import YEAR, enter, make_indicator, make_unit
from tests.imports.workbooks import answer_rows, confirm, outcomes, saved, upload


@pytest.fixture
def children(db):
    return make_indicator("children", name_zh="在园幼儿数")


@pytest.fixture
def money(db):
    return make_indicator("money", name_zh="教育经费", unit="yuan", quantity_kind="amount")


@pytest.fixture
def at_work(client, city_officer, north, south, children, money):
    client.force_login(city_officer)
    return client


def own(*rows, merged=()):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "统计"
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    return saved(book, "自用表.xlsx")


def field(axis, label, part, said):
    """What the page sends for a part of a label."""
    return {f"{axis}-{Label(label, Meaning()).key}-{part}": said}


def stored(of_import=None):
    return {
        (one.jurisdiction.name, one.indicator.code, one.year): str(one.number.normalize())
        for one in YearlyValue.objects.all()
    }


def test_units_in_rows_years_and_indicators_above_are_read_by_themselves(at_work):
    file = own(
        ["某市学前教育统计", None, None, None, None],
        ["区县", "2019年", None, "2020年", None],
        [None, "在园幼儿数", "教育经费（万元）", "在园幼儿数", "教育经费（万元）"],
        ["北区", 5, 1.5, 6, 2],
        ["南区", 7, 2.5, 8, 3],
        merged=("B2:C2", "D2:E2", "A2:A3"),
    )
    of_import = upload(at_work, file, reason="补录往年")
    assert set(of_import.rows.values_list("outcome", flat=True)) == {"new"}
    confirm(at_work, of_import)
    assert stored() == {
        ("北区", "children", 2019): "5",
        ("北区", "money", 2019): "1.5E+4",
        ("北区", "children", 2020): "6",
        ("北区", "money", 2020): "2E+4",
        ("南区", "children", 2019): "7",
        ("南区", "money", 2019): "2.5E+4",
        ("南区", "children", 2020): "8",
        ("南区", "money", 2020): "3E+4",
    }


def test_indicators_in_rows_and_units_in_columns(at_work):
    file = own(["指标", "北区", "南区"], ["在园幼儿数", 5, 7], ["教育经费", 10, 20])
    of_import = upload(at_work, file, reason="补录", year=str(YEAR))
    confirm(at_work, of_import)
    assert stored()["南区", "money", YEAR] == "2E+1"
    assert len(stored()) == 4


def test_what_no_label_says_is_chosen_and_kept_for_the_next_file(at_work):
    rows = (["区县", "幼儿", "电话"], ["北区", 5, 67891234], ["南区", 7, 67891235])
    of_import = upload(at_work, own(*rows), reason="补录", year=str(YEAR))
    assert set(of_import.rows.values_list("outcome", flat=True)) == {"left"}
    page = at_work.get(f"/imports/{of_import.pk}/mapping/")
    columns, _rows = page.context["axes"]
    assert [label.text for label in columns.labels] == ["幼儿", "电话"]

    answers = field("columns", "幼儿", "indicator", "children") | {"name": "学前年报"}
    answers |= field("columns", "电话", "indicator", "-")
    at_work.post(f"/imports/{of_import.pk}/mapping/", answers)
    assert sorted(of_import.rows.values_list("column_label", "outcome")) == [
        ("幼儿", "new"),
        ("幼儿", "new"),
        ("电话", "left"),
        ("电话", "left"),
    ]
    assert ImportMapping.objects.get().name == "学前年报"
    again = upload(at_work, own(*rows, ["东区", 1, 2]), reason="补录", year=str(YEAR))
    assert [row.outcome for row in again.rows.filter(column_label="幼儿")] == [
        "new",
        "new",
        "refused",
    ]


def test_sheets_of_units_whose_name_another_had_before_are_theirs_by_year(at_work, city):
    make_unit("500103", "东区", parent=city, valid_to=2021)
    make_unit("500103", "东区", parent=city, valid_from=2021)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("东区", "北区"):
        page = book.create_sheet(name)
        for row in (["指标", "2020年", "2022年"], ["在园幼儿数", 5, 6]):
            page.append(row)
    of_import = upload(at_work, saved(book), reason="补录往年")
    read = of_import.rows.filter(sheet="东区").order_by("year")
    assert [(one.year, one.jurisdiction.valid_from) for one in read] == [(2020, 1997), (2022, 2021)]


def test_rows_of_such_units_are_known_and_can_be_chosen(at_work, city):
    make_unit("500103", "东区", parent=city, valid_to=2021)
    make_unit("500103", "东区", parent=city, valid_from=2021)
    of_import = upload(
        at_work,
        own(["区县", "2020年在园幼儿数"], ["东区", 5], ["两江", 7]),
        reason="补录",
    )
    page = at_work.get(f"/imports/{of_import.pk}/mapping/")
    _columns, rows = page.context["axes"]
    assert [(line.label.text, line.is_unknown) for line in rows.lines] == [
        ("两江", True),
        ("东区", False),
    ]
    assert ("东区", "东区（按数据的年份）") in page.context["units"]
    at_work.post(f"/imports/{of_import.pk}/mapping/", field("rows", "两江", "unit", "东区"))
    assert {row.jurisdiction.valid_from for row in of_import.rows.all()} == {1997}


def test_the_page_offers_what_the_last_part_of_a_label_names(at_work):
    file = own(
        ["区县", "学生与教师", "投入", "备注"],
        [None, "在园幼儿数（人）", "教育经费（万元）", None],
        ["北区", 5, 2, "含民办"],
        merged=("D1:D2",),
    )
    of_import = upload(at_work, file, reason="补录", year=str(YEAR))
    assert set(of_import.rows.values_list("outcome", flat=True)) == {"left"}
    page = at_work.get(f"/imports/{of_import.pk}/mapping/")
    columns = page.context["axes"][0]
    assert [(line.label.offered, line.is_unknown) for line in columns.lines] == [
        ("children", True),
        ("money", True),
        ("-", False),
    ]
    assert "标红而已选好指标的" in page.text
    answers = {}
    for label in columns.labels:
        answers |= field("columns", label.text, "indicator", label.offered)
    at_work.post(f"/imports/{of_import.pk}/mapping/", answers)
    confirm(at_work, of_import)
    assert stored() == {("北区", "children", YEAR): "5", ("北区", "money", YEAR): "2E+4"}


def test_who_enters_for_one_unit_is_asked_no_reason(client, officer, at_work, city_officer):
    client.force_login(officer)
    assert 'name="reason"' not in client.get("/imports/").text
    client.force_login(city_officer)
    assert "代填原因" in client.get("/imports/").text


def test_an_unknown_label_among_units_is_never_the_unit_of_the_file(at_work):
    file = own(["区县", "在园幼儿数"], ["北区", 5], ["两江", 7])
    of_import = upload(at_work, file, reason="补录", year=str(YEAR), unit="500102")
    assert list(of_import.rows.values_list("row_label", "outcome")) == [
        ("北区", "new"),
        ("两江", "refused"),
    ]


def test_totals_are_compared_and_not_imported(at_work):
    rows = (["区县", "在园幼儿数"], ["北区", 5], ["南区", 7])
    agrees = upload(at_work, own(*rows, ["合计", 12]), reason="补录", year=str(YEAR))
    assert agrees.remarks == ["“统计”的合计与各行相符，合计不导入。"]
    assert outcomes(agrees)[""] == "left"
    off = upload(at_work, own(*rows, ["全市合计", 13]), reason="补录", year=str(YEAR))
    assert off.remarks == ["“统计”中 B4 的合计是 13，各行之和是 12。"]
    confirm(at_work, off)
    assert len(stored()) == 2


def test_a_total_is_the_citys_where_its_officer_says_so(at_work):
    file = own(["区县", "在园幼儿数"], ["北区", 5], ["合计", 12])
    of_import = upload(at_work, file, reason="补录", year=str(YEAR))
    at_work.post(f"/imports/{of_import.pk}/mapping/", field("rows", "合计", "unit", "500000"))
    confirm(at_work, of_import)
    assert stored()["山城", "children", YEAR] == "12"


def test_a_title_gives_the_unit_of_measure_to_what_can_be_given_in_it(at_work):
    file = own(["（单位：万元）", None, None], ["区县", "在园幼儿数", "教育经费"], ["北区", 5, 2])
    confirm(at_work, upload(at_work, file, reason="补录", year=str(YEAR)))
    assert stored()["北区", "money", YEAR] == "2E+4"
    assert stored()["北区", "children", YEAR] == "5"


@pytest.mark.parametrize(
    ("foot", "is_ten_thousands"),
    [
        ("单位：万元", True),
        ("注：金额单位为万元。", True),
        ("填报单位：万元", False),
        ("完", False),
    ],
)
def test_so_does_what_stands_below_the_table(at_work, foot, is_ten_thousands):
    file = own(["区县", "教育经费"], ["北区", 2], ["合计", 2], [foot], ["制表人：张三"])
    of_import = upload(at_work, file, reason="补录", year=str(YEAR))
    confirm(at_work, of_import)
    assert stored()["北区", "money", YEAR] == ("2E+4" if is_ten_thousands else "2")


def test_what_is_there_already_is_a_conflict_to_decide_for_all_at_once(at_work, children, north):
    enter(children, north, "4")
    file = own(["区县", "在园幼儿数"], ["北区", 5], ["南区", 7])
    of_import = upload(at_work, file, reason="补录", year=str(YEAR))
    answer_rows(at_work, of_import, {"every": "file"})
    confirm(at_work, of_import)
    assert stored()["北区", "children", YEAR] == "5"


def test_a_mapping_is_nobody_elses(at_work, officer, client):
    file = own(["区县", "幼儿"], ["北区", 5])
    of_import = upload(at_work, file, reason="补录", year=str(YEAR))
    client.force_login(officer)
    assert client.get(f"/imports/{of_import.pk}/mapping/").status_code == 404


def test_a_page_that_is_sent_twice_says_the_same_of_each_label(at_work):
    of_import = upload(
        at_work, own(["区县", "甲数", "乙数"], ["北区", 5, 77]), reason="补录", year=str(YEAR)
    )
    page = f"/imports/{of_import.pk}/mapping/"
    answers = field("columns", "甲数", "indicator", "children")
    answers |= field("columns", "乙数", "indicator", "")
    assert all(name in at_work.get(page).text for name in answers)
    for _time in range(2):
        at_work.post(page, answers)
        assert sorted(of_import.rows.values_list("column_label", "indicator_said")) == [
            ("乙数", ""),
            ("甲数", "children"),
        ]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("indicator", "no_such_code"),
        ("indicator", "a\x00b"),
        ("unit", "999999"),
        ("year", "2" * 50),
        ("measure", "人" * 60),
    ],
)
def test_what_the_page_does_not_offer_is_not_taken(at_work, part, said):
    of_import = upload(at_work, own(["区县", "甲数"], ["北区", 5]), reason="补录")
    before = of_import.mapping
    answers = field("columns", "甲数", part, said)
    assert at_work.post(f"/imports/{of_import.pk}/mapping/", answers).status_code == 302
    of_import.refresh_from_db()
    assert of_import.mapping == before


def test_the_name_of_a_mapping_holds_no_signs_that_nobody_sees(at_work):
    of_import = upload(at_work, own(["区县", "在园幼儿数"], ["北区", 5]), reason="补录")
    at_work.post(f"/imports/{of_import.pk}/mapping/", {"name": "学\x00前"})
    assert ImportMapping.objects.get().name == "学前"


def test_the_list_shows_a_label_where_it_belongs(at_work):
    """The name of an indicator stood under 单位 where indicators are in the rows."""

    def shown(*rows, **fields):
        of_import = upload(at_work, own(*rows), reason="补录", **fields)
        page = at_work.get(f"/imports/{of_import.pk}/").context["rows"]
        return sorted((one.unit, one.indicator) for one in page)

    rows = (["指标", "2020年"], ["在园幼儿数", 5], ["其中女", 2])
    assert shown(*rows) == [("", "其中女 / 2020年"), ("", "在园幼儿数")]
    assert shown(["区县", "幼儿"], ["北区", 5], ["两江", 6]) == [("两江", "幼儿"), ("北区", "幼儿")]
    assert shown(["指标", "北区"], ["幼儿", 5]) == [("北区", "幼儿")]
