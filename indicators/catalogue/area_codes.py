"""The codes of provinces, cities and counties (GB/T 2260), as a new city's units begin with them.

Read from `seeds/area_codes.csv`, whose source and date the seeds' README names. Goes in: a name or
a code. Comes out: the area, the areas below it, and what is known of how they came about. No
database here.

Decided: an area that others were merged into is a unit until then and another one since, as in the
changes of units that editors record, though its code goes on; what came to several others goes to
the one that the list names first, as a merger, and to the rest as a transfer of parts.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from django.conf import settings

from indicators.models import Jurisdiction, JurisdictionChange

Level = Jurisdiction.Level
Kind = JurisdictionChange.Kind
# Its counties lie right below the municipality, whose office is that of a city.
MUNICIPALITIES = frozenset({"110000", "120000", "310000", "500000"})
FIRST_YEAR = 1981


class Successor(NamedTuple):
    """Where an area, or a part of it, went; the year, where it is not that of the area's end."""

    code: str
    year: int | None


@dataclass(frozen=True)
class Area:
    """An area in the years in which it had the code and the name; of 1981, or since before."""

    code: str
    name: str
    valid_from: int
    valid_to: int | None
    successors: tuple[Successor, ...] = ()

    @property
    def is_province(self) -> bool:
        return self.code.endswith("0000")

    @property
    def is_prefecture(self) -> bool:
        return self.code.endswith("00") and not self.is_province

    @property
    def level(self) -> str:
        if self.is_province:
            return Level.CITY if self.code in MUNICIPALITIES else Level.PROVINCE
        return Level.CITY if self.is_prefecture else county_level(self.name)

    @property
    def at(self) -> str:
        """As files of changes write the unit."""
        return f"{self.code}@{self.valid_from}"

    def valid_in(self, year: int) -> bool:
        return self.valid_from <= year and (self.valid_to is None or year < self.valid_to)

    def overlaps(self, other: Area) -> bool:
        """Whether there is a year in which both were valid."""
        begins = max(self.valid_from, other.valid_from)
        return all(one.valid_to is None or begins < one.valid_to for one in (self, other))


@dataclass(frozen=True)
class AreaChange:
    """Which areas ended and which began with it; of a transfer, from which to which a part went."""

    year: int
    kind: str
    from_areas: tuple[Area, ...]
    to_areas: tuple[Area, ...]


def county_level(name: str) -> str:
    """The level that the name of a unit below a city says.

    >>> [str(county_level(name)) for name in ("上城区", "景宁畲族自治县", "义乌市")]
    ['district', 'autonomous_county', 'county_level_city']
    """
    if name.endswith(("自治县", "自治旗")):
        return Level.AUTONOMOUS_COUNTY
    if name.endswith("市"):
        return Level.COUNTY_LEVEL_CITY
    if name.endswith(("新区", "开发区", "高新区", "经开区", "园区", "管委会")):
        return Level.FUNCTIONAL_ZONE
    return Level.DISTRICT if name.endswith("区") else Level.COUNTY


@cache
def all_areas() -> tuple[Area, ...]:
    """Every row of the list."""
    path = settings.BASE_DIR / "seeds" / "area_codes.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Area(
                code=row["code"],
                name=row["name_zh"],
                valid_from=int(row["valid_from"]),
                valid_to=int(row["valid_to"]) if row["valid_to"] else None,
                successors=tuple(map(_successor, filter(None, row["new_codes"].split(";")))),
            )
            for row in csv.DictReader(file)
        )


def find(text: str) -> list[Area]:
    """The areas of today that have the code or the name; or, if none, whose name begins so."""
    today = [area for area in all_areas() if area.valid_to is None]
    exact = [area for area in today if text in (area.code, area.name)]
    return exact or [area for area in today if text and area.name.startswith(text)]


def parent_of(area: Area) -> Area | None:
    """The area right above, as the code says; the province where no city lies between."""
    codes = (area.code[:4] + "00", area.code[:2] + "0000")
    above = (_by_code()[code] for code in codes if code != area.code and code in _by_code())
    return next((one for some in above for one in some if one.overlaps(area)), None)


