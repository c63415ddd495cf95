"""Loads through the door what districts had handed in before the round was opened, all or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from django.db import transaction

from indicators.demo.data import Figure
from indicators.demo.districts import YEARS
from indicators.demo.story import EVALUATION_YEAR
from indicators.models import Indicator, Jurisdiction, Origin, Tier, YearlyValue
from indicators.recording import Entry, save_values

REASON = "演示数据"


def are_there() -> bool:
    """Whether the database has figures of the demonstration already, of whatever version."""
    return YearlyValue.objects.filter(change__origin=Origin.DEMONSTRATION).exists()


@transaction.atomic
def load(figures: Sequence[Figure], say: Callable[[str], None]) -> None:
    """Save the figures that nobody has entered, year by year. Tells each year on `say`.

    Those of earlier years are approved; of the round's year they stand as reported.
    """
    catalogue = Catalogue()
    new = [figure for figure in figures if catalogue.is_free(figure)]
    for year, of_year in groupby(new, key=lambda figure: figure.evaluation_year):
        entries = [catalogue.entry(figure) for figure in of_year]
        tiers = [Tier.REPORTED] if year == EVALUATION_YEAR else [Tier.REPORTED, Tier.APPROVED]
        save_values(entries, actor=None, reason=REASON, origin=Origin.DEMONSTRATION, tiers=tiers)
        say(f"  {year}: {len(entries)} figures")


class Catalogue:
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

    def entry(self, figure: Figure) -> Entry:
        """The figure as a first version."""
        return Entry(
            indicator=self.indicators[figure.indicator],
            jurisdiction=self.units[figure.unit, figure.year],
            year=figure.year,
            version=0,
            text=figure.text,
            statement=figure.statement,
            state=figure.state,
            state_reason=figure.state_reason,
            note=figure.note,
            period_from=figure.period_from,
        )
