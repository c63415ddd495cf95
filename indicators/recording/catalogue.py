"""Changes of the catalogue: a write too, which refreshes every result that it touches.

Decided: a change that would move what stands as approved is refused with the list of what moves,
until it is confirmed (`proposal`); where nothing approved moves it is as easy as ever. A definition
in whose years there are figures keeps its formula and its first year; what changes is a new version
from a later year. One that was a mistake is edited or withdrawn by a confirmed change. Wording may
be corrected. A code is never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import ProtectedError, Q

from indicators import results
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import (
    Definition,
    DutyArea,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Rule,
    Target,
    User,
    YearlyResult,
    YearlyValue,
)
from indicators.models.path import ids_in
from indicators.recording.approved import (
    Confirmation,
    digest_of,
    record_corrections,
)
from indicators.recording.asked_years import refuse_lag_in_round, refuse_years_left_out
from indicators.recording.examination import examine_otherwise
from indicators.recording.formulas import (
    refuse_broken_formula,
    refuse_formulas_that_no_longer_fit,
    refuse_unreadable_formula,
)
from indicators.recording.in_use import held_by
from indicators.recording.refreshing import refresh
from indicators.recording.seen import refuse_moved
from indicators.recording.unsaved import as_it_was_if_refused
from indicators.results import Key, Lock, Moved, Snapshot

_PLACE = ("jurisdiction_id", "year", "indicator_id")


@contextmanager
def changing_catalogue(
    *, actor: User | None, confirmed: Confirmation | None = None
) -> Iterator[Touched]:
    """Hold the catalogue alone, let the caller write, then refresh what it has `Touched`.

    `actor` is None for the seeds. Whoever confirms is a supervisor, else an editor.
    Refuses: not_an_editor, not_a_supervisor, approved_would_move, moved_meanwhile.
    """
    if actor is not None and confirmed is None and not actor.scope.edits_catalogue:
        raise Refusal("not_an_editor")
    with transaction.atomic():
        before = results.current_snapshot(lock=Lock.ALONE)
        results.lock_catalogue()
        touched = Touched()
        yield touched
        snapshot = results.current_snapshot()
        locked = results.lock(snapshot, _reached(before, snapshot, touched.keys_in(snapshot)))
        moved = refresh(snapshot, locked)
        if touched.rules_find_otherwise and before.indicators:  # else there is no figure yet
            examine_otherwise()
        elif touched.indicators and before.indicators:
            examine_otherwise({(key.unit_id, key.year) for key, _tier in locked})
        moved += _no_longer_there(before, snapshot, locked, {one.key for one in moved})
        if confirmed is None:
            if moved or (touched.needs_confirmation and actor is not None):
                raise ApprovedWouldMove(moved)
            return
        if actor is not None:
            _refuse_unseen(before, moved, actor, confirmed)
        record_corrections(moved, confirmed.change)


def _reached(before: Snapshot, after: Snapshot, keys: set[Key]) -> set[Key]:
    """The keys, and those that rested on them by links that are gone now: what went on with a
    unit's figures, was added up from them, or had a formula that named them."""
    known = {
        key for key in keys if key.unit_id in before.units and key.indicator_id in before.indicators
    }
    rested = results.affected(before, known, last_year=results.last_year())
    return keys | {
        key for key in rested if key.unit_id in after.units and key.indicator_id in after.indicators
    }


def _refuse_unseen(
    before: Snapshot, moved: list[Moved], actor: User, confirmed: Confirmation
) -> None:
    """A supervisor of, or above, every unit concerned confirms exactly the list that was shown."""
    supervises = actor.scope.supervises
    paths = (before.units[one.key.unit_id].path for one in moved)
    if not supervises or any(supervises.isdisjoint(ids_in(path)) for path in paths):
        raise Refusal("not_a_supervisor")
    if confirmed.digest != digest_of(moved):
        raise Refusal("moved_meanwhile")


def _no_longer_there(
    before: Snapshot,
    after: Snapshot,
    locked: dict[results.ResultKey, results.ResultContent],
    moved: set[Key],
) -> list[Moved]:
    """Approved figures that are no longer of their indicator, unit or year, though the number is
    as it was: the unit ended, the level changed, another evaluation year shows it, or it is
    counted in another unit of measure."""
    found = []
    for (key, tier), content in locked.items():
        if tier != "approved" or not content.is_whole or key in moved:
            continue
        was, now = before.indicators.get(key.indicator_id), after.indicators[key.indicator_id]
        if was is None or not before.reports(key.indicator_id, key.unit_id, key.year):
            continue
        there = after.reports(key.indicator_id, key.unit_id, key.year)
        if not there or (was.unit, was.lag) != (now.unit, now.lag):
            found.append(Moved(key, content, content if there else None))
    return found


