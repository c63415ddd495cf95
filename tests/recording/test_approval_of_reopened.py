"""What is approved is what was reopened and sent: one that is over leaves nothing behind."""

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.models import Tier
from indicators.recording import Entry, save_values
from indicators.recording.reopening import approve_year, reopen_figures
from indicators.recording.round import reopen_round, save_round
from indicators.recording.submission import take_back
from tests.cast import YEAR, enter, enter_approved, result
from tests.collection.test_openings import (
    approved_again,
    asked_besides,
    let_days_pass,
    more,
    opened_again,
    returned,
    submitted_again,
)
from tests.recording.test_steering import closed, seen
from tests.recording.test_submission import refused, today
from tests.round_cast import days, fresh

__all__ = ["more"]


@pytest.fixture
def taken_back(reopened, children, north, officer, lead):
    """999 were reported instead of the 100 that are approved, and taken back."""
    enter(children, north, "999", actor=officer)
    one = submitted_again(reopened, lead)
    return take_back(one, actor=lead, version=one.version)


def numbers(indicator, unit):
    return [result(indicator, unit, tier=tier).number for tier in Tier.values]


def test_where_another_figure_is_reopened_instead(
    taken_back, children, children_public, north, officer, lead, supervisor
):
    opened_again(taken_back, supervisor, "children_public")
    assert refused(enter, children, north, "100", actor=officer) == "not_reopened"
    enter(children_public, north, "61", actor=officer)
    approved_again(taken_back, lead, supervisor)

    assert numbers(children, north) == [100, 100]
    assert numbers(children_public, north) == [61, 61]


@pytest.mark.parametrize("put_right", [False, True])
def test_where_the_day_passes(
    taken_back, asked, more, children, north, officer, lead, supervisor, monkeypatch, put_right
):
    if put_right:
        enter(children, north, "100", actor=officer)
    let_days_pass(monkeypatch, 4)
    asked_besides(asked, supervisor, more)
    enter(more, north, "1", actor=officer)
    approved_again(taken_back, lead, supervisor)

    assert numbers(children, north) == [100, 100]


def test_where_the_round_is_closed_meanwhile(
    taken_back, asked, more, children, north, officer, lead, supervisor
):
    closed(asked, supervisor)
    now = seen(asked)
    reopen_round(now, actor=supervisor, version=now.version, reason="补报")
    asked_besides(asked, supervisor, more)
    enter(more, north, "1", actor=officer)
    approved_again(taken_back, lead, supervisor)

    assert numbers(children, north) == [100, 100]


def test_what_was_returned_and_not_reopened_again_is_not_approved(
    asked, reopened, children, children_public, north, officer, lead, supervisor
):
    enter(children, north, "999", actor=officer)
    returned(submitted_again(reopened, lead), supervisor, "children")
    closed(asked, supervisor)
    opened_again(reopened, supervisor, "children_public")
    enter(children_public, north, "61", actor=officer)
    approved_again(reopened, lead, supervisor)

    assert numbers(children, north) == [100, 100]


def test_a_year_is_approved_over_what_was_reopened_only(children, north, officer, supervisor):
    enter_approved(children, north, "60")
    entry = Entry(children, north, YEAR, version=1, text="61")
    save_values([entry], actor=None, reason="x", origin="seed", tiers=[Tier.REPORTED])
    with pytest.raises(ApprovedWouldMove):
        approve_year(north, YEAR, actor=supervisor, reason="x")


def test_a_year_is_approved_after_the_day_of_its_reopening(
    children, north, officer, supervisor, monkeypatch
):
    enter_approved(children, north, "60")
    until = today() + days(3)
    reopen_figures(north, YEAR, [children], actor=supervisor, reason="更正", until=until)
    enter(children, north, "61", actor=officer)
    let_days_pass(monkeypatch, 4)
    approve_year(north, YEAR, actor=supervisor)

    assert numbers(children, north) == [61, 61]


# --- Days -----------------------------------------------------------------------------------------


def test_a_reopening_does_not_shorten_what_was_asked_later(
    asked, approved, more, children, north, officer, supervisor, monkeypatch
):
    asked_besides(asked, supervisor, more)
    opened_again(approved, supervisor, "children")
    let_days_pass(monkeypatch, 4)
    assert refused(enter, children, north, "120", actor=officer) == "reopening_ended"

    enter(more, north, "1", actor=officer)


def test_who_was_asked_more_has_as_long_as_the_round(
    asked, approved, more, north, officer, supervisor, monkeypatch
):
    asked_besides(asked, supervisor, more)
    let_days_pass(monkeypatch, 45)
    assert refused(enter, more, north, "1", actor=officer) == "past_closing"

    now = seen(asked)
    now.closes_on += days(30)
    plan = {"indicators": now.indicators.all(), "jurisdictions": now.jurisdictions.all()}
    save_round(now, actor=supervisor, version=now.version, **plan)
    enter(more, north, "1", actor=officer)
    assert fresh(approved).state == "reopened"
