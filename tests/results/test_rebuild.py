"""After any sequence of writes, a recomputation of everything finds what is stored."""

from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from indicators.collection import Refusal
from indicators.models import (
    Definition,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Target,
    YearlyResult,
)
from indicators.recording.catalogue import (
    save_definition,
    save_jurisdiction,
    save_other,
    save_target,
)
from indicators.results.rebuild import PLACE, check, rebuild
from indicators.results.refresh import refresh, work_out
from tests.cast import YEAR, enter, make_indicator, make_points, make_share, make_target, make_unit

YEARS = (2020, 2021, 2022)
TEXTS = ("0", "1", "7", "7余", "1.2万", "99999999999999")


@pytest.fixture
def world(children, children_public, share, city, north, south):
    """A share, its growth in points, a base year, a chain of formulas, and targets."""
    points = make_points("points", "share - prev(share)")
    since = make_share("since", "children / base_year(children, 2020) * 100")
    only_city = make_indicator("only_city", reporting_level="above", aggregation="none")
    of_city = make_indicator(
        "of_city", formula="only_city + children", reporting_level="above", unit="persons"
    )
    make_target(children, "not_below_last_year")
    make_target(children, "not_below_last_year", level="county")
    make_target(share, "ge", 50)
    third = make_unit("500103", "东区", parent=city, valid_from=2021)
    return {
        "indicators": [children, children_public, share, points, since, only_city, of_city],
        "units": [city, north, south, third],
    }


ENTRY = st.tuples(
    st.just("enter"),
    st.integers(0, 6),
    st.integers(0, 3),
    st.sampled_from(YEARS),
    st.sampled_from([*TEXTS, "", "not_applicable", "not_available"]),
    st.booleans(),
)
TARGET = st.tuples(
    st.just("target"),
    st.integers(0, 6),
    st.sampled_from(["ge", "lt"]),
    st.sampled_from(["0", "50", "100"]),
)
DEFINE = st.tuples(
    st.just("define"),
    st.integers(0, 6),
    st.sampled_from(YEARS),
    st.sampled_from(
        ["", "children * 2", "children + children_public", "children_public / children * 100"]
    ),
)
UNIT = st.tuples(st.just("unit"), st.integers(1, 3), st.sampled_from([2020, 2021, 2022]))


def act(world, step):
    kind, *rest = step
    if kind == "enter":
        place, unit, year, text, part = rest
        state = text if text.startswith("not_") else ""
        enter(
            world["indicators"][place],
            world["units"][unit],
            "" if state else text,
            year=year,
            state=state,
            state_reason="x" if state else "",
            part_of_year=part,
        )
    elif kind == "target":
        place, comparator, value = rest
        indicator = world["indicators"][place]
        target = Target.objects.filter(indicator=indicator, level="city").first()
        if target is None:
            make_target(indicator, comparator, value)
        else:
            target.comparator, target.value = comparator, D(value)
            save_target(target, actor=None)
    elif kind == "define":
        place, year, formula = rest
        save_definition(
            Definition(
                indicator=world["indicators"][place],
                valid_from=year,
                meaning_zh="x",
                formula=formula,
            ),
            actor=None,
        )
    else:
        unit, year = rest
        world["units"][unit].refresh_from_db()
        world["units"][unit].valid_from = year
        save_jurisdiction(world["units"][unit], actor=None)


@pytest.mark.thorough
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.one_of(ENTRY, ENTRY, ENTRY, TARGET, DEFINE, UNIT), max_size=14))
def test_results_equal_a_rebuild_after_any_sequence_of_writes(world, steps):
    with transaction.atomic():
        for step in steps:
            try:
                act(world, step)
            except Refusal:
                continue  # what is refused leaves everything as it was
        _compared, differences = check()
        transaction.set_rollback(True)

    assert differences == []


def test_the_check_finds_a_result_changed_behind_its_back(children, city, north):
    enter(children, north, "10")
    YearlyResult.objects.filter(jurisdiction=city, tier="reported").update(number=D(11))

    compared, differences = check()
    assert compared >= 4
    assert [(d.fields) for d in differences] == [{"number": (D(11), D(10))}]
    assert rebuild()[1] == 1
    assert check()[1] == []


def test_the_check_counts_what_it_compared(db):
    assert check() == (0, [])


@pytest.fixture
def deep(children, share, children_public, city):
    """Three levels with figures of four years, summed twice."""
    make_target(children, "not_below_last_year")
    for number in range(3):
        district = make_unit(f"50010{number}", f"区{number}", parent=city)
        for town in range(2):
            unit = make_unit(f"T{number}{town}", f"镇{number}{town}", parent=district)
            for year in range(YEAR - 3, YEAR + 1):
                enter(children, unit, f"{number + 1}0", year=year)
                enter(children_public, unit, f"{number + 1}", year=year)
    return city


