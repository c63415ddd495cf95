"""Heads of tables that name indicator and value: what stands in brackets, and what is left over."""

import pytest

from indicators.imports.columns import columns_of
from indicators.models import YearlyValue
from tests.cast import YEAR, make_indicator, make_statement
from tests.imports.workbooks import confirm, table, upload


@pytest.fixture
def at_work(client, officer, children):
    make_indicator("money", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")
    client.force_login(officer)
    return client


def test_the_unit_of_measure_behind_value_is_that_of_all_rows(at_work):
    head = ["指标编码", "年份", "数值（万元）"]
    confirm(at_work, upload(at_work, table(["money", YEAR, 33.5], head=head)))
    assert YearlyValue.objects.get().number == 335000


def test_a_cell_of_its_own_goes_before_the_bracket(at_work):
    head = ["指标编码", "年份", "计量单位", "数值（万元）"]
    confirm(at_work, upload(at_work, table(["money", YEAR, "元", 33], head=head)))
    assert YearlyValue.objects.get().number == 33


@pytest.mark.parametrize("head", ["单位", "单位名称"])
def test_units_of_measure_may_stand_under_unit(at_work, head):
    """Many tables call both so: 万元 was looked for among the districts."""
    file = table(["money", "万元", YEAR, 33.5], head=["指标编码", head, "年份", "数值"])
    confirm(at_work, upload(at_work, file))
    assert YearlyValue.objects.get().number == 335000


def test_a_unit_among_units_of_measure_is_one_that_reports(at_work):
    rows = (["money", "万元", YEAR, 33.5], ["money", "北区", 2020, 33])
    of_import = upload(at_work, table(*rows, head=["指标编码", "单位", "年份", "数值"]))
    assert list(of_import.rows.values_list("outcome", flat=True)) == ["refused", "new"]


def test_the_year_behind_value_is_that_of_rows_without_one(at_work):
    rows = (["children", "", 5], ["children", 2020, 6])
    file = table(*rows, head=["指标编码", "年份", "数值（2019年）"])
    of_import = upload(at_work, file, year=str(YEAR))
    assert list(of_import.rows.values_list("text", "year")) == [("5", 2019), ("6", 2020)]


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("数值（必填）", "value"),
        ("数值*", "value"),
        ("数值（2021）", "value"),
        ("数值（单位：万元）", "value"),
        ("数值（万元）（2019）", ""),
        ("数值（比上年增减）", ""),
        ("数值（其中：女）", ""),
        ("指标（名称）", "name"),
    ],
)
def test_a_value_of_something_else_is_another_column(db, head, column):
    assert columns_of([head]) == [column]


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        (
            ["指标编码", "年份", "数值"],
            ["", 2021, 6],
            "“Sheet”中有数据没有写明指标，未读取：C3。",
        ),
        (
            ["指标编码", "年份", "数值", "说明"],
            ["children", 2020, "", "说明文字"],
            "“Sheet”中有说明而没有数据，未读取：D3。",
        ),
        (
            ["指标编码", "年份", "数值", "填报原文"],
            ["children", 2020, "", "5"],
            "“Sheet”中有填报原文而没有数值，未读取：D3。",
        ),
        (
            ["指标编码", "年份", "数值", "表述"],
            ["done", 2020, 5, "达到"],
            "“Sheet”中同时填了表述和数值，以表述为准，数值未读取：C3。",
        ),
    ],
)
def test_what_becomes_no_figure_is_told(at_work, head, row, told):
    make_statement("done", reporting_level="units")
    of_import = upload(at_work, table(["children", YEAR, 3], row, head=head))
    assert of_import.remarks == [told]
