"""Forms of the catalogue: words for what the database demands, the rest is the door's to judge."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance
from django.utils.translation import gettext_lazy as _

from indicators.measures.exact import plain
from indicators.measures.units import UNITS
from indicators.models import Indicator, Target
from indicators.recording.admin import DoorForm, SeenForm

# Constraint of the database: the box it is about, and what to do there.
DEMANDS = {
    "indicator_unit_unless_statement": ("unit", _("A statement has no unit; all others need one.")),
    "indicator_all_is_for_statements": (
        "aggregation",
        _("Only statements are met when all units meet them."),
    ),
    "indicator_statement_does_not_add_up": (
        "aggregation",
        _("A statement is met when all units meet it, or does not add up."),
    ),
    "indicator_lag_within_five_years": ("lag", _("From -5 to 0.")),
    "indicator_asked_years_in_order": ("asked_to", _("Not before the first year.")),
    "indicator_limits_in_order": ("upper_limit", _("Not below the lower limit.")),
    "definition_unique_valid_from": (
        "valid_from",
        _("Another version of this definition begins in that year."),
    ),
    "jurisdiction_ends_after_it_begins": ("valid_to", _("Later than the first year.")),
    "jurisdiction_is_not_its_own_parent": ("parent", _("A unit cannot lie within itself.")),
    "target_unique": (
        None,
        _("There is such a target already: same framework, indicator, level or unit, and year."),
    ),
    "target_binds_a_level_or_a_jurisdiction": (
        "level",
        _("Choose a level or a jurisdiction, not both."),
    ),
    "target_has_a_value": ("value", _("This comparator needs a value.")),
    "target_range_has_two_ends": (
        "value_to",
        _("For “between” an upper value not below the value; else none."),
    ),
    "rule_ends_after_it_begins": ("valid_to", _("Not before the first year.")),
    "rule_comparison_has_two_sides": (
        "comparator",
        _("A comparison needs a left side, a comparator and a right side."),
    ),
    "target_margin_not_negative": ("margin", _("Not below 0.")),
}


class PlainDecimalField(forms.DecimalField):
    """Shows 96 for what is kept as 96.0000."""

    def prepare_value(self, value: Any) -> Any:
        return plain(value) if isinstance(value, Decimal) else value


class CatalogueForm(SeenForm, DoorForm):
    judged_by_the_door: Set[str] = frozenset()

    def _post_clean(self) -> None:
        """As Django's, but what the database demands is said in our words beside its box."""
        left_out = self._get_validation_exclusions()  # type: ignore[attr-defined]
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        try:
            self.instance.full_clean(exclude=left_out, validate_constraints=False)
        except ValidationError as error:
            self.add_error(None, error)
        self._refuse_what_the_database_would()

    def _refuse_what_the_database_would(self) -> None:
        """Boxes that have errors already are not asked."""
        left_out = self.fields.keys() - self.cleaned_data.keys()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if constraint.name in self.judged_by_the_door:
                    continue
                try:
                    constraint.validate(model, self.instance, exclude=left_out)
                except ValidationError as error:
                    box, words = DEMANDS.get(constraint.name, (None, error))
                    self.add_error(box if box in self.fields else None, words)


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
            # Several units are 人 or 个: the code tells them apart.
            words = [(code, f"{unit.zh} {code}") for code, unit in UNITS.items()]
            self.fields[name].choices = [("", "—"), *words]  # type: ignore[attr-defined]


class TargetForm(CatalogueForm):
    class Meta:
        model = Target
        exclude: list[str] = []

    # The door takes the mark from the target that had it: two are no error here.
    judged_by_the_door = {"target_one_principal"}
