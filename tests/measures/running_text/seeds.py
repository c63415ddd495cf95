"""What a text is held against, read from the seeds themselves: no database."""

from dataclasses import replace
from decimal import Decimal

from indicators.measures.running_text.catalogue import Catalogue, Subject
from indicators.measures.running_text.check import Setting
from indicators.measures.running_text.comparing import ComparableFigure
from tests.catalogue.files import all_rows
from tests.measures.shipped import UNITS

CITY, YEAR = "500000", 2022


def subjects():
    return [
        Subject(
            row["code"],
            (row["name_zh"], *filter(None, row["aliases"].split("；"))),
            row["quantity_kind"],
            UNITS.get(row["unit"]),
            int(row["lag"]),
        )
        for row in all_rows("indicators.csv")
    ]


CATALOGUE = Catalogue(subjects())


def figures_of_the_report():
    found = {}
    for row in all_rows("figures.csv"):
        number = Decimal(row["value"]) if row["value"] else None
        since = int(row["period_from"]) if row["period_from"] else None
        year = int(row["year"])
        known = ComparableFigure(year, number, row["qualifier"], row["statement"], since)
        found.setdefault(row["indicator"], {})[year] = known
    return found


def setting(figures, *, unit=CITY, year=YEAR, places=None):
    """Against `figures`: of each indicator its figures by year, all of the one unit."""

    def lookup(indicator, code):
        return figures.get(indicator, {}) if code == unit else {}

    return Setting(CATALOGUE, lookup, unit, year, places or {})


def city_report():
    """What the city's own report is held against."""
    places = {
        row["name_zh"]: row["code"]
        for row in all_rows("jurisdictions.csv")
        if row["code"] != CITY and not row["valid_to"]
    }
    return setting(figures_of_the_report(), places=places)


def of_every_year(known):
    """Figures where the year a text names does not matter."""
    years = {year: replace(known, year=year) for year in range(1990, 2030)}
    return {year: one for year, one in years.items() if one is not None}
