"""Saves one row of a sheet: only what concerns it is read, before and after.

Before, the door needs the value as it is; it asks the round itself. After, the row comes back with
what is computed from it and how far the sheet is filled. What was refused comes back in the whole
sheet, with the reason.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from indicators.entry.forms import RowForm
from indicators.entry.progress import areas_of, first_left_of, progress_of
from indicators.entry.sheet import Row, Sheet, enters, sheet_for, units_of
from indicators.figures import AskedIndicator, Figure, asked_indicators, figures_unread
from indicators.figures.drafts import some_with_drafts
from indicators.models import Jurisdiction, Round, User, YearlyValue, unit_with_slug
from indicators.models.prepared import prepared


def row_to_save(
    user: User, code: str, year: int, area: str, indicator: str, data: Any
) -> Sheet | None:
    """A sheet of one row, with what was posted in its boxes; None where there is none such."""
    unit = unit_with_slug(units_of(user, year), code)
    figures = figures_unread(unit, year, codes={indicator}) if unit else []
    figure = next(iter(figures), None)
    if unit is None or figure is None or figure.indicator.duty_area.code != area:
        return None
    in_unit = str(data.get("in_unit", ""))
    own, on_behalf = enters(user, unit, figure.indicator.duty_area)
    stored = _value_at(indicator=figure.indicator.pk, unit=unit.pk, year=figure.year)
    value = next(iter(stored), None)
    row = Row(
        figure=figure,
        value=value,
        definition=figure.definition,
        has_box=figure.has_box,
        form=RowForm(figure.indicator, value, data, unit=in_unit),
    )
    return Sheet(
        unit=unit,
        year=year,
        area=figure.indicator.duty_area,
        areas=[],
        rows=[row],
        figures=[],
        may_enter=own or on_behalf,
        on_behalf=on_behalf,
        in_unit=in_unit,
    )


def sheet_after(user: User, sheet: Sheet, data: Any) -> Sheet | None:
    """The sheet after its row was saved, or refused; its rows are that one and those computed from
    it.

    None where the round does not ask for the row.
    """
    (mine,) = sheet.rows
    if mine.refusal:
        found = sheet_for(user, sheet.unit.slug, sheet.year, sheet.area.code, data)
        shown = [row for row in found.rows if row.code == mine.code] if found else []
        for row in shown:
            row.refusal = mine.refusal
    else:
        found = _read_again(user, sheet, mine)
        shown = [mine]
    if found is None or not shown:
        return None
    found.rows = [*shown, *(row for row in found.rows if _follows(row.figure, mine.figure))]
    return found


def _read_again(user: User, sheet: Sheet, mine: Row) -> Sheet:
    unit, year, area = sheet.unit, sheet.year, sheet.area
    asked = _asked(unit, year)
    of_all = [
        one
        for one in asked_indicators(unit, year)
        if not asked or one.is_derived or one.pk in asked
    ]
    derived = {
        one.code for one in of_all if one.is_derived and one.indicator.duty_area_id == area.pk
    }
    following = {
        figure.indicator.pk
        for figure in figures_unread(unit, year, codes=derived)
        if _follows(figure, mine.figure)
    }
    wanted = following | {mine.figure.indicator.pk}
    figures, inputs = some_with_drafts(user, unit, year, wanted)
    rows = [
        Row(
            figure=figure,
            value=None,
            definition=figure.definition,
            has_box=False,
            form=RowForm(figure.indicator, None, unit=sheet.in_unit),
        )
        for figure in figures
        if figure.indicator.pk in following
    ]
    for figure in figures:
        if figure.code == mine.code:
            mine.figure = figure
    if not mine.saved:
        mine.form = mine.form.anew(mine.value)

    def is_reported(one: AskedIndicator) -> bool:
        return inputs.is_reported(one.pk, one.year)

    return Sheet(
        unit=unit,
        year=year,
        area=area,
        areas=areas_of(user, unit, of_all, asked),
        rows=rows,
        figures=figures,
        may_enter=sheet.may_enter,
        on_behalf=sheet.on_behalf,
        progress=progress_of(of_all, is_reported),
        first_left=first_left_of(area, of_all, is_reported),
        inputs=inputs,
        in_unit=sheet.in_unit,
    )


def _follows(figure: Figure, saved: Figure) -> bool:
    """Whether the figure is computed, and from the one that was saved."""
    return not figure.has_box and figure.rests_on(saved)


def _asked(unit: Jurisdiction, evaluation_year: int) -> frozenset[int]:
    """Ids of the indicators that the year's round asks of the unit; none where no round is."""
    return frozenset(_asked_by_round(unit=unit.pk, year=evaluation_year))


@prepared
def _asked_by_round(unit: Any, year: Any) -> QuerySet[Model, int]:
    asked = Round.indicators.through.objects.filter(
        round__evaluation_year=year, round__submissions__jurisdiction=unit
    )
    return asked.values_list("indicator_id", flat=True)


@prepared
def _value_at(indicator: Any, unit: Any, year: Any) -> QuerySet[YearlyValue]:
    found = YearlyValue.objects.filter(indicator=indicator, jurisdiction=unit, year=year)
    return found.order_by()
