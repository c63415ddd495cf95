"""What is wrong with a row of the catalogue, in words: one answer for the admin and for the seeds.

What a row must be stands in the `clean` of its model, what a formula must be in
`recording.formulas`. A form adds the boxes it comes from, the seeds file, line and column.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.collection import Refusal
from indicators.models import UNITS, Definition, Rule, UnitOfMeasure
from indicators.recording.formulas import parsed

# What two rows may not both be: the constraint of the database, the box, and what to do there.
TWICE = {
    "definition_unique_valid_from": (
        "valid_from",
        _("Another version of this definition begins in that year."),
    ),
    "target_unique": (
        "",
        _("There is such a target already: same framework, indicator, level or unit, and year."),
    ),
}
# The door takes the mark from the target that had it: two are no fault of a row.
LEFT_TO_THE_DOOR = {"target_one_principal"}
Fault = tuple[str, str]


def row_faults(thing: models.Model, *, without: Collection[str] = ()) -> Iterator[Fault]:
    """Each fault as the field, empty where it is the row's, and a sentence; one fault a field.

    `without` are fields that are not known. Asks no database, where they hold the references.
    """
    seen: set[str] = set()
    for ask in (partial(thing.clean_fields, exclude=set(without)), thing.clean):
        try:
            ask()
        except ValidationError as error:
            faults = [one for one in _said(error) if one[0] not in seen]
            yield from faults
            seen |= {field for field, _sentence in faults}


def formula_faults(thing: models.Model) -> Iterator[Fault]:
    """Formulas of the row that cannot be read. Whether they fit the others is the door's to ask."""
    fields = {Definition: ("formula",), Rule: ("left", "right")}.get(type(thing), ())
    for field in fields:
        try:
            if text := getattr(thing, field):
                parsed(text, field)
        except Refusal as refusal:
            yield field, refusal.message


def stored_faults(thing: models.Model, *, without: Collection[str] = ()) -> Iterator[Fault]:
    """What does not go with the rows that are stored, and what the database would refuse beyond
    that. `without` are fields that are not known or wrong already."""
    asked = [
        (constraint.name, partial(constraint.validate, type(thing), thing, exclude=set(without)))
        for constraint in thing._meta.constraints
        if constraint.name not in LEFT_TO_THE_DOOR
    ]
    if isinstance(thing, UnitOfMeasure):
        left = thing.reference_faults(UNITS).items()
        yield from ((field, str(said)) for field, said in left if field not in without)
    for name, ask in [("", partial(thing.validate_unique, exclude=set(without))), *asked]:
        try:
            ask()
        except ValidationError as error:
            if name in TWICE:
                field, said = TWICE[name]
                yield field, str(said)
            else:
                yield from _said(error)


def _said(error: ValidationError) -> Iterator[Fault]:
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: [error]}
    for field, errors in by_field.items():
        for sentence in ValidationError(errors).messages:
            yield "" if field == NON_FIELD_ERRORS else field, sentence
