"""Figures of an earlier year over the boundaries of today: what is added up, what is refused."""

from decimal import Decimal

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from indicators.figures.boundaries import figures_now
from indicators.models import (
    Definition,
    Doubt,
    JurisdictionChange,
    Rule,
    Status,
    YearlyResult,
)
from indicators.recording.catalogue import save_definition
from indicators.recording.catalogue_change import changing_catalogue
from tests.cast import (
    YEAR,
    enter,
    make_indicator,
    make_statement,
    make_target,
    make_unit,
)
from tests.results.test_predecessors import change_of

BEFORE = YEAR - 1


def now(user, indicator, unit, year=BEFORE, **more):
    places = [(indicator, unit, year)]
    [found] = figures_now(user, places, **{"tier": "reported", **more})
    return found


# --- What can be told ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["rename", "upgrade"])
def test_a_renamed_unit_has_the_figure_of_the_one_before_it(kind, old, new, children, supervisor):
    make_target(children, "ge", 100, level="county")
    change_of(kind, old[:1], [new])
    enter(children, old[0], "200", year=BEFORE)
    found = now(supervisor, children, new)

    assert found.figure.number == 200
    assert (found.figure.jurisdiction, found.parts) == (old[0], [old[0]])
    assert found.how == "沿用旧县0数据，辖区相同"
    assert found.figure.status == Status.MET  # as it stood
    assert not found.is_worked_out


def test_a_merged_unit_has_the_sum_and_no_light(merged, old, children, supervisor):
    make_target(children, "ge", 1, level="county")
    for unit, text in zip(old, ("60", "40"), strict=True):
        enter(children, unit, text, year=BEFORE)
    found = now(supervisor, children, merged)

    assert found.figure.number == 100
    assert found.how == "由旧县0、旧县1按现行区划推算"
    assert (found.is_worked_out, found.is_unchanged) == (True, False)
    assert (found.figure.status, found.figure.target, found.figure.goal) == (
        "no_target",
        None,
        None,
    )
    assert "不判定" in found.figure.drawn_light


def test_nothing_of_it_is_stored(merged, old, children, supervisor):
    for unit in old:
        enter(children, unit, "50", year=BEFORE)
    stored = YearlyResult.objects.count()
    now(supervisor, children, merged)

    assert YearlyResult.objects.count() == stored
    assert not YearlyResult.objects.filter(jurisdiction=merged, year=BEFORE).exists()


def test_a_share_is_worked_out_from_sums_and_is_no_average(
    merged, old, children, children_public, share, supervisor
):
    for unit, part, whole in zip(old, (10, 90), (100, 300), strict=True):
        enter(children_public, unit, str(part), year=BEFORE)
        enter(children, unit, str(whole), year=BEFORE)

    found = now(supervisor, share, merged).figure
    assert found.number == Decimal(10 + 90) / (100 + 300) * 100 == 25
    assert found.number != (Decimal(10) / 100 * 100 + Decimal(90) / 300 * 100) / 2


def test_it_is_worked_out_by_the_definition_of_its_year(
    merged, old, children, children_public, share, editor, supervisor
):
    for unit in old:
        enter(children_public, unit, "10", year=BEFORE)
        enter(children, unit, "40", year=BEFORE)
    save_definition(
        Definition(
            indicator=share,
            valid_from=YEAR,
            meaning_zh="新口径",
            formula="(children - children_public) / children * 100",
        ),
        actor=editor,
    )

    assert now(supervisor, share, merged).figure.number == 25


def test_statements_are_taken_together(merged, old, supervisor):
    covered = make_statement("covered")
    enter(covered, old[0], statement="met", year=BEFORE)
    enter(covered, old[1], statement="not_met", year=BEFORE)

    assert now(supervisor, covered, merged).figure.result.statement == "partly"


def test_growth_of_the_year_of_a_merger_is_what_stands(merged, old, children, growth, supervisor):
    for unit in old:
        enter(children, unit, "50", year=BEFORE)
    enter(children, merged, "110")
    found = now(supervisor, growth, merged, year=YEAR)

    assert (found.figure.number, found.is_unchanged, found.is_worked_out) == (10, True, False)


