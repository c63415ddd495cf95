"""Achievements go with the submission: who enters them when, and what stands for whom."""

import datetime
import threading

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from indicators.collection import Refusal
from indicators.models import Achievement, AchievementVersion, Change, Jurisdiction
from indicators.recording import reopening
from indicators.recording.achievement import (
    AchievementMoved,
    achievements_to_approve,
    add_achievement,
    edit_achievement,
    remove_achievement,
)
from indicators.recording.reopening import approve_year
from indicators.recording.round import withdraw_round
from indicators.recording.submission import approve, return_submission, submit
from indicators.results.snapshot import lock_catalogue
from tests.achievement_cast import add, said
from tests.cast import YEAR, enter, make_unit, make_user
from tests.round_cast import days, fresh, make_round, move_days

pytestmark = pytest.mark.django_db


def now(achievement):
    return Achievement.objects.get(pk=achievement.pk)


def titles(user):
    found = AchievementVersion.objects.for_user(user).in_order()
    return [one.title for one in found]


def code_of(act, *args, **given):
    with pytest.raises(Refusal) as refused:
        act(*args, **given)
    return refused.value.code


# Where no round asks


def test_without_a_round_it_stands_as_reported_at_once(north, officer, supervisor, area):
    achievement = add(north, officer, area, issued_by="市教委", number="渝教〔2021〕3号")

    assert achievement.code == f"C{YEAR}00001"
    assert (now(achievement).reported_version, now(achievement).approved_version) == (1, None)
    assert titles(supervisor) == titles(officer) == ["优秀案例"]
    version = achievement.versions.get()
    assert (version.change.actor, version.issued_by) == (officer, "市教委")


def test_a_year_to_come_waits_for_its_round(north, officer, area):
    year = timezone.localdate().year + 1
    assert code_of(add, north, officer, area, year=year) == "year_to_come"


def test_the_year_is_approved_by_somebody_who_entered_none_of_it(north, officer, supervisor, area):
    achievement = add(north, officer, area)

    assert code_of(approve_year, north, YEAR, actor=officer) == "not_a_supervisor"
    assert approve_year(north, YEAR, actor=supervisor) == 0
    assert now(achievement).approved_version == 1
    assert code_of(approve_year, north, YEAR, actor=supervisor) == "nothing_to_approve"

    edit_achievement(now(achievement), said(title="新名称"), actor=officer, version=1)
    assert (now(achievement).reported_version, now(achievement).approved_version) == (2, 1)


def test_the_year_that_was_looked_through_is_the_one_that_is_approved(
    north, officer, supervisor, area, children
):
    add(north, officer, area)
    assert code_of(approve_year, north, YEAR, actor=supervisor, seen="other") == "year_moved"


@pytest.mark.django_db(transaction=True)
def test_the_achievements_of_a_year_are_approved_as_they_were_seen(request, monkeypatch):
    """Somebody saves while they are approved: that waits until the approval is done."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    north, officer, supervisor, area = (
        request.getfixturevalue(name) for name in ("north", "officer", "supervisor", "area")
    )
    achievement = add(north, officer, area)
    seen = reopening.digest_of_versions([], achievements_to_approve(north, YEAR))
    took, savers = reopening.digest_of_versions, []

    def save():
        try:
            edit_achievement(achievement, said(title="没看过"), actor=officer, version=1)
        finally:
            connection.close()

    def meanwhile(values, achievements):
        found = took(values, achievements)
        savers.append(threading.Thread(target=save))
        savers[0].start()
        savers[0].join(2)
        return found

    monkeypatch.setattr(reopening, "digest_of_versions", meanwhile)
    approve_year(north, YEAR, actor=supervisor, seen=seen)
    savers[0].join()
    assert (now(achievement).reported_version, now(achievement).approved_version) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_added_while_its_unit_is_renamed_is_the_next_units(request):
    """It waits for the end of the change, or the change for it: none is left behind."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    north, officer, area = (request.getfixturevalue(name) for name in ("north", "officer", "area"))
    told = []

    def save():
        try:
            told.append(add(north, officer, area))
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    saver = threading.Thread(target=save)
    with transaction.atomic():
        lock_catalogue()
        Jurisdiction.objects.filter(pk=north.pk).update(valid_to=YEAR)
        saver.start()
        saver.join(2)
        assert not told
    saver.join()
    assert told == ["jurisdiction_closed"]


