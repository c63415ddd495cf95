"""The units of measure that ship, read from the seeds themselves, as arithmetic knows them."""

import csv
from decimal import Decimal

from education_duty.bootstrap.places import ROOT
from indicators.measures.units import Unit, read_dimension


def shipped_units() -> dict[str, Unit]:
    """By code, in the order of the file; a unit that holds others stands below its base."""
    found: dict[str, Unit] = {}
    with (ROOT / "seeds" / "units_of_measure.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, base = row["code"], row["base"]
            dimension, scale = read_dimension(row["dimension"] or code)
            if base != code:
                dimension, scale = found[base].dimension, found[base].scale
            found[code] = Unit(
                code,
                row["name_zh"],
                row["name_en"],
                base,
                Decimal(row["factor"]),
                dimension,
                scale,
                row["whole"] == "yes",
                tuple(row["words"].split()),
            )
    return found


UNITS = shipped_units()
