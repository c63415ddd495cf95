"""Keeps what the rules find in a submission, and what the unit says to it.

Decided: a note or the reason of a state explains a warning as well as words written to the finding
itself, which are needed where the figure is worked out and has no note. What was said belongs to
the version of the figure that it was said to; another version has to be explained again.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators import results
from indicators.collection import Refusal, window_of
from indicators.models import (
    Finding,
    Indicator,
    Round,
    Rule,
    Severity,
    Standing,
    Submission,
    Tier,
    User,
    ValueRevision,
)
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import Lock, Snapshot, check, inputs_with_drafts

FindingKey = tuple[int, int, int]  # rule, indicator, year
NAMED_AT_MOST = 5


def find(snapshot: Snapshot, submission: Submission, *, at: datetime.datetime) -> list[Finding]:
    """Check the unit's figures, drafts included, and store what is found; what still stands.

    The caller holds the submission. What is no longer found is cleared, and kept.
    """
    unit, year = submission.jurisdiction_id, submission.round.evaluation_year
    asked = set(submission.round.indicators.values_list("pk", flat=True))
    latest = {
        (revision.value.indicator_id, revision.value.year): revision
        for revision in ValueRevision.objects.filter(
            value__jurisdiction=unit,
            value__year__in={one.year_for(year) for one in snapshot.indicators.values()},
            version=F("value__version"),
        ).select_related("value")
    }
    reported = set(
        Standing.objects.current()
        .filter(tier=Tier.REPORTED, value__jurisdiction=unit)
        .values_list("revision_id", flat=True)
    )
    drafts = [revision for revision in latest.values() if revision.pk not in reported]
    given = inputs_with_drafts(snapshot, unit, year, drafts)
    broken = {
        (one.rule.pk, one.indicator_id, one.year): one
        for one in check(snapshot, unit, year, given)
        if one.indicator_id in asked
    }
    kept: dict[FindingKey, Finding] = {
        (one.rule_id, one.indicator_id, one.year): one
        for one in Finding.objects.filter(submission=submission)
    }
    found = []
    for place, one in broken.items():
        revision = latest.get((one.indicator_id, one.year))
        version = revision.version if revision else 0
        finding = kept.get(place) or Finding(
            submission=submission,
            rule=one.rule,
            indicator_id=one.indicator_id,
            year=one.year,
            found_at=at,
        )
        details = {
            "code": one.code,
            "numbers": {name: str(number) for name, number in one.numbers.items()},
            "other": snapshot.indicators[one.other].code if one.other else "",
        }
        if (finding.details, finding.value_version) != (details, version) or finding.cleared_at:
            finding.explanation, finding.explained_by, finding.explained_at = "", None, None
            finding.found_at = at
        finding.details, finding.value_version = details, version
        finding.severity, finding.cleared_at = one.rule.severity, None
        found.append(finding)
    cleared = [one for place, one in kept.items() if place not in broken and not one.cleared_at]
    for gone in cleared:
        gone.cleared_at = at
    Finding.objects.bulk_create([one for one in found if one.pk is None])
    Finding.objects.bulk_update(
        [one for one in found if one.pk is not None] + cleared,
        [
            *("severity", "details", "value_version", "found_at", "cleared_at"),
            *("explanation", "explained_by", "explained_at"),
        ],
    )
    return found


def refuse_open_findings(snapshot: Snapshot, submission: Submission, found: list[Finding]) -> None:
    """Refuses: rules_broken (errors), explanations_missing (warnings to which nothing is said)."""
    errors = [one for one in found if one.severity == Severity.ERROR]
    if errors:
        names = _names(snapshot, errors)
        raise Refusal("rules_broken", n=len(names), names=listed(names))
    noted = _noted(submission, found)
    silent = [
        one for one in found if not one.explanation and (one.indicator_id, one.year) not in noted
    ]
    if silent:
        names = _names(snapshot, silent)
        raise Refusal("explanations_missing", n=len(names), names=listed(names))


def explain(
    submission: Submission, rule: Rule, indicator: Indicator, *, actor: User, text: str
) -> Finding:
    """Say why a finding is right as it is; by the unit's own people.

    Refuses: not_your_act, remark_empty, too_long, null_character, what `Window` does (what was
    submitted stays as it was explained), nothing_found.
    """
    refuse_odd_text(text, REASON_LENGTH, "text")
    if submission.jurisdiction_id not in actor.scope.own:
        raise Refusal("not_your_act", act=Finding._meta.verbose_name)
    if not text.strip():
        raise Refusal("remark_empty", field="text")
    with transaction.atomic():
        snapshot = results.current_snapshot(lock=Lock.SHARED)
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        # Read after the lock: the round may have been closed while we waited for it.
        held.round = Round.objects.get(pk=held.round_id)
        window_of(held).refuse_unless_open(timezone.localdate())
        now = timezone.now()
        for one in find(snapshot, held, at=now):
            if (one.rule_id, one.indicator_id) == (rule.pk, indicator.pk):
                one.explanation, one.explained_by, one.explained_at = text.strip(), actor, now
                one.save()
                return one
        raise Refusal("nothing_found")


def _noted(submission: Submission, found: list[Finding]) -> set[tuple[int, int]]:
    """Places whose figure carries a note, or a state with its reason."""
    revisions = ValueRevision.objects.filter(
        value__jurisdiction=submission.jurisdiction_id,
        value__indicator__in={one.indicator_id for one in found},
        version=F("value__version"),
    ).select_related("value")
    return {
        (revision.value.indicator_id, revision.value.year)
        for revision in revisions
        if revision.note or revision.state_reason
    }


def listed(names: list[str]) -> str:
    """The first of the names, and whether there are more."""
    return "、".join(names[:NAMED_AT_MOST]) + ("…" if len(names) > NAMED_AT_MOST else "")


def _names(snapshot: Snapshot, found: list[Finding]) -> list[str]:
    """The names of the figures, each once."""
    return list(dict.fromkeys(snapshot.indicators[one.indicator_id].name for one in found))
