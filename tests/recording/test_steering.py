"""A round can be steered: closed with what it leaves out, reopened, withdrawn, asked otherwise."""

import pytest
from django.utils import timezone

from indicators.models import Notice, Round, Submission, SubmissionEvent
from indicators.recording.round import (
    close_round,
    delete_round,
    left_out,
    reopen_round,
    save_round,
    withdraw_round,
)
from indicators.recording.submission import approve, extend, submit
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user, result
from tests.recording.test_submission import refused, today
from tests.round_cast import days, fresh, make_round


def seen(asked):
    return Round.objects.get(pk=asked.pk)


def closed(asked, supervisor, reason="到期"):
    return close_round(asked, actor=supervisor, version=seen(asked).version, reason=reason)


def asking(asked, supervisor, *, indicators=None, units=None):
    now = seen(asked)
    return save_round(
        now,
        actor=supervisor,
        version=now.version,
        indicators=list(asked.indicators.all()) if indicators is None else indicators,
        jurisdictions=list(asked.jurisdictions.all()) if units is None else units,
    )


# --- Closing and reopening ------------------------------------------------------------------------


def test_closing_says_what_it_leaves_out(asked, approved, south, officer, supervisor, children):
    other = make_user("south_officer", "officer", south)
    enter(children, south, "5", actor=other)
    of_south = asked.submissions.get(jurisdiction=south)
    extend(
        of_south,
        actor=supervisor,
        version=fresh(of_south).version,
        reason="x",
        until=today() + days(1),
    )
    found = left_out(asked)

    def names(some):
        return [one.jurisdiction.name_zh for one in some]

    assert (names(found.not_begun), names(found.drafts)) == (["山城"], ["南区"])
    assert (names(found.reopened), names(found.extended)) == ([], ["南区"])


def test_closing_over_units_that_are_not_approved_needs_a_reason(asked, approved, supervisor):
    code = refused(close_round, asked, actor=supervisor, version=asked.version)
    assert code == "close_reason_missing"

    closed(asked, supervisor)
    assert SubmissionEvent.objects.get(act="freeze").change.reason == "到期"


def test_a_closed_round_is_reopened_with_a_reason(asked, approved, children, south, supervisor):
    closed(asked, supervisor)
    now = seen(asked)
    without = refused(reopen_round, now, actor=supervisor, version=now.version, reason=" ")
    assert without == "act_reason_missing"

    again = reopen_round(now, actor=supervisor, version=now.version, reason="补报")
    assert again.is_open
    assert fresh(approved).state == "approved"
    enter(children, south, "5", actor=make_user("south_officer", "officer", south))


def test_an_extension_after_closing_lets_the_unit_enter_and_submit(
    asked, approved, south, children, children_public, supervisor
):
    closed(asked, supervisor)
    officer, lead = (make_user(f"south_{role}", role, south) for role in ("officer", "lead"))
    assert refused(enter, children, south, "5", actor=officer) == "round_closed"
    of_south = fresh(asked.submissions.get(jurisdiction=south))
    extend(
        of_south, actor=supervisor, version=of_south.version, reason="x", until=today() + days(1)
    )
    enter(children, south, "5", actor=officer)
    enter(children_public, south, "4", actor=officer)
    sent = submit(of_south, actor=lead, version=fresh(of_south).version)

    assert approve(sent, actor=supervisor, version=sent.version).state == "frozen"


# --- Deleting and withdrawing ---------------------------------------------------------------------


def test_a_plan_is_deleted_and_an_opened_round_is_not(asked, city, north, supervisor, children):
    plan = make_round(city, supervisor, [children], [north], opened=False, evaluation_year=YEAR - 1)
    delete_round(plan, actor=supervisor, version=plan.version)
    assert not Round.objects.filter(pk=plan.pk).exists()

    code = refused(delete_round, asked, actor=supervisor, version=asked.version)
    assert code == "round_not_planned"


