"""Units of measure: in what figures are counted, kept and shown, and how a person may write them.

A base unit is its own base and says what it is a product of; numbers are kept in it. A unit that
holds others (万元, 公顷) is for showing, and has all but its names and its factor from its base.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from indicators.measures.quantities import Unreadable, read_quantity
from indicators.measures.units import (
    NEEDED,
    Dimension,
    Unit,
    UnreadableDimension,
    read_dimension,
)
from indicators.models.cleaning import marks_faults, refuse
from indicators.models.naming import CODE, Named
from indicators.models.numbers import ExactNumberField


class UnitOfMeasure(Named):
    """A row of the catalogue; the rest of the house asks `units_in_force` for it, by code."""

    code = models.CharField(_("code"), max_length=40, unique=True, validators=[CODE])
    base = models.CharField(
        _("base unit"),
        max_length=40,
        blank=True,
        help_text=_("The unit that it holds; empty for one in which figures are kept themselves."),
    )
    factor = ExactNumberField(
        _("factor"),
        default=1,
        help_text=_("How many of its base unit it holds: 10, 100, 1000 and so on; 1 of a base."),
    )
    dimension = models.CharField(
        _("dimension"),
        max_length=200,
        blank=True,
        help_text=_(
            "What a formula has to give for it, in codes of units: square_metres / persons, or"
            " devices / persons * 100; 1 for a ratio of two likes. Empty where it counts something"
            " of its own."
        ),
    )
    whole = models.BooleanField(
        _("whole numbers only"), default=False, help_text=_("For what is counted, not measured.")
    )
    words = models.CharField(
        _("counting words"),
        max_length=200,
        blank=True,
        help_text=_(
            "What else a person may write behind a number, separated by spaces; the Chinese name is"
            " read anyway."
        ),
    )

    class Meta:
        verbose_name = _("unit of measure")
        verbose_name_plural = _("units of measure")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(base=""), name="unitofmeasure_has_a_base"),
            models.CheckConstraint(
                condition=Q(base=F("code"), factor=1) | (~Q(base=F("code")) & Q(factor__gt=1)),
                name="unitofmeasure_holds_its_base",
            ),
            models.CheckConstraint(
                condition=Q(base=F("code")) | Q(dimension="", whole=False, words=""),
                name="unitofmeasure_base_says_the_rest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"

    @property
    def is_base(self) -> bool:
        return self.base == self.code

    @property
    def product(self) -> tuple[Dimension, int]:
        """What a base unit is a product of, and by which power of ten it is told."""
        return read_dimension(self.dimension or self.code)

    def as_unit(self, base: Unit | None = None) -> Unit:
        """The unit as arithmetic knows it; one that holds others has the rest from its base."""
        names = (self.code, self.name_zh, self.name_en or self.name_zh, self.base)
        if base is not None:
            return Unit(*names, self.factor, base.dimension, base.scale)
        words = tuple(self.words.split())
        return Unit(*names, Decimal(1), *self.product, self.whole, words)

    def clean(self) -> None:
        self.base = self.base or self.code
        self.words = " ".join(dict.fromkeys(self.words.split()))
        faults = marks_faults(self, "name_zh", "name_en", "words")
        faults |= self._base_faults() if self.is_base else self._held_faults()
        needed = NEEDED.get(self.code)
        if needed and needed.zh != self.name_zh:
            faults["name_zh"] = _("Figures are read and written with “%(name)s”; it stays.") % {
                "name": needed.zh
            }
        refuse(faults)

    def _base_faults(self) -> dict[str, Any]:
        if self.factor != 1:
            return {"factor": _("A unit that holds no other has the factor 1.")}
        try:
            unit = self.as_unit()
        except UnreadableDimension:
            said = _("Codes with * and / between them, and * 100 or * 1000 at the end if need be.")
            return {"dimension": said}
        if unit.is_ratio:
            said = _("Nothing stands behind a ratio. Leave it empty.")
            return {"words": said} if unit.words else {}
        faults = {}
        for field, words in (("name_zh", (unit.zh,)), ("words", unit.words)):
            unread = [word for word in words if not _is_read(word, unit)]
            if unread:
                faults[field] = _("Behind a number, “%(word)s” cannot be read as its unit.") % {
                    "word": "、".join(unread)
                }
        return faults

    def _held_faults(self) -> dict[str, Any]:
        """Of a unit that holds others: only names and factor are its own."""
        said = _("A unit that holds another has this from it. Leave it empty.")
        faults = {name: said for name in ("dimension", "whole", "words") if getattr(self, name)}
        if self.factor is not None and (self.factor < 10 or not _is_power_of_ten(self.factor)):
            faults["factor"] = _(
                "10, 100, 1000 or another power of ten. A unit that holds another number of them"
                " is a base unit of its own: leave the base unit empty, and the factor 1."
            )
        return faults

    def reference_faults(self, known: Mapping[str, Unit]) -> dict[str, Any]:
        """What does not go with the units that there are."""
        if not self.is_base:
            base = known.get(self.base)
            return {} if base and base.is_base else {"base": _no_base(self.base)}
        try:
            names = [name for name, _power in self.product[0] if name != self.code]
        except UnreadableDimension:
            return {}  # said by `clean`
        for name in names:
            if name not in known or known[name].dimension != ((name, 1),):
                return {
                    "dimension": _("%(code)s is no unit that counts something of its own.")
                    % {"code": name}
                }
        return {}


def _no_base(code: str) -> Any:
    return _("%(unit)s is no base unit.") % {"unit": code}


def _is_power_of_ten(number: Decimal) -> bool:
    return number.normalize().as_tuple().digits == (1,)


def _is_read(word: str, unit: Unit) -> bool:
    try:
        found = read_quantity(f"12{word}", unit)
    except Unreadable:
        return False
    return found.number == 12 and found.qualifier == "exact"
