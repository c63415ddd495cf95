"""Each kind of rule finds what it is for, where it applies, and in its years."""

from decimal import Decimal as D

import pytest

from indicators.models import Rule
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results import RuleInputs, check, current_snapshot
from tests.cast import YEAR, make_indicator, make_share, make_target


def make_rule(kind, *indicators, severity="warning", **fields):
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(
            code=f"rule_{kind}", name_zh=kind, kind=kind, severity=severity, **fields
        )
        rule.indicators.set(indicators)
    return rule


def found(unit, numbers, *, told=(), others=(), computed=None, replaced=None, beside=(), year=YEAR):
    """Code and indicator of what is found among numbers by code and year."""
    snapshot = current_snapshot()
    by_id = {(snapshot.by_code[code], of): D(str(n)) for (code, of), n in numbers.items()}
    seen = {(snapshot.by_code[code], of) for code, of in told} | by_id.keys()
    given = RuleInputs(
        number=lambda pk, of: by_id.get((pk, of)),
        is_reported=lambda pk, of: (pk, of) in seen,
        others=lambda _pk, _of: [D(str(n)) for n in others],
        computed=lambda _pk, _of: computed,
        replaced=lambda _pk, _of: None if replaced is None else D(replaced),
        beside=lambda *_place: beside,
    )
    broken = check(snapshot, unit.pk, year, given)
    for pk in snapshot.indicators:
        about = check(snapshot, unit.pk, year, given, about={pk})
        assert _of(pk, about) == _of(pk, broken), "asked of one indicator, all of it is found"
    return [(one.code, snapshot.indicators[one.indicator_id].code) for one in broken]


def _of(pk, broken):
    return [one for one in broken if one.indicator_id == pk]


SHARE = {"unit": "percent", "display_unit": "percent", "quantity_kind": "share"}


def this_year(**numbers):
    return {(code, YEAR): number for code, number in numbers.items()}


def last_year(**numbers):
    return {(code, YEAR - 1): number for code, number in numbers.items()}


def test_a_comparison_of_two_formulas(north, children, children_public):
    make_rule("comparison", left="children_public * 2", comparator="le", right="children")
    assert found(north, this_year(children=10, children_public=5)) == []
    broken = found(north, this_year(children=10, children_public=6))
    assert broken == [("not_le", "children_public")]
    assert found(north, this_year(children_public=6)) == []


def test_an_equality_with_its_tolerance(north, children, children_public):
    make_rule("comparison", left="children", comparator="eq", right="children_public", tolerance=1)
    assert found(north, this_year(children=101, children_public=100)) == []
    assert found(north, this_year(children=102, children_public=100)) == [("not_eq", "children")]


def test_a_part_above_its_whole_is_told_at_the_part(north, children, children_public, share):
    make_rule("part_whole")
    assert found(north, this_year(children=10, children_public=10)) == []
    broken = found(north, this_year(children=10, children_public=11))
    assert broken == [("above_whole", "children_public")]


def test_a_pair_is_given_together(north, children, children_public):
    make_rule("pair", children, children_public)
    assert found(north, {}) == []
    assert found(north, this_year(children=1, children_public=1)) == []
    assert found(north, this_year(children=1)) == [("pair_missing", "children_public")]
    assert found(north, this_year(children=1), told=[("children_public", YEAR)]) == []


def test_only_what_a_target_forbids_to_fall_is_held_to_it(north, children, children_public):
    make_rule("growth", lower=0)
    numbers = this_year(children=9, children_public=9) | last_year(children=10, children_public=10)
    assert found(north, numbers) == []
    make_target(children, "not_below_last_year", level="county")
    assert found(north, numbers) == [("below_last_year", "children")]


def test_growth_beyond_its_bounds_of_a_named_indicator(north, children):
    make_rule("growth", children, lower=-5, upper=20)
    for now, codes in ((94, ["grew_too_little"]), (95, []), (120, []), (121, ["grew_too_much"])):
        numbers = this_year(children=now) | last_year(children=100)
        assert [code for code, _indicator in found(north, numbers)] == codes


def test_shares_are_compared_by_points_where_a_higher_one_is_better(north, children):
    make_rule("growth", unit="percent", lower=-3)
    for name, direction in (("kept", "higher_better"), ("dropped", "lower_better")):
        make_indicator(
            name,
            unit="percent",
            display_unit="percent",
            quantity_kind="rate",
            aggregation="none",
            direction=direction,
        )
    numbers = this_year(kept="92.8", dropped="92.8", children=1) | last_year(
        kept="95.9", dropped="95.9", children=100
    )
    assert found(north, numbers) == [("fell", "kept")]


def test_the_range_of_a_unit_is_asked_of_shares_that_are_entered(north, children, share):
    make_rule("range", unit="percent", upper=100)
    entered = {"unit": "percent", "display_unit": "percent", "aggregation": "none"}
    make_indicator("entered_share", quantity_kind="share", **entered)
    make_indicator("rate", quantity_kind="rate", **entered)
    numbers = this_year(share=101, entered_share=101, rate=101, children=101)
    assert found(north, numbers) == [("above_range", "entered_share")]


def test_the_range_of_a_named_indicator(north, children):
    make_rule("range", children, lower=10, upper=20)
    for number, codes in ((9, ["below_range"]), (10, []), (20, []), (21, ["above_range"])):
        assert [code for code, _i in found(north, this_year(children=number))] == codes


def test_a_slip_is_not_told_again_as_growth(north, children):
    make_rule("unit_slip")
    make_rule("growth", children, upper=20)
    numbers = this_year(children=100_000) | last_year(children=10_000)
    assert found(north, numbers) == [("slip_up", "children")]


