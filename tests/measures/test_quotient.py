"""A formula that is one sum by another gives the same as the formula."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.formula import Missing, evaluate, parse
from indicators.measures.quotient import input_of, quotients_in

NUMBERS = st.integers(0, 9999).map(D)


@pytest.mark.parametrize(
    "text",
    [
        "a / b * 100",
        "100 * a / b",
        "a * 100 / b",
        "(a + a) / (b + b) * 100",
        "a / (a + b) * 100",
        "a / prev(a) * 100 - 100",
        "100 - a / b * 100",
        "(a - b) / a * 100",
        "-(a - b) * 3 / 4",
        "(a / 2) / (b / 3)",
        "a / b + b / b",
        "(a - base_year(a, 2020)) / 10",
        "a + 5 - b * 2",
        "a / b * 100 / 1",
        "1 / 2 * (a - b)",
    ],
)
@given(a=NUMBERS, b=NUMBERS, before=NUMBERS)
def test_it_is_what_the_formula_is(text, a, b, before):
    formula = parse(text)

    def number(one):
        return {"a": a, "b": b}[one.code] if not (one.shift or one.year) else before

    (found,) = quotients_in(formula, input_of)
    expected = evaluate(formula, number)
    under = found.under.at(number) + D(found.under.constant.numerator) / (
        found.under.constant.denominator
    )
    over = found.over.at(number) + D(found.over.constant.numerator) / (
        found.over.constant.denominator
    )
    assert isinstance(expected, Missing) or abs(over / under - expected) <= D("0.0001")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a * b", 2),
        ("a / b + b / a", 2),
        ("min(a / b * 100, 100)", 1),
        ("max(a - b, 0)", 1),
        ("abs(a - b)", 1),
        ("a / b / a", 2),
        ("a / (1 - 1)", 1),
        ("3 / 4", 0),
    ],
)
def test_of_what_is_no_sum_by_another_the_parts_are(text, parts):
    assert len(quotients_in(parse(text), input_of)) == parts


def test_an_input_without_a_number_makes_nothing():
    (found,) = quotients_in(parse("a - b"), input_of)

    assert found.over.at(lambda one: D(7) if one.code == "a" else None) == 7
