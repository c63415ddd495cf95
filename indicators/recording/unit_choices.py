"""Units in forms and lists of all years: two of one name are told apart by their years."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from indicators.models import Jurisdiction, names_apart
from indicators.results import current_snapshot


def unit_name(unit_id: int) -> str:
    """The unit's name, with its years where another unit has or had it."""
    return current_snapshot().unit_name(unit_id)


class UnitsApart(forms.models.ModelChoiceIterator):
    field: Any

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        units = list(self.queryset)
        names = names_apart(units)
        for unit in units:
            value, _label = self.choice(unit)
            yield value, self.field.label_apart(unit, names[unit.pk])


class UnitField(forms.ModelChoiceField):
    iterator = UnitsApart

    def label_apart(self, unit: Jurisdiction, name: str) -> str:
        return name


class UnitsField(forms.ModelMultipleChoiceField):
    iterator = UnitsApart

    def label_apart(self, unit: Jurisdiction, name: str) -> str:
        return name
