"""The numbers of an edition's outputs are held against the figures that they were bound to."""

import pytest

from indicators.figures.text_check import check_text
from indicators.models import ReportAct
from indicators.number_check.text_files import text_of_file
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report
from indicators.reports.content import content_of
from indicators.reports.outputs import written_out


@pytest.fixture
def edition(report, city_lead, supervisor):
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
    found = [(one.raw, one.verdict) for one in checks if one.figures]

    assert ("805亿元", "agrees") in found
    assert {verdict for _raw, verdict in found} == {"agrees"}
