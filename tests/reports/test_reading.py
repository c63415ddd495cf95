"""A report as it reads: figures in the text, and what speaks against them."""

import pytest

from indicators.models import Report
from indicators.recording.binding import bind_figure
from indicators.recording.report import save_paragraph
from indicators.reports.reading import read_report
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_target


def read(report, user):
    """Of the text: how it reads, and the remarks."""
    one = read_report(report, user).paragraphs[1]
    return one.text, [remark for place in one.places for remark in place.written.remarks]


def test_the_approved_figure_stands_in_the_text(report, city_officer):
    assert read(report, city_officer) == ("全市投入805亿元。", [])
    assert read_report(report, city_officer).not_approved == []


def test_a_figure_that_changed_since_is_told(report, city, money, city_officer):
    enter_approved(money, city, "806亿元")

    assert read(report, city_officer) == (
        "全市投入806亿元。",
        ["引用时为 805亿元。"],
    )


def test_a_figure_that_is_only_reported_is_told(report, city, money, city_officer):
    text = report.paragraphs.get(position=2)
    later = bind_figure(
        report, actor=city_officer, indicator=money, unit=city, year=YEAR + 1, form="value"
    )
    enter(money, city, "900亿元", year=YEAR + 1, actor=city_officer)
    save_paragraph(
        text, actor=city_officer, version=1, level=0, heading="", text=f"明年{later.mark}。"
    )

    found = read_report(report, city_officer)

    assert read(report, city_officer) == ("明年900亿元。", ["尚未审核通过"])
    assert [place.bound for place in found.not_approved] == [later]


def test_a_figure_that_nobody_has_is_told(report, city, money, city_officer):
    bind_figure(report, actor=city_officer, indicator=money, unit=city, year=YEAR - 5, form="value")
    save_paragraph(
        report.paragraphs.get(position=2),
        actor=city_officer,
        version=1,
        level=0,
        heading="",
        text="以前{F2}，还有{F3}。",
    )

    text, remarks = read(report, city_officer)

    assert text == "以前（暂缺），还有{F3}。"
    assert len(remarks) == 1
    assert read_report(report, city_officer).paragraphs[1].unknown == ["{F3}"]


@pytest.mark.parametrize(
    ("form", "fields", "said"),
    [
        ("value", {"decimals": 2}, "805.00亿元"),
        ("value", {"decimals": 0}, "805亿元"),
        ("change", {}, "增长6.1%"),
        ("change", {"decimals": 3}, "增长6.101%"),
        ("change", {"base_year": YEAR - 2}, "下降10.56%"),
        ("change", {"base_year": YEAR - 3}, "（暂缺）"),
    ],
)
def test_form_and_decimals_are_set_at_the_place(
    report, city, money, city_officer, form, fields, said
):
    enter_approved(money, city, "758.71亿元", year=YEAR - 1)
    enter_approved(money, city, "900亿元", year=YEAR - 2)
    found = bind_figure(
        report, actor=city_officer, indicator=money, unit=city, year=YEAR, form=form, **fields
    )

    assert read_report(report, city_officer).figures[found.number].text == said


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("city_officer", True),
        ("supervisor", True),
        ("auditor", True),
        ("officer", False),
        ("editor", False),
        ("administrator", False),
        ("superuser", False),
    ],
)
def test_the_city_s_report_is_seen_by_the_city_s_people(request, report, person, sees):
    seen = Report.objects.for_user(request.getfixturevalue(person))

    assert (report in seen) is sees


# A report never says more of a figure than the pages do.


def reading(report, actor, indicator, unit, **more):
    """How the text reads with the figure bound, and the figures told as not approved."""
    bound = bind_figure(
        report, actor=actor, indicator=indicator, unit=unit, year=YEAR, form="value", **more
    )
    text = report.paragraphs.get(position=2)
    save_paragraph(text, actor=actor, version=1, level=0, heading="", text=f"达到{bound.mark}。")
    read = read_report(report, actor)
    return read.paragraphs[1].text, [one.bound.number for one in read.not_approved], bound.number


@pytest.mark.parametrize(
    "chosen",
    [{}, {"decimals": 0}, {"decimals": 2}],
    ids=["none", "whole", "two decimals"],
)
def test_rounding_hides_no_miss(
    report, city, city_officer, north, south, children, children_public, chosen
):
    """49 996 of 100 000 miss a target of 50 %. It reads 49.996%, as on all pages, and not 50.00%,
    which is the target."""
    share = make_indicator(
        "covered",
        formula="children_public / children * 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        decimals=2,
    )
    make_target(share, "ge", 50)
    for unit in (north, south):
        enter_approved(children, unit, "50000")
        enter_approved(children_public, unit, "24998")

    text = reading(report, city_officer, share, city, **chosen)[0]
    assert text == "达到49.996%。"


def test_a_part_of_a_sum_is_not_taken_for_an_approved_figure(
    report, city, city_officer, north, south, children
):
    """One of two districts is approved. The figure is told as none that an approved value
    stands behind; it counted as one, and an edition froze it so."""
    enter_approved(children, north, "5555")

    text, not_approved, number = reading(report, city_officer, children, city)
    assert "1 / 2" in text or number in not_approved
