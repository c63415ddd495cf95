"""Keeps what the rules find in a submission, and what the unit says to it.

Decided: a note or the reason of a state that was written with the figure explains a warning as well
as words written to the finding itself; of a figure worked out from others, what explains all that
is odd below it does. Either is kept in the finding, so that whatever is not explained says so by
itself. What was said belongs to the version of the figure that it was said to; another version has
to be explained again. Findings of figures that are worked out are kept too: their `value_version`
grows with every version of what they are worked out from.
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
    Rule,
    Severity,
    Standing,
    Submission,
    Tier,
    User,
    ValueRevision,
)
from indicators.recording.approved import locked_by_approval
from indicators.recording.held import hold
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import (
    Explanation,
    Key,
    Lock,
    Snapshot,
    asked_with_derived,
    check,
    inherited,
    inputs_with_drafts,
    notes_and_versions,
    version_of,
)

FindingKey = tuple[int, int, int]  # rule, indicator, year
NAMED_AT_MOST = 5
EXPLAINED = ("explanation", "explained_by", "explained_at")


def find(snapshot: Snapshot, submission: Submission, *, at: datetime.datetime) -> list[Finding]:
    """Check the unit's figures, drafts included, and store what is found; what still stands.

    The caller holds the submission. What is no longer found is cleared, and kept.
    """
    unit, year = submission.jurisdiction_id, submission.round.evaluation_year
    asked = asked_with_derived(
        snapshot, unit, year, submission.round.indicators.values_list("pk", flat=True)
    )
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
    drafts = _going_along(
        submission, [revision for revision in latest.values() if revision.pk not in reported]
    )
    rule_inputs = inputs_with_drafts(snapshot, unit, year, drafts)
    broken = {
        (one.rule.pk, one.indicator_id, one.year): one
        for one in check(snapshot, unit, year, rule_inputs)
        if one.indicator_id in asked
    }
    kept: dict[FindingKey, Finding] = {
        (one.rule_id, one.indicator_id, one.year): one
        for one in Finding.objects.filter(submission=submission)
    }
    found = []
    versions = {key: revision.version for key, revision in latest.items()}
    for place, one in broken.items():
        version = version_of(snapshot, unit, (one.indicator_id, one.year), versions)
        finding = kept.get(place) or Finding(
            submission=submission,
            rule=one.rule,
            indicator_id=one.indicator_id,
            year=one.year,
            found_at=at,
        )
        details = one.details(snapshot)
        if (finding.details, finding.value_version) != (details, version) or finding.cleared_at:
            finding.explanation, finding.explained_by, finding.explained_at = "", None, None
            finding.found_at = at
        finding.details, finding.value_version = details, version
        finding.severity, finding.cleared_at = one.rule.severity, None
        found.append(finding)
    _explain_from_below(snapshot, submission, found)
    cleared = [one for place, one in kept.items() if place not in broken and not one.cleared_at]
    for gone in cleared:
        gone.cleared_at = at
    Finding.objects.bulk_create([one for one in found if one.pk is None])
    Finding.objects.bulk_update(
        [one for one in found if one.pk is not None] + cleared,
        ["severity", "details", "value_version", "found_at", "cleared_at", *EXPLAINED],
    )
    return found


def _going_along(submission: Submission, drafts: list[ValueRevision]) -> list[ValueRevision]:
    """Without drafts of approved figures that a reopening which is over has left behind."""
    values = {
        Key(one.value.jurisdiction_id, one.value.year, one.value.indicator_id): one.value
        for one in drafts
    }
    held = dict.fromkeys(values, submission)
    locked = locked_by_approval(set(values), held, today=timezone.localdate())
    left = {values[key].pk for key in locked}
    return [one for one in drafts if one.value_id not in left]


def refuse_open_findings(snapshot: Snapshot, submission: Submission, found: list[Finding]) -> None:
    """Refuses: rules_broken (errors), explanations_missing (warnings to which nothing is said)."""
    errors = [one for one in found if one.severity == Severity.ERROR]
    if errors:
        names = _names(snapshot, errors)
        raise Refusal("rules_broken", n=len(names), names=listed(names))
    silent = [one for one in found if not one.explanation]
    if silent:
        names = _names(snapshot, silent)
        raise Refusal("explanations_missing", n=len(names), names=listed(names))


def explain(
    submission: Submission,
    rule: Rule,
    indicator: Indicator,
    *,
    actor: User,
    text: str,
    seen: str = "",
) -> Finding:
    """Say why a finding is right as it is; by the unit's own people. `seen` is what somebody else
    had said to it when they looked, and is replaced.

    Refuses: explained_meanwhile, not_your_act, remark_empty, too_long, null_character, what `hold`
    and `Window` do (what was submitted stays as it was explained), nothing_found.
    """
    refuse_odd_text(text, REASON_LENGTH, "text")
    if submission.jurisdiction_id not in actor.scope.own:
        raise Refusal("not_your_act", act=Finding._meta.verbose_name)
    if not text.strip():
        raise Refusal("remark_empty", field="text")
    with transaction.atomic():
        snapshot = results.current_snapshot(lock=Lock.SHARED)
        held = hold(submission)
        window_of(held).refuse_unless_open(timezone.localdate())
        now = timezone.now()
        found = find(snapshot, held, at=now)
        for one in found:
            if (one.rule_id, one.indicator_id) == (rule.pk, indicator.pk):
                moved = one.explanation not in (seen, text.strip())
                if moved and one.explained_by_id != actor.pk:
                    who = one.explained_by.get_full_name() if one.explained_by else ""
                    raise Refusal("explained_meanwhile", who=who, said=one.explanation)
                one.explanation, one.explained_by, one.explained_at = text.strip(), actor, now
                _explain_from_below(snapshot, held, found)
                Finding.objects.bulk_update(found, EXPLAINED)
                return one
        raise Refusal("nothing_found")


def _explain_from_below(snapshot: Snapshot, submission: Submission, found: list[Finding]) -> None:
    """Give findings that nothing was said to what their figures' notes say, and those of figures
    that are worked out what explains all that is odd below them."""
    unit = submission.jurisdiction_id
    if all(one.explanation for one in found):
        return
    notes, _versions = notes_and_versions(unit, {one.year for one in found})
    for one in found:
        if not one.explanation:
            _take(one, notes.get((one.indicator_id, one.year)))
    doubted: dict[tuple[int, int], Explanation | None] = {}
    for one in sorted(found, key=lambda one: bool(one.explanation), reverse=True):
        said = Explanation(one.explanation, one.explained_by_id, one.explained_at)
        doubted[one.indicator_id, one.year] = said if one.explanation else None
    for one in found:
        if not one.explanation:
            _take(one, inherited(snapshot, unit, (one.indicator_id, one.year), doubted))


def _take(finding: Finding, said: Explanation | None) -> None:
    if said:
        finding.explanation = said.text[:REASON_LENGTH]
        finding.explained_by_id, finding.explained_at = said.by_id, said.at


def listed(names: list[str]) -> str:
    """The first of the names, and whether there are more."""
    return "、".join(names[:NAMED_AT_MOST]) + ("…" if len(names) > NAMED_AT_MOST else "")


def _names(snapshot: Snapshot, found: list[Finding]) -> list[str]:
    """The names of the figures, each once."""
    return list(dict.fromkeys(snapshot.indicators[one.indicator_id].name for one in found))
