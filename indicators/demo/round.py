"""Carries out the demonstration's round through the doors, each deed on its day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.utils import timezone

from indicators.demo import problem_story, problems
from indicators.demo import round_story as told
from indicators.demo.accounts import CITY
from indicators.demo.clock import it_is
from indicators.demo.data import Figure
from indicators.demo.loading import REASON, Catalogue
from indicators.demo.story import EVALUATION_YEAR
from indicators.figures.drafts import figures_with_drafts
from indicators.figures.findings import findings_in
from indicators.models import (
    AchievementVersion,
    Act,
    DutyArea,
    Indicator,
    Membership,
    Notice,
    Origin,
    Role,
    Round,
    Submission,
    User,
    YearlyValue,
)
from indicators.recording import Entry
from indicators.recording import submission as door
from indicators.recording.achievement import add_achievement
from indicators.recording.findings import explain
from indicators.recording.notice import remind
from indicators.recording.round import open_round, save_round
from indicators.recording.values import save_values

BEGINS, BETWEEN = datetime.time(9), datetime.timedelta(minutes=4)


def moment(day: int, place: int = 0) -> datetime.datetime:
    """In the morning of a day counted from today, later for what follows on the same day."""
    date = timezone.localdate() + datetime.timedelta(day)
    return timezone.make_aware(datetime.datetime.combine(date, BEGINS)) + place * BETWEEN


def run(figures: Sequence[Figure]) -> None:
    """Open the round over all units and do all that is told of it; `figures` are those of it.

    The people of all units are there. Nothing of the round's figures is in the database yet, but
    what was handed in before.
    """
    # Read before the clock is set: what is counted from today is counted from the real one.
    days = {day: moment(day) for day in range(told.OPENS, 1)}
    collecting = _Collecting(figures, days)
    with it_is(days[told.OPENS]):
        collecting.open()
    steps = groupby(told.deeds(collecting.units, figures), key=lambda deed: deed.day)
    by_day: dict[int, list[told.Deed | problem_story.StoryEvent]] = {
        day: list(some) for day, some in steps
    }
    for one in problem_story.told():
        by_day.setdefault(one.day, []).append(one)
    for day in range(told.OPENS + 1, 0):
        with it_is(days[day] - BETWEEN):
            remind(timezone.localdate())
        for place, deed in enumerate(by_day.get(day, ())):
            with it_is(days[day] + place * BETWEEN):
                collecting.do(deed)
    seen = Notice.objects.filter(made_at__lt=days[told.SEEN_UNTIL])
    seen.update(seen_at=days[told.SEEN_UNTIL])


class _Collecting:
    """The round, its people and its figures at hand."""

    def __init__(self, figures: Iterable[Figure], days: dict[int, datetime.datetime]) -> None:
        self.days = days
        self.catalogue = Catalogue()
        self.figures = {(one.indicator, one.unit): one for one in figures}
        self.units = sorted(code for code, year in self.catalogue.units if year == EVALUATION_YEAR)
        self.supervisor = User.objects.get(username="supervisor")
        self.desks: dict[tuple[str, Role], User] = {}

    def day(self, number: int) -> datetime.date:
        today = timezone.localtime(self.days[0]).date()
        return today + datetime.timedelta(number)

    def open(self) -> None:
        planned = Round(
            city=self.catalogue.units[CITY, EVALUATION_YEAR],
            evaluation_year=EVALUATION_YEAR,
            title=told.TITLE,
            instructions=told.INSTRUCTIONS,
            opens_on=self.day(told.OPENS),
            due_on=self.day(told.DUE),
            closes_on=self.day(told.CLOSES),
        )
        saved = save_round(
            planned,
            actor=self.supervisor,
            version=0,
            indicators=list(Indicator.objects.asked_in(EVALUATION_YEAR)),
            jurisdictions=[self.catalogue.units[code, EVALUATION_YEAR] for code in self.units],
        )
        open_round(saved, actor=self.supervisor, version=saved.version)

    def do(self, deed: told.Deed | problem_story.StoryEvent) -> None:
        match deed:
            case problem_story.Raised() | problem_story.PassedDown() | problem_story.Deed():
                problems.do(deed, self.day(0), self.at)
            case told.Filling():
                mine = [one for one in self.figures.values() if one.unit == deed.unit]
                self.enter(deed.unit, [self.catalogue.entry(one) for one in mine], REASON)
            case told.Entering():
                self.enter(deed.unit, [self.entry(deed)], deed.reason)
            case told.Saying():
                who = self.supervisor if deed.asks else self.at(deed.unit, Role.OFFICER)
                about = self.catalogue.indicators[deed.indicator]
                door.remark(self.answer(deed.unit), about, actor=who, text=deed.text)
            case told.Adding():
                self.add(deed)
            case told.Step():
                self.take(deed)

    def take(self, step: told.Step) -> None:
        answer = self.answer(step.unit)
        said: dict[str, Any] = {"version": answer.version, "reason": step.reason}
        until = self.day(step.until or 0)
        match step.act:
            case Act.SUBMIT:
                lead = self.at(step.unit, Role.LEAD)
                self.explain(answer, lead)
                door.submit(answer, actor=lead, **said)
            case Act.APPROVE:
                door.approve(answer, actor=self.supervisor, **said)
            case Act.RETURN:
                door.return_submission(answer, actor=self.supervisor, figures=step.figures, **said)
            case Act.EXTEND:
                door.extend(answer, actor=self.supervisor, until=until, **said)
            case Act.REOPEN:
                door.reopen(
                    answer, actor=self.supervisor, until=until, figures=step.figures, **said
                )

    def explain(self, answer: Submission, lead: User) -> None:
        """Say something to every warning that no note explains."""
        unit = self.catalogue.units[answer.jurisdiction.code, EVALUATION_YEAR]
        figures = figures_with_drafts(lead, unit, EVALUATION_YEAR)
        for (indicator, _year), found in findings_in(figures, EVALUATION_YEAR).items():
            for one in found:
                text = told.EXPLANATIONS_OF.get((unit.code, indicator))
                why = text or told.EXPLANATIONS.get(one.rule.code, told.EXPLANATION)
                explain(answer, one.rule, one.indicator, actor=lead, text=why)

    def add(self, deed: told.Adding) -> None:
        said = AchievementVersion(
            kind=deed.kind,
            title=deed.title,
            issued_by=deed.issued_by,
            level=deed.level,
            description=deed.description,
            proof=deed.proof,
        )
        add_achievement(
            self.catalogue.units[deed.unit, EVALUATION_YEAR],
            EVALUATION_YEAR,
            DutyArea.objects.get(code=deed.area),
            said,
            actor=self.at(deed.unit, Role.OFFICER),
        )

    def enter(self, unit: str, entries: list[Entry], reason: str) -> None:
        officer = self.at(unit, Role.OFFICER)
        save_values(entries, actor=officer, reason=reason, origin=Origin.DEMONSTRATION)

    def entry(self, deed: told.Entering) -> Entry:
        """What the unit said of the figure so far, with what it says now put in."""
        figure = self.figures.get((deed.indicator, deed.unit)) or Figure(
            deed.indicator,
            deed.unit,
            self.catalogue.indicators[deed.indicator].year_for(EVALUATION_YEAR),
            EVALUATION_YEAR,
        )
        said: dict[str, Any] = dict(deed.says)
        entry = self.catalogue.entry(figure)._replace(**said)
        now = YearlyValue.objects.filter(
            indicator=entry.indicator, jurisdiction=entry.jurisdiction, year=entry.year
        ).first()
        return entry._replace(version=now.version if now else 0)

    def answer(self, unit: str) -> Submission:
        return Submission.objects.select_related("round", "jurisdiction").get(
            round__evaluation_year=EVALUATION_YEAR, jurisdiction__code=unit
        )

    def at(self, unit: str, role: Role) -> User:
        """Who sits at the desk of the unit."""
        if (unit, role) not in self.desks:
            member = Membership.objects.select_related("user")
            self.desks[unit, role] = member.get(jurisdiction__code=unit, role=role).user
        return self.desks[unit, role]
