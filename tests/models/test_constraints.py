"""Every rule that the database itself keeps, whatever path the row comes by."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from indicators.models import (
    Achievement,
    Annotation,
    Framework,
    Import,
    Jurisdiction,
    Paragraph,
    Problem,
    Report,
    Round,
    Rule,
    Submission,
    SubmissionEvent,
    ValueRevision,
    YearlyResult,
)
from indicators.recording import guards
from tests.cast import enter
from tests.models.broken_rows import BROKEN
from tests.models.rows import SOUND

ELSEWHERE = {"jurisdiction_is_not_its_own_parent"}


@pytest.fixture
def world(children, north, south, officer):
    """What rows refer to. The triggers are off: they would refuse some rows before the rules do.

    The test's own transaction puts them back; so it does with the results that are taken away.
    """
    value = enter(children, north, "10")
    day = timezone.localdate()
    asked = Round.objects.create(
        city=north, evaluation_year=1999, title="旧", opens_on=day, due_on=day, closes_on=day
    )
    submission = Submission.objects.create(round=asked, jurisdiction=south)
    event = SubmissionEvent.objects.create(
        submission=submission, act="submit", to_state="submitted", change=value.change
    )
    rule = Rule.objects.create(code="old", name_zh="旧", kind="unchanged", severity="warning")
    report = Report.objects.create(jurisdiction=north, evaluation_year=1999, title="报告")
    paragraph = Paragraph.objects.create(report=report, position=1, change=value.change)
    guards.off()
    YearlyResult.objects.all().delete()
    return {
        "AREA": children.duty_area,
        "CHILDREN": children,
        "NORTH": north,
        "SOUTH": south,
        "OFFICER": officer,
        "VALUE": value,
        "CHANGE": value.change,
        "REVISION": ValueRevision.objects.get(),
        "FRAMEWORK": Framework.objects.create(code="law", basis="statute", name_zh="法"),
        "OTHER_FRAMEWORK": Framework.objects.create(code="plan", basis="city_plan", name_zh="规"),
        "NOW": (now := timezone.now()),
        "LATER": now + timedelta(days=1),
        "IMPORT": Import.objects.create(
            actor=officer, made_at=timezone.now(), file_name="表.xlsx", digest="x"
        ),
        "ROUND": asked,
        "SUBMISSION": submission,
        "EVENT": event,
        "REPORT": report,
        "PARAGRAPH": paragraph,
        "RULE": rule,
        "ANNOTATION": Annotation.objects.create(
            indicator=children,
            jurisdiction=north,
            year=1999,
            author=officer,
            at=timezone.now(),
            text="旧",
        ),
        "ACHIEVEMENT": Achievement.objects.create(
            code="old", jurisdiction=north, duty_area=children.duty_area, evaluation_year=1999
        ),
        "PROBLEM": Problem.objects.create(
            code="old", jurisdiction=north, duty_area=children.duty_area, title="旧", year=1999
        ),
    }


def keep(world, model, changes):
    """Save as a script would that asks no rule of the application."""
    fields = SOUND.get(model, {}) | changes
    row = {name: world.get(v, v) if isinstance(v, str) else v for name, v in fields.items()}
    with transaction.atomic():
        model.objects.bulk_create([model(**row)])


def is_unique(name):
    return "unique" in name or "principal" in name or "." in name


def refusal(world, name, model, changes):
    """What the database says to the row; empty if it takes it."""
    with transaction.atomic():
        if is_unique(name):
            keep(world, model, changes if {"level", "event"} & set(changes) else {})
        try:
            keep(world, model, changes)
        except IntegrityError as error:
            return str(error)
        finally:
            transaction.set_rollback(True)
    return ""


def test_sound_rows_are_kept(world):
    for model in SOUND:
        before = model.objects.count()
        keep(world, model, {})
        assert (model, model.objects.count()) == (model, before + 1)


def test_a_row_that_breaks_a_rule_is_refused_by_the_database_and_by_that_rule(world):
    said = [(name, refusal(world, name, model, changes)) for name, model, changes in BROKEN]
    # SQLite tells the columns of a unique rule, and no rule of one column has a name.
    nameless = {n for n, _said in said if is_unique(n) and connection.vendor == "sqlite"}
    nameless |= {name for name, _said in said if "." in name}

    assert [
        (name, message)
        for name, message in said
        if (name if name not in nameless else "unique") not in message.lower()
    ] == []


def test_a_unit_is_not_its_own_parent(north):
    with (
        pytest.raises(IntegrityError, match="jurisdiction_is_not_its_own_parent"),
        transaction.atomic(),
    ):
        Jurisdiction.objects.filter(pk=north.pk).update(parent=F("pk"))


def test_every_rule_of_the_models_is_tried():
    rules = set()
    for model in apps.get_app_config("indicators").get_models():
        rules |= {constraint.name for constraint in model._meta.constraints}
        rules |= {
            f"{model._meta.model_name}.{field.name}"
            for field in model._meta.local_fields
            if field.unique and not field.primary_key
        }

    assert {name for name, _model, _changes in BROKEN} | ELSEWHERE == rules
