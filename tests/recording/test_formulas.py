"""A formula that leads back to itself is refused, among definitions in force together."""

import pytest

from indicators.collection import Refusal
from indicators.models import Definition
from indicators.recording.catalogue import save_definition
from tests.cast import make_indicator


def define(indicator, year, formula):
    text = {"meaning_zh": "口径", "formula": formula}
    return save_definition(Definition(indicator=indicator, valid_from=year, **text), actor=None)


@pytest.fixture
def parts(db):
    base = make_indicator("base")
    return make_indicator("one", formula="base + 1"), make_indicator("two", formula="one + 1"), base


def test_a_circle_is_refused_with_its_way(parts):
    one, _two, _base = parts
    with pytest.raises(Refusal) as refusal:
        define(one, 2010, "two + 1")
    assert (refusal.value.code, refusal.value.params["path"]) == (
        "formula_cycle",
        "one → two → one",
    )


def test_what_was_never_in_force_together_is_no_circle(parts):
    one, two, _base = parts
    define(two, 2010, "base + 2")
    define(one, 2015, "two + 1")
    assert one.definitions.count() == 2


def test_a_circle_that_only_later_definitions_close_is_one(parts):
    one, two, _base = parts
    define(two, 2010, "base + 2")
    define(two, 2020, "one + 1")
    with pytest.raises(Refusal) as refusal:
        define(one, 2015, "two + 1")
    assert refusal.value.code == "formula_cycle"
