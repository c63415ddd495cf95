"""Asks what a template holds: for each unit the figures that are entered, as they are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.collection import Refusal
from indicators.figures import Figure
from indicators.figures.drafts import figures_with_drafts
from indicators.measures.exact import plain
from indicators.measures.quantities import Unreadable, read_quantity
from indicators.measures.typed_unit import AMOUNTS, kept_as, typed_in
from indicators.measures.units import Unit
from indicators.models import (
    UNITS,
    DutyArea,
    EntryUnit,
    Jurisdiction,
    Submission,
    User,
    YearlyValue,
)
from indicators.recording import Entry, locks

DIGITS_OF_EXCEL = 15


@dataclass(frozen=True)
class TemplateRow:
    """A figure to fill in. `measure` is the unit of measure in which a bare number is meant, None
    for a statement; `lock` why it cannot be entered."""

    figure: Figure
    value: YearlyValue | None
    measure: Unit | None
    lock: Refusal | None

    @property
    def filled(self) -> Decimal | str:
        """What stands in its cell: a number, where reading it gives just what is stored."""
        value, measure = self.value, self.measure
        if value is None:
            return ""
        if value.statement:
            return str(value.get_statement_display())
        if value.number is None or measure is None:
            return ""
        base = UNITS[measure.base]
        number = value.number / measure.factor
        try:
            read = read_quantity(typed_in(plain(number), measure, base), base)
        except Unreadable:
            read = None
        exact = read and (read.number, read.last_place, read.qualifier)
        if exact == (value.number, value.last_place, value.qualifier) and _fits_excel(number):
            return number
        same_unit = measure.code == measure.base
        return value.as_entered if same_unit else kept_as(value.as_entered, value.number, base)

    @property
    def state(self) -> str:
        value = self.value
        return str(value.get_state_display()) if value and value.state not in ("", "blank") else ""

    @property
    def note(self) -> str:
        return "" if self.value is None else self.value.state_reason or self.value.note

    def past(self, years: int) -> Decimal | str:
        """The figure so many years ago in the same unit, or what was stated."""
        result = self.figure.results.get(self.figure.year - years)
        if result is None or result.number is None or self.measure is None:
            words = self.figure.previous if years == 1 else self.figure.two_years_ago
            return str(words) if words and result and result.number is None else ""
        if result.is_partial:
            return ""
        number = result.number / self.measure.factor
        return number if _fits_excel(number) else plain(number)


@dataclass(frozen=True)
class TemplateSheet:
    """The rows of one duty area, unit by unit."""

    area: DutyArea
    rows: list[TemplateRow]


def template_sheets(
    user: User, units: Sequence[Jurisdiction], evaluation_year: int
) -> list[TemplateSheet]:
    """What the user enters for the units in the year, by duty area; none where that is nothing."""
    measures = dict(EntryUnit.objects.filter(user=user).values_list("duty_area_id", "unit"))
    by_area: dict[DutyArea, list[TemplateRow]] = defaultdict(list)
    for unit in units:
        for row in _rows_of(user, unit, evaluation_year, measures):
            by_area[row.figure.indicator.duty_area].append(row)
    ordered = sorted(by_area.items(), key=lambda pair: (pair[0].position, pair[0].code))
    return [TemplateSheet(area, rows) for area, rows in ordered]


def _rows_of(
    user: User, unit: Jurisdiction, evaluation_year: int, measures: dict[int, str]
) -> list[TemplateRow]:
    asked = _asked(unit, evaluation_year)
    figures = [
        figure
        for figure in figures_with_drafts(user, unit, evaluation_year)
        if figure.has_box
        and (not asked or figure.indicator.pk in asked)
        and _enters(user, unit, figure)
    ]
    values = {
        (value.indicator_id, value.year): value
        for value in YearlyValue.objects.filter(
            jurisdiction=unit, year__in={figure.year for figure in figures}
        )
    }
    shut = locks([Entry(figure.indicator, unit, figure.year, version=0) for figure in figures])
    return [
        TemplateRow(
            figure,
            values.get((figure.indicator.pk, figure.year)),
            _measure(figure, measures),
            lock,
        )
        for figure, lock in zip(figures, shut, strict=True)
    ]


def _enters(user: User, unit: Jurisdiction, figure: Figure) -> bool:
    area = figure.indicator.duty_area_id
    return user.scope.may_enter(unit.pk, area) or user.scope.may_enter_for(unit, area)


def _measure(figure: Figure, measures: dict[int, str]) -> Unit | None:
    """The one in which the user enters the amounts of the duty area; of all else the base unit."""
    indicator = figure.indicator
    if not indicator.unit:
        return None
    preferred = measures.get(indicator.duty_area_id, "")
    money = indicator.unit == "yuan" and preferred in AMOUNTS
    return UNITS[preferred if money else indicator.unit]


def _asked(unit: Jurisdiction, evaluation_year: int) -> frozenset[int]:
    """Ids of the indicators that the year's round asks of the unit; none where no round is."""
    submission = (
        Submission.objects.asked()
        .filter(jurisdiction=unit, round__evaluation_year=evaluation_year)
        .select_related("round")
        .first()
    )
    return frozenset(submission.round.indicators.values_list("pk", flat=True) if submission else ())


def _fits_excel(number: Decimal) -> bool:
    """Whether a spreadsheet, which has fifteen digits, keeps the number."""
    return len(plain(abs(number)).replace(".", "").strip("0")) <= DIGITS_OF_EXCEL
