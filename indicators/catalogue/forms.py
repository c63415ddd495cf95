"""Forms of the catalogue: what a row must be is said beside its box, the rest by the door."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.models import construct_instance
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.row_validation import Fault, row_faults, stored_faults
from indicators.measures.exact import plain
from indicators.models import UNITS, Indicator, UnitOfMeasure
from indicators.models.catalogue import with_code
from indicators.recording.admin import SeenForm


class PlainDecimalField(forms.DecimalField):
    """Shows 96 for what is kept as 96.0000."""

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class CatalogueForm(SeenForm):
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
        if "aggregation" in self.fields:
            self.fields["aggregation"].help_text = _(
                "Counts and amounts that units report are mostly added up; what is not aggregated"
                " has no total one level above."
            )
        for name in {"unit", "display_unit"} & set(self.fields):
            old = self.fields[name]
            words = [
                (code, with_code(code))
                for code, unit in UNITS.items()
                if name == "display_unit" or unit.is_base
            ]
            # By its whole name: in the administration “unit” is who reports.
            label = old.label if name == "display_unit" else capfirst(_("unit of measure"))
            self.fields[name] = UnitOfMeasureField(
                choices=[("", "—"), *words], label=label, required=False
            )


class UnitOfMeasureField(forms.ChoiceField):
    """Offers the units that there are; what else is sent is for the model to refuse in words."""

    def valid_value(self, value: Any) -> bool:
        return True


class UnitOfMeasureForm(CatalogueForm):
    class Meta:
        model = UnitOfMeasure
        exclude: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "base" in self.fields:
            bases = [
                (code, with_code(code))
                for code, unit in UNITS.items()
                if unit.is_base and code != self.instance.code
            ]
            if self.instance.is_base:
                self.initial["base"] = ""
            old = self.fields["base"]
            self.fields["base"] = UnitOfMeasureField(
                choices=[("", _("none: figures are kept in it")), *bases],
                label=old.label,
                help_text=old.help_text,
                required=False,
            )