def test_the_year_before_is_over_the_same_boundary(merged, old, children, supervisor):
    for year, texts in ((BEFORE - 1, ("60", "40")), (BEFORE, ("70", "50"))):
        for unit, text in zip(old, texts, strict=True):
            enter(children, unit, text, year=year)
    found = figures_now(
        supervisor, [(children, merged, year) for year in (BEFORE - 1, BEFORE)], tier="reported"
    )

    assert (found[1].figure.number, found[1].figure.change_number) == (120, 20)


def test_two_changes_are_followed(city, old, new, children, supervisor):
    newest = make_unit("500212", "又一区", parent=city, valid_from=YEAR + 1)
    with changing_catalogue(actor=None):
        new.valid_to = YEAR + 1
        new.save()
    change_of("merge", old, [new])
    change_of("upgrade", [new], [newest], year=YEAR + 1)
    for unit in old:
        enter(children, unit, "50", year=BEFORE)
    enter(children, new, "130")

    assert now(supervisor, children, newest, year=YEAR).figure.jurisdiction == new
    assert now(supervisor, children, newest).figure.number == 100


def test_one_that_took_another_in_is_both(city, north, old, children, supervisor):
    change_of("merge", old[:1], [north])
    enter(children, old[0], "60", year=BEFORE)
    enter(children, north, "40", year=BEFORE)
    found = now(supervisor, children, north)

    assert (found.figure.number, found.is_unchanged) == (100, False)
    assert {unit.code for unit in found.parts} == {"500101", "500200"}


def test_growth_over_that_year_is_not_that_of_a_unit_that_was_smaller(
    city, north, old, children, growth, supervisor
):
    change_of("merge", old[:1], [north])
    enter(children, old[0], "60", year=BEFORE)
    enter(children, north, "40", year=BEFORE)
    enter(children, north, "110")

    found = now(supervisor, growth, north, year=YEAR)
    assert (found.figure.number, found.is_worked_out) == (10, True)


def test_where_a_part_has_not_reported_the_sum_never_looks_whole(
    merged, old, children, children_public, share, supervisor
):
    enter(children, old[0], "60", year=BEFORE)
    enter(children_public, old[0], "30", year=BEFORE)
    found = now(supervisor, children, merged)

    assert str(found.figure.value) == "60 人（已报 1 / 2）"
    assert found.how == "由旧县0、旧县1按现行区划推算；缺旧县1"
    assert found.figure.result.whole_number is None
    assert found.figure.digits == ""  # a file gets the words
    assert now(supervisor, share, merged).figure.is_partial


def test_parts_of_different_units_make_no_share(
    merged, old, children, children_public, share, supervisor
):
    enter(children, old[0], "60", year=BEFORE)
    enter(children_public, old[1], "30", year=BEFORE)
    found = now(supervisor, share, merged).figure

    assert found.number is None
    assert found.why_none == "分子分母的报送单位不一致，缺：旧县0、旧县1。"


def test_where_nobody_reported_it_says_so(merged, children, supervisor):
    found = now(supervisor, children, merged).figure

    assert (found.number, found.why_none) == (None, "尚无单位报送。")
    assert "—" in found.drawn


def test_a_doubt_about_a_part_is_a_doubt_about_the_sum(merged, old, children, supervisor):
    for unit in old:
        enter(children, unit, "50", year=BEFORE)
    assert now(supervisor, children, merged).figure.doubt == ""

    rule = Rule.objects.create(code="many", kind="range", severity="warning", upper=10)
    Doubt.objects.create(indicator=children, jurisdiction=old[0], year=BEFORE, rule=rule)
    assert now(supervisor, children, merged).figure.doubt == "含待核数据"
    assert "含待核数据" in now(supervisor, children, merged).figure.drawn


# --- What is refused ----------------------------------------------------------------------------


def test_what_does_not_add_up_is_refused_by_name(merged, old, supervisor):
    rate = make_indicator("rate", aggregation="none")
    for unit in old:
        enter(rate, unit, "50", year=BEFORE)
    of_rate = make_indicator("of_rate", formula="rate * 2")

    for indicator in (rate, of_rate):
        found = now(supervisor, indicator, merged)
        assert found.refused == "指标rate不能由旧县0、旧县1相加，无法推算。"
        assert (found.figure.number, list(found.parts)) == (None, [])


