"""Duties to report go along when a unit becomes another, as memberships and running rounds do."""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import (
    Achievement,
    Edition,
    Indicator,
    Jurisdiction,
    Measure,
    Problem,
    Report,
    ReportAct,
    Submission,
    User,
)
from indicators.models.report import Level
from indicators.recording.achievement import edit_achievement
from indicators.recording.edition import freeze
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.measure import add_measure, pass_down
from indicators.recording.problem import raise_problem, start
from indicators.recording.report import Draft, act_on_report, begin_report
from indicators.recording.submission import approve, submit
from indicators.reports.content import content_of
from indicators.reports.errata import errata_of
from indicators.reports.reading import read_report
from tests.achievement_cast import add, said
from tests.cast import YEAR, enter, enter_approved
from tests.recording.test_jurisdiction_change import asked_for
from tests.report_cast import bound
from tests.round_cast import days, fresh, make_round


def renamed(north, editor):
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    return Jurisdiction.objects.get(code="500188")


def merged(north, editor):
    units = [north, Jurisdiction.objects.get(code="500102")]
    merger = asked_for("merge", units, ("500188", "新区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")
    return Jurisdiction.objects.get(code="500188")


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def measure(city, children, supervisor):
    problem = raise_problem(
        Problem(jurisdiction=city, duty_area=children.duty_area, title="学位不足", year=YEAR),
        actor=supervisor,
    )
    return add_measure(
        problem, Measure(title="扩建", unit=city), actor=supervisor, version=problem.version
    )


def passed(measure, supervisor, units):
    version = Problem.objects.get().version
    due = timezone.localdate() + days(5)
    return pass_down(measure, units, actor=supervisor, version=version, due_on=due)


@pytest.mark.parametrize("act", [renamed, merged])
def test_a_task_that_is_not_answered_still_holds_the_submission(
    client, measure, city, north, south, children, supervisor, officer, lead, editor, act
):
    (task,) = passed(measure, supervisor, [north])
    make_round(city, supervisor, [children], [north, south])
    new = act(north, editor)
    enter(children, new, "5", actor=again(officer))
    answer = Submission.objects.asked().get(jurisdiction=new)

    with pytest.raises(Refusal) as refused:
        submit(answer, actor=again(lead), version=fresh(answer).version)
    assert refused.value.code == "tasks_unanswered"
    client.force_login(again(lead))
    assert client.get(f"/entry/500188/{YEAR}/").context["page"].unanswered == [task]

    start(task, actor=again(officer), version=task.version, reason="已开工")
    submit(answer, actor=again(lead), version=fresh(answer).version)


def test_the_unit_is_not_given_the_same_task_once_more(measure, north, south, supervisor, editor):
    passed(measure, supervisor, [north])
    new = renamed(north, editor)

    assert [one.unit for one in passed(measure, supervisor, [new, south])] == [south]


def test_the_report_of_the_year_is_the_new_unit_s_with_its_heading(north, officer, editor):
    before = begin_report(north, YEAR - 1, actor=officer, title="北区上年自评报告")
    report = begin_report(north, YEAR, actor=officer, title="北区自评报告")
    new = renamed(north, editor)

    report.refresh_from_db()
    assert (report.jurisdiction, report.title, report.state) == (new, "新区自评报告", "draft")
    begins = {"actor": again(officer), "title": "又一份"}
    with pytest.raises(Refusal) as refused:
        begin_report(new, YEAR, **begins)
    assert refused.value.code == "report_exists"
    # Of the year before, the unit was another.
    before.refresh_from_db()
    assert (before.jurisdiction, before.title) == (north, "北区上年自评报告")


def test_the_history_of_the_report_says_that_it_went_along_and_from_whom(
    client, north, officer, editor
):
    report = begin_report(north, YEAR, actor=officer, title="北区自评报告")
    before = begin_report(north, YEAR - 1, actor=officer, title="北区上年自评报告")
    renamed(north, editor)

    moved = report.events.get(act="carry")
    assert (moved.from_state, moved.to_state) == ("draft", "draft")
    assert (moved.change.actor, moved.change.reason) == (editor, "更名")
    assert moved.units == "北区 → 新区"
    assert not before.events.filter(act="carry").exists()
    client.force_login(again(officer))
    page = client.get(report.get_absolute_url()).content.decode()
    assert "北区 → 新区: 更名" in " ".join(page.replace("：", ": ").split())


def test_after_a_merger_the_report_stays_with_the_unit_that_wrote_it(north, south, officer, editor):
    report = begin_report(north, YEAR, actor=officer, title="北区自评报告")
    merged(north, editor)

    report.refresh_from_db()
    assert report.jurisdiction == north


@pytest.fixture
def edition(north, officer, lead, supervisor, children):
    """`学生100人，比上年增加…，上年80人。`, frozen under the old name."""
    enter_approved(children, north, "80", year=YEAR - 1)
    enter_approved(children, north, "100")
    report = begin_report(
        north,
        YEAR,
        actor=officer,
        title="北区自评报告",
        drafts=[Draft(Level.TEXT, text="学生{F1}，比上年{F2}，上年{F3}。")],
        figures=[
            bound(children, north, 1),
            bound(children, north, 2, form="change"),
            bound(children, north, 3, year=YEAR - 1),
        ],
    )
    act_on_report(report, ReportAct.SUBMIT, actor=lead, version=1)
    act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
    given = {"actor": supervisor, "version": 3}
    return freeze(report, **given, content_of=lambda held: content_of(held, supervisor))


def says(report, user):
    (written,) = read_report(report, user).paragraphs
    return [piece if isinstance(piece, str) else piece.text for piece in written.pieces]


def test_an_edition_stays_as_it_is_and_no_error_is_found_in_it(
    edition, north, supervisor, rename_north
):
    said = says(edition.report, supervisor)
    assert said[1:6:4] == ["100人", "80人"]
    assert "25" in said[3]
    content = edition.content
    new = rename_north()

    edition.refresh_from_db()
    assert edition.content == content
    again_read = Report.objects.get()
    assert says(again_read, again(supervisor)) == said
    assert errata_of(Edition.objects.get(), again(supervisor)) == []
    assert [one.jurisdiction for one in again_read.figures.all()] == [new, new, north]


def test_a_report_of_the_level_above_names_the_new_unit_s_figure(
    city, north, city_officer, children, rename_north
):
    enter_approved(children, north, "100")
    report = begin_report(
        city, YEAR, actor=city_officer, title="山城报告", figures=[bound(children, north)]
    )
    new = rename_north()

    assert report.figures.get().jurisdiction == new


def test_an_act_that_waited_for_the_rename_does_not_take_the_report_back(
    north, children, officer, lead, editor
):
    """The lead's request had read the report before."""
    enter(children, north, "50")
    drafts = [Draft(Level.CHAPTER, "情况"), Draft(Level.TEXT, text="x{F1}。")]
    figures = [bound(children, north, 1)]
    begin_report(north, YEAR, actor=officer, title="北区报告", drafts=drafts, figures=figures)
    read = Report.objects.select_related("jurisdiction").get()
    new = renamed(north, editor)
    with pytest.raises(Refusal) as refused:
        act_on_report(read, ReportAct.SUBMIT, actor=lead, version=read.version)
    assert refused.value.code == "report_moved"
    assert Report.objects.get().jurisdiction == new


@pytest.mark.parametrize("change", [renamed, merged])
def test_achievements_of_the_year_go_along_and_are_submitted_by_the_next_unit(
    change, of_north, north, south, officer, lead, supervisor, editor, area
):
    draft = add(north, officer, area)
    before = Achievement.objects.create(
        code="C201900001", jurisdiction=north, duty_area=area, evaluation_year=YEAR - 2
    )
    new = change(north, editor)

    edit_achievement(draft, said(title="改过"), actor=again(officer), version=1)
    answer = Submission.objects.asked().get(jurisdiction=new)
    for one in Indicator.objects.filter(code__in=("children", "children_public")):
        enter(one, new, "60", actor=again(officer))
    sent = submit(answer, actor=again(lead), version=fresh(answer).version)
    approve(sent, actor=supervisor, version=sent.version)
    draft.refresh_from_db()
    assert (draft.jurisdiction, draft.version, draft.approved_version) == (new, 2, 2)
    before.refresh_from_db()
    assert before.jurisdiction == north
