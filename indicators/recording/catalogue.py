"""Changes of the catalogue: a write too, which refreshes every result that it touches.

Decided: a definition in whose years there are figures keeps its formula and its first year; what
changes is a new version from a later year. Wording may be corrected. A code is never changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import models, transaction
from django.db.models import ProtectedError, Q

from indicators import results
from indicators.collection import Refusal
from indicators.models import (
    Definition,
    DutyArea,
    Indicator,
    Jurisdiction,
    Rule,
    Target,
    User,
    YearlyResult,
    YearlyValue,
)
from indicators.recording.formulas import read_formula, refuse_broken_formula
from indicators.recording.refreshing import refresh
from indicators.results import Key, Snapshot

_PLACE = ("jurisdiction_id", "year", "indicator_id")


@contextmanager
def changing_catalogue(*, actor: User | None) -> Iterator[Change]:
    """Hold the catalogue alone, let the caller write, then refresh what its `Change` names.

    `actor` is None for the seeds. Refuses: not_an_editor.
    """
    if actor is not None and not actor.scope.edits_catalogue:
        raise Refusal("not_an_editor")
    with transaction.atomic():
        results.lock_catalogue()
        change = Change()
        yield change
        snapshot = results.current_snapshot()
        locked = results.lock(snapshot, change.touched(snapshot))
        refresh(snapshot, locked)


class Change:
    """What a change of the catalogue touches; say so before and after the write."""

    def __init__(self) -> None:
        self.indicators: set[int] = set()
        self.keys: set[Key] = set()
        self.everything = False

    def of_unit(self, unit: Jurisdiction) -> None:
        """The unit's figures and those of every unit above it, as the tree is now."""
        if unit.pk:
            tree = Jurisdiction.objects.above([unit.pk]).values("pk")
            self.keys |= _keys(YearlyResult.objects.filter(jurisdiction__in=tree))
            self.keys |= _keys(YearlyValue.objects.filter(jurisdiction=unit))

    def touched(self, snapshot: Snapshot) -> set[Key]:
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


def save_indicator(indicator: Indicator, *, actor: User | None) -> Indicator:
    """Refuses: not_an_editor, code_is_stable, unit_is_stable (while it has figures)."""
    with changing_catalogue(actor=actor) as change:
        if indicator.pk:
            before = Indicator.objects.get(pk=indicator.pk)
            if before.code != indicator.code:
                raise Refusal("code_is_stable", field="code")
            moved = (before.unit, before.quantity_kind) != (indicator.unit, indicator.quantity_kind)
            if moved and indicator.values.exists():
                raise Refusal("unit_is_stable", field="unit")
        indicator.save()
        change.indicators.add(indicator.pk)
    return indicator


def save_definition(definition: Definition, *, actor: User | None) -> Definition:
    """Save a version of what an indicator means; the version number of a new one is given here.

    Refuses: not_an_editor, old_years_change, definition_order, formula_unreadable,
    formula_unknown_code, formula_cycle, formula_units.
    """
    with changing_catalogue(actor=actor) as change:
        others = Definition.objects.filter(indicator=definition.indicator).exclude(pk=definition.pk)
        if definition.pk:
            _refuse_changing_old_years(definition)
        else:
            latest = others.order_by("version").last()
            if latest and definition.valid_from <= latest.valid_from:
                raise Refusal("definition_order", field="valid_from", year=latest.valid_from)
            definition.version = latest.version + 1 if latest else 1
        if definition.formula:
            refuse_broken_formula(definition)
        definition.save()
        change.indicators.add(definition.indicator_id)
    return definition


def save_target(target: Target, *, actor: User | None) -> Target:
    """Refuses: not_an_editor. A principal one takes the mark from the one that had it."""
    with changing_catalogue(actor=actor) as change:
        if target.pk:
            change.indicators.add(Target.objects.get(pk=target.pk).indicator_id)
        if target.principal:
            Target.objects.filter(
                indicator=target.indicator,
                level=target.level,
                jurisdiction=target.jurisdiction,
                year=target.year,
            ).exclude(pk=target.pk).update(principal=False)
        target.save()
        change.indicators.add(target.indicator_id)
    return target


def save_jurisdiction(unit: Jurisdiction, *, actor: User | None) -> Jurisdiction:
    """Refuses: not_an_editor, jurisdiction_overlaps, parent_cycle."""
    with changing_catalogue(actor=actor) as change:
        _refuse_overlap(unit)
        above = Jurisdiction.objects.above([unit.parent_id] if unit.parent_id else [])
        if unit.pk and above.filter(pk=unit.pk).exists():
            raise Refusal("parent_cycle", field="parent")
        change.of_unit(unit)
        unit.save()
        change.of_unit(unit)
    return unit


def save_rule(rule: Rule, *, actor: User | None) -> Rule:
    """Save a rule by which figures are checked. It touches no results.

    Refuses: not_an_editor, formula_unreadable, formula_unknown_code.
    """
    with changing_catalogue(actor=actor):
        for field in ("left", "right"):
            if text := getattr(rule, field):
                read_formula(text, field)
        rule.save()
    return rule


def save_other(thing: models.Model, *, actor: User | None) -> models.Model:
    """Save a duty area, a framework or a change of jurisdictions. Refuses: not_an_editor.

    A framework's basis decides which target lights, so all results are worked out again.
    """
    with changing_catalogue(actor=actor) as change:
        change.everything = bool(thing.pk)
        thing.save()
    return thing


def delete(thing: models.Model, *, actor: User | None) -> None:
    """Delete something of the catalogue. Refuses: not_an_editor, in_use."""
    with changing_catalogue(actor=actor) as change:
        # A membership limited to it would be limited to nothing, which means all.
        if isinstance(thing, DutyArea) and thing.membership_set.exists():
            raise Refusal("in_use")
        if isinstance(thing, Target):
            change.indicators.add(thing.indicator_id)
            YearlyResult.objects.filter(target=thing).update(target=None)
        if isinstance(thing, Jurisdiction):
            change.of_unit(thing)
        try:
            thing.delete()
        except ProtectedError as error:
            raise Refusal("in_use") from error


def _refuse_changing_old_years(definition: Definition) -> None:
    before = Definition.objects.get(pk=definition.pk)
    same = (before.formula, before.valid_from) == (definition.formula, definition.valid_from)
    in_use = YearlyResult.objects.filter(definition=before).exclude(basis="").exists()
    if not same and in_use:
        raise Refusal("old_years_change", field="formula", version=before.version)


def _refuse_overlap(unit: Jurisdiction) -> None:
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
