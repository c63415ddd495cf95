"""An open round of the cast's city, and people at every desk of it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from indicators.models import Indicator, Jurisdiction, Round, Rule, Submission, User
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.round import open_round, save_round
from indicators.recording.submission import approve, reopen, submit
from tests.cast import YEAR, enter
from tests.catalogue import files


def days(number: int) -> datetime.timedelta:
    return datetime.timedelta(days=number)


def make_round(
    city: Jurisdiction,
    actor: User,
    indicators: list[Indicator],
    units: list[Jurisdiction],
    *,
    opened: bool = True,
    **fields: Any,
) -> Round:
    """A round of YEAR that is due in ten days; opened, unless said otherwise."""
    today = timezone.localdate()
    given = {
        "city": city,
        "evaluation_year": YEAR,
        "title": f"{YEAR} 年度填报",
        "opens_on": today,
        "due_on": today + days(10),
        "closes_on": today + days(30),
    } | fields
    planned = save_round(
        Round(**given), actor=actor, version=0, indicators=indicators, jurisdictions=units
    )
    return open_round(planned, actor=actor, version=planned.version) if opened else planned


def move_days(asked: Round, *, opens: int, due: int, closes: int) -> None:
    """Let the round's days lie so many days from today."""
    today = timezone.localdate()
    Round.objects.filter(pk=asked.pk).update(
        opens_on=today + days(opens), due_on=today + days(due), closes_on=today + days(closes)
    )


def fresh(submission: Submission) -> Submission:
    return Submission.objects.select_related("round", "jurisdiction").get(pk=submission.pk)


@pytest.fixture
def usual_rules(db: None) -> list[Rule]:
    """The rules of the seeds, which name no indicators."""
    rows = files.rows(files.SEEDS / "rules.csv")
    with changing_catalogue(actor=None):
        for row in (row for row in rows if not row.pop("indicators")):
            Rule.objects.create(**{name: cell for name, cell in row.items() if cell})
    return list(Rule.objects.all())


@pytest.fixture
def asked(
    city: Jurisdiction,
    north: Jurisdiction,
    south: Jurisdiction,
    supervisor: User,
    children: Indicator,
    children_public: Indicator,
    share: Indicator,
) -> Round:
    return make_round(city, supervisor, [children, children_public, share], [city, north, south])


@pytest.fixture
def of_north(asked: Round, north: Jurisdiction) -> Submission:
    return asked.submissions.select_related("round").get(jurisdiction=north)


@pytest.fixture
def submitted(
    of_north: Submission,
    north: Jurisdiction,
    officer: User,
    lead: User,
    children: Indicator,
    children_public: Indicator,
) -> Submission:
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    return submit(of_north, actor=lead, version=fresh(of_north).version)


@pytest.fixture
def approved(submitted: Submission, supervisor: User) -> Submission:
    return approve(submitted, actor=supervisor, version=submitted.version)


@pytest.fixture
def reopened(approved: Submission, supervisor: User) -> Submission:
    return reopen(
        approved,
        actor=supervisor,
        version=approved.version,
        reason="更正",
        until=timezone.localdate() + days(3),
        figures={"children": "录入错误"},
    )


@pytest.fixture
def corrected(
    reopened: Submission,
    children: Indicator,
    north: Jurisdiction,
    officer: User,
    lead: User,
    supervisor: User,
) -> Submission:
    """Approved once more, with 130 children where 100 were approved before."""
    enter(children, north, "130", actor=officer, note="更正")
    again = submit(reopened, actor=lead, version=reopened.version)
    return approve(again, actor=supervisor, version=again.version)
