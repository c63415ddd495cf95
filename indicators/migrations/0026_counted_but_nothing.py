"""A sum counts the figures that are not 0, as where it is one unit's the others have 0.

Shares of 0 and 100 % tell what each unit has: they are withdrawn, with what would give them away.
"""

import re
from collections import defaultdict
from decimal import Decimal

from django.db import migrations

REFERENCE = re.compile(
    r"prev\s*\(\s*(?P<last>\w+)\s*\)"
    r"|base_year\s*\(\s*(?P<base>\w+)\s*,\s*(?P<year>\d+)\s*\)"
    r"|(?P<same>[A-Za-z_]\w*)(?!\w|\s*\()",
    re.ASCII,
)
APPROVED, FIGURE = "approved", "figure"


def count_again(apps, schema_editor):
    def rows(name):
        return apps.get_model("indicators", name).objects.order_by()

    indicators = {one.pk: one for one in rows("Indicator").all()}
    references = references_in_force(rows("Definition"), indicators)
    units = {unit.pk: unit for unit in rows("Jurisdiction").all()}
    below = defaultdict(list)
    for unit in units.values():
        below[unit.parent_id].append(unit)
    results = rows("YearlyResult")
    for city in below:
        if city is None:
            continue
        here = {
            (one.tier, one.year, one.indicator_id): one
            for one in results.filter(jurisdiction=city).exclude(basis="", counted=None)
        }
        counts = {}
        for place, one in here.items():
            if one.counted and not references(place[2], place[1]):
                in_units = results.filter(
                    tier=one.tier,
                    year=one.year,
                    indicator=one.indicator_id,
                    number__isnull=False,
                    jurisdiction__in=[unit.pk for unit in below[city] if valid(unit, one.year)],
                )
                is_sum = indicators[one.indicator_id].aggregation == "sum"
                counts[place] = in_units.exclude(number=0).count() if is_sum else 1
        changed = []
        for place, one in here.items():
            count = fewest(place, here, counts, references)
            if count != one.counted:
                one.counted = count
                changed.append(one)
        results.bulk_update(changed, ["counted"], batch_size=500)
        withdraw_full_shares(city, rows("Release"), here, indicators, references)


def references_in_force(definitions, indicators):
    """By indicator and year what its formula refers to: indicators and years, in its order."""
    by_code = {one.code: pk for pk, one in indicators.items()}
    by_indicator = defaultdict(list)
    for one in definitions.order_by("valid_from"):
        by_indicator[one.indicator_id].append(one)

    def found(indicator, year):
        begun = [one for one in by_indicator[indicator] if one.valid_from <= year]
        named = [
            (by_code.get(one["last"] or one["base"] or one["same"]), year_of(one, year))
            for one in REFERENCE.finditer(begun[-1].formula if begun else "")
        ]
        return [(pk, other_year) for pk, other_year in named if pk is not None]

    return found


def year_of(reference, year):
    if reference["year"]:
        return int(reference["year"])
    return year - 1 if reference["last"] else year


def valid(unit, year):
    return unit.valid_from <= year and (unit.valid_to is None or year < unit.valid_to)


def fewest(place, here, counts, references):
    """Of a formula the count of that of its parts that counts fewest."""
    if place not in counts:
        tier, year, indicator = place
        one = here[place]
        counts[place] = one.counted
        parts = [(tier, other_year, pk) for pk, other_year in references(indicator, year)]
        found = [
            fewest(part, here, counts, references)
            for part in parts
            if part in here and here[part].number is not None and here[part].basis != "stated"
        ]
        told = [count for count in found if count is not None]
        if one.counted is not None and told:
            counts[place] = min(told)
    return counts[place]


def withdraw_full_shares(city, releases, here, indicators, references):
    known = releases.filter(jurisdiction=city, kind=FIGURE)
    told = {(one.year, one.indicator_id) for one in known.filter(withdrawn=False)}
    gone = {(one.year, one.indicator_id) for one in known.filter(withdrawn=True)}
    had = set(gone)
    for (tier, year, indicator), one in here.items():
        parts = references(indicator, year)
        number = one.computed if one.basis == "stated" else one.number
        if tier == APPROVED and parts and number in limits(indicators[indicator]):
            first, first_year = parts[0]
            gone |= {(year, indicator), (first_year, first)} & told
    while more := {
        (year, indicator)
        for year, indicator in told - gone
        if any((other_year, pk) in gone for pk, other_year in references(indicator, year))
    }:
        gone |= more
    releases.bulk_create(
        releases.model(
            kind=FIGURE, withdrawn=True, jurisdiction_id=city, year=year, indicator_id=indicator
        )
        for year, indicator in sorted(gone - had)
    )


def limits(indicator):
    found = {indicator.lower_limit, indicator.upper_limit} - {None}
    return found | {Decimal(0), Decimal(100)} if indicator.quantity_kind == "share" else found


class Migration(migrations.Migration):
    dependencies = [("indicators", "0025_first_start")]

    operations = [migrations.RunPython(count_again, migrations.RunPython.noop, elidable=True)]
