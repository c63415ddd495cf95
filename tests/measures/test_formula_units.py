"""Units in formulas: what goes together, and what a formula gives."""

import pytest

from indicators.measures.formula import parse
from indicators.measures.formula_units import UnitsDoNotFit, check_units
from indicators.measures.units import UNITS

CODES = {
    "children": "children",
    "pupils": "pupils",
    "teachers": "teachers",
    "schools": "schools",
    "budget": "yuan",
    "budget_in_yi": "yi_yuan",
    "per_pupil": "yuan_per_pupil",
    "share": "percent",
    "other_share": "percent",
    "points": "percentage_points",
    "place": "rank",
}


def check(text, result):
    check_units(parse(text), UNITS[result], lambda code: UNITS[CODES[code]])


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("children / pupils * 100", "percent"),
        ("children * 100 / pupils", "percent"),
        ("100 * children / pupils", "percent"),
        ("children / (pupils / 100)", "percent"),
        ("children / prev(children) * 100 - 100", "percent"),
        ("(children - prev(children)) / prev(children) * 100", "percent"),
        ("(children / prev(children) - 1) * 100", "percent"),
        ("budget / base_year(budget, 2020) * 100", "percent"),
        ("share - other_share", "percentage_points"),
        ("share - prev(share)", "percentage_points"),
        ("100 - share", "percent"),
        ("share + points", "percent"),
        ("share - points", "percent"),
        ("points - prev(points)", "percentage_points"),
        ("points + points", "percentage_points"),
        ("points * 2", "percentage_points"),
        ("abs(points)", "percentage_points"),
        ("max(share, other_share)", "percent"),
        ("min(children, 500)", "children"),
        ("children + pupils", "persons"),
        ("children + teachers * 2", "pupils"),
        ("-children", "children"),
        ("budget / pupils", "yuan_per_pupil"),
        ("per_pupil * pupils", "yuan"),
        ("budget / per_pupil", "pupils"),
        ("budget + budget", "yuan"),
        # Of a share, its part and its whole.
        ("children * share / 100", "children"),
        ("share / 100 * children", "children"),
        ("children / share * 100", "children"),
        ("children / (share / 100)", "children"),
        ("share * other_share / 100", "percent"),
        ("place - prev(place)", "rank"),
        ("42", "children"),
        ("2 * 3 + 4", "percent"),
    ],
)
def test_what_fits_is_accepted(text, result):
    check(text, result)


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("children + budget", "persons", "yuan"),
        ("children + schools", "persons", "schools"),
        ("children - share", "persons", "percent"),
        ("min(share, points)", "percent", "percentage_points"),
        ("max(1, share, budget)", "percent", "yuan"),
        ("children / pupils + share", "ratio", "percent"),
    ],
)
def test_different_units_are_not_added_or_compared(text, left, right):
    with pytest.raises(UnitsDoNotFit) as error:
        check(text, "percent")

    fault = error.value
    assert (fault.code, fault.left, fault.right) == ("different_units", left, right)


@pytest.mark.parametrize(
    ("text", "result", "left", "right"),
    [
        ("children / pupils", "percent", "ratio", "percent"),
        ("share - other_share", "percent", "percentage_points", "percent"),
        ("share + other_share", "percentage_points", "percent", "percentage_points"),
        ("children * pupils", "children", "persons^2", "persons"),
        ("pupils / budget", "yuan_per_pupil", "persons·yuan^-1", "persons^-1·yuan"),
        ("children / pupils * (100 + 50)", "percent", "ratio", "percent"),
        ("children / pupils * 1000", "percent", "ratio", "percent"),
        # A hundred times too many, or too few.
        ("children * 100", "children", "percent·persons", "persons"),
        ("children * share", "children", "percent·persons", "persons"),
        ("children / share", "children", "percent^-1·persons", "persons"),
        ("share * other_share", "percent", "percent^2", "percent"),
        ("share * 100", "percent", "percent^2", "percent"),
    ],
)
def test_what_gives_another_unit_is_refused_with_both(text, result, left, right):
    with pytest.raises(UnitsDoNotFit) as error:
        check(text, result)

    fault = error.value
    assert (fault.code, fault.left, fault.right) == ("gives_another_unit", left, right)


def test_a_wrong_unit_is_found_at_the_far_end_of_the_longest_formula():
    codes = {"a": "children", "b": "yuan"}
    formula = parse("b+" + "+".join("a" * 499))

    with pytest.raises(UnitsDoNotFit):
        check_units(formula, UNITS["children"], lambda code: UNITS[codes[code]])
