"""Figures of units that end: all of them go along, or are added up, or are named."""

import datetime

import pytest
from django.utils import timezone

from indicators.models import (
    Correction,
    Reopening,
    Standing,
    ValueRevision,
    YearlyValue,
)
from indicators.recording import locks
from indicators.recording.reopening import approve_year, reopen_figures
from indicators.recording.submission import submit
from indicators.recording.values import Entry
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_user, result
from tests.recording.carried_cast import again, of
from tests.recording.promises import put
from tests.round_cast import days


def test_every_version_goes_along_with_who_entered_it(
    asked, rename_north, north, city, officer, children, supervisor
):
    enter(children, north, "7", actor=officer)
    enter(children, north, "8", actor=make_user("second", "officer", north))
    new = rename_north()

    versions = ValueRevision.objects.filter(value__jurisdiction=new).order_by("version")
    assert [(one.version, one.number, one.change.actor.username) for one in versions] == [
        (1, 7, "officer"),
        (2, 8, "second"),
    ]


def test_what_stood_stands_as_it_stood(reopened, rename_north, north, children, officer, lead):
    enter(children, north, "130", actor=officer, note="更正")
    new = rename_north()

    def stood(of_unit):
        rows = Standing.objects.filter(value__jurisdiction=of_unit).order_by("pk")
        return list(rows.values_list("value__indicator", "revision__version", "tier", "change"))

    assert stood(new) == stood(north)
    assert YearlyValue.objects.get(jurisdiction=new, indicator=children).number == 130
    assert result(children, new).number == 100


def test_corrections_and_reopenings_where_no_round_is_go_along(
    north, city, supervisor, officer, children, rename_north
):
    put(children, north, "7")
    until = timezone.localdate() + days(3)
    reopen_figures(north, YEAR, [children], actor=supervisor, reason="更正", until=until)
    enter(children, north, "9", actor=officer)
    approve_year(north, YEAR, actor=supervisor)
    reopen_figures(north, YEAR, [children], actor=supervisor, reason="再更正", until=until)
    new = rename_north()

    assert Correction.objects.filter(jurisdiction=new, number=7, new_number=9).exists()
    assert Reopening.objects.filter(jurisdiction=new).count() == 2
    version = YearlyValue.objects.get(jurisdiction=new).version
    assert locks([Entry(children, new, YEAR, version=version, text="10")]) == [None]


def test_merged_units_figures_are_added_up_as_drafts(
    asked, north, south, merge_both, officer, other_officer, lead, children, children_public, city
):
    enter(children, north, "7.0", actor=officer)
    enter(children, south, "1,005", actor=other_officer)
    enter(children_public, north, "3", actor=officer)
    done = merge_both()

    new = done.answering
    value = YearlyValue.objects.get(jurisdiction=new)
    assert (value.indicator, value.number, value.as_entered) == (children, 1012, "=7+1005")
    assert of(new).state == "draft"
    assert not Standing.objects.filter(value=value).exists()
    assert [(one.unit.name_zh, one.n) for one in done.left] == [("北区", 1)]
    assert done.rounds[0].n_added == 1
    enter(children_public, new, "12", actor=again(officer))
    sent = submit(of(new), actor=again(lead), version=of(new).version)
    assert sent.state == "submitted"
    assert result(children, new).number == 1012
    assert check()[1] == []


@pytest.mark.parametrize(
    "of_south",
    [
        {"text": "约5"},
        {"state": "not_available", "state_reason": "缺"},
        {"text": "5", "as_of": datetime.date(YEAR, 9, 1)},
    ],
)
def test_what_makes_no_exact_sum_is_named_instead(
    of_south, asked, north, south, merge_both, officer, other_officer, children
):
    enter(children, north, "7", actor=officer)
    enter(children, south, actor=other_officer, **of_south)
    done = merge_both()
    assert not YearlyValue.objects.filter(jurisdiction=done.answering).exists()
    assert [(one.unit.name_zh, one.names) for one in done.left] == [
        ("北区", ["指标children"]),
        ("南区", ["指标children"]),
    ]
