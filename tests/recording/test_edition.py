"""An edition says for ever what the report said; what has moved since stands beside it."""

import hashlib
import json

import pytest

from indicators.collection import Refusal
from indicators.models import ReportAct
from indicators.recording.binding import bind_figure
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, save_paragraph
from indicators.reports.content import content_of, document_of
from indicators.reports.errata import differences, errata_of, sentences_with
from tests.cast import YEAR, enter_approved


@pytest.fixture
def approved(report, city_lead, supervisor):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    return act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)


def frozen(report, supervisor):
    report.refresh_from_db()
    return freeze(
        report,
        actor=supervisor,
        version=report.version,
        content_of=lambda held: content_of(held, supervisor),
    )


def refused(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value


def test_text_figure_definition_and_unit_are_frozen(approved, supervisor):
    edition = frozen(approved, supervisor)
    content = json.loads(edition.content)

    assert edition.number == 1
    assert edition.digest == hashlib.sha256(edition.content.encode()).hexdigest()
    assert [(one["number"], one["heading"], one["pieces"]) for one in content["paragraphs"]] == [
        ("一、", "情况", []),
        ("", "", ["全市投入", {"figure": "F1"}, "。"]),
    ]
    figure = content["figures"]["F1"]
    assert (figure["text"], figure["value"], figure["unit_of_measure"]) == (
        "805亿元",
        "80500000000",
        "yuan",
    )
    assert figure["unit"] == {"code": "500000", "name": "山城"}
    assert (figure["definition"]["version"], figure["definition"]["meaning"]) == (1, "口径")


def test_the_bytes_stay_when_everything_else_moves(approved, supervisor, city, money):
    edition = frozen(approved, supervisor)
    before = document_of(json.loads(edition.content), edition.digest)
    type(money).objects.filter(pk=money.pk).update(name_zh="改名")
    enter_approved(money, city, "806亿元")

    edition.refresh_from_db()

    assert document_of(json.loads(edition.content), edition.digest) == before
    assert before.paragraphs[1].pieces[1].text == "805亿元"


def test_a_correction_stands_in_the_errata(approved, supervisor, city, money):
    edition = frozen(approved, supervisor)
    assert errata_of(edition, supervisor) == []

    enter_approved(money, city, "806亿元")
    (one,) = errata_of(edition, supervisor)

    assert (one.short_id, one.name, one.old, one.new) == ("F1", "教育经费", "805亿元", "806亿元")
    assert one.reasons == ["更正"]
    assert one.sentences == ["全市投入805亿元。"]


def test_what_is_not_approved_is_not_frozen(
    report, city, money, city_officer, city_lead, supervisor
):
    later = bind_figure(
        report, actor=city_officer, indicator=money, unit=city, year=YEAR + 1, form="value"
    )
    save_paragraph(
        report.paragraphs.get(position=2),
        actor=city_officer,
        version=1,
        level=0,
        heading="",
        text=f"{later.mark}。",
    )
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)

    refusal = refused(lambda: frozen(report, supervisor))

    assert (refusal.code, refusal.params["names"]) == ("figures_not_approved", "{F2} 教育经费")
    assert not report.editions.exists()


def test_only_an_approved_report_is_frozen_by_a_supervisor(report, city_officer, supervisor):
    assert refused(lambda: frozen(report, city_officer)).code == "not_your_act"
    assert refused(lambda: frozen(report, supervisor)).code == "report_not_in_this_state"


def test_nothing_new_is_no_edition(approved, supervisor):
    frozen(approved, supervisor)

    assert refused(lambda: frozen(approved, supervisor)).code == "edition_same"


def test_two_editions_are_compared_figure_by_figure(
    approved, supervisor, city, money, city_officer, city_lead
):
    old = frozen(approved, supervisor)
    enter_approved(money, city, "806亿元")
    new = frozen(approved, supervisor)

    (one,) = differences(old, new)

    assert (new.number, one.short_id, one.old, one.new) == (2, "F1", "805亿元", "806亿元")


def test_a_figure_named_twice_has_two_ids_in_the_document(report, city_officer, supervisor):
    save_paragraph(
        report.paragraphs.get(position=2),
        actor=city_officer,
        version=1,
        level=0,
        heading="",
        text="共{F1}，即{F1}。",
    )

    document = document_of(content_of(report, supervisor), "x")

    assert [figure.id for figure in document.figures] == ["F1", "F1n2"]


def test_sentences_end_at_their_sign():
    content = {
        "figures": {"F1": {"text": "3%"}, "F2": {"text": "4%"}},
        "paragraphs": [
            {"pieces": ["先。增长", {"figure": "F1"}, "；又", {"figure": "F2"}, "！末"]},
            {"pieces": ["再", {"figure": "F1"}]},
        ],
    }

    assert sentences_with(content, "F1") == ["增长3%；", "再3%"]
    assert sentences_with(content, "F2") == ["又4%！"]