# In a round


def test_a_draft_is_seen_by_its_unit_until_it_is_submitted(
    asked, of_north, north, south, officer, other_officer, lead, supervisor, auditor, area
):
    add(north, officer, area)

    assert titles(officer) == titles(lead) == titles(auditor) == ["优秀案例"]
    assert titles(supervisor) == titles(other_officer) == []


def test_it_is_submitted_and_approved_with_the_figures(
    of_north, north, officer, lead, supervisor, other_officer, area, children, children_public
):
    achievement = add(north, officer, area)
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)

    assert (now(achievement).reported_version, now(achievement).approved_version) == (1, None)
    assert titles(supervisor) == ["优秀案例"]
    assert titles(other_officer) == []
    change = {"actor": officer, "version": 1}
    assert code_of(edit_achievement, achievement, said(), **change) == "submitted_waits"
    assert code_of(remove_achievement, achievement, **change) == "submitted_waits"

    approve(sent, actor=supervisor, version=sent.version)
    assert now(achievement).approved_version == 1
    assert code_of(add, north, officer, area, title="另一项") == "approved_locked"


def test_what_is_changed_after_a_return_shows_what_was_last_submitted(
    submitted, north, officer, lead, supervisor, area
):
    back = return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "核对"},
    )
    achievement = add(north, officer, area)
    assert titles(supervisor) == []
    remove_achievement(achievement, actor=officer, version=1)
    assert titles(officer) == []
    assert fresh(back).state == "returned"


def test_a_change_after_the_lead_looked_is_looked_at_again(
    of_north, north, officer, lead, area, children, children_public
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    seen = Change.objects.latest("pk").pk
    add(north, officer, area)

    with pytest.raises(Refusal) as refused:
        submit(of_north, actor=lead, version=fresh(of_north).version, seen=seen)
    assert refused.value.code == "achievements_moved"
    assert "优秀案例" in refused.value.message


def test_who_entered_an_achievement_cannot_approve(
    of_north, north, officer, lead, city, area, children, children_public
):
    both = make_user("both", "supervisor", city)
    both.memberships.create(jurisdiction=city, role="officer")
    add(north, both, area, reason="代填")
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)
    assert code_of(approve, sent, actor=both, version=sent.version) == "entered_it_yourself"


def test_the_days_of_the_round_hold(asked, north, officer, area):
    move_days(asked, opens=-20, due=-1, closes=5)
    assert code_of(add, north, officer, area) == "past_due"


def test_a_round_that_does_not_ask_the_unit_and_a_planned_one(
    city, north, south, officer, other_officer, supervisor, area, children
):
    make_round(city, supervisor, [children], [north])
    assert code_of(add, south, other_officer, area) == "unit_not_in_round"
    later = timezone.localdate() + days(5)
    make_round(
        city,
        supervisor,
        [children],
        [north],
        opened=False,
        evaluation_year=YEAR + 1,
        opens_on=later,
        due_on=later,
        closes_on=later,
    )
    assert code_of(add, north, officer, area, year=YEAR + 1) == "round_not_open"


def test_entering_begins_the_draft(of_north, north, officer, area):
    add(north, officer, area)
    assert fresh(of_north).state == "draft"


def test_a_draft_of_a_round_that_was_withdrawn_is_reported_when_it_is_saved_again(
    asked, of_north, north, officer, supervisor, area
):
    draft = add(north, officer, area)
    asked.refresh_from_db()
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="重新布置")
    assert now(draft).reported_version is None

    edit_achievement(draft, said(), actor=officer, version=1)
    assert (now(draft).version, now(draft).reported_version) == (2, 2)
    edit_achievement(draft, said(), actor=officer, version=2)
    assert now(draft).version == 2, "what says the same is no version"


# Who


@pytest.mark.parametrize("name", ["other_officer", "lead", "supervisor", "editor", "auditor"])
def test_only_the_units_officer_enters(north, officer, area, name, request):
    person = request.getfixturevalue(name)
    achievement = add(north, officer, area)

    assert code_of(add, north, person, area, title="另一项") == "not_your_act"
    change = {"actor": person, "version": 1}
    assert code_of(edit_achievement, achievement, said(), **change) == "not_your_act"
    assert code_of(remove_achievement, achievement, **change) == "not_your_act"
    assert AchievementVersion.objects.count() == 1


