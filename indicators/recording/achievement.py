"""Adds, changes and takes out the achievements of a unit, and lets them stand with its figures.

Each act is one transaction. The submission that the achievement goes with is held meanwhile, so
that it is either part of what was submitted or refused; where no round asks the unit, the unit is
held instead, and what is saved stands as reported at once, as figures do. A returned or reopened
submission opens all achievements: unlike figures they are not named one by one.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from indicators import results
from indicators.collection import (
    FIRST_YEAR,
    Refusal,
    last_year,
    may_enter_achievements,
    window_of,
    years,
)
from indicators.models import (
    ACHIEVEMENT_CONTENT,
    ONE_LINE,
    Achievement,
    AchievementKind,
    AchievementLevel,
    AchievementVersion,
    Change,
    DutyArea,
    Jurisdiction,
    Round,
    Submission,
    User,
)
from indicators.recording.change import record_change
from indicators.recording.codes import next_code
from indicators.recording.held import hold
from indicators.recording.validation import (
    REASON_LENGTH,
    refuse_hidden_marks,
    refuse_odd_text,
)
from indicators.recording.window import begin

LENGTHS: dict[str, int] = {
    field.name: field.max_length or 0
    for field in AchievementVersion._meta.concrete_fields
    if field.name in (*ONE_LINE, "description")
}


class AchievementMoved(Refusal):
    """The version given is not the one now: `now` is the latest, `before` what the user saw."""

    def __init__(self, now: AchievementVersion, before: AchievementVersion | None) -> None:
        actor = now.change.actor
        super().__init__("achievement_moved", who=actor.get_full_name() if actor else "")
        self.now = now
        self.before = before


def add_achievement(
    unit: Jurisdiction,
    evaluation_year: int,
    duty_area: DutyArea,
    said: AchievementVersion,
    *,
    actor: User,
    reason: str = "",
) -> Achievement:
    """Store what is `said` of a new achievement, which gets its number.

    Refuses: not_your_act, reason_needed_on_behalf, unknown_year, year_to_come, jurisdiction_closed,
    round_not_open, unit_not_in_round, what `Window` does, achievement_twice, title_missing,
    unknown_choice, date_to_come, too_long, null_character, hidden_marks.
    """
    content = _content(said)
    with transaction.atomic():
        _hold_catalogue()
        unit = Jurisdiction.objects.get(pk=unit.pk)  # as it lies in the tree now
        change, submission = _opened(unit, evaluation_year, duty_area, actor, reason)
        _refuse_twice(unit, evaluation_year, content)
        achievement = Achievement.objects.create(
            code=next_code(Achievement, f"C{evaluation_year}0", digits=4),
            jurisdiction=unit,
            duty_area=duty_area,
            evaluation_year=evaluation_year,
            version=0,
        )
        _write(achievement, content, change, submission)
    return achievement


def edit_achievement(
    achievement: Achievement,
    said: AchievementVersion,
    *,
    actor: User,
    version: int,
    reason: str = "",
) -> Achievement:
    """Say something else of it, over the version that was seen; what says the same is no version,
    but for a draft of a round that was withdrawn, which stands once it is saved again.

    Refuses as `add_achievement` does, and: achievement_moved.
    """
    content = _content(said)
    with transaction.atomic():
        held, change, submission = _held(achievement, version, actor, reason)
        _refuse_twice(held.jurisdiction, held.evaluation_year, content, but=held)
        before = held.versions.get(version=held.version)
        is_new = any(getattr(before, name) != it for name, it in content.items())
        is_left = submission is None and held.reported_version != held.version
        if before.is_removed or is_new or is_left:
            _write(held, content, change, submission)
    return held


def remove_achievement(
    achievement: Achievement, *, actor: User, version: int, reason: str = ""
) -> Achievement:
    """Take it out; what was submitted of it stays until the next submission.

    Refuses as `edit_achievement` does for who, when and version.
    """
    with transaction.atomic():
        held, change, submission = _held(achievement, version, actor, reason)
        latest = held.versions.get(version=held.version)
        content = {name: getattr(latest, name) for name in ACHIEVEMENT_CONTENT}
        if not latest.is_removed:
            _write(held, content, change, submission, is_removed=True)
    return held


def report_achievements(submission: Submission) -> None:
    """The unit's achievements go with its figures: they stand as reported. The caller's
    transaction, which holds the submission."""
    _of(submission).update(reported_version=F("version"))


def approve_achievements(unit: int, evaluation_year: int) -> int:
    """What stands as reported of the unit (id) stands as approved; how many were not yet."""
    waiting = Achievement.objects.waiting_for_approval(unit, evaluation_year)
    return waiting.update(approved_version=F("reported_version"))


def achievements_to_approve(unit: Jurisdiction, evaluation_year: int) -> list[AchievementVersion]:
    """What waits for approval without a submission: none where a round asks the unit."""
    if _submission(unit, evaluation_year) is not None:
        return []
    waiting = Achievement.objects.waiting_for_approval(unit.pk, evaluation_year)
    versions = AchievementVersion.objects.filter(
        achievement__in=waiting, version=F("achievement__reported_version")
    )
    return list(versions.in_order())


def moved_since(submission: Submission, seen: int) -> list[str]:
    """Titles of what was changed after the change (id) that was seen."""
    versions = AchievementVersion.objects.filter(
        achievement__in=_of(submission), change__gt=seen, version=F("achievement__version")
    )
    return list(versions.values_list("title", flat=True))


def _of(submission: Submission) -> Any:
    return Achievement.objects.filter(
        jurisdiction=submission.jurisdiction_id,
        evaluation_year=submission.round.evaluation_year,
    )


def _held(
    achievement: Achievement, version: int, actor: User, reason: str
) -> tuple[Achievement, Change, Submission | None]:
    """The achievement as it is now, held with what it goes with. An actor who does not see it, and
    does not enter for its unit, is refused before its version is told."""
    _hold_catalogue()
    found = Achievement.objects.select_related("jurisdiction", "duty_area").get(pk=achievement.pk)
    change, submission = _opened(
        found.jurisdiction, found.evaluation_year, found.duty_area, actor, reason
    )
    held = Achievement.objects.select_for_update(of=("self",)).get(pk=found.pk)
    held.jurisdiction, held.duty_area = found.jurisdiction, found.duty_area
    if held.version != version:
        now = held.versions.select_related("change__actor").get(version=held.version)
        raise AchievementMoved(now, held.versions.filter(version=version).first())
    return held, change, submission


def _opened(
    unit: Jurisdiction, evaluation_year: int, duty_area: DutyArea, actor: User, reason: str
) -> tuple[Change, Submission | None]:
    """A change by whoever may make it now, and the submission it goes with, held."""
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    if not may_enter_achievements(actor, unit, duty_area):
        raise Refusal("not_your_act", act=Achievement._meta.verbose_name)
    on_behalf = not actor.scope.may_enter(unit.pk, duty_area.pk)
    if on_behalf and not reason.strip():
        raise Refusal("reason_needed_on_behalf", field="reason", unit=unit.name)
    if evaluation_year not in years():
        raise Refusal(
            "unknown_year", field="year", year=evaluation_year, first=FIRST_YEAR, last=last_year()
        )
    submission = _submission(unit, evaluation_year)
    if submission is not None:
        submission = hold(submission)
        submission.jurisdiction = unit
        window_of(submission).refuse_unless_open(timezone.localdate())
    else:
        _refuse_unasked(unit, evaluation_year)
    change = record_change(actor=actor, reason=reason.strip(), on_behalf=on_behalf)
    return change, submission


def _submission(unit: Jurisdiction, evaluation_year: int) -> Submission | None:
    found = Submission.objects.asked().filter(
        jurisdiction=unit, round__evaluation_year=evaluation_year
    )
    return found.order_by("pk").first()


def _refuse_unasked(unit: Jurisdiction, evaluation_year: int) -> None:
    """Where no round asks the unit: it is held; and there is none that leaves it out."""
    if not unit.valid_in(evaluation_year):
        raise Refusal("jurisdiction_closed", field="year", unit=unit.name, year=evaluation_year)
    above = [pk for pk in (unit.pk, unit.parent_id) if pk is not None]
    others = Round.objects.filter(city__in=above, evaluation_year=evaluation_year)
    if (asked := others.order_by("pk").first()) is not None:
        if asked.is_planned:
            raise Refusal("round_not_open", round=asked.title, day=asked.opens_on)
        raise Refusal("unit_not_in_round", round=asked.title, unit=unit.name)
    if evaluation_year > timezone.localdate().year:
        raise Refusal("year_to_come", field="year", year=evaluation_year)
    hold_unit(unit)


def hold_unit(unit: Jurisdiction) -> None:
    """Its achievements that go with no submission are as they are until the transaction ends."""
    Jurisdiction.objects.select_for_update(no_key=True).get(pk=unit.pk)


def _hold_catalogue() -> None:
    """No unit ends, or takes over another's achievements, meanwhile."""
    results.current_snapshot(lock=results.Lock.SHARED)


