"""A province over two cities over districts, with schools below one of them: one tree, any depth.

What every unit reports is summed at each level; a city in a province stays what it is by itself.
"""

from decimal import Decimal as D

import pytest
from django.test import Client
from django.urls import reverse

from indicators.collection import Refusal
from indicators.figures.doubt_sources import doubts_in_sums
from indicators.figures.units import top_unit, units_near
from indicators.models import YearlyResult, YearlyValue
from indicators.recording.examination import examine_due
from indicators.results import current_snapshot
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_indicator, make_target, make_unit, make_user, result
from tests.round_cast import make_round

SCHOOLS, NORTH, SOUTH, EAST, WEST = ("10", "20"), "30", "40", "5", "6"


@pytest.fixture
def tree(db):
    """By name; figures are of north's schools and of the other districts."""
    units = {"province": make_unit("510000", "山省", "province")}
    for code, name, level, parent in (
        ("510100", "first", "city", "province"),
        ("510200", "second", "city", "province"),
        ("510101", "north", "district", "first"),
        ("510102", "south", "county", "first"),
        ("510201", "east", "district", "second"),
        ("510202", "west", "district", "second"),
        ("51010101", "school", "school", "north"),
        ("51010102", "other_school", "school", "north"),
    ):
        units[name] = make_unit(code, name, level, parent=units[parent])
    return units


@pytest.fixture
def filled(tree, children):
    for name, text in zip(
        ("school", "other_school", "south", "east", "west"),
        (*SCHOOLS, SOUTH, EAST, WEST),
        strict=True,
    ):
        enter(children, tree[name], text)
    return tree


@pytest.fixture
def rank(db):
    return make_indicator(
        "rank",
        unit="rank",
        quantity_kind="rank",
        aggregation="none",
        reporting_level="above",
        display_unit="rank",
    )


def person(role, unit):
    return make_user(f"{role}_{unit.name_zh}", role, unit)


def seen_by(user, indicator):
    rows = YearlyResult.objects.for_user(user).in_tier("reported").filter(indicator=indicator)
    return set(rows.values_list("jurisdiction__name_zh", flat=True))


def test_figures_are_summed_at_every_level(filled, children):
    sums = {name: result(children, unit).number for name, unit in filled.items()}

    assert sums == {
        "province": D(81),
        "first": D(70),
        "second": D(11),
        "north": D(30),
        "south": D(40),
        "east": D(5),
        "west": D(6),
        "school": D(10),
        "other_school": D(20),
    }
    assert (result(children, filled["province"]).reported, check()[1]) == (2, [])


@pytest.mark.usefixtures("usual_rules")
def test_what_rests_on_a_doubt_is_counted_at_every_level_above(filled, children):
    enter(children, filled["west"], "1000", year=YEAR - 1)
    enter(children, filled["west"], "10100")
    examine_due()

    assert doubts_in_sums(person("supervisor", filled["province"])) == (1, 2)
    assert doubts_in_sums(person("supervisor", filled["second"])) == (1, 1)
    assert doubts_in_sums(person("supervisor", filled["first"])) == (0, 0)


def test_what_the_level_above_reports_is_asked_of_cities_and_provinces(tree, rank):
    snapshot = current_snapshot()
    asked = {name for name, unit in tree.items() if snapshot.reports(rank.pk, unit.pk, YEAR)}

    assert asked == {"province", "first", "second"}
    with pytest.raises(Refusal) as refusal:
        enter(rank, tree["north"], "3")
    assert refusal.value.code == "city_only"
    assert enter(rank, tree["second"], "3").number == 3


@pytest.mark.parametrize(
    ("level", "bound"),
    [
        ("national", {"province", "first", "second"}),
        ("city", {"first", "second"}),
        ("county", {"north", "south", "east", "west"}),
        ("school", {"school", "other_school"}),
    ],
)
def test_a_target_binds_the_units_of_its_level(filled, children, level, bound):
    target = make_target(children, "ge", 1, level=level)
    held = YearlyResult.objects.in_tier("reported").filter(target=target)

    assert set(held.values_list("jurisdiction__name_zh", flat=True)) == {
        filled[name].name_zh for name in bound
    }