def areas_below(city: Area, *, since: int) -> tuple[list[Area], list[AreaChange]]:
    """The areas right below, with those that ended after the year, and the changes since then."""
    below = [
        area
        for area in all_areas()
        if (area.valid_to is None or area.valid_to > since)
        if (above := parent_of(area)) and above.code == city.code
    ]
    return _with_changes(below, since)


def _with_changes(areas: list[Area], since: int) -> tuple[list[Area], list[AreaChange]]:
    """The areas, cut in two where others were merged into one that went on, and their changes."""
    merged: dict[tuple[int, str], list[Area]] = defaultdict(list)
    several: dict[tuple[int, str], list[str]] = {}
    transfers: set[tuple[int, str, str]] = set()
    for area in areas:
        ends = [one.code for one in area.successors if one.year is None]
        transfers.update(
            (one.year, area.code, one.code)
            for one in area.successors
            if one.year is not None and one.year > since
        )
        if area.valid_to is None or not ends:
            continue
        if len(ends) > 1 and all(_is_of_one(areas, code, area) for code in ends):
            several[area.valid_to, area.code] = ends
            continue
        merged[area.valid_to, ends[0]].append(area)
        transfers.update((area.valid_to, area.code, code) for code in ends[1:])
    cut = _cut(areas, merged)
    changes = [
        AreaChange(year, Kind.SPLIT, _at_end(cut, code, year), _each_from(cut, ends, year))
        for (year, code), ends in several.items()
    ]
    for year, code in merged:
        ended = [area for area in cut if area.valid_to == year and _went_to(area, code, year)]
        changes.append(_merger(year, ended, _each_from(cut, [code], year)))
    for year, code, to in transfers:
        before = _at_end(cut, code, year) or _each_from(cut, [code], year)
        changes.append(AreaChange(year, Kind.TRANSFER, before, _each_from(cut, [to], year)))
    known = [one for one in changes if one.from_areas and one.to_areas]
    return cut, sorted(known, key=lambda one: (one.year, one.kind, one.from_areas[0].at))


def _cut(areas: list[Area], merged: Iterable[tuple[int, str]]) -> list[Area]:
    """The areas; one that went on while another ended in it is one until then, and one since."""
    found = list(areas)
    for year, code in sorted(merged):
        for at, area in enumerate(found):
            if area.code == code and area.valid_in(year) and area.valid_from < year:
                found[at : at + 1] = [
                    replace(area, valid_to=year, successors=(Successor(code, None),)),
                    replace(area, valid_from=year),
                ]
                break
    return found


def _merger(year: int, ended: list[Area], begun: tuple[Area, ...]) -> AreaChange:
    """A merger; of a single area a renaming, or an upgrade where it is of another level since."""
    if len(ended) > 1:
        kind = Kind.MERGE
    elif {one.level for one in begun} == {ended[0].level}:
        kind = Kind.RENAME
    else:
        kind = Kind.UPGRADE
    return AreaChange(year, kind, tuple(ended), begun)


def _went_to(area: Area, code: str, year: int) -> bool:
    whole = [one.code for one in area.successors if one.year is None]
    return area.valid_to == year and whole[:1] == [code]


def _is_of_one(areas: Iterable[Area], code: str, ended: Area) -> bool:
    """Whether the area with the code began when the other ended, and only of it."""
    year = ended.valid_to
    begun = [area for area in areas if area.code == code and area.valid_from == year]
    others = (area for area in areas if area.valid_to == year and area is not ended)
    return bool(begun) and not any(Successor(code, None) in area.successors for area in others)


def _at_end(areas: Iterable[Area], code: str, year: int) -> tuple[Area, ...]:
    return tuple(area for area in areas if area.code == code and area.valid_to == year)


def _each_from(areas: Iterable[Area], codes: list[str], year: int) -> tuple[Area, ...]:
    return tuple(area for area in areas if area.code in codes and area.valid_in(year))


@cache
def _by_code() -> dict[str, list[Area]]:
    found: dict[str, list[Area]] = defaultdict(list)
    for area in all_areas():
        found[area.code].append(area)
    return found


def _successor(text: str) -> Successor:
    """`330102`, or `330102[1996]`."""
    code, _bracket, year = text.rstrip("]").partition("[")
    return Successor(code, int(year) if year else None)
