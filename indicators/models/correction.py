"""Approved figures that moved, and the leave to change one where no round is.

Both are append-only and guarded by triggers: what was approved once can always be told.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import Indicator
from indicators.models.change import Change
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.numbers import ExactNumberField


class Figure(models.Model):
    """A figure's place, for rows that speak of what an indicator was in a unit and year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    jurisdiction = models.ForeignKey(
        Jurisdiction, verbose_name=_("unit"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("year"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.indicator_id} · {self.jurisdiction_id} · {self.year}"


class Correction(Figure):
    """What an approved figure was and what it became: entered, summed or computed, status included.

    Written whenever an approved, complete result moves: by an approval after a reopening, or by a
    change of the catalogue that a supervisor has confirmed.
    """

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="corrections")
    number = ExactNumberField(_("number"), null=True)
    statement = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10)
    new_number = ExactNumberField(null=True)
    new_statement = models.CharField(max_length=10, blank=True)
    new_state = models.CharField(max_length=20, blank=True)
    new_status = models.CharField(max_length=10, blank=True)
    unit = models.CharField(max_length=40, blank=True, default="", db_default="")
    """In which it was counted, where it is counted in another since; else empty."""
    period_kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    """Of which it was, where it is of another since; else empty."""

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["pk"]
        indexes = [models.Index(fields=["jurisdiction", "year"], name="correction_of_unit")]

    @property
    def moved_the_figure(self) -> bool:
        """Not its status alone."""
        was = (self.number, self.statement, self.state)
        now = (self.new_number, self.new_statement, self.new_state)
        return was != now or self.is_otherwise

    @property
    def is_otherwise(self) -> bool:
        """Whether it was counted in another unit or was of another kind of period."""
        return bool(self.unit or self.period_kind)


class Reopening(Figure):
    """A supervisor's leave to change one approved figure until a day, where no round asks it."""

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="reopenings")
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("reopening")
        verbose_name_plural = _("reopenings")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["jurisdiction", "year", "indicator"], name="reopening_of_figure")
        ]
