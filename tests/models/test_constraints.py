"""Every rule that the database itself keeps, whatever path the row comes by."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from indicators.models import (
    CatalogueProposal,
    CatalogueStamp,
    Change,
    Definition,
    Doubt,
    DutyArea,
    EntryUnit,
    EventFigure,
    Finding,
    FirstStartCode,
    Framework,
    Indicator,
    Jurisdiction,
    Membership,
    MutedNotice,
    Notice,
    Release,
    Round,
    Rule,
    SeedRecord,
    Standing,
    Submission,
    SubmissionEvent,
    Target,
    User,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from indicators.recording import guards
from tests.cast import YEAR, enter

# Per model: fields of a sound row; a name in capitals stands for one of the world's things.
SOUND = {
    DutyArea: {"code": "new", "name_zh": "新"},
    Framework: {"code": "new", "name_zh": "新", "basis": "statute"},
    Indicator: {
        "code": "new",
        "duty_area": "AREA",
        "name_zh": "新",
        "unit": "persons",
        "quantity_kind": "count",
        "aggregation": "sum",
        "period_kind": "calendar_year",
    },
    Definition: {"indicator": "CHILDREN", "version": 9, "valid_from": 2020, "meaning_zh": "口径"},
    Jurisdiction: {"code": "599999", "name_zh": "新", "level": "district", "valid_from": 1997},
    User: {"username": "new"},
    Membership: {"user": "OFFICER", "jurisdiction": "SOUTH", "role": "officer"},
    Target: {
        "framework": "FRAMEWORK",
        "indicator": "CHILDREN",
        "level": "county",
        "comparator": "ge",
        "value": 5,
        "principal": True,
    },
    YearlyValue: {
        "indicator": "CHILDREN",
        "jurisdiction": "SOUTH",
        "year": YEAR,
        "number": 5,
        "change": "CHANGE",
    },
    Change: {"at": "NOW"},
    CatalogueProposal: {
        "act": "save",
        "content": "[]",
        "title": "新",
        "reason": "x",
        "made_by": "OFFICER",
        "made_at": "NOW",
    },
    ValueRevision: {"value": "VALUE", "number": 5, "version": 2, "change": "CHANGE"},
    Standing: {"value": "VALUE", "revision": "REVISION", "tier": "approved", "change": "CHANGE"},
    YearlyResult: {
        "indicator": "CHILDREN",
        "jurisdiction": "SOUTH",
        "year": YEAR,
        "tier": "reported",
    },
    SeedRecord: {"table": "targets", "key": "x", "row": {}},
    Round: {
        "city": "NORTH",
        "evaluation_year": YEAR,
        "title": "新",
        "opens_on": "2022-03-01",
        "due_on": "2022-03-01",
        "closes_on": "2022-03-01",
    },
    Submission: {"round": "ROUND", "jurisdiction": "NORTH"},
    SubmissionEvent: {
        "submission": "SUBMISSION",
        "act": "submit",
        "to_state": "submitted",
        "change": "CHANGE",
    },
    EventFigure: {"event": "EVENT", "indicator": "CHILDREN", "reason": "错"},
    Rule: {"code": "new", "name_zh": "新", "kind": "unchanged", "severity": "warning"},
    Finding: {
        "submission": "SUBMISSION",
        "rule": "RULE",
        "indicator": "CHILDREN",
        "year": YEAR,
        "severity": "warning",
        "found_at": "NOW",
    },
    Doubt: {"jurisdiction": "NORTH", "rule": "RULE", "indicator": "CHILDREN", "year": YEAR},
    Notice: {
        "recipient": "OFFICER",
        "kind": "due_soon",
        "submission": "SUBMISSION",
        "day": "2022-03-01",
        "made_at": "NOW",
    },
    FirstStartCode: {"pk": 1, "digest": "x"},
    Release: {
        "kind": "figure",
        "indicator": "CHILDREN",
        "jurisdiction": "SOUTH",
        "year": YEAR,
        "number": 5,
    },
    MutedNotice: {"user": "OFFICER", "kind": "due_soon"},
    EntryUnit: {"user": "OFFICER", "duty_area": "AREA", "unit": "yuan"},
}
TWICE: dict[str, object] = {}
BROKEN = [
    ("indicator_quantity_kind_known", Indicator, {"quantity_kind": "weight"}),
    ("indicator_direction_known", Indicator, {"direction": "sideways"}),
    ("indicator_aggregation_known", Indicator, {"aggregation": "mean"}),
    ("indicator_reporting_level_known", Indicator, {"reporting_level": "school"}),
    ("indicator_period_kind_known", Indicator, {"period_kind": "month"}),
    ("indicator_unit_unless_statement", Indicator, {"unit": ""}),
    (
        "indicator_unit_unless_statement",
        Indicator,
        {"quantity_kind": "statement", "aggregation": "none"},
    ),
    ("indicator_all_is_for_statements", Indicator, {"aggregation": "all"}),
    (
        "indicator_statement_does_not_add_up",
        Indicator,
        {"quantity_kind": "statement", "unit": "", "aggregation": "sum"},
    ),
    ("indicator_lag_within_five_years", Indicator, {"lag": 1}),
    ("indicator_asked_years_in_order", Indicator, {"asked_from": 2022, "asked_to": 2021}),
    ("indicator_lag_within_five_years", Indicator, {"lag": -6}),
    ("definition_says_what_it_means", Definition, {"meaning_zh": ""}),
    ("definition_unique_version", Definition, {"valid_from": 2021}),
    ("definition_unique_valid_from", Definition, {"version": 10}),
    ("catalogue_stamp_is_one_row", CatalogueStamp, {"id": 2}),
    ("jurisdiction_unique_code_valid_from", Jurisdiction, TWICE),
    ("jurisdiction_ends_after_it_begins", Jurisdiction, {"valid_to": 1997}),
    ("membership_unique", Membership, TWICE),
    ("membership_role_known", Membership, {"role": "king"}),
    ("target_comparator_known", Target, {"comparator": "about"}),
    ("target_level_known", Target, {"level": "galaxy"}),
    ("framework_basis_known", Framework, {"basis": "rumour"}),
    ("indicator_stage_known", Indicator, {"stage": "kindergarten"}),
    ("indicator_limits_in_order", Indicator, {"lower_limit": 5, "upper_limit": 4}),
    ("yearlyvalue_period_basis_known", YearlyValue, {"period_basis": "guessed"}),
    ("target_unique", Target, {"principal": False}),
    ("target_unique", Target, {"principal": False, "level": "", "jurisdiction": "NORTH"}),
    ("target_one_principal", Target, {"framework": "OTHER_FRAMEWORK"}),
    ("target_binds_a_level_or_a_jurisdiction", Target, {"jurisdiction": "NORTH"}),
    ("target_binds_a_level_or_a_jurisdiction", Target, {"level": ""}),
    ("target_has_a_value", Target, {"value": None}),
    ("target_range_has_two_ends", Target, {"comparator": "range"}),
    ("target_range_has_two_ends", Target, {"comparator": "range", "value_to": 4}),
    ("target_range_has_two_ends", Target, {"value_to": 6}),
    ("target_margin_not_negative", Target, {"margin": "-0.0001"}),
    ("yearlyvalue_unique", YearlyValue, TWICE),
    ("yearlyvalue_is_one_of_three", YearlyValue, {"number": None}),
    ("yearlyvalue_is_one_of_three", YearlyValue, {"statement": "met"}),
    ("yearlyvalue_is_one_of_three", YearlyValue, {"state": "blank"}),
    (
        "yearlyvalue_is_one_of_three",
        YearlyValue,
        {"number": None, "statement": "met", "state": "blank"},
    ),
    ("yearlyvalue_period_ends_in_year", YearlyValue, {"period_from": YEAR + 1}),
    ("yearlyvalue_statement_known", YearlyValue, {"number": None, "statement": "maybe"}),
    ("yearlyvalue_state_known", YearlyValue, {"number": None, "state": "lost"}),
    ("yearlyvalue_qualifier_known", YearlyValue, {"qualifier": "nearly"}),
    ("catalogueproposal_act_known", CatalogueProposal, {"act": "burn"}),
    (
        "catalogueproposal_confirmed_or_withdrawn",
        CatalogueProposal,
        {"withdrawn_at": "NOW", "change": "CHANGE"},
    ),
    ("change_origin_known", Change, {"origin": "heaven"}),
    ("change_on_behalf_has_its_column", Change, {"origin": "on_behalf"}),
    ("valuerevision_unique", ValueRevision, TWICE),
    ("standing_tier_known", Standing, {"tier": "rumoured"}),
    ("yearlyresult_unique", YearlyResult, TWICE),
    ("yearlyresult_tier_known", YearlyResult, {"tier": "rumoured"}),
    ("yearlyresult_status_known", YearlyResult, {"status": "green"}),
    ("seedrecord_unique", SeedRecord, {"row": {"other": 1}}),
    ("round_unique", Round, TWICE),
    ("round_days_in_order", Round, {"due_on": "2022-02-28"}),
    ("round_days_in_order", Round, {"due_on": "2022-03-02"}),
    ("round_closed_after_opening", Round, {"closed_at": "NOW"}),
    ("submission_unique", Submission, TWICE),
    ("submission_state_known", Submission, {"state": "lost"}),
    ("submissionevent_act_known", SubmissionEvent, {"act": "forget"}),
    ("eventfigure_unique", EventFigure, TWICE),
    ("rule_kind_known", Rule, {"kind": "hunch"}),
    ("rule_severity_known", Rule, {"severity": "shrug"}),
    ("rule_ends_after_it_begins", Rule, {"valid_to": 1989}),
    ("rule_comparison_has_two_sides", Rule, {"kind": "comparison"}),
    ("finding_unique", Finding, TWICE),
    ("doubt_unique", Doubt, TWICE),
    ("finding_severity_known", Finding, {"severity": "shrug"}),
    ("rule.code", Rule, TWICE),
    ("notice_kind_known", Notice, {"kind": "gossip"}),
    ("notice_unique_reminder", Notice, TWICE),
    ("notice_unique_event", Notice, {"kind": "returned", "event": "EVENT"}),
    ("entryunit_unique", EntryUnit, TWICE),
    ("entryunit_unit_known", EntryUnit, {"unit": "persons"}),
    ("firststartcode_is_one", FirstStartCode, {"pk": 2}),
    ("release_unique", Release, TWICE),
    ("release_kind_known", Release, {"kind": "rumour"}),
    ("mutednotice_unique", MutedNotice, TWICE),
    ("mutednotice_never_returned", MutedNotice, {"kind": "returned"}),
    ("dutyarea.code", DutyArea, TWICE),
    ("framework.code", Framework, TWICE),
    ("indicator.code", Indicator, TWICE),
    ("user.username", User, TWICE),
]
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
        "NOW": timezone.now(),
        "ROUND": asked,
        "SUBMISSION": submission,
        "EVENT": event,
        "RULE": rule,
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