def test_a_rate_far_from_the_other_districts_stands_out(north, children, children_public, share):
    make_rule("outlier")
    others = [90, 91, 92, 93, 94]
    assert found(north, this_year(share=60), others=others) == [("stands_out_below", "share")]
    assert found(north, this_year(share=89), others=others) == []
    assert found(north, this_year(children=60), others=others) == []
    assert found(north, this_year(share=60), others=others[:4]) == []


def test_the_same_to_the_last_digit_is_told_of_what_is_entered(north, children, share):
    make_rule("unchanged")
    numbers = this_year(children=12_346, share=50) | last_year(children=12_346, share=50)
    assert found(north, numbers) == [("unchanged", "children")]


def test_the_units_are_held_against_what_the_city_states(city, north, children):
    make_rule("city_total", tolerance=1)
    assert found(city, this_year(children=1000), computed=D(1010)) == []
    broken = found(city, this_year(children=1000), computed=D(1011))
    assert broken == [("total_differs", "children")]


def test_a_rule_holds_in_its_years(north, children):
    make_rule("range", children, upper=1, valid_from=YEAR + 1)
    assert found(north, this_year(children=5)) == []
    Rule.objects.all().delete()
    make_rule("range", children, upper=1, valid_from=1990, valid_to=YEAR)
    assert found(north, this_year(children=5)) == [("above_range", "children")]


def test_another_unit_of_measure_is_no_matter_of_the_rule(north, children):
    make_rule("range", unit="yuan", upper=1)
    assert found(north, this_year(children=5)) == []


@pytest.mark.parametrize("text", ["children +", "nowhere", "children / 0"])
def test_a_comparison_that_cannot_be_worked_out_finds_nothing(north, children, text):
    make_rule("comparison", left=text, comparator="le", right="children")
    make_share("ratio", "children / children * 100")
    assert found(north, this_year(children=5)) == []


# --- Without last year ------------------------------------------------------------------------


def test_without_last_year_a_number_is_held_against_the_one_that_it_replaces(north, children):
    make_rule("unit_slip")
    asked = {"numbers": this_year(children=100_000), "replaced": 10_000}
    assert found(north, **asked) == [("slip_up_replaced", "children")]
    assert found(north, this_year(children=0), replaced=3) == [
        ("nothing_left_replaced", "children")
    ]
    assert found(north, this_year(children=11_000), replaced=10_000) == []
    both = this_year(children=100_000) | last_year(children=100_100)
    assert found(north, both, replaced=10_000) == []


@pytest.mark.parametrize(
    ("number", "broken"),
    [("0.956", True), (1, True), ("1.2", False), (0, False), ("95.6", False)],
)
def test_without_last_year_a_share_is_of_a_hundred(north, number, broken):
    make_rule("unit_slip")
    make_indicator("covered", **SHARE, direction="higher_better")
    asked = found(north, this_year(covered=number))
    assert asked == ([("slip_to_fraction", "covered")] if broken else [])


def test_of_a_share_that_is_to_be_small_or_is_worked_out_little_is_nothing_odd(north, share):
    make_rule("unit_slip")
    make_indicator("large_classes", **SHARE, direction="lower_better")
    assert found(north, this_year(large_classes="0.4", share="0.4")) == []


NEAR = [(D(n), D(1000)) for n in (9000, 9500, 10_000, 10_500, 11_000)]


def test_without_last_year_a_number_is_held_against_the_others_for_its_size(north, children):
    make_rule("outlier", right="pupils")
    make_indicator("pupils")
    make_indicator("money", unit="yuan", display_unit="yuan", quantity_kind="amount")
    ten_times = this_year(money=100_000, pupils=1000)
    assert found(north, ten_times, beside=NEAR) == [("apart_above", "money")]
    assert found(north, this_year(money=1000, pupils=1000), beside=NEAR) == [
        ("apart_below", "money")
    ]
    # A small unit is not odd for being small, nor one that differs by less than three times.
    assert found(north, this_year(money=500, pupils=50), beside=NEAR) == []
    assert found(north, this_year(money=25_000, pupils=1000), beside=NEAR) == []
    assert found(north, ten_times, beside=NEAR[:4]) == []
    assert found(north, ten_times | last_year(money=90_000), beside=NEAR) == []
    assert found(north, this_year(money=100_000), beside=NEAR) == []


def test_without_last_year_an_input_is_doubted_for_what_is_worked_out_from_it(
    north, children, children_public, share
):
    make_rule("outlier")
    others = [90, 91, 92, 93, 94]
    odd = this_year(share=6, children=1000, children_public=60)
    assert set(found(north, odd, others=others)) == {
        ("stands_out_below", "share"),
        ("doubted_above", "children"),
        ("doubted_above", "children_public"),
    }
    usual = odd | last_year(children=990)
    assert set(found(north, usual, others=others)) == {
        ("stands_out_below", "share"),
        ("doubted_above", "children_public"),
    }


def test_a_fall_to_zero_is_odd_whatever_the_size_unless_lower_is_better(north, children):
    make_rule("unit_slip")
    make_indicator("accidents", direction="lower_better")
    now = this_year(children=0, accidents=0)
    assert found(north, now | last_year(children=3, accidents=300)) == [
        ("nothing_left", "children")
    ]


def test_an_average_far_from_the_other_districts_stands_out(north, children, children_public):
    make_rule("outlier")
    make_indicator("money", unit="yuan", display_unit="yuan", quantity_kind="amount")
    make_indicator(
        "per_pupil",
        formula="money / children",
        unit="yuan_per_pupil",
        display_unit="yuan_per_pupil",
        quantity_kind="average",
    )
    others = [9000, 9500, 10_000, 10_500, 11_000]
    broken = found(north, this_year(per_pupil=100_000), others=others)
    assert broken == [("stands_out_above", "per_pupil")]
