"""What is worked out from a number that is only said to lie below or above does so too."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.formula import Missing, evaluate, parse
from indicators.measures.qualifiers import of_formula, of_sum

SAID = st.sampled_from(["exact", "more_than", "at_least", "remainder", "less_than", "about"])
BETWEEN = {"exact": (1, 1), "less_than": (0, 0.99), "about": (0.5, 2)}
FORMULAS = [
    "a / b * 100",
    "a - b",
    "a * b + c",
    "(a + b) / c",
    "c / (a + b) * 100 - 100",
    "-a + abs(b)",
    "min(a, b) / max(b, c)",
    "a / (a + b)",
    "2 * a / 3",
]


@given(st.lists(st.tuples(st.integers(1, 1000), SAID, st.floats(0, 1)), min_size=1, max_size=6))
def test_a_sum_lies_where_its_parts_let_it(parts):
    kept = sum(number for number, _said, _at in parts)
    true = sum(true_number(D(number), said, at) for number, said, at in parts)

    assert_lies(of_sum([said for _n, said, _at in parts]), true, D(kept))


@given(
    st.sampled_from(FORMULAS),
    st.lists(st.tuples(st.integers(1, 1000), SAID, st.floats(0, 1)), min_size=3, max_size=3),
)
def test_so_does_the_number_of_a_formula(text, inputs):
    formula = parse(text)
    given_by = dict(zip("abc", inputs, strict=True))
    numbers = {one: D(given_by[one.code][0]) for one in formula.references}
    said = {one: given_by[one.code][1] for one in formula.references}
    true = {
        one: true_number(numbers[one], said[one], given_by[one.code][2])
        for one in formula.references
    }
    kept, found = evaluate(formula, numbers.__getitem__), evaluate(formula, true.__getitem__)

    assert not isinstance(kept, Missing)
    if not isinstance(found, Missing):
        assert_lies(of_formula(formula, said, numbers), found, kept)


def true_number(number, said, at):
    low, high = BETWEEN.get(said, (1.01, 3))
    return number * D(low + (high - low) * at)


def assert_lies(said, true, kept):
    slack = D("0.0001")
    match said:
        case "exact":
            assert abs(true - kept) <= slack
        case "less_than":
            assert true <= kept + slack
        case "more_than" | "at_least":
            assert true >= kept - slack
        case _:
            assert said == "about"


@pytest.mark.parametrize(
    ("said", "word"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "remainder"], "more_than"),
        (["at_least", "exact"], "at_least"),
        (["at_least", "more_than"], "more_than"),
        (["less_than", "at_least"], "about"),
        (["about"], "about"),
        ([], "exact"),
    ],
)
def test_the_word_of_a_sum(said, word):
    assert of_sum(said) == word


@pytest.mark.parametrize(
    ("text", "a", "b", "word"),
    [
        ("a / b", "less_than", "exact", "less_than"),
        ("a / b", "exact", "less_than", "more_than"),
        ("a - b", "exact", "more_than", "less_than"),
        ("a * (b - b)", "less_than", "exact", "about"),
        ("(0 - b) * a", "less_than", "exact", "more_than"),
    ],
)
def test_the_word_of_a_formula(text, a, b, word):
    formula = parse(text)
    said = {one: {"a": a, "b": b}[one.code] for one in formula.references}

    assert of_formula(formula, said, dict.fromkeys(formula.references, D(2))) == word
