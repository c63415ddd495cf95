"""A submission as its reviewer reads it: what needs judgement first, and what changed since.

What changed is told against the version that stood before this submission: approved, or else last
submitted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from indicators.figures.figure import Figure
from indicators.figures.findings import Said, said
from indicators.figures.formatting import version_words
from indicators.figures.queries import figures_of
from indicators.figures.submissions import Thread, threads_of
from indicators.models import (
    Act,
    EventFigure,
    Finding,
    Severity,
    Standing,
    Status,
    Submission,
    Tier,
    User,
    ValueRevision,
)
from indicators.results import current_snapshot

REOPENED, ERROR, WARNING = Decimal(100_000), 1000, 100
OPEN_QUESTION, RETURNED_AS_IT_WAS, MISSED, CHANGED, NOT_AVAILABLE = 90, 70, 60, 50, 40
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Reviewed:
    """A figure of the submission. `now` is the version that was submitted, `before` the one that
    stood until then; `returned` why it was sent back last time, `reopened` why it was opened again.
    """

    figure: Figure
    now: ValueRevision | None
    before: ValueRevision | None
    findings: list[Said] = field(default_factory=list)
    thread: Thread | None = None
    returned: str = ""
    reopened: str = ""
    was_asked: bool = True

    @property
    def code(self) -> str:
        return self.figure.code

    @property
    def was_changed(self) -> bool:
        """Whether it says something else than what stood before."""
        return bool(self.before and self.now and not self.now.says_as(self.before))

    @property
    def before_words(self) -> str:
        """What stood before, in the unit in which the figure is shown."""
        return version_words(self.before, self.figure.indicator) if self.before else ""

    @property
    def says_the_same(self) -> bool:
        """Whether only words beside the figure were changed."""
        return bool(
            self.before
            and self.now
            and (self.before.number, self.before.statement, self.before.state)
            == (self.now.number, self.now.statement, self.now.state)
        )

    @property
    def explanation(self) -> str:
        return (self.now.state_reason or self.now.note) if self.now else ""

    @property
    def versions(self) -> int:
        return self.now.version if self.now else 0

    @cached_property
    def weight(self) -> Decimal:
        """How much it asks for judgement; 0 for nothing."""
        weight = REOPENED if self.reopened else Decimal(0)
        weight += sum(
            ERROR if finding.severity == Severity.ERROR else WARNING for finding in self.findings
        )
        if self.thread and self.thread.is_open:
            weight += OPEN_QUESTION
        if self.was_changed:
            weight += CHANGED
        elif self.returned:
            weight += RETURNED_AS_IT_WAS
        if self.figure.status == Status.MISSED:
            weight += MISSED
        if not self.figure.has_figure and self.figure.result_state == "not_available":
            weight += NOT_AVAILABLE
        return Decimal(weight)

    @property
    def moved(self) -> Decimal:
        """How far from last year's, in per cent of it; what weighs the same is sorted by it."""
        now, before = self.figure.number, self.figure.previous_number
        if now is None or not before:
            return Decimal(0)
        return abs(now - before) / abs(before) * HUNDRED

    @property
    def marks(self) -> list[str]:
        """What the figures themselves show, beside what the rules found."""
        found = []
        if self.was_changed:
            found.append(_("changed since the last submission"))
        if self.returned:
            found.append(_("returned last time"))
        if self.reopened:
            found.append(_("reopened"))
        if self.figure.status == Status.MISSED:
            found.append(_("misses the target %(target)s") % {"target": self.figure.target_words})
        return found


def review_of(user: User, submission: Submission) -> list[Reviewed]:
    """The figures that the round asks of the unit and those worked out from them that are doubted,
    the weightiest first; a bounded number of queries."""
    snapshot = current_snapshot()
    unit, year = submission.jurisdiction, submission.round.evaluation_year
    asked = set(submission.round.indicators.values_list("pk", flat=True))
    findings = findings_of(user, submission)
    figures = [
        figure
        for figure in figures_of(user, unit, year)
        if figure.indicator.pk in findings
        or (
            figure.indicator.pk in asked
            and (snapshot.expects(figure.indicator.pk, unit.pk, figure.year) or figure.is_reported)
        )
    ]
    now, before = _versions(submission, {figure.year for figure in figures})
    threads = {thread.indicator.pk: thread for thread in threads_of(user, submission)}
    opened = submission.events.filter(act__in=[Act.RETURN, Act.REOPEN]).order_by("-pk")
    named = EventFigure.objects.filter(event=opened.values("pk")[:1])
    returned: dict[int, str] = {}
    reopened: dict[int, str] = {}
    for indicator, reason, act in named.values_list("indicator_id", "reason", "event__act"):
        (reopened if act == Act.REOPEN else returned)[indicator] = reason
    found = [
        Reviewed(
            figure=figure,
            now=now.get((figure.indicator.pk, figure.year)),
            before=before.get((figure.indicator.pk, figure.year)),
            findings=findings.get(figure.indicator.pk, []),
            thread=threads.get(figure.indicator.pk),
            returned=returned.get(figure.indicator.pk, ""),
            reopened=reopened.get(figure.indicator.pk, ""),
            was_asked=figure.indicator.pk in asked,
        )
        for figure in figures
    ]
    return sorted(found, key=lambda one: (-one.weight, -one.moved, one.figure.order))


def findings_of(user: User, submission: Submission) -> dict[int, list[Said]]:
    """What was found when the submission was last checked, by indicator (id), in words."""
    standing = Finding.objects.for_user(user).current().filter(submission=submission)
    found: dict[int, list[Said]] = {}
    for finding in standing.select_related("rule", "indicator"):
        found.setdefault(finding.indicator_id, []).append(said(finding))
    return found


IndicatorYear = tuple[int, int]


def _versions(
    submission: Submission, years: Iterable[int]
) -> tuple[dict[IndicatorYear, ValueRevision], dict[IndicatorYear, ValueRevision]]:
    """The versions that stand as reported, and those that stood before this submission."""
    standings = (
        Standing.objects.filter(
            value__jurisdiction=submission.jurisdiction_id, value__year__in=years
        )
        .select_related("change", "revision__value__indicator")
        .order_by("pk")
    )
    now: dict[IndicatorYear, ValueRevision] = {}
    before: dict[IndicatorYear, ValueRevision] = {}
    for standing in standings:
        revision = standing.revision
        place = revision.value.indicator_id, revision.value.year
        if submission.submitted_at is None or standing.change.at < submission.submitted_at:
            before[place] = revision
        if standing.tier == Tier.REPORTED:
            now[place] = revision
    return now, before
