"""What several models ask in their `clean`, which says what a row of the catalogue must be.

Decided: `clean` is the one place for that, with the box that is wrong; forms and seeds call it
through `catalogue.row_validation`. It reads the row alone and asks no database, but for a unit of
measure by its code (`units_in_force`). Beneath it lie the constraints of the table, for whatever
comes another way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST, LAST = 1900, 2200
# Control, formatting (direction and zero width among it), and the separators of lines.
MARKS = {"Cc", "Cf", "Zl", "Zp"}
_PADDING = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def year_faults(thing: models.Model, *fields: str) -> dict[str, Any]:
    """A sentence for each field whose year is none of this house's."""
    contents = {name: getattr(thing, name) for name in fields}
    said = _("A year from %(first)s to %(last)s.") % {"first": FIRST, "last": LAST}
    return {
        name: said
        for name, year in contents.items()
        if year is not None and not FIRST <= year <= LAST
    }


def place_constraint(model: str) -> models.CheckConstraint:
    """A constraint in the database of what `place_faults` says."""
    start, end = "report_start", "report_end"
    return models.CheckConstraint(
        condition=models.Q(**{f"{start}__isnull": True, f"{end}__isnull": True})
        | models.Q(
            **{f"{start}__isnull": False, f"{end}__isnull": False, f"{end}__gt": models.F(start)}
        ),
        name=f"{model}_place_in_order",
    )


def place_faults(thing: models.Model) -> dict[str, Any]:
    """What is wrong with `report_start` and `report_end`."""
    start, end = getattr(thing, "report_start", None), getattr(thing, "report_end", None)
    if (start is None) != (end is None) or (start is not None and end <= start):
        return {"report_end": _("A place has a beginning, and an end after it.")}
    return {}


def marks_faults(thing: models.Model, *fields: str) -> dict[str, Any]:
    """A sentence for each text with a sign that nobody sees, which makes it look like another."""
    return {
        name: _("Without control or direction marks, please: %(marks)s.") % {"marks": marks}
        for name in fields
        if (marks := named_marks(getattr(thing, name) or ""))
    }


def named_marks(text: str) -> str:
    """The signs of a text that nobody sees, each once, by its number in Unicode.

    >>> named_marks("甲\u202e乙\u202e")
    'U+202E'
    """
    return ", ".join(sorted({f"U+{ord(sign):04X}" for sign in marks_in(text)}))


def marks_in(text: str) -> list[str]:
    """The signs of a text that nobody sees."""
    return [sign for sign in text if unicodedata.category(sign) in MARKS]


def without_padding(text: str) -> str:
    """A Chinese name without the blanks that make it as wide as others in a list.

    >>> without_padding("何　平"), without_padding("西 湖 区"), without_padding("Li Si")
    ('何平', '西湖区', 'Li Si')
    """
    return _PADDING.sub("", text)


def below(value: Any, bound: Any) -> bool:
    """Whether both are given, and the value is below the bound."""
    return value is not None and bound is not None and value < bound


def refuse(faults: Mapping[str, Any]) -> None:
    """Raises ValidationError, which names the fields, if there are faults."""
    if faults:
        raise ValidationError(dict(faults))
