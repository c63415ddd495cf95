"""The numbers of an edition's outputs are held against the figures that they were bound to."""

import pytest

from indicators.figures.text_check import check_text
from indicators.models import ReportAct
from indicators.number_check.text_files import text_of_file
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, save_paragraph
from indicators.reports.content import content_of
from indicators.reports.outputs import written_out
from tests.cast import YEAR, enter_approved

COURSE = {YEAR - 3: "700亿元", YEAR - 2: "758.71亿元", YEAR - 1: "780亿元"}


@pytest.fixture
def course(report, city, money):
    """The years before, so that the annex has a chart."""
    for year, text in COURSE.items():
        enter_approved(money, city, text, year=year)


@pytest.fixture
def edition(report, city_officer, city_lead, supervisor):
    text = report.paragraphs.get(position=2)
    said = {"level": 0, "heading": "", "text": "全市教育经费{F1}。"}
    save_paragraph(text, actor=city_officer, version=1, **said)
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    approved = act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
    return freeze(
        approved,
        actor=supervisor,
        version=approved.version,
        content_of=lambda held: content_of(held, supervisor),
    )


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt"])
def test_text_and_list_of_figures_agree(edition, supervisor, city, kind):
    text = text_of_file(written_out(edition, kind))
    checks = check_text(text, supervisor, unit=city.code).checks
    found = [(one.raw, one.verdict) for one in checks if one.verdict != "not_a_figure"]

    assert found == [("805亿元", "agrees")] * 2


@pytest.mark.parametrize("kind", ["docx", "pdf", "txt"])
def test_charts_and_their_numbers_agree_as_well(course, edition, supervisor, city, kind):
    text = text_of_file(written_out(edition, kind))
    checks = check_text(text, supervisor, unit=city.code).checks
    found = [(one.raw, one.verdict) for one in checks]

    for said in (*COURSE.values(), "805亿元"):
        assert (said, "agrees") in found
    assert {verdict for _raw, verdict in found} == {"agrees", "not_a_figure"}
