"""Rounds when units end: whom they ask from now on, and what becomes of answers under way.

After a rename or an upgrade the answer to a round goes along in its state, with its days, what was
done to it, asked, found and said: in a closed round as well. What a merged or split unit had
entered or submitted stays its own, in the history; the new ones are asked afresh, merged ones
with the sums that can be counted as drafts, and are told so. An extension that runs, also one after
closing, is theirs as well.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from indicators.models import (
    Act,
    Change,
    EventFigure,
    Finding,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Notice,
    Remark,
    Round,
    Submission,
    SubmissionEvent,
    SubmissionState,
    User,
)
from indicators.recording.asking import ask_otherwise
from indicators.recording.carried_figures import add_up
from indicators.recording.notice import notify_of
from indicators.recording.window import begin
from indicators.results import Key

GOES_ON = (JurisdictionChange.Kind.RENAME, JurisdictionChange.Kind.UPGRADE)


@dataclass(frozen=True)
class MovedRound:
    """A round that runs or is planned: `asked` are asked from now on, `ended` no longer; `lagged`
    ended, and are still asked figures of earlier years. `carried` is the state in which the answer
    went along, `sent` those that had submitted and have to anew, as another unit; `added` the
    places of figures that were added up; `extended_until` the last day of the extension that goes
    on with those asked now."""

    round: Round
    asked: Sequence[Jurisdiction]
    ended: Sequence[Jurisdiction]
    lagged: Sequence[Jurisdiction]
    carried: str = ""
    sent: Sequence[Jurisdiction] = ()
    added: set[Key] = field(default_factory=set)
    extended_until: datetime.date | None = None

    @property
    def is_past_due(self) -> bool:
        """Whether those asked now can enter nothing without an extension."""
        if self.round.is_planned or self.extended_until is not None:
            return False
        return self.round.is_closed or timezone.localdate() > self.round.due_on

    @property
    def n_added(self) -> int:
        return len({(one.indicator_id, one.year) for one in self.added})


def ask_instead(
    kind: str,
    ended: Sequence[Jurisdiction],
    begun: Sequence[Jurisdiction],
    *,
    actor: User | None,
    change: Change,
) -> list[MovedRound]:
    """Rounds ask the new units for the years in which these are there, and those that ended for
    what is of earlier years. Closed ones only where the answer goes along, or still goes on."""
    found = Round.objects.filter(jurisdictions__in=ended).distinct()
    if kind not in GOES_ON:
        going_on = Submission.objects.going_on(timezone.localdate()).filter(jurisdiction__in=ended)
        found = found.filter(
            Q(closed_at__isnull=True) | Exists(going_on.filter(round=OuterRef("pk")))
        )
    return [
        moved
        for one in found.order_by("pk")
        if (moved := _ask_instead(one, kind, ended, begun, actor, change))
    ]


def _ask_instead(
    asked: Round,
    kind: str,
    ended: Sequence[Jurisdiction],
    begun: Sequence[Jurisdiction],
    actor: User | None,
    change: Change,
) -> MovedRound | None:
    held = list(asked.submissions.select_for_update(of=("self",)).order_by("pk"))
    now = Round.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    units = set(now.jurisdictions.all())
    years = {one: one.year_for(now.evaluation_year) for one in now.indicators.all()}
    mine = [unit for unit in ended if unit in units]
    if not any(begun[0].valid_in(year) for year in years.values()):
        return None
    lagged = [unit for unit in mine if any(unit.valid_in(year) for year in years.values())]
    gone = [unit for unit in mine if unit not in lagged]
    wanted = (units - set(gone)) | set(begun)
    now.jurisdictions.set(wanted)
    now.version += 1
    now.save(update_fields=["version"])
    for one in held:
        one.round = now
    theirs = [one for one in held if one.jurisdiction in mine and one.dropped_at is None]
    carried = ""
    if kind in GOES_ON and theirs:
        held.append(_carry(theirs[0], begun[0], years, change, goes=not lagged))
        carried = str(SubmissionState(held[-1].state).label)
    added: set[Key] = set()
    if kind == JurisdictionChange.Kind.MERGE:
        added = add_up(ended, begun[0], years, actor=actor, change=change)
    until = None
    if not now.is_planned:
        ask_otherwise(now, held, set(), wanted, actor)
        if not carried:
            until = _extend_as_before(now, theirs, begun, change)
    if added and not now.is_planned:
        begin(dict.fromkeys(now.submissions.filter(jurisdiction=begun[0]), change))
    sent = [one.jurisdiction for one in theirs if one.times_submitted] if not carried else []
    return MovedRound(now, begun, gone, lagged, carried, sent, added, until)


def _extend_as_before(
    asked: Round, old: Sequence[Submission], begun: Sequence[Jurisdiction], change: Change
) -> datetime.date | None:
    """Those asked now have as long as the last of the old ones' extensions that run; until when."""
    days = [one.extended_until for one in old if one.extended_until is not None]
    until = max(days, default=None)
    if until is None or until < timezone.localdate():
        return None
    events = []
    for one in asked.submissions.filter(jurisdiction__in=begun).order_by("pk"):
        one.extended_until = until
        one.version += 1
        one.save(update_fields=["extended_until", "version"])
        events.append(
            SubmissionEvent.objects.create(
                submission=one,
                act=Act.EXTEND,
                from_state=one.state,
                to_state=one.state,
                change=change,
                until=until,
            )
        )
    notify_of(events)
    return until


def _carry(
    old: Submission,
    after: Jurisdiction,
    years: Mapping[Indicator, int],
    change: Change,
    *,
    goes: bool,
) -> Submission:
    """The answer as it is, now the next unit's, with what concerns figures of its years; who did
    and said what, when and why, is as it was. `goes`: nothing is asked of the old one any more."""
    new = Submission.objects.get(pk=old.pk)
    new.pk, new.jurisdiction, new.round = None, after, old.round
    new._state.adding = True
    new.version += 1
    new.save()
    of_it = {one.pk for one, year in years.items() if after.valid_in(year)}
    for event in old.events.order_by("pk"):
        figures = list(event.figures.filter(indicator__in=of_it).order_by("pk"))
        _again([event], submission=new)
        _again(figures, event=event)
    _again(list(old.remarks.filter(indicator__in=of_it).order_by("pk")), submission=new)
    findings = old.findings.order_by("pk")
    _again([one for one in findings if after.valid_in(one.year)], submission=new)
    if goes:
        Notice.objects.filter(submission=old).update(submission=new)
    carried = SubmissionEvent.objects.create(
        submission=new, act=Act.CARRY, from_state=new.state, to_state=new.state, change=change
    )
    notify_of([carried])
    return new


def _again(rows: Collection[SubmissionEvent | EventFigure | Remark | Finding], **at: Model) -> None:
    """Write the rows once more, elsewhere."""
    for row in rows:
        row.pk = None
        row._state.adding = True
        for name, place in at.items():
            setattr(row, name, place)
        row.save(force_insert=True)
