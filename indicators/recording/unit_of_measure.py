"""Units of measure: what changes of one that is in use, and what holds it.

Decided: whatever names a unit (an indicator, a rule, a unit that holds it or is made of it) keeps
its base, factor, dimension and whether it is whole, for figures were kept by them. Its names and
counting words may change; the Chinese name it had joins the words, so that what was typed with it
can be read again.
"""

from __future__ import annotations

import re

from django.db import models
from django.db.models import Q

from indicators.collection import Refusal
from indicators.measures.units import NEEDED
from indicators.models import Correction, Indicator, Rule, UnitOfMeasure, User
from indicators.recording.approved import Confirmation
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.in_use import held_by
from indicators.recording.seen import refuse_moved
from indicators.recording.unsaved import as_it_was_if_refused

KEPT = ("base", "factor", "dimension", "whole")


@as_it_was_if_refused
def save_unit_of_measure(
    measure: UnitOfMeasure,
    *,
    actor: User | None,
    seen: str = "",
    confirmed: Confirmation | None = None,
) -> UnitOfMeasure:
    """It touches no results. Refuses: not_an_editor, code_is_stable, measure_is_needed,
    measure_in_use, and what `refuse_moved` does."""
    with changing_catalogue(actor=actor, confirmed=confirmed):
        refuse_moved(measure, seen)
        if measure.pk:
            before = UnitOfMeasure.objects.get(pk=measure.pk)
            if before.code != measure.code:
                raise Refusal("code_is_stable", field="code")
            _refuse_moved_in_use(before, measure)
            if before.name_zh != measure.name_zh and measure.is_base and holders(measure):
                words = dict.fromkeys([*measure.words.split(), before.name_zh])
                measure.words = " ".join(word for word in words if word != measure.name_zh)
        measure.save()
    return measure


def refuse_deletion_in_use(measure: UnitOfMeasure) -> None:
    """Refuses: measure_is_needed, in_use."""
    if measure.code in NEEDED:
        raise Refusal("measure_is_needed", name=measure.name)
    if held := holders(measure):
        raise Refusal("in_use", held=held_by(held))


def holders(measure: UnitOfMeasure) -> list[models.Model]:
    """What names the unit: indicators, rules, corrections of figures that were counted in it, and
    units that hold it or are made of it."""
    code = measure.code
    others = UnitOfMeasure.objects.exclude(code=code)
    return [
        *Indicator.objects.filter(Q(unit=code) | Q(display_unit=code)),
        *Rule.objects.filter(unit=code),
        *Correction.objects.filter(unit=code),
        *(one for one in others if code in (one.base, *re.findall(r"\w+", one.dimension))),
    ]


def moved_field(before: UnitOfMeasure, after: UnitOfMeasure) -> str:
    """The first of what one in use keeps that is another now; empty where none is."""
    return next((name for name in KEPT if getattr(before, name) != getattr(after, name)), "")


def _refuse_moved_in_use(before: UnitOfMeasure, after: UnitOfMeasure) -> None:
    field = moved_field(before, after)
    if not field:
        return
    if after.code in NEEDED:
        raise Refusal("measure_is_needed", field=field, name=after.name)
    if held := holders(after):
        # Without its base, the other boxes would be looked at as those of another kind of unit.
        box = "" if field == "base" else field
        raise Refusal("measure_in_use", field=box, held=held_by(held))
