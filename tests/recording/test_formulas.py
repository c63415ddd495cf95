"""A formula that leads back to itself is refused, among definitions in force together."""

import pytest

from indicators.collection import Refusal
from indicators.models import Definition, Indicator
from indicators.recording.catalogue import save_definition, save_indicator
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


def test_what_a_formula_of_the_units_names_stays_theirs(parts, editor):
    _one, _two, base = parts
    base.reporting_level = "above"
    with pytest.raises(Refusal) as refusal:
        save_indicator(base, actor=editor)
    assert (refusal.value.code, refusal.value.field) == ("formula_of_above_only", "reporting_level")


def test_a_name_is_put_right_though_another_formula_does_not_fit(parts, editor):
    _one, _two, base = parts
    Indicator.objects.filter(code="one").update(unit="yuan")
    base.name_zh = "新名"
    assert save_indicator(base, actor=editor).name_zh == "新名"
