"""Quartiles of the other districts are told once, and fall silent when figures or units move."""

import pytest

from indicators.models import Jurisdiction
from tests.cast import YEAR, enter_approved, make_indicator, make_share, make_unit
from tests.results.release_cast import NEXT, change_units, close, edit_unit, publish, quartiles
from tests.round_cast import make_round


@pytest.fixture(params=["sum", "none"])
def counted(request, db):
    return make_indicator("counted", aggregation=request.param)


@pytest.fixture
def share_of_counted(counted):
    part = make_indicator("part")
    return make_share("share_of_counted", "part / counted * 100"), part


@pytest.fixture
def eleven(city, nine):
    return [*nine, *(make_unit(f"50013{n}", f"第{n}县", parent=city) for n in range(2))]


def added(editor, supervisor, city, units):
    unit = Jurisdiction(
        code="500177", name_zh="东区", level="district", parent=city, valid_from=1997
    )
    edit_unit(editor, supervisor, unit)
    return Jurisdiction.objects.get(code="500177")


def moved_out(editor, supervisor, city, units):
    units[-1].parent = make_unit("510000", "邻市", "city")
    edit_unit(editor, supervisor, units[-1])


def moved_in(editor, supervisor, city, units):
    unit = make_unit("510101", "邻区", parent=make_unit("510000", "邻市", "city"))
    unit.parent = city
    edit_unit(editor, supervisor, unit)
    return unit


def ended(editor, supervisor, city, units):
    units[-1].valid_to = YEAR
    edit_unit(editor, supervisor, units[-1])


def merged(editor, supervisor, city, units):
    change_units(editor, supervisor, "merge", units[-2:], ("500199", "合区"))
    return Jurisdiction.objects.get(code="500199")


@pytest.mark.parametrize("regroup", [added, moved_out, moved_in, ended, merged])
def test_quartiles_fall_silent_when_other_units_make_them(
    counted, share_of_counted, city, eleven, officer, editor, supervisor, regroup
):
    share, part = share_of_counted
    publish(counted, eleven)
    publish(part, eleven, first=500)
    assert quartiles(officer, counted, city) is not None
    assert quartiles(officer, share, city) is not None

    new = regroup(editor, supervisor, city, eleven)
    if new is not None:
        enter_approved(counted, new, "9000")
        enter_approved(part, new, "4000")
    assert quartiles(officer, counted, city) is None
    assert quartiles(officer, share, city) is None


def test_quartiles_stay_when_a_unit_is_renamed_and_fall_silent_once_it_is_corrected(
    counted, city, nine, officer, editor, supervisor
):
    publish(counted, nine)
    before = quartiles(officer, counted, city)
    change_units(editor, supervisor, "rename", nine[-1:], ("500188", "新区"))
    assert before is not None
    assert quartiles(officer, counted, city) == before

    enter_approved(counted, Jurisdiction.objects.get(code="500188"), "9000")
    assert quartiles(officer, counted, city) is None


def test_quartiles_are_silent_while_a_round_collects(counted, city, nine, officer, supervisor):
    asked = make_round(city, supervisor, [counted], nine)
    publish(counted, nine)
    assert quartiles(officer, counted, city) is None

    close(asked, supervisor)
    assert quartiles(officer, counted, city) is not None


def test_quartiles_are_not_told_through_a_formula_once_they_moved(counted, city, nine, officer):
    publish(counted, nine)
    enter_approved(counted, nine[5], "9000")
    assert quartiles(officer, counted, city) is None

    same = make_indicator("same", formula="counted * 1")
    assert quartiles(officer, same, city) is None


def test_quartiles_of_a_running_round_are_not_told_by_next_year(
    counted, city, nine, officer, supervisor
):
    asked = make_round(city, supervisor, [counted], nine)
    publish(counted, nine)
    prior = make_indicator("prior", formula="prev(counted) * 1")
    publish(counted, nine, year=NEXT)
    assert quartiles(officer, prior, city, NEXT) is None

    close(asked, supervisor)
    assert quartiles(officer, prior, city, NEXT) is not None
