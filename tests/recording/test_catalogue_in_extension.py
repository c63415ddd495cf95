"""The catalogue is changed while a closed round goes on for one unit.

An extension after closing is time in which the unit enters and submits: it holds as an open round.
"""

import pytest
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Indicator, Jurisdiction, Submission, User
from indicators.recording.catalogue import save_indicator, save_jurisdiction
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.round import close_round
from indicators.recording.submission import extend, submit
from tests.cast import YEAR, enter, result
from tests.recording.test_jurisdiction_change import asked_for
from tests.recording.test_submission import refused
from tests.round_cast import days, fresh, make_round, move_days


@pytest.fixture
def extended(city, north, south, supervisor, children):
    """Of a closed round that nobody had submitted to, north has two days left."""
    asked = make_round(city, supervisor, [children], [north, south])
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")
    answer = asked.submissions.get(jurisdiction=north)
    until = timezone.localdate() + days(2)
    version = fresh(answer).version
    return extend(answer, actor=supervisor, version=version, reason="补报", until=until)


def test_another_lag_does_not_unlock_what_was_submitted(
    extended, children, north, officer, lead, editor
):
    enter(children, north, "100", actor=officer)
    submit(extended, actor=lead, version=fresh(extended).version)
    children.lag = -1

    assert refused(save_indicator, children, actor=editor) == "lag_in_round"
    with pytest.raises(Refusal):
        enter(Indicator.objects.get(), north, "200", actor=officer)
    assert result(children, north).number == 100


def test_the_unit_does_not_end_before_the_year(extended, north, editor):
    north.refresh_from_db()
    north.valid_to = YEAR

    assert refused(save_jurisdiction, north, actor=editor) == "unit_in_round"


def test_the_indicator_is_not_retired_before_the_year(extended, children, editor):
    children.asked_to = YEAR - 1

    assert refused(save_indicator, children, actor=editor) == "asked_in_round"


def test_a_merger_asks_the_new_unit(extended, children, north, south, officer, editor):
    enter(children, north, "100", actor=officer)
    merger = asked_for("merge", [north, south], ("500188", "两江区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")

    new = Jurisdiction.objects.get(code="500188")
    enter(children, new, "160", actor=User.objects.get(pk=officer.pk))
    answer = extended.round.submissions.get(jurisdiction=new)
    assert (answer.state, answer.extended_until) == ("draft", extended.extended_until)


def test_once_it_has_ended_the_catalogue_may_change(extended, children, north, editor):
    Submission.objects.filter(pk=extended.pk).update(extended_until=timezone.localdate() - days(1))
    children.lag = -1
    save_indicator(children, actor=editor)
    north.refresh_from_db()
    north.valid_to = YEAR
    assert save_jurisdiction(north, actor=editor).valid_to == YEAR


def test_an_extension_of_an_open_round_goes_on_with_each_unit_of_a_split(
    city, north, south, supervisor, children, officer, editor
):
    asked = make_round(city, supervisor, [children], [north, south])
    answer = asked.submissions.get(jurisdiction=north)
    until = timezone.localdate() + days(2)
    extend(answer, actor=supervisor, version=answer.version, reason="补报", until=until)
    move_days(asked, opens=-9, due=-1, closes=9)
    split = asked_for("split", [north], ("500188", "东区"), ("500189", "西区"))
    done = record_jurisdiction_change(split, actor=editor, reason="拆分")

    assert [one.is_past_due for one in done.rounds] == [False]
    new = asked.submissions.filter(jurisdiction__in=done.begun)
    assert list(new.values_list("extended_until", flat=True)) == [until, until]
    enter(children, done.answering, "60", actor=User.objects.get(pk=officer.pk))


def test_without_one_the_new_unit_is_said_to_need_it(
    city, north, south, supervisor, children, editor
):
    asked = make_round(city, supervisor, [children], [north, south])
    move_days(asked, opens=-9, due=-1, closes=9)
    merger = asked_for("merge", [north, south], ("500188", "两江区"))
    done = record_jurisdiction_change(merger, actor=editor, reason="合并")
    assert [one.is_past_due for one in done.rounds] == [True]
