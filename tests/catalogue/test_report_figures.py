"""Every number of the report is a figure of the seeds, or is known to be none.

The report is not part of the project (`tests.city_report`).
"""

from decimal import Decimal
from pathlib import Path

import pytest

from indicators.measures.quantities import read_quantity
from tests.catalogue.files import SEEDS, all_rows, rows
from tests.catalogue.number_walk import NonFigure, numbers, unaccounted
from tests.measures.shipped import UNITS

HERE = Path(__file__).parent

# Without the report a warning is shown, not raised: the rest of the tests must still pass.
pytestmark = pytest.mark.filterwarnings("default:NO ")


@pytest.fixture(scope="module")
def figures():
    return all_rows("figures.csv")


@pytest.fixture(scope="module")
def non_figures():
    return [
        NonFigure(row["pattern"], int(row["offset"]) if row["offset"] else None, row["reason"])
        for row in rows(HERE / "non_figures.csv")
    ]


def offsets_of(figures):
    return {int(row["report_offset"]) for row in figures}


def test_every_number_of_the_report_is_a_figure_or_known_to_be_none(
    city_report, figures, non_figures
):
    assert unaccounted(city_report, offsets_of(figures), non_figures) == []


def test_every_figure_points_into_a_number_of_the_report(city_report, figures):
    found = numbers(city_report)

    astray = [
        row["indicator"]
        for row in figures
        if not any(number.holds(int(row["report_offset"])) for number in found)
    ]

    assert astray == []


def test_every_figure_is_entered_as_the_report_writes_it(city_report, figures):
    def stands_there(row):
        at, entered = int(row["report_offset"]), row["as_entered"]
        return city_report.find(entered, max(0, at - len(entered) + 1), at + len(entered)) >= 0

    assert [row["indicator"] for row in figures if not stands_there(row)] == []


def test_no_figure_is_on_the_list_of_non_figures(city_report, figures, non_figures):
    offsets = offsets_of(figures)

    both = [
        number.text
        for number in numbers(city_report)
        if any(number.holds(offset) for offset in offsets)
        and any(entry.covers(city_report, number) for entry in non_figures)
    ]

    assert both == []


def test_the_list_of_non_figures_holds_nothing_superfluous(city_report, non_figures):
    found = numbers(city_report)

    unused = [
        entry.reason
        for entry in non_figures
        if not any(entry.covers(city_report, number) for number in found)
    ]

    assert unused == []
    assert all(entry.reason for entry in non_figures)


def test_a_figure_taken_out_of_the_seeds_is_noticed(city_report, figures, non_figures):
    offsets = offsets_of(figures)

    for offset in sorted(offsets):
        missing = unaccounted(city_report, offsets - {offset}, non_figures)

        assert [number.holds(offset) for number in missing] == [True]


@pytest.mark.parametrize(
    "planted", ["新增3所。", "增长０.５％。", "位居第七。", "共十二所。", "实现全覆盖。"]
)
def test_a_number_added_to_the_report_is_noticed(city_report, figures, non_figures, planted):
    missing = unaccounted(city_report + planted, offsets_of(figures), non_figures)

    assert len(missing) == 1
    assert missing[0].start >= len(city_report)


def test_no_run_of_words_of_the_report_stands_in_the_seeds(city_report):
    longest_name = 14
    taken = {city_report[i : i + longest_name] for i in range(len(city_report) - longest_name + 1)}

    copied = [
        (path.name, cell)
        for path in sorted(SEEDS.rglob("*.csv"))
        for row in rows(path)
        for cell in row.values()
        if any(cell[i : i + longest_name] in taken for i in range(len(cell) - longest_name + 1))
    ]

    assert copied == []


def test_there_is_one_row_for_each_figure_of_the_checked_list(figures, checked_list):
    assert sorted(row["indicator"] for row in figures) == sorted(checked_list)
    assert len(figures) == len(checked_list) == 63


@pytest.mark.parametrize("column", ["value", "unit", "period_from", "period_basis"])
def test_figures_agree_with_the_checked_list(figures, checked_list, column):
    ours = {row["indicator"]: row[column] for row in figures}

    assert ours == {code: row[column] for code, row in checked_list.items()}


def test_qualifiers_agree_with_the_checked_list(figures, checked_list):
    """The list calls 余 more than as well."""
    ours = {row["indicator"]: row["qualifier"].replace("remainder", "more_than") for row in figures}

    assert ours == {code: row["qualifier"] for code, row in checked_list.items()}


def test_years_and_periods_agree_with_the_checked_list(figures, checked_list):
    for row in figures:
        checked = checked_list[row["indicator"]]
        assert row["year"] == checked["period_to"]
        assert checked["period_kind"] in (row["period_kind"], "change")
        assert row["part_of_year"] == ("yes" if "今年以来" in checked["note"] else "no") or (
            checked["change_of"] == "graduates_placed"
        )


def test_the_value_is_what_is_read_from_the_text_entered(figures):
    for row in figures:
        if row["statement"]:
            assert row["value"] == ""
            continue
        quantity = read_quantity(row["as_entered"], UNITS[row["unit"]])
        assert (row["indicator"], quantity.number) == (row["indicator"], Decimal(row["value"]))
        assert quantity.qualifier == row["qualifier"]


def test_the_walk_finds_numbers_however_they_are_written():
    text = "３．６２万个，42余万人次，1,234人，百分之五，第十二，一百零五，全面达标"

    assert [number.text for number in numbers(text)] == [
        "３．６２万",
        "42余万",
        "1,234",
        "百",
        "五",
        "第十二",
        "一百零五",
        "全面达标",
    ]
