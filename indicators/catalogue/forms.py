"""Forms of the catalogue: what a row must be is said beside its box, the rest by the door."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.row_validation import Fault, row_faults, stored_faults
from indicators.measures.exact import plain
from indicators.measures.units import UNITS
from indicators.models import Indicator
from indicators.models.catalogue import with_code
from indicators.recording.admin import DoorForm, SeenForm


class PlainDecimalField(forms.DecimalField):
    """Shows 96 for what is kept as 96.0000."""

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class CatalogueForm(SeenForm, DoorForm):
    def _post_clean(self) -> None:
        """As Django's, but each fault stands beside its box; boxes that have errors already are not
        looked at again."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        self._tell(row_faults, self._get_validation_exclusions())  # type: ignore[attr-defined]
        self._tell(stored_faults, self.fields.keys() - self.cleaned_data.keys())

    def _tell(self, ask: Callable[..., Iterable[Fault]], without: Collection[str]) -> None:
        wrong = set(self.errors)
        for field, said in list(ask(self.instance, without=without)):
            if field not in wrong:
                self.add_error(field if field in self.fields else None, said)


class IndicatorForm(CatalogueForm):
    class Meta:
        model = Indicator
        exclude: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "lower_limit" in self.fields and self.instance.pk is None:
            said = _("Left empty for a new count or amount, it is 0.")
            self.fields["lower_limit"].help_text = said
        for name in {"unit", "display_unit"} & set(self.fields):
            words = [
                (code, with_code(code))
                for code, unit in UNITS.items()
                if name == "display_unit" or unit.base == code
            ]
            self.fields[name].choices = [("", "—"), *words]  # type: ignore[attr-defined]
