"""Holds a text against the figures of the unit and the evaluation year that it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.figures.comparable import (
    known_figures,
    subjects,
    units_in_force,
    years_with_figures,
)
from indicators.measures.running_text.check import Check, Reading, Setting, checked, read
from indicators.measures.running_text.relations import Relation, relations
from indicators.models import Jurisdiction, Tier, User

HEAD = 100  # so far into a text its title says whose it is
# The years before the evaluation year that a text may name, and the lag of what it reports.
YEARS_BACK = 6
SHORTEST_NAME = 3
_DAY = re.compile("[0-9]{4} ?年 ?[0-9]{1,2} ?月 ?[0-9]{1,2} ?日")


class NothingToHoldAgainst(Exception):
    """No unit, or no year with figures. `code`: no_unit, no_such_unit, no_figures."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class CheckedText:
    """A text with its checks, in its order; `unit` and `year` are what it was held against."""

    text: str
    unit: Jurisdiction
    year: int
    checks: list[Check]
    relations: list[Relation]

    @property
    def differs(self) -> bool:
        return any(one.verdict == "differs" for one in self.checks) or any(
            not one.agrees for one in self.relations
        )


def check_text(
    text: str,
    user: User | None,
    *,
    unit: str = "",
    year: int | None = None,
    tiers: Sequence[str] = (Tier.REPORTED,),
) -> CheckedText:
    """Of a reader what the reader may see; of None, the operator, all. A figure counts as it stands
    in the first of the tiers that has it. Raises NothingToHoldAgainst."""
    reading = read(text)
    places = _places(year or _named_year(reading) or 0)
    whose = _whose(text, user, unit, places)
    asked = year or _year(reading, user, whose, tiers[-1])
    # The units of the year asked; names before it was known were those of the year named.
    places = _places(asked)
    named = [found for name, found in places.items() if name in text]
    years = range(asked - YEARS_BACK, asked + 2)
    figures = known_figures(user, {whose, *named}, years, tiers=tiers)
    setting = Setting(
        subjects(),
        lambda indicator, code: figures.get((indicator, code), {}),
        whose.code,
        asked,
        {name: found.code for name, found in places.items() if found.code != whose.code},
    )
    return CheckedText(text, whose, asked, checked(reading, setting), relations(reading))


def _places(year: int) -> dict[str, Jurisdiction]:
    """Units by the names that texts use: in full, and without 区 or 县 where enough is left."""
    found: dict[str, Jurisdiction] = {}
    for unit in units_in_force(year) or units_in_force(9998):
        found.setdefault(unit.name_zh, unit)
    return found


def _whose(
    text: str, user: User | None, code: str, places: dict[str, Jurisdiction]
) -> Jurisdiction:
    seen = [unit for unit in places.values() if user is None or user.scope.sees_unit(unit)]
    if code:
        asked = [unit for unit in seen if code in (unit.code, unit.slug)]
        if not asked:
            raise NothingToHoldAgainst("no_such_unit")
        return asked[0]
    head = text.strip()[:HEAD]
    titled = [
        (head.index(unit.name_zh), -len(unit.name_zh), at)
        for at, unit in enumerate(seen)
        if unit.name_zh in head
    ]
    if titled:
        return seen[min(titled)[2]]
    if not seen:
        raise NothingToHoldAgainst("no_unit")
    own = [unit for unit in seen if user is not None and unit.pk in user.scope.own]
    return (own or seen)[0]


def _year(reading: Reading, user: User | None, unit: Jurisdiction, tier: str) -> int:
    """The latest year that the text names and of which there are figures, else the latest."""
    there = years_with_figures(user, unit, tier=tier)
    if not there:
        raise NothingToHoldAgainst("no_figures")
    named = _named_year(reading)
    return named if named in there else there[0]


def _named_year(reading: Reading) -> int | None:
    """Not of plans, which end in years to come, nor of the day on which it was signed."""
    named = [
        int(quantity.value)
        for quantity, context in zip(reading.quantities, reading.contexts, strict=True)
        if quantity.sort == "time"
        and quantity.word in ("年", "年度")
        and quantity.qualifier == "exact"
        and quantity.value is not None
        and re.fullmatch("(?:19|20)[0-9]{2}", str(quantity.value))
        and not context.intended
        and not _to_be_reached(reading, quantity.start)
        and not _is_signed(reading, quantity.start)
    ]
    return max(named, default=None)


def _to_be_reached(reading: Reading, start: int) -> bool:
    return reading.plain.text[max(0, start - 1) : start] in ("到", "至", "前")


def _is_signed(reading: Reading, start: int) -> bool:
    """A line that is nothing but a day."""
    text = reading.plain.text
    line = text[text.rfind("\n", 0, start) + 1 :].partition("\n")[0]
    return bool(_DAY.fullmatch(line.strip()))