def test_the_largest_of_two_is_no_sum(merged, old, supervisor):
    largest = make_indicator("largest", aggregation="max")
    for unit in old:
        enter(largest, unit, "50", year=BEFORE)

    assert "不能由旧县0、旧县1相加" in now(supervisor, largest, merged).refused


def test_a_part_of_what_was_split_has_no_past(old, new, city, children, supervisor):
    other = make_unit("500211", "新县", parent=city, valid_from=YEAR)
    change_of("split", old[:1], [new, other])
    enter(children, old[0], "60", year=BEFORE)

    for unit in (new, other):
        assert now(supervisor, children, unit).refused == (
            f"无法按现行区划推算：{YEAR} 年旧县0分设为新区、新县。"
        )


def test_a_part_moved_is_told_with_its_year_and_document(merged, old, north, children, supervisor):
    change_of("transfer", old[:1], [north])
    JurisdictionChange.objects.filter(kind="transfer").update(legal_basis="国函〔2021〕9号")
    with changing_catalogue(actor=None):
        pass  # the catalogue is read anew
    for unit in (*old, north):
        enter(children, unit, "50", year=BEFORE)

    for unit in (merged, north):
        found = now(supervisor, children, unit)
        assert found.refused == (
            f"无法按现行区划推算：{YEAR} 年旧县0部分区域划入北区（国函〔2021〕9号）。"
        )
        assert (found.figure.number, found.figure.has_figure) == (None, False)


def test_growth_over_a_year_in_which_a_part_was_moved_is_refused(
    north, south, children, growth, supervisor
):
    change_of("transfer", [south], [north])
    enter(children, north, "50", year=BEFORE)
    enter(children, north, "60")

    assert now(supervisor, children, north, year=YEAR).figure.number == 60
    assert "南区部分区域划入北区" in now(supervisor, growth, north, year=YEAR).refused


def test_before_a_unit_began_of_which_nothing_is_kept_nothing_is_told(new, children, supervisor):
    assert now(supervisor, children, new).refused == (
        f"新区自 {YEAR} 年起设立，此前辖区归属未作记录。"
    )


def test_a_total_too_long_is_a_reason_and_no_failure(merged, old, supervisor):
    amount = make_indicator("amount", unit="yuan", display_unit="yuan", quantity_kind="amount")
    for unit in old:  # not by the door, which would refuse it for the city's sum
        YearlyResult.objects.create(
            indicator=amount,
            jurisdiction=unit,
            year=BEFORE,
            tier="reported",
            basis="entered",
            number=Decimal("99999999999999"),
        )

    assert now(supervisor, amount, merged).figure.result.reason == {"code": "too_large"}


# --- Altogether ---------------------------------------------------------------------------------

NUMBERS = st.lists(st.integers(0, 9_999), min_size=5, max_size=5)
GROUPS = st.lists(st.integers(0, 2), min_size=5, max_size=5)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=NUMBERS, groups=GROUPS)
def test_over_clean_boundaries_units_of_now_add_up_to_those_of_then(
    numbers, groups, city, children, supervisor
):
    """Five units of then, joined to one, two or three of now; a group of one is a new name."""
    with transaction.atomic():
        then = [make_unit(f"50030{n}", f"县{n}", parent=city, valid_to=YEAR) for n in range(5)]
        today, wanted = [], {}
        for group in sorted(set(groups)):
            unit = make_unit(f"50031{group}", f"区{group}", parent=city, valid_from=YEAR)
            inside = [one for one, at in zip(then, groups, strict=True) if at == group]
            change_of("merge" if len(inside) > 1 else "rename", inside, [unit])
            today.append(unit)
            wanted[unit.code] = sum(n for n, at in zip(numbers, groups, strict=True) if at == group)
        for unit, number in zip(then, numbers, strict=True):
            enter(children, unit, str(number), year=BEFORE)
        found = figures_now(
            supervisor, [(children, unit, BEFORE) for unit in today], tier="reported"
        )
        assert {one.unit.code: one.figure.number for one in found} == wanted
        assert sum(one.figure.number for one in found) == sum(numbers)
        transaction.set_rollback(True)