AT_ONCE = [7, *(pytest.param(units, marks=pytest.mark.thorough) for units in (1, 60, 20_000))]


@pytest.mark.parametrize("at_once", AT_ONCE)
def test_the_check_says_the_same_in_however_many_pieces(deep, at_once, monkeypatch):
    whole = check()
    assert whole[1] == []
    monkeypatch.setattr("indicators.results.rebuild.AT_ONCE", at_once)

    assert check() == whole
    town = YearlyResult.objects.filter(jurisdiction__code="T00", year=YEAR, basis="entered")
    town.update(number=D(99))
    YearlyResult.objects.filter(jurisdiction=deep, year=YEAR - 1, basis="summed").delete()
    places = {(d.place[0].unit_id, d.place[0].year) for d in check()[1]}
    assert places == {(town.first().jurisdiction_id, YEAR), (deep.pk, YEAR - 1)}
    assert len(check()[1]) == 4
    assert rebuild()[1] == 4
    assert check() == whole


@pytest.mark.thorough
@pytest.mark.parametrize(("act", "works"), [(check, work_out), (rebuild, refresh)])
def test_neither_holds_more_for_more_years(deep, monkeypatch, act, works):
    def most():
        sizes = []
        monkeypatch.setattr(
            f"indicators.results.rebuild.{works.__name__}",
            lambda snapshot, keys: sizes.append(len(keys)) or works(snapshot, keys),
        )
        act()
        return max(sizes)

    monkeypatch.setattr("indicators.results.rebuild.AT_ONCE", 12)
    few = most()
    indicator = make_indicator("many")
    for year in range(YEAR - 20, YEAR):
        for unit in Jurisdiction.objects.filter(code__startswith="T"):
            enter(indicator, unit, "1", year=year)

    assert most() <= few * 2  # of three indicators four


@pytest.mark.parametrize("at_once", AT_ONCE)
def test_a_rebuild_makes_the_same_of_nothing_in_however_many_pieces(deep, at_once, monkeypatch):
    whole = check()
    kept = set(YearlyResult.objects.exclude(basis="").values_list(*PLACE, "tier", "number"))
    YearlyResult.objects.all().delete()
    monkeypatch.setattr("indicators.results.rebuild.AT_ONCE", at_once)

    rebuild()

    assert set(YearlyResult.objects.exclude(basis="").values_list(*PLACE, "tier", "number")) == kept
    assert check()[1] == whole[1] == []


def test_a_rebuild_mends_what_rests_on_a_unit_of_a_later_piece(deep, monkeypatch):
    """The new unit comes before the old one, whose wrong figure its growth rests on."""
    old = Jurisdiction.objects.get(code="T00")
    new = make_unit("T09", "新镇", parent=old.parent, valid_from=YEAR)
    growth = make_indicator(
        "growth", formula="children - prev(children)", unit="children", display_unit="children"
    )
    change = JurisdictionChange.objects.create(year=YEAR, kind="rename")
    change.from_units.add(old)
    change.to_units.add(new)
    Jurisdiction.objects.filter(pk=old.pk).update(valid_to=YEAR)
    enter(Indicator.objects.get(code="children"), new, "15")
    rebuild()
    assert check()[1] == []
    right = YearlyResult.objects.get(indicator=growth, jurisdiction=new, year=YEAR, tier="reported")
    monkeypatch.setattr("indicators.results.rebuild.AT_ONCE", 1)
    for unit in (old, new):
        YearlyResult.objects.filter(jurisdiction=unit).update(number=D(7))

    rebuild()

    right.refresh_from_db()
    assert (right.number, check()[1]) == (D(5), [])


def test_writing_costs_the_same_statements_with_one_unit_or_many(
    children, share, children_public, city, north, south, django_assert_max_num_queries
):
    make_target(children, "ge", 5)
    enter(children, north, "1")
    with django_assert_max_num_queries(20) as few:
        enter(children, north, "2")
    for code in range(500110, 500120):
        enter(children, make_unit(str(code), str(code), parent=city), "3")
    with django_assert_max_num_queries(20) as many:
        enter(children, north, "4")

    assert len(many) == len(few)


def test_nothing_is_worked_out_for_years_to_come_though_all_is_worked_out_again(children, north):
    since = make_indicator("since", formula="base_year(children, 2021) * 2")
    target = make_target(since, "not_below_last_year", level="county")
    enter(children, north, "10")
    assert check()[1] == []
    last = YearlyResult.objects.latest("year").year

    for _time in range(3):
        save_other(target.framework, actor=None)
        rebuild()
    assert YearlyResult.objects.latest("year").year == last
    enter(children, north, "50")
    assert check()[1] == []
