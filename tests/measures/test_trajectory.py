"""How much of the way to a target is covered, and whether it will be reached in time."""

from decimal import Decimal as D

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indicators.measures.attainment import Goal
from indicators.measures.trajectory import OUTLOOKS, Point, distance_covered, trajectory

NUMBERS = st.decimals(-(10**6), 10**6, places=2)


@given(NUMBERS, NUMBERS)
def test_none_at_the_base_and_all_at_the_target(base, target):
    assume(base != target)
    assert distance_covered(base, base, target) == 0
    assert distance_covered(base, target, target) == 100


@given(NUMBERS, NUMBERS, NUMBERS)
def test_seen_in_a_mirror_the_way_is_as_long(base, now, target):
    assert distance_covered(base, now, target) == distance_covered(-base, -now, -target)


def test_without_a_way_there_is_no_part_of_it():
    assert distance_covered(D(5), D(7), D(5)) is None


def test_a_part_with_more_digits_than_are_kept_is_not_told():
    assert distance_covered(D(0), D(10) ** 15, D("0.0001")) is None


# --- Whether it will be in time -----------------------------------------------------------------

MIRROR = {"ge": "le", "gt": "lt", "le": "ge", "lt": "gt"}
GOALS = st.builds(Goal, st.sampled_from([*MIRROR]), NUMBERS, margin=st.none())
WORSE = {"achieved": 0, "on_track": 1, "accelerate": 2, "limited": 3, "moving_away": 4}


def way(*numbers, first=2020):
    return [Point(first + n, D(number)) for n, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "goal", "year", "outlook", "ratio"),
    [
        ((90, 92, 96), Goal("ge", D(96)), 2025, "achieved", None),
        ((90, 91, "92.28"), Goal("ge", D(96)), 2025, "on_track", D(95)),
        ((90, 91, "92.27"), Goal("ge", D(96)), 2025, "accelerate", D("94.5833")),
        ((90, "90.9"), Goal("ge", D(96)), 2024, "accelerate", D(60)),
        ((90, "90.8"), Goal("ge", D(96)), 2024, "limited", D("53.3333")),
        ((90, 90), Goal("ge", D(96)), 2024, "limited", D(0)),
        ((90, 89), Goal("ge", D(96)), 2024, "moving_away", D("-66.6667")),
        ((96, 95), Goal("ge", D(96)), 2024, "moving_away", None),
        ((5, 4), Goal("le", D(3)), 2022, "on_track", D(100)),
        ((5, 6), Goal("le", D(3)), 2022, "moving_away", D(-100)),
        ((8, 9), Goal("range", D(10), D(12)), 2022, "on_track", D(100)),
        ((14, 15), Goal("range", D(10), D(12)), 2022, "moving_away", D(-100)),
        ((8, 11), Goal("range", D(10), D(12)), 2022, "achieved", None),
        (("99.8", "99.9"), Goal("ge", D(100)), 2022, "on_track", D(100)),
        ((90, 92, 95), Goal("ge", D(96)), 2022, "not_in_time", D("83.3333")),
        ((90, 92), Goal("ge", D(96)), 2019, "not_in_time", None),
        ((90, 92), Goal("ge", D(96)), None, "no_target_year", None),
        ((90,), Goal("ge", D(96)), 2025, "too_few_figures", None),
        ((), Goal("ge", D(96)), 2025, "too_few_figures", None),
    ],
)
def test_it_is_in_time_or_how_far_from_it(numbers, goal, year, outlook, ratio):
    found = trajectory(way(*numbers), goal, year)
    assert (found.outlook, found.ratio) == (outlook, ratio)
    assert found.outlook in OUTLOOKS


@given(st.lists(NUMBERS, max_size=6), GOALS, st.integers(2015, 2030))
def test_in_a_mirror_it_looks_the_same(numbers, goal, year):
    found = trajectory(way(*numbers), goal, year)
    mirrored = Goal(MIRROR[goal.comparator], -goal.value)
    other = trajectory(way(*[-number for number in numbers]), mirrored, year)
    assert (found.outlook, found.ratio) == (other.outlook, other.ratio)


@given(st.lists(NUMBERS, max_size=6), GOALS, st.integers(2015, 2030))
def test_in_another_unit_it_looks_the_same(numbers, goal, year):
    found = trajectory(way(*numbers), goal, year)
    thousands = Goal(goal.comparator, goal.value * 1000)
    other = trajectory(way(*[number * 1000 for number in numbers]), thousands, year)
    assert found.outlook == other.outlook


@given(NUMBERS, NUMBERS, NUMBERS, GOALS)
def test_a_better_figure_never_looks_worse(base, one, other, goal):
    """Of two figures of one year, with one base and one goal."""
    lower, higher = sorted((one, other), reverse=goal.comparator in ("le", "lt"))
    worse, better = (trajectory(way(base, now), goal, 2025).outlook for now in (lower, higher))
    assert WORSE[better] <= WORSE[worse]
