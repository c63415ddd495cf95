"""Units: what a number counts, how it is written in Chinese and English, and how units combine.

A unit's `dimension` is a product of base dimensions; per cent is dimensionless, scaled by 100. Per
cent and percentage point are different units: the second is a difference of two shares.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """A unit of measure. `factor` of a display unit is how many base units it holds."""

    code: str
    zh: str
    en: str
    base: str
    factor: Decimal = Decimal(1)
    dimension: tuple[tuple[str, int], ...] = ()
    whole: bool = False


WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def _counted(code: str, zh: str, en: str, dimension: str = "") -> Unit:
    return Unit(code, zh, en, code, dimension=((dimension or code, 1),), whole=True)


def _scaled(code: str, base: Unit, zh: str, en: str, factor: Decimal) -> Unit:
    return Unit(code, zh + base.zh, f"{en} {base.en}", base.code, factor, base.dimension)


_PEOPLE = [
    _counted("persons", "人", "persons"),
    _counted("pupils", "人", "pupils", "persons"),
    _counted("children", "人", "children", "persons"),
    _counted("teachers", "人", "teachers", "persons"),
]
_COUNTED = [
    *_PEOPLE,
    _counted("person_times", "人次", "person-times"),
    _counted("schools", "所", "schools"),
    _counted("kindergartens", "所", "kindergartens", "schools"),
    _counted("universities", "所", "universities", "schools"),
    _counted("items", "个", "items"),
    _counted("places", "个", "places"),
    _counted("times", "次", "times"),
    _counted("events", "场", "events"),
    _counted("subjects", "个", "subjects"),
    _counted("disciplines", "个", "disciplines"),
    _counted("institutions", "个", "institutions"),
    _counted("plans", "个", "plans"),
    _counted("measures", "条", "measures"),
    _counted("enterprises", "个", "enterprises"),
]
_YUAN = Unit("yuan", "元", "yuan", "yuan", dimension=(("yuan", 1),))
_OTHER = [
    _YUAN,
    Unit("percent", "%", "%", "percent"),
    Unit("percentage_points", "个百分点", "percentage points", "percentage_points"),
    Unit("rank", "位", "rank", "rank", dimension=(("rank", 1),), whole=True),
    Unit(
        "yuan_per_pupil",
        "元/人",
        "yuan per pupil",
        "yuan_per_pupil",
        dimension=(("persons", -1), ("yuan", 1)),
    ),
]
_BASE = {unit.code: unit for unit in _COUNTED + _OTHER}
_DISPLAY = [
    _scaled("yi_yuan", _YUAN, "亿", "hundred million", YI),
    _scaled("wan_yuan", _YUAN, "万", "ten thousand", WAN),
    *(
        _scaled(f"wan_{code}", _BASE[code], "万", "ten thousand", WAN)
        for code in ("persons", "pupils", "children", "person_times", "places", "events")
    ),
]
UNITS: dict[str, Unit] = _BASE | {unit.code: unit for unit in _DISPLAY}
