"""Asks for the rows of a sheet: figures, what was entered, definitions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indicators.collection import Refusal, Stale, last_year
from indicators.entry.forms import RowForm, contents, in_words
from indicators.figures import Figure, figures_of
from indicators.models import Definition, DutyArea, Jurisdiction, User, YearlyValue

YEARS_OFFERED = 7


@dataclass
class Row:
    """One indicator on the sheet. `has_box` is false where it is only computed."""

    figure: Figure
    value: YearlyValue | None
    definition: Definition | None
    has_box: bool
    form: RowForm
    refusal: Refusal | None = None
    saved: bool = False

    @property
    def code(self) -> str:
        return self.figure.code

    @property
    def conflict(self) -> Stale | None:
        return self.refusal if isinstance(self.refusal, Stale) else None

    @property
    def mine(self) -> dict[str, str]:
        return in_words(self.form.typed)

    @property
    def theirs(self) -> dict[str, str]:
        """What somebody else saved meanwhile."""
        return in_words(contents(self.conflict.now if self.conflict else None))

    @property
    def before(self) -> dict[str, str]:
        """What the boxes showed when this user began."""
        return in_words(contents(self.conflict.before if self.conflict else None))


@dataclass
class Sheet:
    """A unit's figures of one duty area in an evaluation year, as one of its people sees them."""

    unit: Jurisdiction
    year: int
    area: DutyArea
    areas: list[DutyArea]
    rows: list[Row]
    may_enter: bool
    progress: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def tabs(self) -> list[tuple[DutyArea, int, int]]:
        """Duty areas with how many of their boxes are filled."""
        return [(area, *self.progress.get(area.code, (0, 0))) for area in self.areas]

    @property
    def boxes(self) -> list[Row]:
        return [row for row in self.rows if row.has_box]

    @property
    def filled(self) -> int:
        return self.progress.get(self.area.code, (0, 0))[0]

    @property
    def years(self) -> list[int]:
        """Evaluation years to choose from: some back, to the last that may be entered."""
        latest = last_year()
        return sorted({self.year, *range(latest - YEARS_OFFERED, latest + 1)}, reverse=True)

    @property
    def refused(self) -> list[Row]:
        return [row for row in self.rows if row.refusal and not row.conflict]

    @property
    def conflicts(self) -> list[Row]:
        return [row for row in self.rows if row.conflict]


def sheet_for(user: User, code: str, year: int, area: str, data: object = None) -> Sheet | None:
    """The sheet, with what was posted in its boxes; None where there is none for this user."""
    units = Jurisdiction.objects.filter(pk__in=user.scope.own).valid_in(year)
    unit = units.filter(code=code).first()
    if unit is None:
        return None
    figures = figures_of(user, unit, year)
    areas = areas_of(user, unit, figures)
    chosen = next((a for a in areas if a.code == area), None)
    if chosen is None:
        return None
    values = {
        (value.indicator_id, value.year): value
        for value in YearlyValue.objects.for_user(user)
        .filter(jurisdiction=unit, year__in={figure.year for figure in figures})
        .select_related("changed_by")
    }
    rows = [
        _row(figure, values.get((figure.indicator.pk, figure.year)), data)
        for figure in figures
        if figure.indicator.duty_area_id == chosen.pk
    ]
    return Sheet(
        unit=unit,
        year=year,
        area=chosen,
        areas=areas,
        rows=rows,
        may_enter=user.scope.may_enter(unit.pk, chosen.pk),
        progress=_progress(figures),
    )


def areas_of(user: User, unit: Jurisdiction, figures: list[Figure]) -> list[DutyArea]:
    """Duty areas with figures of the unit, as far as the user's membership reaches, in order."""
    areas = {figure.indicator.duty_area for figure in figures}
    limited = user.scope.enters.get(unit.pk)
    if limited:
        areas = {area for area in areas if area.pk in limited}
    return sorted(areas, key=lambda area: area.position)


def _row(figure: Figure, value: YearlyValue | None, data: object) -> Row:
    return Row(
        figure=figure,
        value=value,
        definition=figure.definition,
        has_box=figure.has_box,
        form=RowForm(figure.indicator, value, data),
    )


def _progress(figures: list[Figure]) -> dict[str, tuple[int, int]]:
    filled: Counter[str] = Counter()
    boxes: Counter[str] = Counter()
    for figure in figures:
        if figure.has_box:
            code = figure.indicator.duty_area.code
            boxes[code] += 1
            filled[code] += figure.has_figure or bool(figure.state)
    return {code: (filled[code], count) for code, count in boxes.items()}
