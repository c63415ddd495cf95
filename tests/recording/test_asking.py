"""A unit that a round asks goes on being there for as long."""

from indicators.recording.catalogue import save_jurisdiction
from indicators.recording.round import open_round, withdraw_round
from tests.cast import YEAR
from tests.recording.test_steering import closed, seen
from tests.recording.test_submission import refused
from tests.round_cast import make_round


def test_it_does_not_end_before_the_years_that_are_asked(asked, north, editor):
    north.valid_to = YEAR
    assert refused(save_jurisdiction, north, actor=editor) == "unit_in_round"

    north.valid_to = YEAR + 1
    assert save_jurisdiction(north, actor=editor).valid_to == YEAR + 1


def test_once_the_round_is_closed_or_withdrawn_it_may(asked, north, south, editor, supervisor):
    closed(asked, supervisor)
    north.valid_to = YEAR
    save_jurisdiction(north, actor=editor)


def test_of_one_that_is_withdrawn_it_may(asked, north, editor, supervisor):
    now = seen(asked)
    withdraw_round(now, actor=supervisor, version=now.version, reason="重排")
    north.valid_to = YEAR
    save_jurisdiction(north, actor=editor)


def test_a_plan_that_asks_units_which_are_no_more_is_not_opened(
    city, north, south, children, supervisor
):
    plan = make_round(city, supervisor, [children], [north, south], opened=False)
    type(north).objects.filter(pk=north.pk).update(valid_to=YEAR)

    code = refused(open_round, plan, actor=supervisor, version=plan.version)
    assert code == "not_in_that_year"
