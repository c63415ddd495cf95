"""The page on which labels are assigned: what is asked of each, and what may be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from indicators.imports.labels import LEAVE_OUT, said_of_units
from indicators.imports.likeness import Likeness
from indicators.imports.mapping import Label, labels_of, parts_of
from indicators.models import UNITS, Import, Indicator, Jurisdiction, names_apart

# What fits into one form: Django takes no more than 1,000 fields.
LABELS_SHOWN = 100


@dataclass(frozen=True)
class Line:
    """A label, whether it still has to be said what it means, and which indicators are `near`."""

    label: Label
    is_unknown: bool
    near: Sequence[Indicator] = ()


@dataclass(frozen=True)
class Axis:
    """The labels of the columns or the rows; `parts` are what each of them is asked for, `near`
    finds the indicators that one may mean."""

    code: str
    title: str
    parts: Sequence[str]
    labels: Sequence[Label]
    near: Callable[[str], Sequence[Indicator]]

    @cached_property
    def lines(self) -> list[Line]:
        """Labels as many as fit, unknown ones first."""
        several = [Line(one, self._is_unknown(one)) for one in self.labels]
        if len(several) > LABELS_SHOWN:
            several.sort(key=lambda line: not line.is_unknown)
        return [
            replace(line, near=self.near(line.label.text)) if line.is_unknown else line
            for line in several[:LABELS_SHOWN]
        ]

    @property
    def not_shown(self) -> int:
        return max(0, len(self.labels) - LABELS_SHOWN)

    @property
    def unknown(self) -> int:
        return sum(map(self._is_unknown, self.labels))

    @property
    def proposes(self) -> bool:
        return any(line.label.meaning.proposed for line in self.lines)

    def _is_unknown(self, label: Label) -> bool:
        """Says nothing of what is asked, or not all that it holds is understood."""
        if label.is_total or label.is_left_out:
            return False
        meaning = label.meaning
        lacks = "indicator" in self.parts and not (meaning.indicator or meaning.unit)
        return lacks or label.asks


def axes_of(of_import: Import) -> list[Axis]:
    """The columns, then the rows; an axis of which nothing is asked is left out."""
    titles = {"columns": _("Columns"), "rows": _("Rows")}
    indicators = {one.code: one for one in Indicator.objects.all()}
    likeness = Likeness({code: one.name for code, one in indicators.items()})

    def near(label: str) -> list[Indicator]:
        return [indicators[code] for code in likeness.nearest(label)]

    return [
        Axis(code, titles[code], parts, labels_of(of_import, code), near)
        for code, parts in parts_of(of_import).items()
        if parts
    ]


def choices_to_map() -> dict[str, Any]:
    """Everything that a label may mean: indicators by duty area, units, units of measure."""
    indicators = Indicator.objects.select_related("duty_area").order_by(
        "duty_area__position", "position", "code"
    )
    units = Jurisdiction.objects.order_by("code", "valid_from")
    names = names_apart(units)
    measures = sorted({unit.zh for unit in UNITS.values()})
    return {
        "indicators": [
            (area, list(several))
            for area, several in groupby(indicators, lambda one: one.duty_area)
        ],
        "units": [*_by_year(units), *((unit.slug, names[unit.pk]) for unit in units)],
        "measures": measures,
        "leave_out": LEAVE_OUT,
    }


def _by_year(units: Iterable[Jurisdiction]) -> list[tuple[str, str]]:
    """Names that units have had one after the other: the year of a figure tells which."""
    units = list(units)
    said = {said for _word, said in said_of_units(units)} - {unit.slug for unit in units}
    return [(name, _("%(name)s (by year)") % {"name": name}) for name in sorted(said)]
