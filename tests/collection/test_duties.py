"""Whoever had a hand in figures does not approve them, also when units have changed since."""

import pytest

from indicators.collection import Refusal, had_a_hand_in
from indicators.models import (
    Membership,
)
from indicators.recording.reopening import approve_year
from indicators.recording.submission import (
    approve,
    submit,
)
from tests.cast import YEAR, enter, make_user
from tests.recording.carried_cast import again, of
from tests.round_cast import fresh


def both_roles(name, north, city):
    """Somebody who entered for the unit and is a supervisor now."""
    user = make_user(name, "officer", north)
    return user, lambda: again(
        Membership.objects.create(user=user, jurisdiction=city, role="supervisor").user
    )


def test_who_entered_first_does_not_approve_the_renamed_unit_s(
    asked, of_north, north, city, rename_north, officer, lead, children, children_public
):
    first, becomes_supervisor = both_roles("first", north, city)
    enter(children, north, "90", actor=first)
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    submit(of_north, actor=lead, version=fresh(of_north).version)
    answer = of(rename_north())

    with pytest.raises(Refusal) as refused:
        approve(answer, actor=becomes_supervisor(), version=answer.version)
    assert refused.value.code == "entered_it_yourself"


def test_who_entered_a_part_does_not_approve_the_sum(
    asked, north, south, city, merge_both, children
):
    first, becomes_supervisor = both_roles("first", north, city)
    enter(children, north, "90", actor=first)
    enter(children, south, "10")
    new = merge_both().answering
    assert had_a_hand_in(of(new), becomes_supervisor())


def test_who_submitted_for_a_merged_unit_does_not_approve_for_the_new_one(
    submitted, south, city, merge_both, lead
):
    new = merge_both().answering
    Membership.objects.create(user=lead, jurisdiction=city, role="supervisor")
    assert had_a_hand_in(of(new), again(lead))


def test_who_entered_years_before_the_merger_may_approve(
    asked, north, south, city, merge_both, children
):
    first, becomes_supervisor = both_roles("first", north, city)
    enter(children, north, "90", actor=first, year=YEAR - 1)
    new = merge_both().answering
    assert not had_a_hand_in(of(new), becomes_supervisor())


def test_the_year_of_a_renamed_unit_is_not_approved_by_who_entered_it(
    north, city, rename_north, children
):
    first, becomes_supervisor = both_roles("first", north, city)
    enter(children, north, "90", actor=first)
    new = rename_north()
    with pytest.raises(Refusal) as refused:
        approve_year(new, YEAR, actor=becomes_supervisor())
    assert refused.value.code == "entered_it_yourself"
