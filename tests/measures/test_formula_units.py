"""Units in formulas: what goes together, and what a formula gives."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.measures.formula import parse
from indicators.measures.formula_units import UnitsDoNotFit, check_units
from indicators.measures.units import Unit
from tests.measures.shipped import UNITS

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
    "area": "square_metres",
    "area_in_wan": "wan_square_metres",
    "area_each": "square_metres_per_pupil",
    "books": "volumes",
    "books_each": "volumes_per_pupil",
    "classes": "classes",
    "class_size": "pupils_per_class",
    "machines": "devices",
    "machines_per_hundred": "devices_per_hundred_pupils",
    "teachers_per_hundred": "persons_per_hundred_pupils",
    "rate": "permille",
    "other_rate": "permille",
    "ratio": "ratio",
    "other_ratio": "ratio",
    "yearly": "yuan_per_pupil_and_year",
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
        ("area / pupils", "square_metres_per_pupil"),
        ("area_in_wan / pupils", "square_metres_per_pupil"),
        ("area_each * pupils", "square_metres"),
        ("books / pupils", "volumes_per_pupil"),
        ("pupils / classes", "pupils_per_class"),
        ("pupils / schools", "pupils_per_school"),
        ("budget / pupils", "yuan_per_pupil_and_year"),
        ("max(per_pupil, yearly)", "yuan_per_pupil"),
        ("teachers / pupils * 100", "persons_per_hundred_pupils"),
        ("machines / pupils * 100", "devices_per_hundred_pupils"),
        ("machines / (pupils / 100)", "devices_per_hundred_pupils"),
        ("machines_per_hundred / 100 * pupils", "devices"),
        ("pupils / teachers", "ratio"),
        ("children / pupils * 1000", "permille"),
        ("rate / 1000 * pupils", "pupils"),
        ("rate - prev(rate)", "permille"),
        ("rate / 10", "permille"),
        # The best and the worst of likes.
        ("min(ratio, other_ratio)", "ratio"),
        ("max(ratio, pupils / teachers)", "ratio"),
        ("max(area_each, area / pupils)", "square_metres_per_pupil"),
        ("max(teachers_per_hundred, teachers / pupils * 100)", "persons_per_hundred_pupils"),
        ("teachers_per_hundred - prev(teachers_per_hundred)", "persons_per_hundred_pupils"),
        ("min(rate, other_rate)", "permille"),
        ("ratio * teachers", "pupils"),
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
        ("max(ratio, share)", "ratio", "percent"),
        ("min(rate, share)", "permille", "percent"),
        ("min(share, teachers_per_hundred)", "percent", "persons_per_hundred_pupils"),
        ("points + teachers_per_hundred", "percentage_points", "persons_per_hundred_pupils"),
        ("max(area_each, books_each)", "persons^-1·square_metres", "persons^-1·volumes"),
        ("area_each + area", "persons^-1·square_metres", "square_metres"),
        (
            "min(machines_per_hundred, 3, class_size)",
            "percent·devices·persons^-1",
            "classes^-1·persons",
        ),
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
        ("children / pupils * 1000", "percent", "permille", "percent"),
        ("teachers_per_hundred", "percent", "persons_per_hundred_pupils", "percent"),
        ("share", "persons_per_hundred_pupils", "percent", "persons_per_hundred_pupils"),
        ("teachers / pupils", "persons_per_hundred_pupils", "ratio", "persons_per_hundred_pupils"),
        (
            "machines / pupils",
            "devices_per_hundred_pupils",
            "devices·persons^-1",
            "percent·devices·persons^-1",
        ),
        ("pupils / teachers * 100", "ratio", "percent", "ratio"),
        ("children / pupils * 100", "permille", "percent", "permille"),
        ("children * 1000", "children", "permille·persons", "persons"),
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


FACTORS = st.dictionaries(st.sampled_from("abcd"), st.sampled_from([-2, -1, 1, 2]), min_size=1)


def unit_of(code: str, factors: dict[str, int], scale: int = 0) -> Unit:
    return Unit(code, code, code, code, D(1), tuple(sorted(factors.items())), scale)


@given(FACTORS, FACTORS, st.sampled_from([0, 2, 3]))
def test_what_is_divided_and_multiplied_again_is_what_it_was(one, other, scale):
    units = {
        "x": unit_of("x", one),
        "y": unit_of("y", other),
        "per": unit_of(
            "per", {name: one.get(name, 0) - other.get(name, 0) for name in one | other}
        ),
    }
    by = {0: "", 2: " * 100", 3: " * 1000"}[scale]
    quotient = {n: power for n, power in units["per"].dimension if power}
    units["per"] = unit_of("per", quotient, scale)

    check_units(parse(f"x / y{by}"), units["per"], units.__getitem__)
    check_units(parse(f"per * y{by.replace('*', '/')}"), units["x"], units.__getitem__)
    check_units(parse(f"min(per, x / y{by})"), units["per"], units.__getitem__)


@given(FACTORS, FACTORS)
def test_likes_are_compared_and_unlikes_are_named(one, other):
    units = {"x": unit_of("x", one), "y": unit_of("y", other)}
    if one == other:
        check_units(parse("max(x, y)"), units["x"], units.__getitem__)
        return
    with pytest.raises(UnitsDoNotFit) as error:
        check_units(parse("max(x, y)"), units["x"], units.__getitem__)
    assert error.value.code == "different_units"
    assert error.value.left != error.value.right