def test_an_officer_of_other_duty_areas_enters_none_of_it(north, area, safety):
    narrow = make_user("narrow", "officer", north)
    narrow.memberships.get().duty_areas.set([safety])
    assert code_of(add, north, narrow, area) == "not_your_act"
    assert add(north, narrow, safety)


def test_the_citys_officer_enters_on_behalf_with_a_reason(north, city_officer, area):
    assert code_of(add, north, city_officer, area) == "reason_needed_on_behalf"
    achievement = add(north, city_officer, area, reason="区里来函")
    assert achievement.versions.get().change.on_behalf
    assert titles(city_officer) == ["优秀案例"]


def test_a_unit_that_is_no_more_in_the_year(city, area):
    gone = make_unit("500109", "旧区", parent=city, valid_to=YEAR)
    old = make_user("old", "officer", gone)
    assert code_of(add, gone, old, area) == "jurisdiction_closed"


# What is said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"title": "优" * 201}, "too_long"),
        ({"issued_by": "甲\u202e乙"}, "hidden_marks"),
        ({"title": "甲\n乙"}, "hidden_marks"),
        ({"description": "甲\x00乙"}, "null_character"),
        ({"kind": "rumour"}, "unknown_choice"),
        ({"level": "world"}, "unknown_choice"),
        ({"issued_on": datetime.date(2999, 1, 1)}, "date_to_come"),
    ],
)
def test_what_is_wrong_is_said_with_its_box(north, officer, area, content, code):
    with pytest.raises(Refusal) as refused:
        add(north, officer, area, **content)
    assert refused.value.code == code
    assert refused.value.field == next(iter(content))
    assert not Achievement.objects.exists()


def test_the_same_is_not_entered_twice(north, south, officer, other_officer, area, safety):
    first = add(north, officer, area)
    with pytest.raises(Refusal) as refused:
        add(north, officer, safety, title=" 优秀案例 ")
    assert refused.value.code == "achievement_twice"
    assert first.code in refused.value.message

    add(south, other_officer, area)
    other = add(north, officer, area, title="另一项")
    change = {"actor": officer, "version": 1}
    assert code_of(edit_achievement, other, said(), **change) == "achievement_twice"
    edit_achievement(first, said(), **change)
    assert now(first).version == 1, "what says the same is no version"


def test_what_was_taken_out_can_be_entered_again(north, officer, area):
    first = add(north, officer, area)
    remove_achievement(first, actor=officer, version=1)
    assert add(north, officer, area).code == f"C{YEAR}00002"


def test_the_second_of_two_is_told_what_the_first_did(north, officer, area):
    achievement = add(north, officer, area)
    edit_achievement(achievement, said(title="甲"), actor=officer, version=1)

    with pytest.raises(AchievementMoved) as refused:
        edit_achievement(achievement, said(title="乙"), actor=officer, version=1)
    assert (refused.value.now.title, refused.value.before.title) == ("甲", "优秀案例")
    assert code_of(remove_achievement, achievement, actor=officer, version=1) == "achievement_moved"
    assert now(achievement).version == 2


def test_its_history_is_appended_only(north, officer, area):
    add(north, officer, area)
    table = AchievementVersion._meta.db_table
    columns = [field.column for field in AchievementVersion._meta.local_fields]
    again = ", ".join(name for name in columns if name != "id")
    for sql in (
        f"UPDATE {table} SET title = 'never'",
        f"DELETE FROM {table}",
        f"INSERT INTO {table} ({again}) SELECT {again} FROM {table}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert [one.title for one in AchievementVersion.objects.all()] == ["优秀案例"]


def test_nothing_stands_that_is_no_version(north, officer, area):
    achievement = add(north, officer, area)
    with pytest.raises(DatabaseError), transaction.atomic():
        Achievement.objects.filter(pk=achievement.pk).update(approved_version=2)
    with pytest.raises(Refusal):
        add_achievement(north, 1800, area, said(title="丙"), actor=officer)
