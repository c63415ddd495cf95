"""Closing a round freezes what is approved; what comes after it needs a reopening."""

import pytest
from django.db import DatabaseError, transaction

from indicators.recording.round import close_round
from indicators.recording.submission import approve, reopen, submit
from tests.cast import enter
from tests.recording.test_submission import refused, stands, today
from tests.round_cast import fresh


def test_closing_freezes_what_is_approved(approved, children, north, officer, supervisor):
    close_round(approved.round, actor=supervisor, version=approved.round.version, reason="到期")

    assert fresh(approved).state == "frozen"
    assert refused(enter, children, north, "1", actor=officer) == "approved_locked"


def test_a_round_is_not_closed_over_a_submission_that_waits(submitted, supervisor):
    asked = submitted.round
    assert refused(close_round, asked, actor=supervisor, version=asked.version) == "reviews_wait"


def test_what_was_reopened_after_the_closing_is_frozen_when_approved(
    approved, children, north, officer, lead, supervisor
):
    close_round(approved.round, actor=supervisor, version=approved.round.version, reason="到期")
    frozen = fresh(approved)
    opened = reopen(
        frozen,
        actor=supervisor,
        version=frozen.version,
        reason="勘误",
        until=today(),
        figures={"children": "录入错误"},
    )
    enter(children, north, "110", actor=officer)
    again = submit(opened, actor=lead, version=opened.version)
    assert approve(again, actor=supervisor, version=again.version).state == "frozen"
    assert stands(children, north) == [110, 110]


def test_nothing_of_a_submissions_history_is_changed(submitted):
    event = submitted.events.first()
    for write in (event.delete, lambda: submitted.events.update(until=None)):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()
