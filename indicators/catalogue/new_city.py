"""The units of a city that begins: from the list of codes, or from what its office pasted.

Comes out: rows as of `jurisdictions.csv` and `jurisdiction_changes.csv`, which are loaded as every
other seeds are, so that what they must be is asked in one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from indicators.catalogue.area_codes import (
    FIRST_YEAR,
    Area,
    AreaChange,
    areas_below,
    county_level,
)
from indicators.catalogue.seeds import Outcome, load_files
from indicators.catalogue.seeds_files import SeedFault, SeedFile, read_rows
from indicators.catalogue.seeds_tables import TABLES
from indicators.models import Jurisdiction
from indicators.models.cleaning import marks_in

SOURCE = "GB/T 2260 公开代码表：yescallop/areacodes（2025 年 11 月）"
PASTED = "pasted units"
LEVELS = {
    "province": Jurisdiction.Level.PROVINCE,
    "city": Jurisdiction.Level.CITY,
    "county": Jurisdiction.Level.COUNTY,
}
_LOCAL = 990001
_SCHOOL = re.compile(
    r"(学校|小学|中学|高中|初中|附小|附中|幼儿园|学院|职教中心|中心校|教学点|分校|校区)(（.*）|\(.*\))?$"
)
_TOWN = re.compile(r"(镇|乡|苏木|街道|学区|教育管理中心|教管中心|教育办公室|教办)$")
_PREFECTURE = re.compile(r"(市|州|盟|地区)$")
_APART = re.compile(r"[\t,，;；]+")
_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z]{1,12}")


@dataclass
class NewCity:
    """The unit at the top, what lies below it, and how that came about.

    `level` is one of LEVELS, or a county's own kind.
    """

    code: str
    name: str
    level: str
    units: Sequence[Area] = ()
    changes: Sequence[AreaChange] = ()
    listed: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    """Codes and names that are of GB/T 2260."""
    began: int = FIRST_YEAR

    @property
    def valid_from(self) -> int:
        """No unit of it is older."""
        return min([self.began, *(unit.valid_from for unit in self.units)])


def city_from_list(area: Area, *, since: int) -> NewCity:
    """The area with those below it, and with those that ended since the year."""
    units, changes = areas_below(area, since=since)
    listed = frozenset((one.code, one.name) for one in (area, *units))
    return NewCity(area.code, area.name, area.level, units, changes, listed, area.valid_from)


def with_units(city: NewCity, text: str) -> NewCity:
    """The city with the units of a text in the place of those it has; or, where each line begins
    with +, with them beside those.

    A line is a name, or a code and a name, in either order, apart by a blank, tab or comma. A unit
    of the list may go by its name alone, and brings those that it came from; another one without a
    code gets a local one. Raises SeedFault.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    added = [number for number, line in lines if line.startswith("+")]
    if added and len(added) < len(lines):
        raise SeedFault(PASTED, "begin each line with + or none", line=added[0])
    units = {unit.at: unit for unit in city.units} if added else {}
    today = [unit for unit in city.units if unit.valid_to is None]
    taken = {city.code, *(unit.code for unit in city.units)}
    read = [(number, *_read_line(number, line.lstrip("+ "))) for number, line in lines]
    taken.update(code for _number, code, _name in read)
    local = (str(code) for code in count(_LOCAL) if str(code) not in taken)
    for number, code, name in read:
        found = [unit for unit in today if unit.name == name and code in ("", unit.code)]
        unit = found[0] if found else Area(code or next(local), name, city.valid_from, None)
        if unit.at in units or unit.code == city.code:
            raise SeedFault(PASTED, f"{unit.name} ({unit.code}) is there twice", line=number)
        units[unit.at] = unit
    _bring_predecessors(city, units)
    changes = [
        one
        for one in city.changes
        if units.keys() >= {area.at for area in (*one.from_areas, *one.to_areas)}
    ]
    return replace(city, units=list(units.values()), changes=changes)


