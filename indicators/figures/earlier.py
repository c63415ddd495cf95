"""What a figure keeps of the years before it: no more than the change and the words need."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from indicators.models import YearlyResult


class Earlier(NamedTuple):
    """A result as far as a later year shows it; the fields are explained at YearlyResult."""

    number: Decimal | None
    statement: str
    basis: str
    qualifier: str
    last_place: int | None
    part_of_year: bool
    missing_units: list[int]
    revision_id: int | None
    as_entered: str | None


FIELDS = (*Earlier._fields[:-1], "revision__as_entered")


def earlier_results(rows: QuerySet[YearlyResult]) -> dict[tuple[int, int, int], Earlier]:
    """The rows by indicator, unit and year. Plain tuples: a page has hundreds of them."""
    place = ("indicator_id", "jurisdiction_id", "year")
    return {
        (indicator, unit, year): Earlier(*content)
        for indicator, unit, year, *content in rows.values_list(*place, *FIELDS)
    }
