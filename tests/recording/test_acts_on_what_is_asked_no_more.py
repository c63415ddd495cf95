"""An act that waited for the lock while the supervisor took the round back."""

import pytest
from django.utils import timezone

from indicators.models import Round, Rule
from indicators.recording.findings import explain
from indicators.recording.round import (
    close_round,
    delete_round,
    open_round,
    save_round,
    withdraw_round,
)
from indicators.recording.submission import (
    check_submission,
    extend,
    hand_over,
    remark,
    submit,
)
from tests.cast import enter
from tests.recording.flow import refused
from tests.round_cast import fresh, make_round
from tests.rounds.test_old_pages import let_go, withdrawn

CODES = {withdrawn: "round_withdrawn", let_go: "unit_not_in_round"}


@pytest.fixture
def ready(of_north, children, children_public, north, officer):
    enter(children, north, "7", actor=officer)
    enter(children_public, north, "5", actor=officer)
    return fresh(of_north)


@pytest.mark.parametrize("way", CODES)
def test_nothing_is_done_to_what_is_asked_no_more(
    ready, asked, city, south, lead, officer, supervisor, children, usual_rules, way
):
    way(asked, supervisor, city, south)
    theirs, ours = (
        {"actor": someone, "version": fresh(ready).version} for someone in (lead, supervisor)
    )
    until = timezone.localdate()
    rule = Rule.objects.first()

    code = CODES[way]
    assert refused(check_submission, ready, **theirs) == code
    assert refused(submit, ready, **theirs) == code
    assert refused(hand_over, ready, **theirs | {"actor": officer}) == code
    assert refused(extend, ready, **ours, reason="x", until=until) == code
    assert refused(remark, ready, children, actor=supervisor, text="?") == code
    assert refused(explain, ready, rule, children, actor=lead, text="x") == code
    assert fresh(ready).state == "draft"


def test_a_round_that_was_withdrawn_is_not_saved_back_into_being(asked, city, south, supervisor):
    seen = Round.objects.get(pk=asked.pk)
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="误开")
    given = {"actor": supervisor, "version": seen.version}
    what = {"indicators": list(seen.indicators.all()), "jurisdictions": [city, south]}

    assert refused(save_round, seen, **given, **what) == "round_withdrawn"
    assert refused(close_round, seen, **given, reason="x") == "round_withdrawn"
    assert refused(withdraw_round, seen, **given, reason="x") == "round_withdrawn"
    assert not Round.objects.exists()


def test_nor_a_plan_that_was_deleted(city, north, supervisor, children):
    plan = make_round(city, supervisor, [children], [north], opened=False)
    seen = Round.objects.get(pk=plan.pk)
    delete_round(plan, actor=supervisor, version=plan.version)
    given = {"actor": supervisor, "version": seen.version}

    what = {"indicators": [children], "jurisdictions": [north]}
    assert refused(save_round, seen, **given, **what) == "round_moved"
    assert refused(open_round, seen, **given) == "round_moved"
    assert refused(delete_round, seen, **given) == "round_moved"