def _bring_predecessors(city: NewCity, units: dict[str, Area]) -> None:
    """Add those that ended when one of the units began, and those before them."""
    for change in sorted(city.changes, key=lambda one: one.year, reverse=True):
        if any(area.at in units for area in change.to_areas):
            units |= {area.at: area for area in change.from_areas if area.valid_to == change.year}


def load_city(city: NewCity) -> list[Outcome]:
    """Store the city, its units and changes, all or nothing. Raises SeedFault."""
    return load_files([*_files(city)], f"{city.name} ({city.code})")


def _files(city: NewCity) -> Iterator[SeedFile]:
    top = Area(city.code, city.name, city.valid_from, None)
    units = [_unit(city, top, level=city.level, parent="")]
    units += [
        _unit(city, unit, level=level_in(city, unit), parent=city.code) for unit in city.units
    ]
    yield _file("jurisdictions", units)
    if city.changes:
        yield _file("jurisdiction_changes", map(_change, city.changes))


def _unit(city: NewCity, area: Area, *, level: str, parent: str) -> dict[str, str]:
    listed = (area.code, area.name) in city.listed
    return {
        "code": area.code,
        "valid_from": str(area.valid_from),
        "valid_to": str(area.valid_to or ""),
        "name_zh": area.name,
        "level": str(level),
        "parent": parent,
        "code_scheme": "gb2260" if listed else "local",
        "confirmed": "yes" if listed else "no",
        "source": SOURCE if listed else "",
    }


def _change(one: AreaChange) -> dict[str, str]:
    return {
        "year": str(one.year),
        "kind": str(one.kind),
        "from_units": ";".join(area.at for area in one.from_areas),
        "to_units": ";".join(area.at for area in one.to_areas),
        "confirmed": "yes",
        "source": SOURCE,
    }


def level_in(city: NewCity, unit: Area) -> str:
    """The level of a unit below the city: as the list says, or else its name."""
    if (unit.code, unit.name) in city.listed:
        return unit.level
    if _SCHOOL.search(unit.name):
        return Jurisdiction.Level.SCHOOL
    if _TOWN.search(unit.name):
        return Jurisdiction.Level.TOWNSHIP
    if city.level == Jurisdiction.Level.PROVINCE and _PREFECTURE.search(unit.name):
        return Jurisdiction.Level.CITY
    level = county_level(unit.name)
    below_county = city.level not in (Jurisdiction.Level.PROVINCE, Jurisdiction.Level.CITY)
    is_zone = level == Jurisdiction.Level.FUNCTIONAL_ZONE
    return Jurisdiction.Level.TOWNSHIP if below_county and not is_zone else level


def _file(name: str, rows: Iterable[dict[str, str]]) -> SeedFile:
    table = next(table for table in TABLES if table.name == name)
    rows = list(rows)
    lines = [[*rows[0]], *([*row.values()] for row in rows)]
    return read_rows(table, iter(enumerate(lines)), PASTED)


def _read_line(number: int, line: str) -> tuple[str, str]:
    """Code, if there is one, and name. Raises SeedFault."""
    parts = [part.strip() for part in _APART.split(line) if part.strip()]
    if len(parts) == 1:
        first, _blank, rest = parts[0].partition(" ")
        begin, _blank, last = parts[0].rpartition(" ")
        if rest and _CODE.fullmatch(first):
            parts = [first, rest.strip()]
        elif begin and _CODE.fullmatch(last):
            parts = [last, begin.strip()]
    codes = [part for part in parts if _CODE.fullmatch(part)]
    names = [part for part in parts if part not in codes]
    if len(names) != 1 or len(codes) > 1 or (" " in names[0] and not names[0].isascii()):
        raise SeedFault(
            PASTED,
            f"{line!r} is no unit; write a code and a name, such as 330102 上城区, each unit in a"
            " line of its own",
            line=number,
        )
    if marks_in(names[0]):
        raise SeedFault(PASTED, f"{names[0]!a} holds signs that cannot be seen", line=number)
    return (codes[0] if codes else ""), names[0]
