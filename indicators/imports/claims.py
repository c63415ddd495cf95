"""What a template says of itself: for whom it was made, and over which versions it was filled.

It stands in a sheet that is hidden and, as some programs show or drop such sheets, in the file's
own properties too; whatever is there is read. All of it is a claim: the door checks who may enter
for the unit, and that the versions are those that are there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from indicators.spreadsheets import Workbook

SHEET = "education_duty"
PROPERTY = "education_duty"
LONGEST = 250  # so much text a property holds in Excel

Place = tuple[str, str, int]  # unit (slug), indicator (code), year


@dataclass
class Claims:
    """`unit` is the slug of the one unit of the file, empty for a file of several."""

    unit: str = ""
    evaluation_year: int | None = None
    versions: dict[Place, int] = field(default_factory=dict)

    def version(self, place: Place) -> int | None:
        """The version that was there when the template was made; None where it does not say."""
        return self.versions.get(place)

    def lines(self) -> Iterator[tuple[str, str, str, str]]:
        """As the hidden sheet has them."""
        yield "unit", self.unit, "", ""
        yield "evaluation_year", str(self.evaluation_year or ""), "", ""
        for (unit, code, year), version in self.versions.items():
            yield unit, code, str(year), str(version)

    def properties(self) -> dict[str, str]:
        """As properties of the file, each as long as a property may be."""
        text = json.dumps(list(self.lines()), ensure_ascii=True, separators=(",", ":"))
        pieces = [text[at : at + LONGEST] for at in range(0, len(text), LONGEST)]
        return {f"{PROPERTY}_{number:04}": piece for number, piece in enumerate(pieces)}


def claims_in(workbook: Workbook) -> Claims:
    """What the file says of itself; nothing where it is no template, or has lost it."""
    for sheet in workbook.sheets:
        if sheet.name == SHEET:
            return _read([[cell.text for cell in row.cells] for row in sheet.rows])
    return _read(_from_properties(workbook.properties))


def _from_properties(properties: Mapping[str, str]) -> list[list[str]]:
    names = sorted(name for name in properties if name.startswith(f"{PROPERTY}_"))
    try:
        lines = json.loads("".join(properties[name] for name in names) or "[]")
    except ValueError:
        return []
    if not isinstance(lines, list):
        return []
    return [[str(cell) for cell in line] for line in lines if isinstance(line, list)]


def _read(lines: list[list[str]]) -> Claims:
    claims = Claims()
    for line in lines:
        first, second, year, version = (*line, "", "", "", "")[:4]
        if first == "unit" and not year:
            claims.unit = second
        elif first == "evaluation_year" and not year:
            claims.evaluation_year = _year(second)
        elif (number := _number(version)) is not None and (of := _year(year)) is not None:
            claims.versions[first, second, of] = number
    return claims


def _year(text: str) -> int | None:
    return _number(text) if len(text) == 4 else None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
