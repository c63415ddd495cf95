"""What is worked out from numbers that are only said to lie below or above lies between bounds."""

from decimal import Decimal as D

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.measures.attainment import Goal, attainment_between
from indicators.measures.bounds import (
    Bounds,
    bounds_of,
    of_aggregate,
    of_formula,
    qualifier_of,
    stored,
)
from indicators.measures.formula import Missing, evaluate, parse

END = D("Infinity")
SAID = st.sampled_from(["exact", "more_than", "at_least", "remainder", "less_than"])
NUMBERS = st.lists(
    st.tuples(st.integers(1, 1000), SAID, st.integers(0, 100)), min_size=3, max_size=3
)
FORMULAS = [
    "a / b * 100",
    "a - b",
    "a * b + c",
    "(a + b) / c",
    "c / (a + b) * 100 - 100",
    "-a + abs(b - c)",
    "min(a, b) / max(b, c)",
    "a / (a + b)",
    "2 * a / (b - c)",
]


def between(number, said):
    return bounds_of(D(number), said, last_place=1, lower=D(0))


def true_number(number, said, at):
    """One that the words allow, so many hundredths of the way up."""
    least, most = between(number, said)
    return least + (min(most, D(3000)) - least) * at / 100


@given(NUMBERS, st.sampled_from(["sum", "max", "min"]))
def test_an_aggregate_lies_between_its_bounds(parts, rule):
    bounds = of_aggregate(rule, [between(number, said) for number, said, _at in parts])
    true = {"sum": sum, "max": max, "min": min}[rule](true_number(*part) for part in parts)

    assert bounds.least <= true <= bounds.most


@given(st.sampled_from(FORMULAS), NUMBERS)
def test_so_does_the_number_of_a_formula(text, inputs):
    formula = parse(text)
    of = dict(zip("abc", inputs, strict=True))
    bounds = of_formula(formula, {one: between(*of[one.code][:2]) for one in formula.references})
    found = evaluate(formula, lambda one: true_number(*of[one.code]))

    if not isinstance(found, Missing):
        slack = D("0.0001")
        assert bounds.least - slack <= found <= bounds.most + slack


@given(st.sampled_from(FORMULAS), st.lists(st.integers(1, 1000), min_size=3, max_size=3))
@example("c / (a + b) * 100 - 100", [1, 383, 255])  # −33.59375, half way between two
def test_of_exact_numbers_the_bounds_are_the_number(text, numbers):
    formula = parse(text)
    of = dict(zip("abc", map(D, numbers), strict=True))
    found = evaluate(formula, lambda one: of[one.code])
    bounds = of_formula(
        formula, {one: Bounds(of[one.code], of[one.code]) for one in formula.references}
    )

    if not isinstance(found, Missing):
        assert stored(*bounds.kept) == (found, found)


@pytest.mark.parametrize(
    ("least", "most", "about", "word"),
    [
        (5, 5, False, "exact"),
        (5, 5, True, "about"),
        (4, 5, True, "less_than"),
        (5, 6, False, "at_least"),
        (4, 6, False, "about"),
        (-END, 5, False, "less_than"),
    ],
)
def test_the_word(least, most, about, word):
    assert qualifier_of(D(5), Bounds(D(least), D(most)), about=about) == word


@pytest.mark.parametrize(
    ("bounds", "kept"),
    [
        (Bounds(-END, D("1.00005")), (None, D("1.0001"))),
        (Bounds(D(10) ** 20, END), (None, None)),
    ],
)
def test_what_is_kept_of_the_bounds(bounds, kept):
    assert bounds.kept == kept


@pytest.mark.parametrize(
    ("text", "most"), [("a / b", END), ("a / (b - b)", END), ("abs(a - 2 * b)", D(20)), ("-a", 0)]
)
def test_by_what_may_be_nothing_a_number_has_no_end(text, most):
    formula = parse(text)
    bounds = of_formula(formula, dict.fromkeys(formula.references, Bounds(D(0), D(10))))

    assert bounds.most == most


@pytest.mark.parametrize(
    ("comparator", "least", "most", "status"),
    [
        ("ge", 90, 110, "met"),
        ("ge", 70, 110, "near"),
        ("le", -END, 100, "near"),
        ("ge", 100, END, "met"),
        ("range", 90, 110, "near"),
        ("range", 90, 105, "met"),
        ("eq", 90, 100, "near"),
    ],
)
def test_a_light_is_certain(comparator, least, most, status):
    """Of 100, against 80 to 105 or exactly 100, and against at most 100 and less."""
    value = {"ge": 80, "range": 80, "eq": 100, "le": 100}[comparator]
    goal = Goal(comparator, D(value), D(105))
    found = attainment_between(D(100), goal, Bounds(D(least), D(most)))

    assert found == ("met" if comparator == "le" else status)


def test_what_its_number_misses_is_missed_and_without_margin_nothing_is_near():
    bounds = Bounds(D(60), D(100))
    assert attainment_between(D(100), Goal("ge", D(200)), bounds) == "missed"
    assert attainment_between(D(100), Goal("ge", D(80), margin=D(0)), bounds) == "missed"
