"""Reports are written through the door: versions are kept, and nobody overwrites unseen."""

import threading

import pytest
from django.db import DatabaseError, connection, transaction

from indicators.collection import Refusal
from indicators.models import (
    Edition,
    Paragraph,
    ParagraphComment,
    ParagraphVersion,
    ReportAct,
    ReportEvent,
)
from indicators.recording.binding import bind_figure
from indicators.recording.report import (
    ParagraphMoved,
    act_on_report,
    add_paragraph,
    begin_report,
    comment,
    remove_paragraph,
    save_paragraph,
)
from tests.cast import YEAR


@pytest.fixture
def text(report):
    return report.paragraphs.get(position=2)


def write(paragraph, actor, said, version=1):
    return save_paragraph(paragraph, actor=actor, version=version, level=0, heading="", text=said)


def refused(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


def test_each_writing_is_a_version_with_its_writer(text, city_officer, city_lead):
    write(text, city_officer, "二")
    write(text, city_lead, "三", version=2)

    assert [(one.version, one.text, one.change.actor.username) for one in text.versions.all()] == [
        (1, "全市投入{F1}。", "city_officer"),
        (2, "二", "city_officer"),
        (3, "三", "city_lead"),
    ]


def test_what_says_the_same_is_no_version(text, city_officer):
    write(text, city_officer, "全市投入\n{F1}。")

    assert text.versions.count() == 1


def test_who_writes_over_a_version_not_seen_is_told_of_it(text, city_officer, city_lead):
    write(text, city_lead, "别人写的")

    with pytest.raises(ParagraphMoved) as caught:
        write(text, city_officer, "我写的")

    assert (caught.value.before.text, caught.value.now.text) == ("全市投入{F1}。", "别人写的")
    assert Paragraph.objects.get(pk=text.pk).text == "别人写的"


def test_two_paragraphs_do_not_disturb_each_other(report, text, city_officer, city_lead):
    added = add_paragraph(report, actor=city_lead, after=text, level=0, heading="", text="又")
    write(text, city_officer, "二")
    write(added, city_lead, "又二")

    assert [one.text for one in report.paragraphs.in_order()] == ["", "二", "又二"]


def test_a_paragraph_is_put_where_it_was_asked_for(report, text, city_officer):
    add_paragraph(report, actor=city_officer, after=None, level=1, heading="前言", text="")
    first = report.paragraphs.in_order()[1]
    add_paragraph(report, actor=city_officer, after=first, level=2, heading="做法", text="")

    assert [one.heading for one in report.paragraphs.in_order()] == ["前言", "情况", "做法", ""]


def test_what_is_taken_out_keeps_its_versions(report, text, city_officer):
    remove_paragraph(text, actor=city_officer, version=1)

    assert [one.heading for one in report.paragraphs.in_order()] == ["情况"]
    assert [one.is_removed for one in text.versions.all()] == [False, True]


@pytest.mark.parametrize(
    ("level", "heading", "said", "code"),
    [
        (1, "一", "正文", "chapter_has_no_text"),
        (2, "", "正文", "heading_missing"),
        (0, "标题", "正文", "text_has_no_heading"),
        (4, "标题", "", "unknown_choice"),
        (2, "题" * 201, "", "too_long"),
        (0, "", "\x00", "null_character"),
    ],
)
def test_what_no_paragraph_can_be_is_refused(
    report, text, city_officer, level, heading, said, code
):
    given = {"actor": city_officer, "level": level, "heading": heading, "text": said}

    assert refused(lambda: save_paragraph(text, version=1, **given)) == code
    assert refused(lambda: add_paragraph(report, after=text, **given)) == code


@pytest.mark.parametrize("person", ["supervisor", "auditor", "officer", "editor", "administrator"])
def test_only_the_unit_s_officers_and_leads_write(request, report, text, city, money, person):
    actor = request.getfixturevalue(person)
    given = {"actor": actor, "level": 0, "heading": "", "text": "二"}
    figure = {"indicator": money, "unit": city, "year": YEAR, "form": "value"}

    assert refused(lambda: save_paragraph(text, version=1, **given)) == "not_your_act"
    assert refused(lambda: add_paragraph(report, after=text, **given)) == "not_your_act"
    assert refused(lambda: remove_paragraph(text, actor=actor, version=1)) == "not_your_act"
    assert refused(lambda: bind_figure(report, actor=actor, **figure)) == "not_your_act"
    assert refused(lambda: begin_report(city, YEAR + 1, actor=actor, title="新")) == "not_your_act"


def test_a_unit_has_one_report_a_year(report, city, city_officer):
    again = {"actor": city_officer, "title": "又一份"}

    assert refused(lambda: begin_report(city, YEAR, **again)) == "report_exists"
    assert begin_report(city, YEAR + 1, **again).events.get().act == ReportAct.WRITE


def test_the_same_figure_in_the_same_form_keeps_its_mark(report, city, money, city_officer):
    figure = {"indicator": money, "unit": city, "year": YEAR}
    one = bind_figure(report, actor=city_officer, form="value", **figure)
    other = bind_figure(report, actor=city_officer, form="change", **figure)

    assert (one.mark, other.mark) == ("{F1}", "{F2}")


def test_a_report_goes_its_way(report, text, city_officer, city_lead, supervisor):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
    assert refused(lambda: write(text, city_officer, "二")) == "report_not_in_this_state"

    act_on_report(report, ReportAct.RETURN, actor=supervisor, version=2, reason="补充")
    write(text, city_officer, "二")
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=3)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=4)
    act_on_report(report, ReportAct.REOPEN, actor=supervisor, version=5, reason="更正")

    assert [(one.act, one.to_state, one.change.reason) for one in report.events.all()] == [
        ("write", "draft", ""),
        ("submit", "submitted", ""),
        ("return", "returned", "补充"),
        ("submit", "submitted", ""),
        ("approve", "approved", ""),
        ("reopen", "returned", "更正"),
    ]


