"""Approved figures are opened by a reopening, in a round or without one, and by nothing else."""

import datetime
import threading
from contextlib import suppress
from decimal import Decimal as D

import pytest
from django.db import connection
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import (
    Change,
    Correction,
)
from indicators.recording import reopening
from indicators.recording.reopening import (
    approve_year,
    digest_of_versions,
    reopen_figures,
    waiting_for_approval,
)
from indicators.recording.submission import approve, reopen, return_submission, submit
from tests.cast import YEAR, enter, make_indicator, result
from tests.recording.promises import (
    corrections,
    refused,
    says,
    today,
)
from tests.round_cast import days, fresh, make_round

# --- Years without a round ------------------------------------------------------------------------


def test_an_approved_year_without_a_round_is_locked(published, children, north, officer):
    assert refused(enter, children, north, "1", actor=officer).code == "approved_locked"


def test_a_supervisor_reopens_a_figure_and_approves_the_year_in_one_act(
    published, children, children_public, city, north, officer, supervisor, another_supervisor
):
    reopen_figures(north, YEAR, [children], actor=supervisor, reason="更正", until=today())
    enter(children, north, "80", actor=officer)

    assert result(children, north).number == 80
    assert says(children, city)[0] == 100
    locked = refused(enter, children_public, north, "1", actor=officer)
    assert locked.code == "approved_locked"

    assert approve_year(north, YEAR, actor=another_supervisor, reason="无误") == 1
    assert says(children, city)[0] == 120
    assert ("children", "山城", YEAR, D(100), D(120)) in corrections()
    assert refused(enter, children, north, "1", actor=officer).code == "approved_locked"


def test_a_reopening_ends_with_its_day(published, children, north, officer, supervisor):
    yesterday = today() - days(1)
    code = refused(
        reopen_figures, north, YEAR, [children], actor=supervisor, reason="x", until=yesterday
    ).code
    assert code == "day_passed"

    made = reopen_figures(north, YEAR, [children], actor=supervisor, reason="x", until=today())
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    assert made[0].until < timezone.localdate(tomorrow)


def test_who_may_not_reopen_or_approve_a_year_is_told_why(
    published, children, share, north, officer, supervisor
):
    def code(actor, figures, reason="x"):
        return refused(
            reopen_figures, north, YEAR, figures, actor=actor, reason=reason, until=today()
        ).code

    assert code(officer, [children]) == "not_a_supervisor"
    assert code(supervisor, [children], " ") == "act_reason_missing"
    assert code(supervisor, []) == "nothing_chosen"
    assert code(supervisor, [share]) == "computed_not_returned"
    assert code(supervisor, [make_indicator("other")]) == "not_approved_yet"
    assert refused(approve_year, north, YEAR, actor=supervisor).code == "nothing_to_approve"
    assert refused(approve_year, north, YEAR, actor=officer).code == "not_a_supervisor"


def test_nobody_approves_a_year_that_they_entered(children, north, city, supervisor):
    supervisor.memberships.create(jurisdiction=north, role="officer")
    fresh_one = type(supervisor).objects.get(pk=supervisor.pk)
    enter(children, north, "5", actor=fresh_one)

    assert refused(approve_year, north, YEAR, actor=fresh_one).code == "entered_it_yourself"


# --- Rounds ---------------------------------------------------------------------------------------


def reopened_for(submission, supervisor, code):
    submission = fresh(submission)
    return reopen(
        submission,
        actor=supervisor,
        version=submission.version,
        reason="x",
        until=today() + days(1),
        figures={code: "x"},
    )


def test_a_draft_left_from_one_reopening_does_not_go_with_another(
    reopened, children, children_public, north, officer, lead, supervisor
):
    enter(children, north, "999", actor=officer)
    other = reopened_for(reopened, supervisor, "children_public")
    enter(children_public, north, "61", actor=officer)
    again = submit(other, actor=lead, version=fresh(other).version)
    approve(again, actor=supervisor, version=again.version)

    assert says(children_public, north)[0] == 61
    assert says(children, north)[0] == 100
    assert result(children, north).number == 100


def test_a_return_opens_no_approved_figure_that_was_not_reopened(
    reopened, children, north, officer, lead, supervisor
):
    enter(children, north, "101", actor=officer)
    again = submit(reopened, actor=lead, version=fresh(reopened).version)

    def back(code):
        now = fresh(again)
        return return_submission(
            now, actor=supervisor, version=now.version, reason="x", figures={code: "x"}
        )

    assert refused(back, "children_public").code == "approved_not_returned"
    assert back("children").state == "returned"
    enter(children, north, "102", actor=officer)


def test_an_approval_after_a_reopening_leaves_corrections_of_all_that_moved(
    corrected, children, north, supervisor
):
    assert corrections() == [
        ("children", "北区", YEAR, D(100), D(130)),
        ("share", "北区", YEAR, D(60), D("46.1538")),
    ]
    assert Change.objects.filter(corrections__isnull=False).distinct().count() == 1


def test_a_partial_sum_grows_by_approvals_without_a_correction(approved, children, city):
    assert result(children, city, tier="approved").missing_units
    assert Correction.objects.count() == 0


def test_a_figure_approved_before_its_round_is_locked_in_it_until_reopened(
    published, children, city, north, officer, supervisor
):
    make_round(city, supervisor, [children], [north])
    assert refused(enter, children, north, "1", actor=officer).code == "approved_locked"

    reopen_figures(north, YEAR, [children], actor=supervisor, reason="x", until=today())
    enter(children, north, "61", actor=officer)
    assert says(children, north)[0] == 60


def test_what_was_entered_and_submitted_in_time_is_approved_after_the_day(
    published,
    children,
    children_public,
    city,
    north,
    south,
    officer,
    lead,
    supervisor,
    another_supervisor,
    monkeypatch,
):
    asked = make_round(city, supervisor, [children, children_public], [city, north, south])
    reopen_figures(north, YEAR, [children], actor=supervisor, reason="更正", until=today())
    enter(children, north, "80", actor=officer)
    one = asked.submissions.select_related("round").get(jurisdiction=north)
    one = submit(one, actor=lead, version=fresh(one).version)

    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    approve(one, actor=another_supervisor, version=one.version)
    assert (result(children, north).number, says(children, north)[0]) == (80, 80)


@pytest.mark.django_db(transaction=True)
def test_a_year_is_approved_as_it_was_seen(request, monkeypatch):
    """Somebody saves while it is approved: that waits until the approval is done."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    north, children, officer, supervisor = (
        request.getfixturevalue(name) for name in ("north", "children", "officer", "supervisor")
    )
    enter(children, north, "100", actor=officer)
    seen = digest_of_versions(waiting_for_approval(north, YEAR))
    took = reopening.digest_of_versions
    savers = []

    def save():
        try:
            with suppress(Refusal):  # by then it is approved
                enter(children, north, "999", actor=officer)
        finally:
            connection.close()

    def meanwhile(values, achievements):
        found = took(values, achievements)
        savers.append(threading.Thread(target=save))
        savers[0].start()
        savers[0].join(2)
        return found

    monkeypatch.setattr(reopening, "digest_of_versions", meanwhile)
    approve_year(north, YEAR, actor=supervisor, reason="已核实", seen=seen)
    savers[0].join()
    assert says(children, north)[0] == 100
