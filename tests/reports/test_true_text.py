"""A report never says more of a figure than the pages do."""

import pytest

from indicators.recording.binding import bind_figure
from indicators.recording.report import save_paragraph
from indicators.reports.reading import read_report
from tests.cast import YEAR, enter_approved, make_indicator, make_target


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
