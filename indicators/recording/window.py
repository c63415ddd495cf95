"""Which round's window each entry falls in, held so that nobody submits while it is written.

Decided: the submission's row is locked before the results and the values; so a save and a
submission follow one another, and a draft is either part of what was submitted or refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from indicators import results
from indicators.collection import Refusal, Window, next_state, window_of
from indicators.models import (
    Act,
    Change,
    Reopening,
    Round,
    Standing,
    Submission,
    SubmissionEvent,
    Tier,
    YearlyValue,
)
from indicators.models.prepared import prepared
from indicators.recording.approved import locked_by_approval
from indicators.recording.validation import Entry
from indicators.results import Key, Snapshot


class Windows:
    """The windows of some entries' units in the rounds of the entries' evaluation years.

    With `hold`, the submissions stay locked until the transaction ends. One query where there is no
    round.
    """

    def __init__(self, snapshot: Snapshot, entries: Sequence[Entry], *, hold: bool = False) -> None:
        self.snapshot = snapshot
        self.today = timezone.localdate()
        years = {entry.year - entry.indicator.lag for entry in entries}
        rounds = {one.pk: one for one in _of_years(years=years)}
        units = {entry.jurisdiction.pk for entry in entries}
        held = (_held if hold else _sent)(rounds=rounds, units=units) if rounds else []
        asked: dict[int, set[int]] = {}
        if held:
            # The rounds again: one may have been closed while we waited for the submission. One
            # that asks for none of the indicators refuses all entries as it is.
            for row in _asking(rounds=rounds, indicators={one.indicator.pk for one in entries}):
                rounds[row.round_id] = row.round
                asked.setdefault(row.round_id, set()).add(row.indicator_id)
        for submission in held:
            submission.round = rounds[submission.round_id]
            submission.jurisdiction = snapshot.units[submission.jurisdiction_id]
        self._rounds = {(one.city_id, one.evaluation_year): one for one in rounds.values()}
        self._windows = {(one.round_id, one.jurisdiction_id): window_of(one) for one in held}
        self._asked = {pk: frozenset(asked.get(pk, ())) for pk in rounds} if held else {}
        self._not_asked = {key_of(entry) for entry in entries if self._is_not_asked(entry)}
        self._ended = {key_of(entry) for entry in entries if self._has_ended(entry)}

    def of(self, entry: Entry) -> Window | None:
        """The window of the entry's unit; None where no round asks it, or it was reopened by itself
        as the round does not ask the figure."""
        if self._is_reopened_beside(entry):
            return None
        asked = self._round(entry)
        return self._windows.get((asked.pk, entry.jurisdiction.pk)) if asked else None

    def submissions(self, entries: Iterable[Entry]) -> dict[Key, Submission]:
        """The submissions that the entries are a part of, by place."""
        return {key_of(entry): window.submission for entry in entries if (window := self.of(entry))}

    def refuse_unless_open(self, entry: Entry) -> None:
        """Refuses: year_to_come, ended_not_asked, round_not_open, unit_not_in_round, and what
        `Window` does."""
        asked = self._round(entry)
        if self._is_reopened_beside(entry):
            return
        if asked is None:
            if entry.year > self.today.year:
                raise Refusal("year_to_come", field="year", year=entry.year)
            if self._ended and key_of(entry) in self._ended - self._reopened:
                unit = self.snapshot.units[entry.jurisdiction.pk]
                raise Refusal("ended_not_asked", unit=unit.name, year=unit.valid_to)
            return
        window = self.of(entry)
        if window is not None:
            window.refuse_unless_enterable(entry.indicator.pk, self._asked[asked.pk], self.today)
        elif asked.is_planned:
            raise Refusal("round_not_open", round=asked.title, day=asked.opens_on)
        else:
            raise Refusal("unit_not_in_round", round=asked.title, unit=entry.jurisdiction.name)

    def _has_ended(self, entry: Entry) -> bool:
        """Whether the unit is no more, so that nobody tells of its past unasked."""
        unit = self.snapshot.units.get(entry.jurisdiction.pk, entry.jurisdiction)
        return unit.valid_to is not None and unit.valid_to <= self.today.year

    def _is_not_asked(self, entry: Entry) -> bool:
        """Whether there is a round which asks other units, or other figures of this one; nobody
        enters what is computed."""
        asked = self._round(entry)
        if asked is None or asked.is_planned:
            return False
        if self.snapshot.formula(entry.indicator.pk, entry.year) is not None:
            return False
        is_in = (asked.pk, entry.jurisdiction.pk) in self._windows
        return not is_in or entry.indicator.pk not in self._asked[asked.pk]

    def _is_reopened_beside(self, entry: Entry) -> bool:
        """Whether a supervisor has opened the figure, which the round does not ask."""
        return bool(self._not_asked) and key_of(entry) in self._not_asked & self._reopened

    @cached_property
    def _reopened(self) -> set[Key]:
        """Of the places of units that ended, and that a round does not ask, those that a supervisor
        has opened; one query."""
        units = {key.unit_id for key in self._ended | self._not_asked}
        leave = Reopening.objects.filter(jurisdiction__in=units, until__gte=self.today)
        places = leave.values_list("jurisdiction_id", "year", "indicator_id")
        return {Key(*place) for place in places}

    def _round(self, entry: Entry) -> Round | None:
        """The unit's own as a level above, or that of the unit above it: the one that asks it, if
        only one does."""
        if not self._rounds:
            return None
        unit, year = entry.jurisdiction, entry.year - entry.indicator.lag
        own = self.snapshot.city_of(unit.pk)
        places = [pk for pk in (own, self.snapshot.units[unit.pk].parent_id) if pk is not None]
        found = [one for pk in places if (one := self._rounds.get((pk, year)))]
        asking = [one for one in found if (one.pk, unit.pk) in self._windows]
        return next(iter(asking or found), None)


@prepared
def _of_years(years: Any) -> QuerySet[Round]:
    return Round.objects.filter(evaluation_year__in=years).order_by()


@prepared
def _sent(rounds: Any, units: Any) -> QuerySet[Submission]:
    found = Submission.objects.filter(round__id__in=rounds, jurisdiction__id__in=units)
    return found.filter(dropped_at__isnull=True).order_by("pk")


@prepared
def _held(rounds: Any, units: Any) -> QuerySet[Submission]:
    return _sent.question(rounds, units).select_for_update()


@prepared
def _asking(rounds: Any, indicators: Any) -> QuerySet[Any]:
    asked = Round.indicators.through.objects.select_related("round")
    return asked.filter(round__id__in=rounds, indicator__id__in=indicators)


def locks(entries: Sequence[Entry]) -> list[Refusal | None]:
    """Why each entry would be refused by its round, whatever it says; None where it is open."""
    windows = Windows(results.current_snapshot(), entries)
    found: list[Refusal | None] = []
    for entry in entries:
        try:
            windows.refuse_unless_open(entry)
            found.append(None)
        except Refusal as refusal:
            found.append(refusal)
    approved = locked_by_approval(
        {key_of(entry) for entry in entries}, windows.submissions(entries), today=windows.today
    )
    return [
        refusal or (Refusal("approved_locked") if key_of(entry) in approved else None)
        for entry, refusal in zip(entries, found, strict=True)
    ]


def left_behind(
    entries: Sequence[Entry], values: Mapping[Key, YearlyValue], *, windows: Windows | None = None
) -> set[Key]:
    """The places of drafts that no round holds, as one that was withdrawn leaves them: whoever
    saves one again, even unchanged, lets it stand as reported.

    `values` are those stored at the entries' places; `windows`, if they were asked for already,
    spare what a round holds. One query where all of it stands.
    """
    waiting = {
        key_of(one): one
        for one in entries
        if key_of(one) in values and (windows is None or windows.of(one) is None)
    }
    behind = _not_standing(waiting.keys(), values)
    if not behind:
        return set()
    mine = [waiting[key] for key in behind]
    if windows is None:
        windows = Windows(results.current_snapshot(), mine)
    free = {key_of(one) for one in mine if windows.of(one) is None and _is_open(windows, one)}
    return free - locked_by_approval(free, {}, today=windows.today)


def _not_standing(keys: Collection[Key], values: Mapping[Key, YearlyValue]) -> list[Key]:
    if not keys:
        return []
    units, years, indicators = (set(column) for column in zip(*keys, strict=True))
    reported = Standing.objects.filter(
        tier=Tier.REPORTED,
        value__jurisdiction__in=units,
        value__year__in=years,
        value__indicator__in=indicators,
    )
    versions = set(reported.values_list("value_id", "revision__version"))
    return [key for key in keys if (values[key].pk, values[key].version) not in versions]


def _is_open(windows: Windows, entry: Entry) -> bool:
    try:
        windows.refuse_unless_open(entry)
    except Refusal:
        return False
    return True


def key_of(entry: Entry) -> Key:
    return Key(entry.jurisdiction.id, entry.year, entry.indicator.id)


def begin(held: Mapping[Submission, Change]) -> None:
    """Figures of the held submissions were entered: they are drafts now, if they were not yet."""
    for submission, change in sorted(held.items(), key=lambda one: one[0].pk):
        after = next_state(submission, Act.ENTER)
        if after == submission.state:
            continue
        SubmissionEvent.objects.create(
            submission=submission,
            act=Act.ENTER,
            from_state=submission.state,
            to_state=after,
            change=change,
        )
        submission.state = after
        submission.version += 1
        submission.save(update_fields=["state", "version"])
