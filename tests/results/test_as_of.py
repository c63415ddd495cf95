"""What stood at a moment is what was stored at that moment, whatever came to stand since."""

import hypothesis.strategies as st
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from indicators.results import Key, ResultContent, current_snapshot, results_as_of
from indicators.results.refresh import kept, stored
from tests.cast import enter, make_points, make_target, make_unit

YEARS = (2020, 2021, 2022)
LATER = 2021


@pytest.fixture
def world(children, children_public, share, city, north, south):
    """Sums over two levels, a share, its change in points, lights against last year, and what the
    city states."""
    points = make_points("points", "share - prev(share)")
    make_target(children, "not_below_last_year")
    make_target(share, "ge", 50)
    third = make_unit("500103", "东区", parent=city, valid_from=LATER)
    below = [make_unit(f"50010200{n}", f"南{n}镇", parent=south) for n in (1, 2)]
    return [children, children_public, share, points], [city, north, south, third, *below]


WRITES = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.integers(0, 5),
        st.sampled_from(YEARS),
        st.sampled_from(["0", "1", "7", "7余", "不足9", ""]),
    ),
    min_size=1,
    max_size=8,
)


def said(results, keys):
    """What the results say; why there is no figure is said of places that have a row."""
    figures = ((key, results.get(key, ResultContent())) for key in keys)
    return {
        key: (one.number, one.statement, one.state, one.qualifier, one.status)
        for key, one in figures
        if one.has_figure or one.state
    }


def said_now(keys):
    rows = stored(kept().filter(tier="reported"))
    return said({key: content for (key, _tier), content in rows.items()}, keys)


@pytest.mark.thorough
@given(writes=WRITES)
@settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_every_moment_is_told_as_it_was(world, writes):
    indicators, units = world
    snapshot = current_snapshot()
    keys = [
        Key(unit.pk, year, one.pk)
        for unit in units
        for year in YEARS
        for one in indicators
        if unit.valid_in(year)
    ]
    moments = [(timezone.now(), said_now(keys))]
    for indicator, unit, year, text in writes:
        if units[unit].valid_in(year):
            enter(indicators[indicator], units[unit], text, year=year)
            moments.append((timezone.now(), said_now(keys)))

    days = [moment for moment, _then in moments]
    together = results_as_of(snapshot, keys, tier="reported", before=days)
    for (moment, then), at_once in zip(moments, together, strict=True):
        assert said(at_once, keys) == then
        for key in keys:
            (alone,) = results_as_of(snapshot, [key], tier="reported", before=[moment])
            assert said(alone, [key]) == {one: says for one, says in then.items() if one == key}


def test_where_nothing_moved_nothing_is_worked_out(world):
    (children, *_others), (city, north, *_rest) = world
    enter(children, north, "5")
    key = Key(city.pk, LATER, children.pk)
    with CaptureQueriesContext(connection) as asked:
        results_as_of(current_snapshot(), [key], tier="reported", before=[timezone.now()])

    assert len(asked) <= 3
