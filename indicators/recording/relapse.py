"""A problem that was accepted relapses (复发) when a figure that showed it solved falls back.

Decided: it is recorded in the transaction that lets the figure stand, by a change without a person,
whose reason names the figure, not its value; what comes of it a supervisor decides. Only approved
figures prove anything, so only they take a proof back; a year that is not whole yet proves nothing
either way.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from indicators.measures.exact import plain
from indicators.models import (
    UNITS,
    Comparator,
    Criterion,
    Indicator,
    Problem,
    ProblemAct,
    ProblemEvent,
    ProblemState,
    Statement,
)
from indicators.recording.change import record_change
from indicators.results import Key, Proof, places_of, proofs


def relapse_where_fallen(written: Iterable[Key]) -> list[Problem]:
    """Let accepted problems relapse whose proof is among the approved figures just written and no
    longer holds. One query where something was written and nothing is watched."""
    places = {(key.unit_id, key.indicator_id) for key in written}
    if not places:
        return []
    watched = list(Criterion.objects.watched().select_related("indicator", "jurisdiction"))
    of_each = places_of(watched)
    watched = [one for one in watched if not places.isdisjoint(of_each[one.pk])]
    found = proofs(watched)
    fallen: dict[int, list[Criterion]] = {}
    for one in watched:
        if found[one.pk].holds is False:
            fallen.setdefault(one.problem_id, []).append(one)
    if not fallen:
        return []
    held = Problem.objects.select_for_update().filter(pk__in=fallen, state=ProblemState.ACCEPTED)
    done = list(held.order_by("pk"))
    for problem in done:
        criteria = fallen[problem.pk]
        with translation.override(settings.LANGUAGE_CODE):
            said = "；".join(_words(one, found[one.pk]) for one in criteria)
        change = record_change(actor=None, reason=said[:500])
        ProblemEvent.objects.create(
            problem=problem,
            act=ProblemAct.RELAPSE,
            from_state=problem.state,
            to_state=ProblemState.RELAPSED,
            change=change,
        )
        problem.state = ProblemState.RELAPSED
        problem.version += 1
        problem.save(update_fields=["state", "version"])
        Criterion.objects.filter(pk__in=[one.pk for one in criteria]).update(held=False)
    return done


def _words(criterion: Criterion, proof: Proof) -> str:
    """Which figure it is, and what was agreed; not what it says now, since not everybody who reads
    of the problem is told the figure: the page shows it to those who are."""
    return _("%(name)s of %(unit)s in %(year)s no longer reaches %(goal)s") % {
        "name": criterion.indicator.name,
        "unit": criterion.jurisdiction.name,
        "year": proof.year,
        "goal": _goal(criterion),
    }


def _goal(criterion: Criterion) -> str:
    """What would show it solved, as ≥ 80% or met."""
    if criterion.value is None:
        return str(Statement.MET.label)
    label = Comparator(criterion.comparator).label
    return f"{label} {_amount(criterion.indicator, criterion.value)}"


def _amount(indicator: Indicator, number: Decimal) -> str:
    """The number in the indicator's display unit, exactly."""
    unit = UNITS[indicator.display_unit or indicator.unit]
    return f"{plain(number / unit.factor)}{unit.zh}"
