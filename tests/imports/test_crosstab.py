"""Tables of an office's own: where numbers begin, and what stands beside and above them."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.imports.crosstab import crosstabs_of
from indicators.imports.label_words import is_total
from indicators.spreadsheets import Cell, Row, Sheet, cell_address


def cell(said):
    if said is None:
        return Cell("blank", "")
    if isinstance(said, str):
        return Cell("text", said)
    return Cell("number", str(said), Decimal(str(said)))


def sheet(*rows, merged=()):
    lines = [
        Row(number, tuple(map(cell, row)))
        for number, row in enumerate(rows, start=1)
        if any(one is not None for one in row)
    ]
    return Sheet("表", False, tuple(lines), merged)


def crosstab_of(sheet):
    found = crosstabs_of(sheet)
    assert len(found) < 2
    return found[0] if found else None


def said(found):
    return {(one.row_label, one.column_label): one.cell.text for one in found.figures}


def test_units_in_rows_and_indicators_in_columns():
    found = crosstab_of(sheet(["区县", "在园幼儿", "教师"], ["北区", 5, 1], ["南区", 6, 2]))
    assert said(found) == {
        ("北区", "在园幼儿"): "5",
        ("北区", "教师"): "1",
        ("南区", "在园幼儿"): "6",
        ("南区", "教师"): "2",
    }


def test_heads_of_two_rows_are_named_by_their_path():
    found = crosstab_of(
        sheet(
            ["某市教育统计", None, None, None],
            ["区县", "2020", None, "2021"],
            [None, "在园", "公办", "在园"],
            ["北区", 5, 1, 7],
            merged=((2, 2, 2, 3),),
        )
    )
    assert found.titles == ("某市教育统计",)
    assert list(said(found)) == [
        ("北区", "2020 / 在园"),
        ("北区", "2020 / 公办"),
        ("北区", "2021 / 在园"),
    ]


def test_what_offices_write_between_title_and_head_is_no_head():
    found = crosstab_of(
        sheet(
            ["某市教育统计", None, None],
            ["填报单位：某市教育局", None, "单位：万元"],
            ["区县", "经费", None],
            [None, "教育经费", "公用经费"],
            ["北区", 5, 1],
            merged=((1, 1, 1, 3), (3, 2, 3, 3)),
        )
    )
    assert list(said(found)) == [("北区", "经费 / 教育经费"), ("北区", "经费 / 公用经费")]
    assert "单位：万元" in found.titles


def test_a_head_whose_corner_tells_the_unit_of_measure_is_one():
    found = crosstab_of(sheet(["单位：万元", 2019, 2020], ["教育经费", 5, 6]))
    assert [label for _row, label in said(found)] == ["2019", "2020"]


def test_a_head_of_years_that_are_numbers_is_no_row_of_figures():
    found = crosstab_of(sheet(["指标", 2019, 2020], ["在园幼儿", 5, 6]))
    assert said(found) == {("在园幼儿", "2019"): "5", ("在园幼儿", "2020"): "6"}


@pytest.mark.parametrize(
    "column", [["序号", 1, 2], ["区划代码", 500101, 500102], [None, 500101, 500102]]
)
def test_columns_that_count_or_name_the_rows_hold_no_figures(column):
    head, first, second = column
    rows = ([head, "区县", "在园"], [first, "北区", 315701], [second, "南区", 201987])
    found = crosstab_of(sheet(*rows))
    assert {one.column_label for one in found.figures} == {"在园"}
    assert [one.cell.text for one in found.figures] == ["315701", "201987"]


def test_labels_that_are_merged_downwards_stand_in_each_row():
    found = crosstab_of(
        sheet(
            ["区县", "指标", "数量"],
            ["北区", "在园", 5],
            [None, "教师", 1],
            merged=((2, 1, 3, 1),),
        )
    )
    assert list(said(found)) == [("北区 / 在园", "数量"), ("北区 / 教师", "数量")]


def test_texts_among_the_numbers_are_figures_too():
    found = crosstab_of(sheet(["区县", "在园"], ["北区", 5], ["南区", "3.62万"], ["东区", "—"]))
    assert said(found)["南区", "在园"] == "3.62万"
    assert said(found)["东区", "在园"] == "—"


@pytest.mark.parametrize("rows", [[["区县", "负责人"], ["北区", "某人"]], [[1, 2], [3, 4]], []])
def test_what_has_no_label_with_a_number_is_no_table(rows):
    assert crosstab_of(sheet(*rows)) is None


@pytest.mark.parametrize(
    "label",
    [
        "合计",
        "全市合计",
        "合 计",
        "总计",
        "小计",
        "北片 / 小计",
        "13区县合计",
        "城区小计",
        "合计（人）",
        "全市",
        "本区",
        "全市平均",
    ],
)
def test_totals_are_recognised(label):
    assert is_total(label)


@pytest.mark.parametrize("label", ["北区", "合计区", "平均班额", "全椒县", ""])
def test_units_are_no_totals(label):
    assert not is_total(label)


def test_a_first_figure_that_looks_like_a_year_is_a_figure():
    found = crosstab_of(sheet(["区县", "在园"], ["北区", 2020], ["南区", 30]))
    assert said(found) == {("北区", "在园"): "2020", ("南区", "在园"): "30"}


def test_a_first_figure_that_is_written_as_text_is_a_figure():
    found = crosstab_of(sheet(["区县", "在园"], ["北区", "3.62万"], ["南区", 30]))
    assert said(found) == {("北区", "在园"): "3.62万", ("南区", "在园"): "30"}


def test_years_as_numbers_in_a_column_of_years_label_the_rows():
    rows = (["区县", "年份", "在园"], ["北区", 2019, 5], ["北区", 2020, 6])
    assert said(crosstab_of(sheet(*rows))) == {
        ("北区 / 2019", "在园"): "5",
        ("北区 / 2020", "在园"): "6",
    }


def test_a_second_row_of_years_is_head():
    rows = (["区县", "在园", None], [None, 2019, 2020], ["北区", 5, 6])
    found = crosstab_of(sheet(*rows, merged=((1, 2, 1, 3),)))
    assert said(found) == {("北区", "在园 / 2019"): "5", ("北区", "在园 / 2020"): "6"}


def test_rows_without_a_text_of_their_own_hold_figures_too():
    found = crosstab_of(
        sheet(
            ["区县", "年份", "在园"],
            ["北区", 2020, 5],
            [None, 2021, 6],
            [500102, 2020, 7],
            [None, None, 8],
            merged=((2, 1, 3, 1),),
        )
    )
    assert said(found) == {
        ("北区 / 2020", "在园"): "5",
        ("北区 / 2021", "在园"): "6",
        ("500102 / 2020", "在园"): "7",
        ("", "在园"): "8",
    }


def test_figures_before_the_first_labelled_row_are_no_head():
    found = crosstab_of(sheet(["区县", "在园"], [None, 77], ["北区", 5]))
    assert said(found) == {("", "在园"): "77", ("北区", "在园"): "5"}


def test_figures_that_count_are_figures_all_the_same():
    found = crosstab_of(sheet(["区县", "在园", "公办"], ["北区", 1, 7], ["南区", 2, 8]))
    assert sorted(said(found).values()) == ["1", "2", "7", "8"]


def test_a_text_over_a_column_alone_is_part_of_its_head():
    found = crosstab_of(sheet(["区县", "在园"], [None, "其中：女"], ["北区", 5]))
    assert said(found) == {("北区", "在园 / 其中：女"): "5"}


def test_a_figure_that_is_merged_over_rows_is_of_all_of_them():
    found = crosstab_of(
        sheet(["区县", "在园"], ["北区", 5], ["南区", None], merged=((2, 2, 3, 2),))
    )
    assert said(found) == {("北区 / 南区", "在园"): "5"}


def test_a_second_head_begins_a_second_table():
    one, two = crosstabs_of(
        sheet(
            ["区县", "在园"],
            ["北区", 5],
            ["经费情况（单位：万元）"],
            ["区县", "经费"],
            ["南区", 7],
        )
    )
    assert said(one) == {("北区", "在园"): "5"}
    assert said(two) == {("南区", "经费"): "7"}
    assert two.titles == ("经费情况（单位：万元）",)


def test_lines_below_a_table_begin_no_table():
    found = crosstab_of(sheet(["区县", "在园"], ["北区", 5], [None], ["填表人：某", "审核人：某"]))
    assert said(found) == {("北区", "在园"): "5", ("填表人：某", "在园"): "审核人：某"}


def test_numbers_among_labels_are_named():
    rows = (["学校", "在园"], ["一小", 5], [14, 6])
    found = crosstab_of(sheet(*rows))
    assert said(found) == {("一小", "在园"): "5", ("14", "在园"): "6"}
    assert found.unread == ("A3",)


# No number of a table is lost: each is a figure, or told as not read.


LABELS = st.sampled_from(["北区", "南区", "东区", "其中：民办", "合计", 500102, None])
NUMBERS = st.sampled_from([1, 2, 3, 5, 77, 2020, 2021, 1803.5, "3.62万", "约120", "—", "无", None])
HEADS = st.sampled_from(["在园幼儿数", "教师", "比上年增减", "2021年"])


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    head = ["区县", *(draw(HEADS) for _column in range(width))]
    rows = [["北区", *(draw(st.integers(3, 9)) for _column in range(width))]]
    rows += draw(st.lists(st.tuples(LABELS, *[NUMBERS] * width).map(list), min_size=0, max_size=6))
    at = draw(st.integers(0, len(rows) - 1))
    rows[0], rows[at] = rows[at], rows[0]
    return [head, *rows]


# The first draw may be slow where other tests run beside.
@example(
    [
        ["区县", "在园", "在园"],
        ["北区", 3, 3],
        ["北区", None, None],
        ["北区", "无", "无"],
        ["北区", 1, 1],
    ]
)
@given(tables())
def test_every_cell_below_the_head_and_right_of_the_labels_is_a_figure_or_told(rows):
    page = sheet(*rows)
    found = crosstabs_of(page)
    told = {cell_address(one.row, one.column) for table in found for one in table.figures}
    told |= {cell for table in found for cell in table.unread}
    first = min(number for number, row in enumerate(rows, start=1) if number > 1 and _begins(row))
    expected = {
        cell_address(row.number, at + 1)
        for row in page.rows
        if row.number >= first
        for at, cell in enumerate(row.cells)
        if at > 0 and cell.kind != "blank"
    }
    assert expected - told == set()


def _begins(row):
    """Whether the row can be no head: a figure that is no year, or any behind a name."""
    label, *cells = row
    figures = [one for one in cells if one is not None and one != "无"]
    return any(str(one) not in ("2020", "2021", "—") for one in figures) or bool(
        label is not None and figures
    )
