"""What holds a thing that cannot be deleted: how many rows of which kind, and no names.

Foreign keys protect what they name; lists (of a plan, a rule, a change of units, a membership) and
formulas do not, and would lose it in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from indicators.measures.formula import FormulaError, parse
from indicators.models import Definition, Indicator, Round, Rule


def held_by(rows: Iterable[models.Model]) -> str:
    """The rows that refer to it, counted by kind: 年度数据 12 项、目标 1 项."""
    kinds = Counter(type(row)._meta.verbose_name_plural for row in rows)
    return _(", ").join(
        _("%(kind)s (%(n)s)") % {"kind": capfirst(str(kind)), "n": n}
        for kind, n in sorted(kinds.items(), key=lambda pair: str(pair[0]))
    )


def named_by(thing: models.Model) -> list[models.Model]:
    """The rows whose lists, or whose formulas, name the thing."""
    found: list[models.Model] = []
    for relation in thing._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToManyRel):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: thing.pk})
            if relation.related_model is Round:  # a withdrawn one stands on no page
                rows = rows.filter(withdrawn_at__isnull=True)
            found += rows
    if isinstance(thing, Indicator):
        found += _with_formulas_that_name(thing.code)
    return found


def _with_formulas_that_name(code: str) -> list[models.Model]:
    """Definitions and rules; one that cannot be read names nothing, as it computes nothing."""
    definitions = Definition.objects.filter(formula__contains=code)
    rules = Rule.objects.filter(Q(left__contains=code) | Q(right__contains=code))
    return [
        *(one for one in definitions if code in _codes(one.formula)),
        *(one for one in rules if code in _codes(one.left) | _codes(one.right)),
    ]


def _codes(text: str) -> frozenset[str]:
    try:
        return parse(text).codes
    except FormulaError:
        return frozenset()
