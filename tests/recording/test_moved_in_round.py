"""A unit, or one above it, is put below another city while a round asks it: refused as its end is.

Else the round would not be found any more, and what waits for review would be saved over.
"""

import pytest

from indicators.collection import Refusal
from indicators.models import User
from indicators.recording.catalogue import save_jurisdiction
from tests.cast import enter, make_unit, result
from tests.recording.test_submission import refused
from tests.round_cast import make_round


@pytest.fixture
def elsewhere(submitted, city, north, editor):
    """Another city beside the one whose round asks north; both lie in a province now."""
    city.parent = make_unit("510000", "某省", "province")
    save_jurisdiction(city, actor=editor)
    north.refresh_from_db()
    return make_unit("510200", "他城", "city", parent=city.parent)


def test_what_was_submitted_stays_locked(elsewhere, north, children, officer, editor):
    north.parent = elsewhere

    assert refused(save_jurisdiction, north, actor=editor) == "unit_in_round"
    with pytest.raises(Refusal):
        enter(children, north, "200", actor=User.objects.get(pk=officer.pk))
    assert result(children, north).number == 100


def test_a_level_between_that_would_keep_rounds_of_its_own(elsewhere, city, north, editor):
    north.level = "city"
    assert save_jurisdiction(north, actor=editor).parent == city  # the city's round still asks it


def test_what_lies_between_moves_no_unit_out_of_its_round(
    city, children, supervisor, editor, north
):
    part = make_unit("500190", "片区", parent=city)
    town = make_unit("500191", "镇", parent=part)
    make_round(city, supervisor, [children], [town])
    part.parent = make_unit("600000", "外市", "city")

    assert refused(save_jurisdiction, part, actor=editor) == "unit_in_round"
    part.refresh_from_db()
    part.level = "city"
    assert refused(save_jurisdiction, part, actor=editor) == "unit_in_round"
