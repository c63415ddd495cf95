"""The formula language against a slow evaluator over fractions; its errors have a place."""

from decimal import Decimal as D
from fractions import Fraction
from math import floor

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.exact import exact, fits
from indicators.measures.formula import (
    MAX_LENGTH,
    FormulaError,
    Missing,
    Reference,
    evaluate,
    parse,
)
from tests.measures.numbers import EXACT, with_digits

INPUTS = [
    Reference("a"),
    Reference("total_2"),
    Reference("a", shift=-1),
    Reference("a", year=2020),
]
WRITTEN = ["a", "total_2", "prev(a)", "base_year( a , 2020 )"]
SIGNS = {"+": "+", "-": "-−", "*": "*×", "/": "/÷"}


def value(text, **figures):
    return evaluate(parse(text), lambda reference: D(figures[reference.code]))


@st.composite
def formulas(draw, size=6, divided=True) -> tuple[str, str]:
    """A formula, and the same in Python over fractions (`x[0]` is the first input).

    A divisor is not itself a quotient: 1 / 3 * 3 - 1 is nothing to a fraction and not quite nothing
    to fifty digits.
    """
    if size <= 1:
        place = draw(st.integers(0, len(INPUTS)))
        if place < len(INPUTS):
            return WRITTEN[place], f"x[{place}]"
        number = draw(st.sampled_from(["0", "1", "100", "2.5", "0.0001", "7"]))
        return number, f"Fraction('{number}')"
    kind = draw(st.sampled_from(["+", "-", "*", "/", "+-*", "()", "negative", "min", "max", "abs"]))
    inner = formulas(size=draw(st.integers(1, size - 1)), divided=divided)
    other = formulas(size=draw(st.integers(1, max(1, size // 2))), divided=divided)
    if kind == "/" and divided:
        (left, python_left), (right, python_right) = draw(inner), draw(formulas(2, divided=False))
        return f"({left}) {draw(st.sampled_from(SIGNS['/']))}({right})", (
            f"({python_left}) / ({python_right})"
        )
    if kind in ("()", "negative", "abs"):
        text, python = draw(inner)
        before = {"()": "", "negative": "-", "abs": "abs"}[kind]
        return f"{before}({text})", f"{before}({python})"
    (left, python_left), (right, python_right) = draw(inner), draw(other)
    if kind in ("min", "max"):
        return f"{kind}({left},{right})", f"{kind}({python_left}, {python_right})"
    sign = draw(st.sampled_from(["+", "-", "*"]) if len(kind) > 1 or kind == "/" else st.just(kind))
    space = draw(st.sampled_from(["", " ", "\n\t"]))
    # No parentheses: which sign binds closer, and from which side, is Python's own judgement.
    text = f"{left}{space}{draw(st.sampled_from(SIGNS[sign]))}{space}{right}"
    return text, f"{python_left} {sign} {python_right}"


@given(formulas(), st.lists(with_digits(4, 2), min_size=len(INPUTS), max_size=len(INPUTS)))
def test_a_formula_gives_what_fractions_give_rounded_once(case, figures):
    text, python = case
    found = evaluate(parse(text), lambda reference: figures[INPUTS.index(reference)])
    try:
        exactly = eval(python, {"Fraction": Fraction, "x": [Fraction(f) for f in figures]})
    except ZeroDivisionError:
        assert found == Missing("division_by_zero")
        return

    scaled = abs(exactly) * 10_000
    rounded = D(floor(scaled + Fraction(1, 2))).scaleb(-4).copy_sign(1 if exactly >= 0 else -1)
    half_way = abs(scaled % 1 - Fraction(1, 2)) < Fraction(1, 10**20)
    if not fits(rounded):
        assert found == Missing("too_large")
    elif half_way:  # a third times three halves of the last place may fall to either side
        assert abs(Fraction(found) - exactly) < Fraction(1, 19_999)
    else:
        assert found == rounded


@given(formulas(size=12), st.lists(EXACT, min_size=len(INPUTS), max_size=len(INPUTS)))
def test_whatever_the_inputs_there_is_a_number_that_fits_or_a_reason(case, figures):
    found = evaluate(parse(case[0]), lambda reference: figures[INPUTS.index(reference)])

    if isinstance(found, Missing):
        assert found.code in ("division_by_zero", "too_large")
    else:
        assert exact(found) == found


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a - b - c", "-4"),
        ("a / b / c", "0.1667"),
        ("a - b * c", "-5"),
        ("(a - b) * c", "-3"),
        ("-a - -b", "1"),
        ("--a", "1"),
        ("2 × c ÷ b − a", "2"),
        ("min(a, b, c) + max(a, b, c)", "4"),
        ("min(a)", "1"),
        ("abs(a - c) * 100", "200"),
        ("a / c * c", "1"),
        ("42", "42"),
        ("007.50", "7.5"),
    ],
)
def test_signs_bind_as_in_school(text, number):
    assert value(text, a="1", b="2", c="3") == D(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a * 0.5", "0.0001"),
        ("a * 0.4", "0.0000"),
        ("-a * 0.5", "-0.0001"),
        ("a * 0.3 + a * 0.3", "0.0001"),
    ],
)
def test_the_result_is_rounded_once_half_up(text, number):
    assert str(value(text, a="0.0001")) == number


def test_inputs_are_references_to_a_year():
    formula = parse("a + prev(b) * base_year(c, 2020) + a")

    assert formula.references == (
        Reference("a"),
        Reference("b", shift=-1),
        Reference("c", year=2020),
    )
    assert [reference.year_at(2022) for reference in formula.references] == [2022, 2021, 2020]
    assert formula.codes == {"a", "b", "c"}


def test_all_missing_inputs_are_named_once_with_the_first_reason():
    reasons = {
        "a": Missing("input_missing", ("a",)),
        "b": D(1),
        "c": Missing("input_not_applicable", ("c",)),
        "d": Missing("input_missing", ("d", "a")),
    }

    found = evaluate(parse("b + a / c * d"), lambda reference: reasons[reference.code])
    assert found == Missing("input_missing", ("a", "d"))


@pytest.mark.parametrize("text", ["a / b", "a / (b * 5)", "0 * (a / b)", "min(a, a / (b - b))"])
def test_a_division_by_zero_is_missing_never_zero(text):
    assert value(text, a="1", b="0") == Missing("division_by_zero")


def test_a_result_with_too_many_digits_is_missing_with_the_reason():
    assert value("a * 10", a="10000000000000") == Missing("too_large")
    assert value("a + 0.0001", a="99999999999999.9999") == Missing("too_large")
    assert value("a + 0.00004", a="99999999999999.9999") == D("99999999999999.9999")
    assert value("9" * MAX_LENGTH) == Missing("too_large")


@pytest.mark.parametrize(
    ("text", "code", "position", "found"),
    [
        ("", "ends_early", 1, ""),
        ("  ", "ends_early", 3, ""),
        ("a +", "ends_early", 4, ""),
        ("(a", "ends_early", 3, ""),
        ("prev(", "ends_early", 6, ""),
        ("a b", "unexpected", 3, "b"),
        ("a)", "unexpected", 2, ")"),
        ("a + * b", "unexpected", 5, "*"),
        ("+a", "unexpected", 1, "+"),
        ("2a", "unexpected", 2, "a"),
        ("a / ()", "unexpected", 6, ")"),
        ("a % b", "unknown_sign", 3, "%"),
        ("a ＋ b", "unknown_sign", 3, "＋"),
        ("1.", "unknown_sign", 2, "."),
        ("1e5", "unexpected", 2, "e5"),
        ("a = 1", "unknown_sign", 3, "="),
        ("__import__('os')", "unknown_sign", 12, "'"),
        ("a.b", "unknown_sign", 2, "."),
        ("指标", "unknown_sign", 1, "指"),
        ("٣", "unknown_sign", 1, "٣"),
        ("sum(a)", "unknown_function", 1, "sum"),
        ("a(b)", "unknown_function", 1, "a"),
        ("prev a", "expected_code", 1, "prev"),
        ("prev(a + b)", "expected_close", 8, "+"),
        ("prev(prev(a))", "expected_code", 6, "prev"),
        ("prev(2)", "expected_code", 6, "2"),
        ("A + b", "expected_code", 1, "A"),
        ("_a", "expected_code", 1, "_a"),
        ("base_year(a)", "expected_comma", 12, ")"),
        ("base_year(a, 20)", "expected_year", 14, "20"),
        ("base_year(a, b)", "expected_year", 14, "b"),
        ("base_year(a, 2020, 1)", "expected_close", 18, ","),
        ("abs(a, b)", "expected_close", 6, ","),
        ("min()", "unexpected", 5, ")"),
        ("a" * 1001, "too_long", 1000, ""),
        ("(" * 41 + "a" + ")" * 41, "too_deep", 42, ""),
        ("-" * 999 + "a", "too_deep", 42, ""),
        ("abs(" * 41 + "a", "too_deep", 165, ""),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, code, position, found):
    with pytest.raises(FormulaError) as error:
        parse(text)

    assert (error.value.code, error.value.position, error.value.found) == (code, position, found)


@pytest.mark.parametrize(
    "text", ["(" * 40 + "a" + ")" * 40, "-" * 40 + "a", "abs(" * 40 + "a" + ")" * 40]
)
def test_forty_levels_are_read(text):
    assert value(text, a="5") == D(5)


@pytest.mark.parametrize("sign", "+-*/")
def test_the_longest_formula_is_worked_out(sign):
    text = sign.join("1" * 500)

    assert len(text) == MAX_LENGTH - 1
    assert value(text) == {"+": D(500), "-": D(-498), "*": D(1), "/": D(1)}[sign]


KNOWN = {"ends_early", "unexpected", "unknown_sign", "unknown_function", "too_long", "too_deep"}
KNOWN |= {f"expected_{what}" for what in ("open", "close", "comma", "code", "year")}


@given(st.one_of(st.text(max_size=60), st.text("ab1 .,()+-*/×÷−_prevminabs", max_size=40)))
def test_any_text_is_a_formula_or_a_formula_error_within_the_text(text):
    fault = None
    try:
        found = evaluate(parse(text), lambda _reference: D(1))
    except FormulaError as error:
        fault = error

    if fault is None:
        assert isinstance(found, D | Missing)
    else:
        assert fault.code in KNOWN
        assert 1 <= fault.position <= len(text) + 1
