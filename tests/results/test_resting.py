"""What rests on figures in doubt is what a change of them would touch, but for what was stated."""

import hypothesis.strategies as st
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from indicators.models import JurisdictionChange
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results import Key, Resting, affected, current_snapshot, last_year, pairs_behind
from tests.cast import make_points, make_share, make_target, make_unit

YEARS = (2019, 2020, 2021, 2022)
RENAMED = 2021


@pytest.fixture
def world(children, children_public, share, city, north, south):
    """Sums over two levels, a share, its change, an index on a base year, lights against last year,
    and a district that goes on under another name."""
    points = make_points("points", "share - prev(share)")
    index = make_share("index", "children / base_year(children, 2020) * 100")
    make_target(children, "not_below_last_year")
    make_target(share, "not_below_last_year")
    below = [make_unit(f"50010200{n}", f"南{n}镇", parent=south) for n in (1, 2)]
    old = make_unit("500103", "东县", parent=city, valid_to=RENAMED)
    new = make_unit("500104", "东区", parent=city, valid_from=RENAMED)
    with changing_catalogue(actor=None):
        change = JurisdictionChange.objects.create(kind="rename", year=RENAMED)
        change.from_units.set([old])
        change.to_units.set([new])
    units = [city, north, south, old, new, *below]
    return current_snapshot(), units, [children, children_public, share, points, index]


def keys_among(places, units, indicators):
    found = {Key(units[u].pk, y, indicators[i].pk) for u, y, i in places}
    return {key for key in found if current_snapshot().units[key.unit_id].valid_in(key.year)}


PLACES = st.sets(
    st.tuples(st.integers(0, 6), st.sampled_from(YEARS), st.integers(0, 4)), max_size=6
)


@given(doubted=PLACES, stated=PLACES)
@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
def test_it_is_what_a_change_would_touch(world, doubted, stated):
    snapshot, units, indicators = world
    doubted, stated = (keys_among(some, units, indicators) for some in (doubted, stated))
    stated -= doubted
    touched = affected(snapshot, doubted, last_year=last_year(), but=stated)
    found = Resting(snapshot, doubted, stated, last_year=last_year())

    assert set(found.all()) == set(touched)
    for key in touched:
        assert found.has(key)
        behind = pairs_behind(snapshot, [key[1:]])
        of_these = [one for one in doubted if one[1:] in behind]
        assert Resting(snapshot, of_these, stated, last_year=last_year()).has(key)


def test_of_one_indicator_no_other_is_followed(world):
    snapshot, (city, north, *_others), (children, public, share, *_more) = world
    doubted = [Key(north.pk, 2022, one.pk) for one in (children, public)]
    found = Resting(snapshot, doubted, (), last_year=last_year())
    with CaptureQueriesContext(connection) as asked:
        assert found.figures(2022, children.pk) == {north.pk, city.pk}

    assert len(asked) == 0
    assert pairs_behind(snapshot, [(2022, public.pk)]) == {(2022, public.pk)}
    assert {pair[1] for pair in pairs_behind(snapshot, [(2022, share.pk)])} >= {
        *(children.pk, public.pk, share.pk)
    }