class Touched:
    """What a change of the catalogue touches; say so before and after the write.

    `needs_confirmation`: though nothing approved moves. `rules_find_otherwise`: any figure.
    """

    def __init__(self) -> None:
        self.indicators: set[int] = set()
        self.keys: set[Key] = set()
        self.everything = False
        self.needs_confirmation = False
        self.rules_find_otherwise = False

    def of_unit(self, unit: Jurisdiction) -> None:
        """The unit's figures and those of every unit above it, as the tree is now."""
        self.of_units([unit.pk] if unit.pk else [])

    def of_units(self, units: Collection[int]) -> None:
        """As `of_unit`, of several (ids) at once."""
        if units:
            tree = Jurisdiction.objects.above(units).values("pk")
            self.keys |= _keys(YearlyResult.objects.filter(jurisdiction__in=tree))
            self.keys |= _keys(YearlyValue.objects.filter(jurisdiction__in=units))

    def of_change(self, change: JurisdictionChange) -> None:
        """The figures of the units on both sides, which are compared with each other."""
        if change.pk:
            both = (*change.from_units.all(), *change.to_units.all())
            self.of_units({unit.pk for unit in both})

    def keys_in(self, snapshot: Snapshot) -> set[Key]:
        """The keys to refresh; values of an indicator's inputs are among them, for results that
        a new formula brings into being."""
        if self.everything:
            return _keys(YearlyValue.objects.all()) | _keys(YearlyResult.objects.all())
        keys = set(self.keys)
        if self.indicators:
            inputs = {snapshot.by_code[code] for code in _codes_behind(snapshot, self.indicators)}
            keys |= _keys(YearlyResult.objects.filter(indicator__in=self.indicators))
            keys |= _keys(YearlyValue.objects.filter(indicator__in=inputs | self.indicators))
        return keys


@as_it_was_if_refused
def save_indicator(
    indicator: Indicator,
    *,
    actor: User | None,
    seen: str = "",
    confirmed: Confirmation | None = None,
) -> Indicator:
    """Refuses: not_an_editor, code_is_stable, unit_is_stable (while it has figures), lag_in_round,
    figures_outside_years, asked_in_round, formula_units, and what `changing_catalogue` and
    `refuse_moved` do.

    A new count or amount is not below 0 unless said otherwise. Of this and all that follows, `seen`
    is the digest of what the editor had before them.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(indicator, seen)
        before = None
        if indicator.pk:
            before = Indicator.objects.get(pk=indicator.pk)
            if before.code != indicator.code:
                raise Refusal("code_is_stable", field="code")
            unit_moved = before.unit != indicator.unit
            if (
                unit_moved or before.quantity_kind != indicator.quantity_kind
            ) and indicator.values.exists():
                raise Refusal("unit_is_stable", field="unit")
            if before.lag != indicator.lag:
                refuse_lag_in_round(indicator)
            refuse_years_left_out(indicator)
        else:
            indicator.set_usual_limits()
        indicator.save()
        refuse_formulas_that_no_longer_fit(indicator, before)
        touched.indicators.add(indicator.pk)
    return indicator


@as_it_was_if_refused
def save_definition(
    definition: Definition,
    *,
    actor: User | None,
    seen: str = "",
    confirmed: Confirmation | None = None,
) -> Definition:
    """Save a version of what an indicator means; the version number of a new one is given here.

    One in use keeps its formula and first year, or is confirmed. Refuses: not_an_editor,
    definition_order, formula_cycle, and what `formula_faults` finds.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(definition, seen)
        others = Definition.objects.filter(indicator=definition.indicator).exclude(pk=definition.pk)
        if definition.pk:
            touched.needs_confirmation = _changes_old_years(definition)
            _refuse_disorder(definition, others)
        else:
            latest = others.order_by("version").last()
            if latest and definition.valid_from <= latest.valid_from:
                raise Refusal("definition_order", field="valid_from", year=latest.valid_from)
            definition.version = latest.version + 1 if latest else 1
        if definition.formula:
            refuse_broken_formula(definition)
        definition.save()
        touched.indicators.add(definition.indicator_id)
    return definition


@as_it_was_if_refused
def save_target(
    target: Target, *, actor: User | None, seen: str = "", confirmed: Confirmation | None = None
) -> Target:
    """Refuses: not_an_editor. A principal one takes the mark from the one that had it."""
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(target, seen)
        if target.pk:
            touched.indicators.add(Target.objects.get(pk=target.pk).indicator_id)
        if target.principal:
            Target.objects.filter(
                indicator=target.indicator,
                level=target.level,
                jurisdiction=target.jurisdiction,
                year=target.year,
            ).exclude(pk=target.pk).update(principal=False)
        target.save()
        touched.indicators.add(target.indicator_id)
    return target


@as_it_was_if_refused
def save_jurisdiction(
    unit: Jurisdiction, *, actor: User | None, seen: str = "", confirmed: Confirmation | None = None
) -> Jurisdiction:
    """Refuses: not_an_editor, jurisdiction_overlaps, parent_cycle."""
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(unit, seen)
        refuse_overlap(unit)
        above = Jurisdiction.objects.above([unit.parent_id] if unit.parent_id else [])
        if unit.pk and above.filter(pk=unit.pk).exists():
            raise Refusal("parent_cycle", field="parent")
        touched.of_unit(unit)
        unit.save()
        touched.of_unit(unit)
    return unit


