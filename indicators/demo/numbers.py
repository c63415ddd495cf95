"""The districts' numbers: every total of `levels` shared out, the same on every machine.

Whole numbers throughout and a generator for each series, seeded with its code: no platform's
rounding enters, and a series more or less leaves the others as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from indicators.demo import story
from indicators.demo.apportion import apportion
from indicators.demo.city_totals import SERIES
from indicators.demo.districts import District
from indicators.demo.series import RESIDENTS, SETTINGS, Difference, Shared

SEED = 20_220_930
DRIFT = 12  # per mille that a district may gain or lose on the others, each year

# Per series and year, in the order of the districts.
Numbers = dict[str, dict[int, list[int]]]


def numbers(districts: Sequence[District]) -> Numbers:
    """The number of each district, for each series and each of its years."""
    found: Numbers = {RESIDENTS: {0: [district.residents for district in districts]}}
    for series in SERIES:
        if isinstance(series, Difference):
            found[series.code] = {
                year: [
                    whole - part
                    for whole, part in zip(_at(found[series.of], year), less, strict=True)
                ]
                for year, less in found[series.less].items()
            }
        else:
            found[series.code] = _shared(series, districts, found[series.of])
    return found


def _shared(
    series: Shared, districts: Sequence[District], follows: dict[int, list[int]]
) -> dict[int, list[int]]:
    random = Random(f"{SEED} {series.code}")
    level = [_level(series, district, random) for district in districts]
    drift = [random.randint(-DRIFT, DRIFT) for _ in districts]
    first = min(series.totals)
    shared = {}
    for year, total in series.totals.items():
        sizes = _at(follows, year)
        weights = [
            size
            * level[place]
            * (1000 + drift[place] * (year - first))
            * story.SLIPPING.get((series.code, district.code, year), 1000)
            for place, (district, size) in enumerate(zip(districts, sizes, strict=True))
        ]
        ceilings = [size // series.step for size in sizes] if series.part else None
        parts = apportion(total // series.step, weights, ceilings)
        shared[year] = [part * series.step for part in parts]
    return shared


def _level(series: Shared, district: District, random: Random) -> int:
    """What the district counts for beside its size; nothing where the figure does not apply."""
    leaning = series.leaning[SETTINGS.index(district.setting)]
    level = leaning * (1000 + random.randint(-series.spread, series.spread))
    return 0 if district.code in story.NOT_APPLICABLE.get(series.code, ()) else level


def _at(years: dict[int, list[int]], year: int) -> list[int]:
    """The year's, or the latest before it: services of autumn 2022 follow the pupils of 2021."""
    return years[max(known for known in years if known <= year)]
