"""What the public pages of an edition tell beside what is known by now."""

from indicators.models import ReportAct
from indicators.recording.binding import bind_figure
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, save_paragraph
from indicators.reports.content import content_of
from indicators.reports.site import site_of
from tests.cast import YEAR, enter_approved


def test_a_frozen_change_is_not_published_once_another_base_is_known(
    report, city, city_officer, city_lead, supervisor, children, north, south
):
    """Two districts had 579 in the base year, which nobody is told. The edition says 'grew by
    72.71 %' to the city's own 1000: hidden, until the city states 600 for the base year; then
    72.71 % stands in public, which is wrong by now, and 1000 / 1.7271 is the sum of the two."""
    enter_approved(children, north, "123", year=YEAR - 1)
    enter_approved(children, south, "456", year=YEAR - 1)
    enter_approved(children, city, "1000")
    mark = bind_figure(
        report, actor=city_officer, indicator=children, unit=city, year=YEAR, form="change"
    ).mark
    text = report.paragraphs.get(position=2)
    save_paragraph(
        text, actor=city_officer, version=1, level=0, heading="", text=f"在园幼儿{mark}。"
    )
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
    edition = freeze(
        report,
        actor=supervisor,
        version=3,
        content_of=lambda held: content_of(held, supervisor),
    )
    assert "72.71" not in page(edition)

    enter_approved(children, city, "600", year=YEAR - 1)
    assert "72.71" not in page(edition)


def page(edition):
    everything = b"".join(site_of(edition).values()).decode()
    return everything.replace(edition.digest, "")
