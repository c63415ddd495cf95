"""Problems and measures that the seeds bring: raised and added by one change without a person."""

from __future__ import annotations

from collections.abc import Sequence

from indicators.models import Measure, Origin, Problem, ProblemAct, ProblemEvent, ProblemState
from indicators.recording.change import record_change


def raise_seeded(problems: Sequence[Problem], reason: str) -> None:
    """Store the new problems, each with the event that raised it. The caller's transaction."""
    if not problems:
        return
    Problem.objects.bulk_create(problems)
    change = record_change(actor=None, reason=reason, origin=Origin.SEED)
    ProblemEvent.objects.bulk_create(
        ProblemEvent(problem=one, act=ProblemAct.RAISE, to_state=ProblemState.OPEN, change=change)
        for one in problems
    )


def add_seeded(measures: Sequence[Measure], reason: str) -> None:
    """Store the new measures, each with the event that added it. The caller's transaction."""
    if not measures:
        return
    Measure.objects.bulk_create(measures)
    change = record_change(actor=None, reason=reason, origin=Origin.SEED)
    ProblemEvent.objects.bulk_create(
        ProblemEvent(
            problem=one.problem,
            measure=one,
            act=ProblemAct.ADD,
            to_state=ProblemState.OPEN,
            change=change,
        )
        for one in measures
    )