def test_a_return_says_why(report, city_lead, supervisor):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)

    def back():
        act_on_report(report, ReportAct.RETURN, actor=supervisor, version=2, reason=" ")

    assert refused(back) == "act_reason_missing"


def test_the_second_of_two_acts_is_told_of_the_first(report, city_lead):
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)

    def again():
        act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)

    assert refused(again) == "report_moved"


def test_nobody_approves_what_they_wrote(report, text, city, supervisor, city_lead):
    supervisor.memberships.create(jurisdiction=city, role="officer")
    both = type(supervisor).objects.get(pk=supervisor.pk)
    write(text, both, "二")
    act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)

    def approve():
        act_on_report(report, ReportAct.APPROVE, actor=both, version=2)

    assert refused(approve) == "wrote_it_yourself"


def test_who_sees_the_report_may_comment_but_the_auditor(request, report, text, supervisor):
    comment(text, actor=supervisor, text=" 数据请核对 ")

    assert text.comments.get().text == "数据请核对"
    assert refused(lambda: comment(text, actor=supervisor, text="  ")) == "remark_empty"
    for person in ("auditor", "officer", "editor"):
        actor = request.getfixturevalue(person)
        assert refused(lambda actor=actor: comment(text, actor=actor, text="看")) == "not_your_act"


def test_what_was_written_cannot_be_changed_around_the_door(report, text, supervisor):
    comment(text, actor=supervisor, text="看")
    change = text.change
    Edition.objects.create(report=report, number=1, content="{}", digest="x", change=change)

    for model in (ParagraphVersion, ReportEvent, ParagraphComment, Edition):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(id=model.objects.first().pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all()._raw_delete("default")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_one_paragraph_at_once_one_is_told(text, city_officer, city_lead):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write at a time")
    told, ready = [], threading.Barrier(2)

    def writing(actor):
        try:
            ready.wait()
            write(text, actor, actor.username)
        except ParagraphMoved as moved:
            told.append((actor.username, moved.now.text))
        finally:
            connection.close()

    threads = [threading.Thread(target=writing, args=[one]) for one in (city_officer, city_lead)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    ((loser, winner),) = told
    assert {loser, winner} == {"city_officer", "city_lead"}
    assert Paragraph.objects.get(pk=text.pk).text == winner


def test_a_district_s_report_names_no_figure_of_others(
    city, north, south, officer, money, children
):
    """Whoever approves it sees the city's sums and the other units; its own people do not."""
    own = begin_report(north, YEAR, actor=officer, title="北区报告")
    figure = {"year": YEAR, "form": "value", "actor": officer}

    for unit, indicator in ((city, children), (city, money), (south, children)):
        assert (
            refused(lambda u=unit, i=indicator: bind_figure(own, unit=u, indicator=i, **figure))
            == "figure_of_others"
        )
    assert bind_figure(own, unit=north, indicator=children, **figure).mark == "{F1}"


def test_a_city_s_report_names_figures_of_its_units(report, north, children, city_officer):
    figure = {"year": YEAR, "form": "value", "actor": city_officer}

    assert bind_figure(report, unit=north, indicator=children, **figure).mark == "{F2}"


def test_a_report_is_of_a_year_in_which_the_unit_exists(city, city_officer):
    early = {"actor": city_officer, "title": "旧"}

    assert refused(lambda: begin_report(city, 1996, **early)) == "jurisdiction_closed"
