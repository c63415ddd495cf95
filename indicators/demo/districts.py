"""The districts of the demonstration: how many people live in each, and what kind of place it is.

Read from demonstration_weights.csv and jurisdictions.csv of seeds/chongqing. A zone lies inside
districts: its people are taken off theirs, in proportion, so that nobody is counted twice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from education_duty.bootstrap.places import ROOT
from indicators.demo.apportion import apportion

SEEDS = ROOT / "seeds" / "chongqing"
YEARS = range(2019, 2023)
# The kind of place, by comparison group, or by the narrower one where there is one.
KINDS = {
    "Central Urban Area": "centre",
    "New Main City Area": "ring",
    "Northeast Three Gorges Reservoir Town Cluster": "northeast",
    "Southeast Wuling Mountain Town Cluster": "southeast",
}


@dataclass(frozen=True)
class District:
    """`residents` without those of a zone inside it; `setting` is the kind of place."""

    code: str
    residents: int
    setting: str


def districts(folder: Path = SEEDS) -> list[District]:
    """The units that report in each of YEARS, by code."""
    weights = {row["unit"]: row for row in _rows(folder / "demonstration_weights.csv")}
    residents = {code: int(row["residents"]) for code, row in weights.items()}
    for zone, row in weights.items():
        around = [code for code in row["part_of"].split(";") if code]
        taken = apportion(residents[zone] if around else 0, [residents[code] for code in around])
        for code, part in zip(around, taken, strict=True):
            residents[code] -= part
    return [
        District(row["code"], residents[row["code"]], _setting(row))
        for row in sorted(_rows(folder / "jurisdictions.csv"), key=lambda row: row["code"])
        if row["level"] != "city" and all(_valid(row, year) for year in YEARS)
    ]


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _valid(row: dict[str, str], year: int) -> bool:
    ended = int(row["valid_to"]) if row["valid_to"] else year + 1
    return int(row["valid_from"]) <= year < ended


def _setting(row: dict[str, str]) -> str:
    return KINDS[row["subgroup_en"] or row["group_en"]]