def test_a_role_reaches_down_and_nobody_learns_another_city_by_subtraction(filled, children):
    everything = {unit.name_zh for unit in filled.values()}
    of_first = {"first", "north", "south", "school", "other_school"}

    assert seen_by(person("supervisor", filled["province"]), children) == everything
    assert seen_by(person("supervisor", filled["first"]), children) == of_first
    # The province's 81 less the first city's 70 would be the second city's.
    assert seen_by(person("officer", filled["first"]), children) == of_first
    assert seen_by(person("officer", filled["north"]), children) == {"north"}
    assert seen_by(person("officer", filled["south"]), children) == {"south"}
    assert seen_by(person("officer", filled["school"]), children) == {"school"}


def test_each_begins_with_the_level_above_that_is_nearest(filled):
    tops = {
        name: top_unit(person("officer", filled[name])).name_zh
        for name in ("province", "second", "north", "school")
    }

    assert tops == {"province": "山省", "second": "second", "north": "first", "school": "first"}
    near = units_near(person("supervisor", filled["province"]), YEAR, "510100")
    assert [unit.name_zh for unit in near] == ["山省", "first", "second", "north", "south"]


def test_a_round_of_a_city_asks_its_districts_and_no_other_city_waits_for_it(filled, children):
    first, second = filled["first"], filled["second"]
    boss, south, east = (
        person("supervisor", first),
        person("officer", filled["south"]),
        person("officer", filled["east"]),
    )
    made = make_round(first, boss, [children], [filled["north"], filled["south"]])

    enter(children, filled["south"], "41", actor=south)
    enter(children, filled["east"], "9", actor=east)

    assert {one.jurisdiction.name_zh for one in made.submissions.all()} == {"north", "south"}
    assert YearlyValue.objects.get(indicator=children, jurisdiction=filled["south"]).number == 41
    assert result(children, filled["south"]).number == 40  # a draft stands nowhere
    assert result(children, second).number == 15


def test_a_round_of_a_province_asks_its_cities(tree, rank, children):
    made = make_round(
        tree["province"], person("supervisor", tree["province"]), [rank], [tree["first"]]
    )
    first, second = person("officer", tree["first"]), person("officer", tree["second"])

    enter(rank, tree["first"], "3", actor=first)

    of_first = made.submissions.get(jurisdiction=tree["first"])
    assert of_first.state == "draft"
    assert not YearlyResult.objects.filter(indicator=rank).exclude(basis="").exists()
    with pytest.raises(Refusal) as refusal:
        enter(rank, tree["second"], "4", actor=second)
    assert refusal.value.code == "unit_not_in_round"
    # Their districts are not asked by the province, so its round does not hold them back.
    enter(children, tree["south"], "40", actor=person("officer", tree["south"]))
    assert result(children, tree["south"]).number == 40


@pytest.mark.parametrize(
    ("role", "at", "unit", "other"),
    [
        ("supervisor", "province", "second", None),
        ("supervisor", "first", "north", "east"),
        ("officer", "first", "south", "east"),
        ("officer", "north", "north", "school"),
        ("lead", "school", "school", "other_school"),
    ],
)
def test_the_pages_are_those_of_the_unit(filled, children, rank, role, at, unit, other):
    enter(rank, filled["province"], "3")
    client = Client()
    client.force_login(person(role, filled[at]))

    def answer(name, *args, **query):
        return client.get(reverse(f"dashboards:{name}", args=args), query)

    pages = [
        client.get(reverse("home:home")),
        answer("overview", year=YEAR),
        answer("overview", year=YEAR, jurisdiction=filled[unit].code),
        answer("units", year=YEAR),
        answer("units", year=YEAR, under=filled[at].code),
        answer("indicator", "children", year=YEAR),
        answer("figure", "children", filled[unit].code, YEAR),
    ]

    assert [page.status_code for page in pages] == [200] * len(pages)
    assert f"{filled[unit].name_zh}" in pages[3].content.decode()
    if other is not None:
        assert answer("figure", "children", filled[other].code, YEAR).status_code == 404
        assert filled[other].name_zh not in "".join(page.content.decode() for page in pages)
