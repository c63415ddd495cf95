"""Changes of the catalogue: a write too, which refreshes every result that it touches.

Decided: what may move approved figures is in `catalogue_change`. A definition in whose years there
are figures keeps its formula and its first year; what changes is a new version from a later year.
One that was a mistake is edited or withdrawn by a confirmed change. Wording may be corrected. A
code is never changed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import ProtectedError, Q

from indicators.collection import Refusal
from indicators.models import (
    Definition,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Rule,
    Target,
    UnitOfMeasure,
    User,
    YearlyResult,
)
from indicators.recording.approved import Confirmation
from indicators.recording.asked_years import (
    answered_units,
    refuse_asked_otherwise,
    refuse_unanswered,
    refuse_unit_in_round,
    rounds_unanswered,
)
from indicators.recording.catalogue_change import Touched, changing_catalogue
from indicators.recording.formulas import (
    refuse_broken_formula,
    refuse_formulas_that_no_longer_fit,
    refuse_unreadable_formula,
)
from indicators.recording.in_use import held_by, named_by
from indicators.recording.seen import refuse_moved
from indicators.recording.unit_of_measure import refuse_deletion_in_use
from indicators.recording.unsaved import as_it_was_if_refused


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
            refuse_asked_otherwise(before, indicator)
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
    """Refuses: not_an_editor, jurisdiction_overlaps, parent_cycle, unit_in_round."""
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(unit, seen)
        refuse_overlap(unit)
        above = Jurisdiction.objects.above([unit.parent_id] if unit.parent_id else [])
        if unit.pk and above.filter(pk=unit.pk).exists():
            raise Refusal("parent_cycle", field="parent")
        if unit.pk:
            refuse_unit_in_round(Jurisdiction.objects.get(pk=unit.pk), unit)
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
    """Save a duty area, a framework or a change of jurisdictions. Refuses: not_an_editor,
    unit_in_round (what still asks a unit that ended would have nobody who reports for it).

    A framework's basis decides which target lights, so all results are worked out again.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(thing, seen)
        touched.everything = bool(thing.pk) and not isinstance(thing, JurisdictionChange)
        if isinstance(thing, JurisdictionChange):
            touched.of_change(thing)
            ended = answered_units(thing)
            thing.save()
            refuse_unanswered(ended)
        else:
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

    Refuses: not_an_editor, in_use, only_definition, measure_is_needed.
    """
    with changing_catalogue(actor=actor, confirmed=confirmed) as touched:
        refuse_moved(thing, seen)
        # Of lists as well: a membership or a rule limited to it alone would be limited to nothing,
        # which means all.
        if held := named_by(thing):
            raise Refusal("in_use", held=held_by(held))
        ended = answered_units(thing) if isinstance(thing, JurisdictionChange) else set()
        if isinstance(thing, UnitOfMeasure):
            refuse_deletion_in_use(thing)
        if isinstance(thing, Target):
            touched.indicators.add(thing.indicator_id)
            YearlyResult.objects.filter(target=thing).update(target=None)
        if isinstance(thing, Definition):
            _withdraw(thing, touched)
        if isinstance(thing, Jurisdiction):
            touched.of_unit(thing)
        if isinstance(thing, JurisdictionChange):
            touched.of_change(thing)
        if isinstance(thing, Rule):  # what it found may have hidden what another one finds
            touched.rules_find_otherwise = True
        try:
            thing.delete()
        except ProtectedError as error:
            raise Refusal("in_use", held=held_by(error.protected_objects)) from error
        if asking := rounds_unanswered(ended):
            raise Refusal("in_use", held=held_by(asking))


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
