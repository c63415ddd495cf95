"""How officers type: each district in its own way, some with 万 or commas, one in full width."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from functools import cache
from random import Random

from education_duty.bootstrap.places import ROOT
from indicators.demo.districts import District
from indicators.demo.numbers import SEED
from indicators.demo.series import WAN, YI

WAYS = ("plain", "plain", "plain", "commas", "commas", "worded", "wan", "wan", "wan worded")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def ways(districts: Sequence[District]) -> dict[str, str]:
    """The way of each district; the last one writes full-width digits."""
    random = Random(f"{SEED} handwriting")
    found = {district.code: random.choice(WAYS) for district in districts}
    found[districts[-1].code] = "full width"
    return found


def typed(number: int, unit: str, way: str) -> str:
    """The number as it is typed: it means exactly the same.

    >>> typed(12480, "pupils", "wan worded"), typed(9480, "pupils", "wan worded")
    ('1.248万人', '9480人')
    >>> typed(342_510_000, "yuan", "plain"), typed(342_510_000, "yuan", "wan")
    ('34251万元', '3.4251亿元')
    """
    word = _words()[unit]
    if unit == "yuan":
        return _amount(number, word, way)
    if way == "commas":
        return f"{number:,}"
    if way == "full width":
        return str(number).translate(FULL_WIDTH)
    text = _in(WAN, number) + "万" if way.startswith("wan") and number >= WAN else str(number)
    return text + word if way.endswith("worded") else text


@cache
def _words() -> dict[str, str]:
    """The Chinese names of the units that ship, by code."""
    with (ROOT / "seeds" / "units_of_measure.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name_zh"] for row in csv.DictReader(lines)}


def _amount(number: int, word: str, way: str) -> str:
    """Amounts are whole 万元; who likes 万 for pupils likes 亿 for money."""
    if way == "commas":
        return f"{number:,}"
    if way == "plain" or number < YI:
        return f"{number // WAN}万{word}"
    text = f"{_in(YI, number)}亿{word}"
    return text.translate(FULL_WIDTH) if way == "full width" else text


def _in(power: int, number: int) -> str:
    digits = len(str(power)) - 1
    decimals = f"{number % power:0{digits}}".rstrip("0")
    return f"{number // power}.{decimals}" if decimals else str(number // power)
