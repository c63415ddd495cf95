"""Wholes from parts, against the plain way of adding up."""

from decimal import Decimal as D
from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.aggregation import Part, Whole, aggregate
from indicators.measures.exact import TooLong
from tests.measures.numbers import EXACT, with_digits

UNITS = range(1, 8)
NOT_APPLICABLE = st.just(Part(not_applicable=True))
PARTS = st.one_of(
    st.builds(
        lambda **said: Part(**said),
        number=with_digits(12, 4),
        last_place=st.one_of(st.none(), st.integers(-4, 8)),
        missing=st.lists(st.integers(20, 25), max_size=2).map(tuple),
    ),
    NOT_APPLICABLE,
)
STATEMENTS = st.one_of(
    st.sampled_from([Part(statement=said) for said in ("met", "partly", "not_met")]),
    NOT_APPLICABLE,
)


@given(st.dictionaries(st.sampled_from(UNITS), PARTS), st.sampled_from(["sum", "max", "min"]))
def test_a_whole_is_what_the_plain_way_gives(parts, rule):
    numbers = [Fraction(part.number) for part in parts.values() if part.number is not None]
    places = [part.last_place for part in parts.values() if part.last_place is not None]
    waiting = {unit for unit in UNITS if unit not in parts}
    waiting |= {unit for part in parts.values() for unit in part.missing}

    whole = aggregate(rule, UNITS, parts)

    assert whole.number == (
        {"sum": sum, "max": max, "min": min}[rule](numbers) if numbers else None
    )
    assert whole == Whole(
        number=whole.number,
        statement="",
        not_applicable=bool(parts) and not numbers,
        last_place=max(places, default=None),
        reported=len(parts),
        expected=len(UNITS),
        missing=tuple(sorted(waiting)),
    )


@given(st.dictionaries(st.sampled_from(UNITS), STATEMENTS))
def test_statements_are_met_when_all_are_not_met_when_none_is_else_partly(parts):
    said = {part.statement for part in parts.values() if part.statement}

    whole = aggregate("all", UNITS, parts)

    assert whole.number is None
    assert whole.statement == ("" if not said else said.pop() if len(said) == 1 else "partly")


@given(st.permutations(UNITS), st.data())
def test_the_order_of_units_does_not_matter(order, data):
    parts = data.draw(st.dictionaries(st.sampled_from(UNITS), PARTS))
    shuffled = {unit: parts[unit] for unit in order if unit in parts}

    assert aggregate("sum", order, shuffled) == aggregate("sum", UNITS, parts)


def test_units_that_are_not_expected_do_not_count():
    whole = aggregate("sum", [1], {1: Part(D(5)), 99: Part(D(1000))})

    assert (whole.number, whole.reported, whole.expected) == (D(5), 1, 1)


def test_nothing_reported_is_no_zero():
    assert aggregate("sum", [1, 2], {}).number is None
    assert aggregate("sum", [1, 2], {}).not_applicable is False
    assert aggregate("sum", [], {}).missing == ()


def test_zero_and_not_applicable_are_two_things():
    assert aggregate("sum", [1], {1: Part(D(0))}).number == D(0)
    nowhere = aggregate("sum", [1], {1: Part(not_applicable=True)})
    assert (nowhere.number, nowhere.not_applicable, nowhere.missing) == (None, True, ())


def test_a_sum_reaches_the_limit_exactly_and_not_one_beyond():
    limit = D("99999999999999.9999")
    parts = {1: Part(limit - 1), 2: Part(D(1)), 3: Part(D("0.0001"))}

    assert aggregate("sum", [1, 2], parts).number == limit
    with pytest.raises(TooLong):
        aggregate("sum", [1, 2, 3], parts)
    with pytest.raises(TooLong):
        aggregate("sum", [1, 2], {1: Part(-limit), 2: Part(D("-0.0001"))})


@given(st.lists(EXACT, min_size=1, max_size=200))
def test_a_sum_is_exact_or_refused_whatever_the_numbers(numbers):
    exactly = sum(Fraction(number) for number in numbers)
    parts = {unit: Part(number) for unit, number in enumerate(numbers)}

    try:
        assert aggregate("sum", range(len(numbers)), parts).number == exactly
    except TooLong:
        assert abs(exactly) >= 10**14