def _write(
    achievement: Achievement,
    content: dict[str, Any],
    change: Change,
    submission: Submission | None,
    *,
    is_removed: bool = False,
) -> None:
    achievement.version += 1
    if submission is None:
        achievement.reported_version = achievement.version
    achievement.save(update_fields=["version", "reported_version"])
    AchievementVersion.objects.create(
        achievement=achievement,
        version=achievement.version,
        change=change,
        is_removed=is_removed,
        **content,
    )
    if submission is not None:
        begin({submission: change})


def _content(said: AchievementVersion) -> dict[str, Any]:
    """What is said, without blanks around it, or a refusal with the box that is wrong."""
    content = {name: getattr(said, name) for name in ACHIEVEMENT_CONTENT}
    for name, limit in LENGTHS.items():
        text = content[name].replace("\r\n", "\n").strip()
        refuse_odd_text(text, limit, name)
        refuse_hidden_marks(text if name in ONE_LINE else text.replace("\n", ""), name)
        content[name] = text
    if not content["title"]:
        raise Refusal("title_missing", field="title")
    for name, choices in (("kind", AchievementKind), ("level", AchievementLevel)):
        if content[name] not in choices.values:
            raise Refusal("unknown_choice", field=name)
    day = content["issued_on"]
    if day is not None and day > timezone.localdate():
        raise Refusal("date_to_come", field="issued_on", day=day)
    return content


def _refuse_twice(
    unit: Jurisdiction,
    evaluation_year: int,
    content: dict[str, Any],
    but: Achievement | None = None,
) -> None:
    """Of one unit and year no two are called the same, by the same body and number."""
    alike = AchievementVersion.objects.of(unit, evaluation_year).filter(
        version=F("achievement__version"),
        is_removed=False,
        **{name: content[name] for name in ("kind", "title", "issued_by", "number")},
    )
    other = alike.exclude(achievement=but).select_related("achievement").first()
    if other is not None:
        raise Refusal(
            "achievement_twice",
            field="title",
            title=content["title"],
            code=other.achievement.code,
        )