def test_a_round_to_which_nobody_has_submitted_is_withdrawn_and_drafts_are_kept(
    asked, children, north, officer, supervisor, city
):
    draft = enter(children, north, "7", actor=officer)
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="误开")

    assert list(Round.objects.for_user(supervisor)) == []
    assert list(Submission.objects.for_user(officer)) == []
    draft.refresh_from_db()
    assert (draft.number, draft.version) == (7, 1)
    enter(children, north, "7", actor=officer)
    assert result(children, north).number == 7
    draft.refresh_from_db()
    assert draft.version == 1

    another = make_round(city, supervisor, [children], [north])
    assert another.is_open


def test_a_round_to_which_somebody_has_submitted_is_not_withdrawn(submitted, supervisor):
    asked = submitted.round
    code = refused(withdraw_round, asked, actor=supervisor, version=asked.version, reason="误开")
    assert code == "round_has_submissions"


# --- Asking otherwise -----------------------------------------------------------------------------


@pytest.fixture
def teachers(db):
    return make_indicator("teachers")


def test_figures_asked_later_are_open_to_those_that_have_submitted_and_only_they(
    asked, submitted, teachers, children, north, officer, lead, supervisor
):
    asking(asked, supervisor, indicators=[*asked.indicators.all(), teachers])

    back = fresh(submitted)
    assert back.state == "returned"
    assert refused(enter, children, north, "1", actor=officer) == "not_returned"
    enter(teachers, north, "9", actor=officer)
    assert Notice.objects.filter(recipient=lead, kind="added").count() == 1
    assert submit(back, actor=lead, version=fresh(back).version).state == "submitted"


def test_figures_asked_later_of_an_approved_unit_are_entered_as_if_reopened(
    asked, approved, teachers, children, north, officer, supervisor
):
    asking(asked, supervisor, indicators=[*asked.indicators.all(), teachers])

    assert fresh(approved).state == "reopened"
    assert refused(enter, children, north, "1", actor=officer) == "not_reopened"
    enter(teachers, north, "9", actor=officer)


def test_figures_asked_no_longer_are_not_missing(
    asked, of_north, children, children_public, share, north, officer, lead, supervisor
):
    enter(children, north, "100", actor=officer)
    code = refused(submit, of_north, actor=lead, version=fresh(of_north).version)
    assert code == "figures_missing"

    asking(asked, supervisor, indicators=[children])
    submit(of_north, actor=lead, version=fresh(of_north).version)


def test_units_are_asked_later_and_let_go(asked, submitted, city, north, south, supervisor):
    east = make_unit("500103", "东区", parent=city)
    asking(asked, supervisor, units=[city, north, east])

    found = Submission.objects.asked().filter(round=asked)
    assert {one.jurisdiction.name_zh for one in found} == {"山城", "北区", "东区"}
    code = refused(asking, asked, supervisor, units=[city, east])
    assert code == "unit_has_submitted"

    asking(asked, supervisor, units=[city, north, south, east])
    assert Submission.objects.asked().filter(round=asked, jurisdiction=south).count() == 1


def test_what_is_not_valid_in_the_year_is_refused_on_saving(city, supervisor, children):
    ended = make_unit("500109", "旧区", parent=city, valid_to=YEAR)
    code = refused(make_round, city, supervisor, [children], [ended], opened=False)
    assert code == "not_in_that_year"


# --- Years to come --------------------------------------------------------------------------------


def test_nobody_enters_a_year_to_come_unless_a_round_is_open_for_it(
    city, north, officer, supervisor, children
):
    coming = timezone.localdate().year + 1
    assert refused(enter, children, north, "1", year=coming, actor=officer) == "year_to_come"

    make_round(city, supervisor, [children], [north], evaluation_year=coming)
    enter(children, north, "1", year=coming, actor=officer)


# --- People who moved -----------------------------------------------------------------------------


def test_who_moved_office_no_longer_sees_what_was_told_about_the_old_one(lead, asked, south):
    assert Notice.objects.for_user(lead).count() == 1
    lead.memberships.update(jurisdiction=south)
    moved = type(lead).objects.get(pk=lead.pk)

    assert Notice.objects.for_user(moved).count() == 0
