"""What others name is deleted. They fail: the names are dropped in silence.

Expected: in_use, and what holds it. Lists of others (plans, changes of units, rules) and formulas
do not protect what they name, so that it goes from them without a word.
"""

import pytest

from indicators.collection import Refusal
from indicators.models import DutyArea, Indicator, JurisdictionChange, Rule, User
from indicators.recording.catalogue import delete
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from tests.cast import YEAR, enter, make_indicator, make_share, make_unit
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import make_round


def refused_as_in_use(thing, editor):
    with pytest.raises(Refusal) as caught:
        delete(thing, actor=editor)
    return caught.value.code == "in_use"


@pytest.fixture
def bare(children):
    """An indicator that has no definition yet; one that has is held by it."""
    with changing_catalogue(actor=None):
        return Indicator.objects.create(
            code="bare",
            name_zh="新指标",
            duty_area=DutyArea.objects.get(),
            unit="persons",
            quantity_kind="count",
            aggregation="sum",
            period_kind="calendar_year",
        )


def test_a_unit_of_a_plan(city, north, children, supervisor, editor):
    """The supervisor's plan asks one unit less, at the same version."""
    east = make_unit("500109", "东区", parent=city)
    make_round(city, supervisor, [children], [north, east], opened=False)
    assert refused_as_in_use(east, editor)


def test_an_indicator_of_a_plan(city, north, children, bare, supervisor, editor):
    make_round(city, supervisor, [children, bare], [north], opened=False)
    assert refused_as_in_use(bare, editor)


def test_a_unit_that_was_renamed(north, editor):
    """The act then says that the new unit came from none."""
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    north.refresh_from_db()
    assert refused_as_in_use(north, editor)


def test_an_indicator_in_a_formula(children, bare, editor):
    """`check_catalogue` then finds formula_unknown_code."""
    make_share("of_it", "bare / children * 100")
    assert refused_as_in_use(bare, editor)


def test_the_only_indicator_of_a_rule(bare, editor):
    """A rule that names none looks at all."""
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="new", name_zh="新", kind="unchanged", severity="error")
        rule.indicators.set([bare])
    assert refused_as_in_use(bare, editor)


def test_the_change_that_names_who_reports_for_units_that_ended(
    city, north, south, supervisor, officer, editor
):
    """Nobody can enter then what the round still asks of the old units."""
    lagged = make_indicator("lagged", lag=-1)
    make_round(city, supervisor, [lagged], [north, south])
    merger = asked_for("merge", [north, south], ("500188", "两江区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")

    assert refused_as_in_use(JurisdictionChange.objects.get(), editor)
    enter(lagged, north, "5", year=YEAR - 1, actor=User.objects.get(pk=officer.pk))
