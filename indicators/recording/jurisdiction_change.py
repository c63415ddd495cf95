"""A rename, an upgrade, a merger or a split: one act that ends units and begins others.

Done by the editor through the same door as every change of the catalogue, in one transaction. What
was the units' own goes along: people (`carrying`), after a rename or an upgrade also targets, the
figures and reports from that year on, what would show problems solved, and what a unit has answered
to rounds, in its state; of merged units the drafts that can be added up (`carried_figures`,
`carried_rounds`). Earlier figures stay where they are; pages find them there
(`results.predecessors`). Looking is doing it and taking it back.

Decided: a unit is what it is on 31 December, so that it ends, and the next begins, in the year of
the date. A unit with others below it is not changed by this act.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from django.db import transaction
from django.utils import timezone

from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import (
    CatalogueProposal,
    Jurisdiction,
    JurisdictionChange,
    Problem,
    ProposalAct,
    Report,
    User,
)
from indicators.recording import carrying
from indicators.recording.approved import Confirmation, digest_of
from indicators.recording.carried_figures import Left, copy_figures, figures_left
from indicators.recording.carried_rounds import MovedRound, ask_instead
from indicators.recording.carrying import MovedPerson
from indicators.recording.catalogue import refuse_overlap
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.change import record_change
from indicators.recording.findings import listed
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import Moved

Kind = JurisdictionChange.Kind
ONE_BY_ONE = (Kind.RENAME, Kind.UPGRADE)
KINDS = (*ONE_BY_ONE, Kind.MERGE, Kind.SPLIT)


@dataclass(frozen=True)
class NewUnit:
    code: str
    name_zh: str
    level: str
    name_en: str = ""
    code_scheme: str = Jurisdiction.CodeScheme.GB2260


@dataclass(frozen=True)
class UnitsChange:
    """What is to be done: `ended` are ids. `answered_by` is the place, among those that begin, of
    the one whose people report what is still asked of those that ended; of a split the people go
    there alone, or with `people_to_all` to every new unit."""

    kind: str
    day: datetime.date
    legal_basis: str
    ended: tuple[int, ...]
    begun: tuple[NewUnit, ...]
    answered_by: int = 0
    people_to_all: bool = False

    def as_text(self) -> str:
        return json.dumps({**asdict(self), "day": self.day.isoformat()}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> UnitsChange:
        fields = json.loads(text)
        fields["day"] = datetime.date.fromisoformat(fields["day"])
        fields["ended"] = tuple(fields["ended"])
        fields["begun"] = tuple(NewUnit(**one) for one in fields["begun"])
        return cls(**fields)


@dataclass(frozen=True)
class Done:
    """What the act did, or would do. `left` are figures from that year on that stay with a unit
    that is no more; `moved` the approved figures that say something else then."""

    change: JurisdictionChange
    ended: Sequence[Jurisdiction]
    begun: Sequence[Jurisdiction]
    people: Sequence[MovedPerson]
    rounds: Sequence[MovedRound]
    reports: Sequence[Report]
    problems: Sequence[Problem]
    targets: int
    figures: int
    left: Sequence[Left]
    moved: Sequence[Moved] = ()

    @property
    def digest(self) -> str:
        return digest_of(self.moved)

    @property
    def answering(self) -> Jurisdiction | None:
        return self.change.answered_by


def record_jurisdiction_change(
    asked: UnitsChange, *, actor: User | None, reason: str, confirmed: Confirmation | None = None
) -> Done:
    """End the units, begin the new ones, and carry over what was theirs.

    Refuses: not_an_editor, act_reason_missing, change_without_basis, change_of_one, merge_of_one,
    split_into_one, unit_has_ended, change_before_beginning, unit_has_units_below, parents_differ,
    nothing_changes, new_unit_incomplete, jurisdiction_overlaps, and what `changing_catalogue` does.
    """
    _refuse_unless_said(asked, reason)
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        done = _carry_out(asked, actor, reason, confirmed)
        touched.of_units([unit.pk for unit in (*done.ended, *done.begun)])
    return done


def preview_jurisdiction_change(
    asked: UnitsChange, *, actor: User | None = None, reason: str
) -> Done:
    """What it would do, done and taken back. Refuses as the act does, but for approved figures."""
    seen: list[Done] = []
    moved: Sequence[Moved] = ()
    try:
        with transaction.atomic():
            _refuse_unless_said(asked, reason)
            with changing_catalogue(actor=actor) as touched:
                seen.append(_carry_out(asked, actor, reason, None))
                touched.of_units([unit.pk for unit in (*seen[0].ended, *seen[0].begun)])
            raise _TakenBack
    except _TakenBack:
        pass
    except ApprovedWouldMove as refusal:
        moved = refusal.moved
    return replace(seen[0], moved=moved)


def propose_jurisdiction_change(
    asked: UnitsChange, *, actor: User, reason: str
) -> CatalogueProposal:
    """Keep what the editor wants until a supervisor has decided. Refuses as the act does, but for
    approved figures."""
    done = preview_jurisdiction_change(asked, actor=actor, reason=reason)
    return CatalogueProposal.objects.create(
        act=ProposalAct.CHANGE,
        content=asked.as_text(),
        title=_title(asked, done)[:300],
        reason=reason.strip(),
        made_by=actor,
        made_at=timezone.now(),
    )


class _TakenBack(Exception):
    """The act was tried and is rolled back."""


def _title(asked: UnitsChange, done: Done) -> str:
    before, after = (listed([unit.name for unit in some]) for some in (done.ended, done.begun))
    return f"{Kind(asked.kind).label} · {before} → {after}"


def _carry_out(
    asked: UnitsChange, actor: User | None, reason: str, confirmed: Confirmation | None
) -> Done:
    """The caller holds the catalogue alone."""
    year = asked.day.year
    ended = list(Jurisdiction.objects.filter(pk__in=asked.ended).order_by("code"))
    _refuse_units(asked, ended)
    for unit in ended:
        unit.valid_to = year
        unit.save(update_fields=["valid_to"])
    begun = [_begin(one, ended, asked) for one in asked.begun]
    answering = begun[asked.answered_by]
    by = confirmed.change if confirmed else record_change(actor=actor, reason=reason.strip())
    change = JurisdictionChange.objects.create(
        year=year,
        kind=asked.kind,
        legal_basis=asked.legal_basis.strip(),
        event_date=asked.day,
        answered_by=answering,
        change=by,
    )
    change.from_units.set(ended)
    change.to_units.set(begun)
    # Who reported for a unit that ended earlier hands that on as well.
    JurisdictionChange.objects.filter(answered_by__in=ended).update(answered_by=answering)
    heirs = begun if asked.people_to_all else [answering]
    people = carrying.move_people(ended, heirs)
    figures, targets, reports, problems = 0, 0, list[Report](), list[Problem]()
    if asked.kind in ONE_BY_ONE:
        targets = carrying.copy_targets(ended[0], answering, year)
        figures = copy_figures(ended[0], answering, year)
        reports = carrying.move_reports(ended[0], answering, year, by)
        problems = carrying.move_criteria(ended[0], answering, by)
    if asked.kind in (*ONE_BY_ONE, Kind.MERGE):
        carrying.move_achievements(ended, answering, year)
    rounds = ask_instead(asked.kind, ended, begun, actor=actor, change=by)
    added = {key for one in rounds for key in one.added}
    left = [] if asked.kind in ONE_BY_ONE else figures_left(ended, year, without=added)
    return Done(change, ended, begun, people, rounds, reports, problems, targets, figures, left)


def _begin(one: NewUnit, ended: list[Jurisdiction], asked: UnitsChange) -> Jurisdiction:
    before = ended[0]
    unit = Jurisdiction(
        code=one.code.strip(),
        name_zh=one.name_zh.strip(),
        name_en=one.name_en.strip(),
        level=one.level,
        code_scheme=one.code_scheme,
        parent=before.parent,
        group_zh=before.group_zh,
        group_en=before.group_en,
        subgroup_zh=before.subgroup_zh,
        subgroup_en=before.subgroup_en,
        valid_from=asked.day.year,
        source=asked.legal_basis.strip(),
    )
    if len(asked.begun) == 1:
        unit.tile_column, unit.tile_row = before.tile_column, before.tile_row
    refuse_overlap(unit)
    unit.save()
    return unit


def _refuse_unless_said(asked: UnitsChange, reason: str) -> None:
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")
    if not asked.legal_basis.strip():
        raise Refusal("change_without_basis", field="legal_basis")
    for one in asked.begun:
        if not (one.code.strip() and one.name_zh.strip()):
            raise Refusal("new_unit_incomplete", field="begun")
    if asked.kind in ONE_BY_ONE and (len(asked.ended) != 1 or len(asked.begun) != 1):
        raise Refusal("change_of_one", field="ended")
    if asked.kind == Kind.MERGE and (len(asked.ended) < 2 or len(asked.begun) != 1):
        raise Refusal("merge_of_one", field="ended")
    if asked.kind == Kind.SPLIT and (len(asked.ended) != 1 or len(asked.begun) < 2):
        raise Refusal("split_into_one", field="begun")


def _refuse_units(asked: UnitsChange, ended: list[Jurisdiction]) -> None:
    year = asked.day.year
    for unit in ended:
        if unit.valid_to is not None:
            raise Refusal("unit_has_ended", field="ended", unit=unit.name, year=unit.valid_to)
        if year <= unit.valid_from:
            raise Refusal(
                "change_before_beginning",
                field="day",
                unit=unit.name,
                since=unit.valid_from,
                first=unit.valid_from + 1,
            )
        if unit.collects or unit.children.exists():
            raise Refusal("unit_has_units_below", field="ended", unit=unit.name)
    if len({unit.parent_id for unit in ended}) > 1:
        raise Refusal("parents_differ", field="ended")
    if asked.kind in ONE_BY_ONE:
        before, after = ended[0], asked.begun[0]
        compared = ("name_zh",) if asked.kind == Kind.RENAME else ("code", "level")
        if all(getattr(before, name) == getattr(after, name).strip() for name in compared):
            raise Refusal("nothing_changes", field="begun", unit=before.name)
