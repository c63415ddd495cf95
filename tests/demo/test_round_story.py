"""The days of the demonstration's round before they are carried out: in order and in the past."""

import datetime
from itertools import pairwise

import pytest
from django.utils import timezone

from indicators.demo import data, people, round_story, story
from indicators.demo.clock import it_is
from indicators.demo.districts import districts
from indicators.demo.round_story import Entering, Filling, Saying, Step
from indicators.models import Act

UNITS = [unit.code for unit in districts()]


@pytest.fixture(scope="module")
def deeds():
    return round_story.deeds(UNITS, data.figures())


def acts(deeds, unit):
    return [deed.act.value for deed in deeds if isinstance(deed, Step) and deed.unit == unit]


def test_all_is_done_in_order_after_the_opening_and_before_today(deeds):
    days = [deed.day for deed in deeds]

    assert days == sorted(days)
    assert days[0] > round_story.OPENS
    assert days[-1] < 0


def test_each_unit_fills_its_sheet_once_but_those_who_are_late(deeds):
    filled = sorted(deed.unit for deed in deeds if isinstance(deed, Filling))

    assert filled == sorted(set(UNITS) - story.ON_PAPER)


def test_only_those_of_the_story_go_another_way_than_submitted_then_approved(deeds):
    other = {unit for unit in UNITS if acts(deeds, unit) != ["submit", "approve"]}

    assert other == story.REPORTED_ONLY | {story.YUZHONG}


def test_officers_put_six_figures_right_twice(deeds):
    corrected = [d for d in deeds if isinstance(d, Entering) and "text" in d.says]

    assert len(corrected) == 2 * len(story.CORRECTIONS)
    assert {deed.unit for deed in corrected} == {story.YUZHONG, story.SHAPINGBA}


def test_what_is_late_comes_after_the_due_day(deeds):
    submitted = {
        deed.unit: deed.day
        for deed in reversed(deeds)
        if isinstance(deed, Step) and deed.act == Act.SUBMIT
    }

    assert {unit for unit, day in submitted.items() if day > round_story.DUE} == {story.ZHONG}


def test_a_question_comes_before_its_answer(deeds):
    said = [deed for deed in deeds if isinstance(deed, Saying)]

    for one, other in pairwise([deed for deed in said if deed.unit == story.QIANJIANG]):
        assert (one.asks, other.asks) == (True, False)


def test_two_people_of_a_unit_and_all_their_telephones_differ():
    found = people.people(UNITS)

    assert len(found) == 2 * (len(UNITS) - 2)
    assert len({person.full_name for person in found}) == len(found)
    assert len({person.telephone for person in found}) == len(found)
    for person in found:
        assert person.telephone.startswith("023-5550 01")


def test_the_clock_goes_on_as_before_even_after_a_fault():
    then = timezone.now() - datetime.timedelta(40)

    with it_is(then):
        assert timezone.now() == then
        assert timezone.localdate() == timezone.localdate(then)
    with pytest.raises(ZeroDivisionError), it_is(then):
        raise ZeroDivisionError
    assert timezone.now() - then > datetime.timedelta(39)
