"""A stated figure against the computed one, at the coarser of their last places."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.agreement import agrees
from tests.measures.numbers import EXACT


@pytest.mark.parametrize(
    ("stated", "place", "computed", "computed_place", "agreed"),
    [
        ("54.45", -2, "54.45", -4, True),
        ("54.45", -2, "54.4549", -4, True),
        ("54.45", -2, "54.455", -4, False),
        ("54.45", -2, "54.4450", -4, True),
        ("54.45", -2, "54.4449", -4, False),
        # 805亿元 against 8,054,900 万元 added up
        ("80500000000", 8, "80549000000", 6, True),
        ("80500000000", 8, "80550000000", 6, False),
        # The computed one may be the coarser: districts gave 万, the city gave persons.
        ("36215", 0, "36000", 3, True),
        ("36515", 0, "36000", 3, False),
        ("36215", 0, "36000", 0, False),
        # Nothing known of the places: every decimal counts.
        ("1.0001", None, "1.0002", None, False),
        ("1.0001", None, "1.0001", None, True),
        ("1", 0, "1.4999", None, True),
        ("-5", 0, "-5.5", None, False),
        ("0", 0, "-0.4", None, True),
    ],
)
def test_both_are_rounded_at_the_coarser_place(stated, place, computed, computed_place, agreed):
    found = agrees(D(stated), D(computed), stated_place=place, computed_place=computed_place)
    assert found is agreed


@pytest.mark.parametrize(
    ("computed", "agreed"),
    [("420000", True), ("429999.9999", True), ("430000", False), ("419999", False)],
)
def test_a_remainder_agrees_when_cutting_gives_the_stated_figure(computed, agreed):
    found = agrees(
        D(420000),
        D(computed),
        stated_place=4,
        computed_place=-4,
        qualifier="remainder",
    )
    assert found is agreed


@pytest.mark.parametrize(
    ("computed", "agreed"), [("93.0001", True), ("150", True), ("93", False), ("92.9999", False)]
)
def test_more_than_agrees_when_the_computed_figure_is_greater(computed, agreed):
    found = agrees(D(93), D(computed), stated_place=0, computed_place=-4, qualifier="more_than")
    assert found is agreed


@pytest.mark.parametrize(
    ("qualifier", "computed", "agreed"),
    [
        ("at_least", "93", True),
        ("at_least", "94", True),
        ("at_least", "92.9999", False),
        ("less_than", "92.9999", True),
        ("less_than", "93", False),
    ],
)
def test_at_least_includes_the_number_and_less_than_does_not(qualifier, computed, agreed):
    found = agrees(D(93), D(computed), stated_place=0, computed_place=-4, qualifier=qualifier)
    assert found is agreed


@given(EXACT, EXACT, st.one_of(st.none(), st.integers(-100, 30)), st.booleans())
def test_any_two_numbers_can_be_compared_and_a_number_agrees_with_itself(
    stated, computed, place, remainder
):
    qualifier = "remainder" if remainder else "exact"
    places = {"stated_place": place, "computed_place": None, "qualifier": qualifier}

    assert agrees(stated, stated, **places) is True
    assert agrees(stated, computed, **places) is agrees(computed, stated, **places)
