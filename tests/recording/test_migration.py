"""What was kept before changes had a table of their own is kept to the letter after it."""

import datetime

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from indicators.models import Standing, SubmissionEvent, ValueRevision, YearlyValue

pytestmark = pytest.mark.thorough

BEFORE = ("indicators", "0004_notice_due")
FIRST, LATER = (datetime.datetime(2022, 3, day, 9, 30, 1, 5, datetime.UTC) for day in (1, 2))


@pytest.fixture
def before(transactional_db):
    """The tables as they were, with their models; afterwards all migrations are there again."""
    call_command("migrate", *BEFORE, verbosity=0)
    yield MigrationExecutor(connection).loader.project_state([BEFORE]).apps
    call_command("migrate", verbosity=0)


@pytest.fixture
def kept(before):
    """A figure entered, corrected on behalf, changed outside; its first version is approved."""

    def make(name, **fields):
        return before.get_model("indicators", name).objects.create(**fields)

    area = make("DutyArea", code="area", name_zh="领域")
    indicator = make(
        "Indicator",
        code="children",
        name_zh="在园幼儿数",
        duty_area=area,
        quantity_kind="count",
        unit="persons",
        period_kind="school_year",
    )
    unit = make("Jurisdiction", code="500101", name_zh="北区", level="district", valid_from=1990)
    officer, supervisor = (make("User", username=name) for name in ("officer", "supervisor"))
    place = {"indicator": indicator, "jurisdiction": unit, "year": 2021}
    versions = [
        ("entered", FIRST, officer, "counted", False),
        ("on_behalf", LATER, supervisor, "by phone", False),
        ("on_behalf", LATER, None, "", True),
    ]
    now = versions[-1]
    value = make("YearlyValue", number=3, version=3, **place, **_written(*now[:-1]))
    revisions = [
        make(
            "ValueRevision",
            value=value,
            number=number,
            version=number,
            outside=version[-1],
            **place,
            **_written(*version[:-1]),
        )
        for number, version in enumerate(versions, start=1)
    ]
    for tier, by, reason in (("reported", officer, "counted"), ("approved", supervisor, "fine")):
        make(
            "Standing",
            value=value,
            revision=revisions[0],
            tier=tier,
            since=FIRST,
            set_by=by,
            reason=reason,
        )
    asked = make(
        "Round",
        city=unit,
        evaluation_year=2021,
        title="一",
        **{day: FIRST.date() for day in ("opens_on", "due_on", "closes_on")},
    )
    submission = make("Submission", round=asked, jurisdiction=unit)
    make(
        "SubmissionEvent",
        submission=submission,
        act="approve",
        to_state="approved",
        actor=supervisor,
        at=FIRST,
        reason="fine",
    )
    return value.pk


def _written(origin, at, by, reason):
    return {"origin": origin, "changed_at": at, "changed_by": by, "change_reason": reason}


def who_when_why(change):
    who = change.actor.username if change.actor else ""
    return (change.way, change.at, who, change.reason, change.outside)


def test_no_version_is_made_and_who_when_why_are_kept_to_the_letter(kept):
    call_command("migrate", verbosity=0)

    revisions = ValueRevision.objects.order_by("version")
    assert [(one.version, *who_when_why(one.change)) for one in revisions] == [
        (1, "entered", FIRST, "officer", "counted", False),
        (2, "on_behalf", LATER, "supervisor", "by phone", False),
        (3, "on_behalf", LATER, "", "", True),
    ]
    assert YearlyValue.objects.get(pk=kept).change_id == revisions[2].change_id
    reported, approved = Standing.objects.order_by("pk")
    assert reported.change_id == revisions[0].change_id
    assert who_when_why(approved.change) == ("entered", FIRST, "supervisor", "fine", False)
    assert SubmissionEvent.objects.get().change_id == approved.change_id


def test_the_way_back_gives_the_old_columns_back(kept):
    call_command("migrate", verbosity=0)
    call_command("migrate", *BEFORE, verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version, origin, change_reason, outside, year FROM indicators_valuerevision"
            " ORDER BY version"
        )
        assert [(*row[:3], bool(row[3]), row[4]) for row in cursor.fetchall()] == [
            (1, "entered", "counted", False, 2021),
            (2, "on_behalf", "by phone", False, 2021),
            (3, "on_behalf", "", True, 2021),
        ]
        cursor.execute("SELECT tier, reason FROM indicators_standing ORDER BY id")
        assert cursor.fetchall() == [("reported", "counted"), ("approved", "fine")]
