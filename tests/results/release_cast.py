"""Nine districts, what is published of them, what their people are told, and how units change."""

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.figures import figures_at, other_units
from indicators.recording.catalogue import save_jurisdiction
from indicators.recording.jurisdiction_change import propose_jurisdiction_change
from indicators.recording.proposal import confirm, previewed, propose
from indicators.recording.round import close_round
from tests.cast import YEAR, enter_approved, make_unit
from tests.recording.test_jurisdiction_change import asked_for

NEXT = YEAR + 1
NUMBERS = [1000 + n for n in range(9)]


@pytest.fixture
def nine(city, north, south):
    return [north, south, *(make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(7))]


def publish(indicator, units, *, first=1000, year=YEAR):
    for number, unit in enumerate(units):
        enter_approved(indicator, unit, str(first + number * 111), year=year)


def publish_numbers(indicator, units, numbers, **fields):
    """Of each unit its number; None where it has no such figure."""
    for unit, number in zip(units, numbers, strict=True):
        if number is None:
            enter_approved(indicator, unit, state="not_applicable", state_reason="无此项")
        else:
            enter_approved(indicator, unit, str(number), **fields)


def told(user, indicator, city, year=YEAR):
    return figures_at(user, [(indicator, city, year)], tier="approved")[0].number


def both_told(user, city, *indicators):
    return [told(user, one, city) for one in indicators]


def quartiles(user, indicator, city, year=YEAR):
    figure = figures_at(user, [(indicator, city, year)], tier="approved")[0]
    return other_units(user, figure, []).quartiles


def close(asked, supervisor):
    asked.refresh_from_db()
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")


def change_units(editor, supervisor, kind, ended, *begun):
    made = propose_jurisdiction_change(
        asked_for(kind, ended, *begun), actor=editor, reason="区划调整"
    )
    confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")


def edit_unit(editor, supervisor, unit):
    """By a confirmed change where approved figures move, else at once."""
    try:
        save_jurisdiction(unit, actor=editor)
    except ApprovedWouldMove:
        made = propose(unit, act="save", actor=editor, reason="区划调整", seen="")
        confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")


def move(editor, supervisor, units, parent):
    for unit in units:
        unit.parent = parent
        edit_unit(editor, supervisor, unit)


def again(user):
    return type(user).objects.get(pk=user.pk)