@as_it_was_if_refused
def save_rule(
    rule: Rule, *, actor: User | None, seen: str = "", confirmed: Confirmation | None = None
) -> Rule:
    """Save a rule by which figures are checked; what is not approved is checked again. It touches
    no results.

    Refuses: not_an_editor, formula_unreadable, formula_unknown_code.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(rule, seen)
        touched.rules_find_otherwise = True
        for field in ("left", "right"):
            if text := getattr(rule, field):
                refuse_unreadable_formula(text, field)
        rule.save()
    return rule


@as_it_was_if_refused
def save_other(
    thing: models.Model,
    *,
    actor: User | None,
    seen: str = "",
    confirmed: Confirmation | None = None,
) -> models.Model:
    """Save a duty area, a framework or a change of jurisdictions. Refuses: not_an_editor.

    A framework's basis decides which target lights, so all results are worked out again.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(thing, seen)
        touched.everything = bool(thing.pk) and not isinstance(thing, JurisdictionChange)
        if isinstance(thing, JurisdictionChange):
            touched.of_change(thing)
        thing.save()
    return thing


@as_it_was_if_refused
def delete(
    thing: models.Model,
    *,
    actor: User | None,
    seen: str = "",
    confirmed: Confirmation | None = None,
) -> None:
    """Delete something of the catalogue; of definitions the latest only, as others build on it.

    Refuses: not_an_editor, in_use, only_definition.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(thing, seen)
        # A membership limited to it would be limited to nothing, which means all.
        if isinstance(thing, DutyArea) and (limited := thing.membership_set.all()):
            raise Refusal("in_use", held=held_by(limited))
        if isinstance(thing, Target):
            touched.indicators.add(thing.indicator_id)
            YearlyResult.objects.filter(target=thing).update(target=None)
        if isinstance(thing, Definition):
            _withdraw(thing, touched)
        if isinstance(thing, Jurisdiction):
            touched.of_unit(thing)
        if isinstance(thing, JurisdictionChange):
            touched.of_change(thing)
        try:
            thing.delete()
        except ProtectedError as error:
            raise Refusal("in_use", held=held_by(error.protected_objects)) from error


def _withdraw(definition: Definition, touched: Touched) -> None:
    """Let the version before it hold again; the first one is what the indicator means."""
    versions = Definition.objects.filter(indicator=definition.indicator_id).order_by("version")
    if versions.count() == 1:
        raise Refusal("only_definition")
    if later := versions.filter(version__gt=definition.version):
        raise Refusal("in_use", held=held_by(later))
    used = YearlyResult.objects.filter(definition=definition)
    touched.needs_confirmation = used.exclude(basis="").exists()
    touched.indicators.add(definition.indicator_id)
    used.update(definition=None)


def _changes_old_years(definition: Definition) -> bool:
    """Whether formula or first year of a version change that has figures."""
    before = Definition.objects.get(pk=definition.pk)
    same = (before.formula, before.valid_from) == (definition.formula, definition.valid_from)
    return not same and YearlyResult.objects.filter(definition=before).exclude(basis="").exists()


def _refuse_disorder(definition: Definition, others: models.QuerySet[Definition]) -> None:
    """A version begins after the ones before it and before the ones after it."""
    for other in others:
        earlier = other.version < definition.version
        if earlier and definition.valid_from <= other.valid_from:
            raise Refusal("definition_order", field="valid_from", year=other.valid_from)
        if not earlier and definition.valid_from >= other.valid_from:
            raise Refusal("definition_order", field="valid_from", year=other.valid_from)


def refuse_overlap(unit: Jurisdiction) -> None:
    """Refuses: jurisdiction_overlaps."""
    same_code = Jurisdiction.objects.filter(code=unit.code).exclude(pk=unit.pk)
    begins_before_end = Q(valid_from__lt=unit.valid_to) if unit.valid_to else Q()
    ends_after_begin = Q(valid_to__isnull=True) | Q(valid_to__gt=unit.valid_from)
    other = same_code.filter(begins_before_end, ends_after_begin).first()
    if other:
        raise Refusal("jurisdiction_overlaps", field="code", code=unit.code, unit=other.name)


def _keys(rows: models.QuerySet) -> set[Key]:
    return {Key(*place) for place in rows.values_list(*_PLACE)}


def _codes_behind(snapshot: Snapshot, indicators: set[int]) -> set[str]:
    """The codes that the indicators' formulas name, and those behind them in turn."""
    found: set[str] = set()
    waiting = list(indicators)
    while waiting:
        for definition in snapshot.definitions.get(waiting.pop(), []):
            formula = snapshot.formulas.get(definition.pk)
            for code in (formula.codes if formula else frozenset()) - found:
                if code in snapshot.by_code:
                    found.add(code)
                    waiting.append(snapshot.by_code[code])
    return found
