"""Many boxes of a plan ticked at once, without JavaScript: the form comes back with all it held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from indicators.models import DutyArea, Indicator, Jurisdiction
from indicators.rounds.forms import BOXES, units_of

ALL = "all"


@dataclass(frozen=True)
class Group:
    """Boxes under a name of their own; `code` is what its buttons send."""

    code: str
    name: str
    boxes: list[Any]


def groups_of(form: Any) -> Iterator[Group]:
    """The boxes of the indicators by duty area, in order."""
    by_area: dict[DutyArea, list[Any]] = {}
    for box in form["indicators"].subwidgets:
        by_area.setdefault(box.data["value"].instance.duty_area, []).append(box)
    for area, boxes in by_area.items():
        yield Group(area.code, area.name, boxes)


def ticked(data: QueryDict, city: Jurisdiction, year: int) -> dict[str, Any]:
    """What the form held, as it was typed, with the boxes ticked or cleared that its button names:
    `indicators+all`, `indicators-quality`, `jurisdictions+all`. Others change nothing."""
    held: dict[str, Any] = {name: data.get(name, "") for name in data if name not in BOXES}
    held |= {name: data.getlist(name) for name in BOXES}
    asked = data.get("tick", "")
    for name in BOXES:
        group = asked.removeprefix(name)
        if group != asked and group[:1] in ("+", "-"):
            meant = {str(pk) for pk in _meant(name, group[1:], city, year)}
            rest = [pk for pk in held[name] if pk not in meant]
            held[name] = [*rest, *sorted(meant)] if group[0] == "+" else rest
            if group == f"-{ALL}":
                held[name] = []
    return held


def _meant(name: str, group: str, city: Jurisdiction, year: int) -> Iterator[int]:
    if name == "jurisdictions":
        yield from units_of(city, year).values_list("pk", flat=True) if group == ALL else ()
        return
    indicators = Indicator.objects.asked_in(year)
    if group != ALL:
        indicators = indicators.filter(duty_area__code=group)
    yield from indicators.values_list("pk", flat=True)
