"""Loads the demonstration's district figures through the door, all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from django.db import transaction

from indicators.demo.data import Change, Figure
from indicators.demo.districts import YEARS
from indicators.models import Indicator, Jurisdiction, Origin, Tier, User, YearlyValue
from indicators.recording import Entry, save_value, save_values

REASON = "演示数据"
BOTH = (Tier.REPORTED, Tier.APPROVED)


def are_there() -> bool:
    """Whether the database has figures of the demonstration already, of whatever version."""
    return YearlyValue.objects.filter(origin=Origin.DEMONSTRATION).exists()


@transaction.atomic
def load(figures: Sequence[Figure], say: Callable[[str], None]) -> None:
    """Save the figures that nobody has entered, year by year, and then their changes.

    The accounts of the officers who made the changes are there. Tells each year on `say`.
    """
    catalogue = _Catalogue()
    new = [figure for figure in figures if catalogue.is_free(figure)]
    for year, of_year in groupby(new, key=lambda figure: figure.evaluation_year):
        some = list(of_year)
        for tiers in (BOTH, (Tier.REPORTED,)):
            entries = [catalogue.entry(f) for f in some if f.approved == (tiers == BOTH)]
            save_values(
                entries, actor=None, reason=REASON, origin=Origin.DEMONSTRATION, tiers=tiers
            )
        say(f"  {year}: {len(some)} figures")
    for figure in new:
        for version, change in enumerate(figure.changes, start=1):
            save_value(
                catalogue.entry(figure, version, change),
                actor=User.objects.get(username=change.officer),
                reason=change.reason,
                origin=Origin.DEMONSTRATION,
            )


class _Catalogue:
    """Indicators and units by their codes, and which places hold a value."""

    def __init__(self) -> None:
        self.indicators = {one.code: one for one in Indicator.objects.select_related("duty_area")}
        self.units = {
            (unit.code, year): unit
            for year in YEARS
            for unit in Jurisdiction.objects.valid_in(year)
        }
        self.taken = set(YearlyValue.objects.values_list("indicator__code", "jurisdiction", "year"))

    def is_free(self, figure: Figure) -> bool:
        unit = self.units[figure.unit, figure.year]
        return (figure.indicator, unit.pk, figure.year) not in self.taken

    def entry(self, figure: Figure, version: int = 0, change: Change | None = None) -> Entry:
        return Entry(
            indicator=self.indicators[figure.indicator],
            jurisdiction=self.units[figure.unit, figure.year],
            year=figure.year,
            version=version,
            text=change.text if change else figure.text,
            statement=figure.statement,
            state=figure.state,
            state_reason=figure.state_reason,
            note=figure.note,
            period_from=figure.period_from,
        )
