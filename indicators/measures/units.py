"""Units of measure: what a number counts, how it is written, and what it is a product of.

A unit's `dimension` is a product of what is counted, its `scale` the power of ten that it is told
by: per cent is a bare ratio times 100. Per cent and percentage point are different units: the
second is a difference of two shares. Which units there are is data (`models.unit_of_measure`); here
stand those that the code itself speaks of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

Dimension = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unit:
    """A unit of measure. `factor` of a display unit is how many base units it holds; `words` are
    those that may stand behind a number beside its Chinese name."""

    code: str
    zh: str
    en: str
    base: str
    factor: Decimal = Decimal(1)
    dimension: Dimension = ()
    scale: int = 0
    whole: bool = False
    words: tuple[str, ...] = ()

    @property
    def is_base(self) -> bool:
        """Whether numbers are kept in it."""
        return self.base == self.code

    @property
    def is_ratio(self) -> bool:
        """Whether 15.2 means 1:15.2."""
        return not self.dimension and not self.scale

    @property
    def in_money(self) -> bool:
        """Whether ¥ may stand before a number of it."""
        return ("yuan", 1) in self.dimension

    @property
    def takes_wan(self) -> bool:
        """Whether 万 may stand behind a number of it: not of shares, ranks and averages."""
        return self.base != "rank" and min((power for _n, power in self.dimension), default=0) > 0


class UnreadableDimension(ValueError):
    """The text is no product of codes."""


_SCALES = {"1": 0, "100": 2, "1000": 3}
_SIGN = re.compile(" *([*/]) *")
_NAME = re.compile("[a-z][a-z0-9_]*")


@cache
def read_dimension(text: str) -> tuple[Dimension, int]:
    """The product that the text writes, and the power of ten that it is told by. Raises
    UnreadableDimension.

    >>> read_dimension("devices / persons * 100")
    ((('devices', 1), ('persons', -1)), 2)
    >>> read_dimension("100"), read_dimension("persons / persons")
    (((), 2), ((), 0))
    >>> read_dimension("persons * 50")
    Traceback (most recent call last):
    indicators.measures.units.UnreadableDimension: persons * 50
    """
    powers: dict[str, int] = {}
    scale = 0
    _nothing, *factors = _SIGN.split(f"*{text.strip()}")
    for sign, name in zip(factors[::2], factors[1::2], strict=True):
        if name in _SCALES and sign == "*" and not scale:
            scale = _SCALES[name]
        elif _NAME.fullmatch(name):
            powers[name] = powers.get(name, 0) + (1 if sign == "*" else -1)
        else:
            raise UnreadableDimension(text)
    return tuple(sorted((name, power) for name, power in powers.items() if power)), scale


def with_number(digits: str, unit: Unit) -> str:
    """A number in the unit as a person writes it.

    >>> with_number("36215", YUAN), with_number("15.2", RATIO)
    ('36215元', '1:15.2')
    """
    return f"1:{digits}" if unit.is_ratio else digits + unit.zh


_MONEY: Dimension = (("yuan", 1),)
YUAN = Unit("yuan", "元", "yuan", "yuan", dimension=_MONEY)
WAN_YUAN = Unit("wan_yuan", "万元", "ten thousand yuan", "yuan", Decimal(10_000), _MONEY)
YI_YUAN = Unit("yi_yuan", "亿元", "hundred million yuan", "yuan", Decimal(100_000_000), _MONEY)
PERCENT = Unit("percent", "%", "%", "percent", scale=2)
PERCENTAGE_POINTS = Unit(
    "percentage_points",
    "个百分点",
    "percentage points",
    "percentage_points",
    scale=2,
    words=("百分点",),
)
RANK = Unit("rank", "位", "rank", "rank", dimension=(("rank", 1),), whole=True, words=("名",))
RATIO = Unit("ratio", "比（1：x）", "ratio (1:x)", "ratio")
# What the code reads and writes by rules of its own; there they keep their Chinese names.
NEEDED = {
    unit.code: unit for unit in (YUAN, WAN_YUAN, YI_YUAN, PERCENT, PERCENTAGE_POINTS, RANK, RATIO)
}
