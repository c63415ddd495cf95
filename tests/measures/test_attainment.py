"""Met, near or missed, at the boundary of every comparator."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.attainment import Goal, attainment, attainment_of_statement, gap
from tests.measures.numbers import EXACT

COMPARATORS = ["ge", "gt", "le", "lt", "eq", "range", "all", "not_below_last_year"]


@pytest.mark.parametrize(
    ("comparator", "below", "on", "above"),
    [
        ("ge", "near", "met", "met"),
        ("gt", "near", "near", "met"),
        ("le", "met", "met", "near"),
        ("lt", "met", "near", "near"),
        ("eq", "near", "met", "near"),
        ("all", "near", "met", "met"),
        ("not_below_last_year", "near", "met", "met"),
    ],
)
def test_each_comparator_turns_at_its_value(comparator, below, on, above):
    goal = Goal(comparator, D(96))

    found = [attainment(D(figure), goal) for figure in ("95.9999", "96", "96.0001")]
    assert found == [below, on, above]


@pytest.mark.parametrize(
    ("figure", "light", "way"),
    [
        ("85.4999", "missed", "-4.5001"),
        ("85.5", "near", "-4.5"),
        ("89.9999", "near", "-0.0001"),
        ("90", "met", "0"),
        ("95", "met", "0"),
        ("95.0001", "near", "0.0001"),
        ("99.75", "near", "4.75"),
        ("99.7501", "missed", "4.7501"),
    ],
)
def test_a_range_is_met_between_its_ends_and_near_by_the_nearer_one(figure, light, way):
    goal = Goal("range", D(90), value_to=D(95))

    assert (attainment(D(figure), goal), gap(D(figure), goal)) == (light, D(way))


@pytest.mark.parametrize(
    ("margin", "figure", "light"),
    [
        (None, "95", "near"),
        (None, "94.9999", "missed"),
        ("2", "98", "near"),
        ("2", "97.9999", "missed"),
        ("0", "99.9999", "missed"),
        ("0", "100", "met"),
    ],
)
def test_near_is_within_the_margin_given_or_five_per_cent(margin, figure, light):
    goal = Goal("ge", D(100), margin=D(margin) if margin else None)

    assert attainment(D(figure), goal) == light


@pytest.mark.parametrize("comparator", ["gt", "lt"])
def test_a_margin_of_zero_forgives_nothing_on_the_line_itself(comparator):
    assert attainment(D(3), Goal(comparator, D(3), margin=D(0))) == "missed"


@pytest.mark.parametrize(
    ("comparator", "figure", "light"),
    [
        ("ge", "-10", "met"),
        ("ge", "-10.5", "near"),
        ("ge", "-10.5001", "missed"),
        ("le", "-10", "met"),
        ("le", "-9.5", "near"),
        ("le", "-9.4999", "missed"),
    ],
)
def test_a_target_below_zero_has_its_margin_on_the_right_side(comparator, figure, light):
    assert attainment(D(figure), Goal(comparator, D(-10))) == light


@pytest.mark.parametrize(("figure", "light"), [("0", "met"), ("0.0001", "missed")])
def test_a_target_of_zero_has_no_default_margin(figure, light):
    assert attainment(D(figure), Goal("le", D(0))) == light


def test_a_target_of_zero_may_be_given_a_margin():
    assert attainment(D(3), Goal("le", D(0), margin=D(5))) == "near"


@given(
    EXACT, EXACT, st.sampled_from(COMPARATORS), st.one_of(st.none(), st.just(D(0)), st.just(D(7)))
)
def test_every_figure_has_one_light_that_agrees_with_the_numbers(figure, value, comparator, margin):
    goal = Goal(comparator, value, value_to=value if comparator == "range" else None, margin=margin)

    light = attainment(figure, goal)

    wanted = {"gt": figure > value, "le": figure <= value, "lt": figure < value}
    met = wanted.get(
        comparator, figure == value if comparator in ("eq", "range") else figure >= value
    )
    if met:
        assert light == "met"
    elif margin is not None:
        assert light == ("near" if margin and abs(figure - value) <= margin else "missed")
    else:
        assert light == ("near" if value and abs(figure - value) * 20 <= abs(value) else "missed")
    assert gap(figure, goal) == figure - value


def test_a_statement_has_no_margin():
    found = [attainment_of_statement(said) for said in ("met", "partly", "not_met")]
    assert found == ["met", "missed", "missed"]


@pytest.mark.parametrize(
    ("qualifier", "figure", "comparator", "met"),
    [
        # 不足 10 may be anything below.
        ("less_than", "10", "ge", False),
        ("less_than", "10", "gt", False),
        ("less_than", "10", "not_below_last_year", False),
        ("less_than", "10", "le", False),
        ("less_than", "5", "le", True),
        ("less_than", "5", "lt", True),
        ("less_than", "5", "eq", False),
        ("less_than", "5", "range", False),
        ("more_than", "5", "ge", True),
        ("more_than", "5", "gt", True),
        ("more_than", "4", "le", False),
        ("at_least", "5", "ge", True),
        ("at_least", "5", "gt", False),
        ("at_least", "6", "gt", True),
        ("at_least", "4", "lt", False),
        ("remainder", "5", "gt", True),
        ("remainder", "5", "ge", True),
        ("remainder", "5", "le", False),
        ("remainder", "4", "le", False),
        ("remainder", "4", "range", False),
        ("remainder", "5", "eq", False),
        ("about", "5", "le", True),
    ],
)
def test_what_is_only_said_to_lie_below_or_above_is_met_where_that_is_certain(
    qualifier, figure, comparator, met
):
    goal = Goal(comparator, D(5), D(9))

    assert (attainment(D(figure), goal, qualifier=qualifier) == "met") is met


@pytest.mark.parametrize(
    ("figure", "last_place", "comparator", "met"),
    [
        ("420000", 4, "le", True),
        ("420000", 4, "lt", True),
        ("420000", 5, "le", False),
        ("430000", 4, "le", False),
        ("420000", 4, "range", True),
        ("880000", 4, "range", True),
        ("890000", 5, "range", False),
        ("410000", 4, "range", False),
    ],
)
def test_and_more_lies_below_one_more_of_its_last_place(figure, last_place, comparator, met):
    ends = (D(420_000), D(890_000)) if comparator == "range" else (D(430_000), None)
    goal = Goal(comparator, *ends)
    found = attainment(D(figure), goal, qualifier="remainder", last_place=last_place)

    assert (found == "met") is met
