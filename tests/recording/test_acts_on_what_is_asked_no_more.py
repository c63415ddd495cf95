"""An act that waited for the lock while the supervisor took the round back. They fail."""

import pytest

from indicators.collection import Refusal
from indicators.models import Round
from indicators.recording.round import save_round, withdraw_round
from indicators.recording.submission import submit
from tests.cast import enter
from tests.round_cast import fresh


@pytest.fixture
def ready(of_north, children, children_public, north, officer):
    enter(children, north, "7", actor=officer)
    enter(children_public, north, "5", actor=officer)
    return fresh(of_north)


def test_a_unit_that_was_let_go_submits_nothing(ready, asked, city, south, lead, supervisor):
    """Expected: a refusal. Instead it is submitted, and stands as reported, though nobody asks
    it and nobody can review it."""
    now = Round.objects.get(pk=asked.pk)
    save_round(
        now,
        actor=supervisor,
        version=now.version,
        indicators=list(asked.indicators.all()),
        jurisdictions=[city, south],
    )

    with pytest.raises(Refusal):
        submit(ready, actor=lead, version=ready.version)


def test_of_a_round_that_was_withdrawn_it_is_told_so(ready, asked, lead, supervisor):
    """Expected: a refusal in words. Instead Round.DoesNotExist, a page of an error."""
    now = Round.objects.get(pk=asked.pk)
    withdraw_round(now, actor=supervisor, version=now.version, reason="误开")

    with pytest.raises(Refusal):
        submit(ready, actor=lead, version=ready.version)
