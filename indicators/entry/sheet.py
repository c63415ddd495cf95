"""Asks for the rows of a sheet: figures, what was entered, what is odd about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from indicators.collection import Refusal, Stale, last_year
from indicators.entry.answers import Answer, answer_to_round, locks_of
from indicators.entry.forms import STATES, RowForm, contents, in_words
from indicators.entry.names_in_blocks import NamesInBlocks
from indicators.entry.progress import areas_of, first_left_of, progress_of
from indicators.figures import AskedIndicator, Figure, RuleInputs, units_to_enter_for
from indicators.figures.drafts import figures_with_drafts
from indicators.figures.findings import Said
from indicators.figures.formatting import Words, unit_word, words_in
from indicators.figures.result_rows import ResultRow
from indicators.measures.exact import plain
from indicators.measures.quantities import words_of
from indicators.measures.typed_unit import AMOUNTS, with_qualifier
from indicators.measures.units import YUAN, with_number
from indicators.models import (
    UNITS,
    Definition,
    DutyArea,
    EntryUnit,
    Jurisdiction,
    Qualifier,
    Stage,
    User,
    YearlyValue,
    names_apart,
    unit_with_slug,
)

YEARS_OFFERED = 7
units_of = units_to_enter_for
# In which box a refusal is shown, by the field of the door; any other is about the figure itself.
BOX_OF = {"state": "state", "state_reason": "note", "note": "note"}


@dataclass
class Row:
    """One indicator on the sheet. `has_box` is false where it is only computed, or locked.

    `lock` says why the round keeps it shut, `returned` why the city opened it again. `number` is
    what the box means, or what was computed; `reading` says it in words where that is not plain
    from what was typed; `doubts` are sentences about what is odd.
    """

    figure: Figure
    value: YearlyValue | None
    definition: Definition | None
    has_box: bool
    form: RowForm
    refusal: Refusal | None = None
    saved: bool = False
    number: Decimal | None = None
    reading: str = ""
    doubts: list[Said] = field(default_factory=list)
    lock: Refusal | None = None
    returned: str = ""

    @property
    def is_posted(self) -> bool:
        """Whether the boxes hold what somebody sent, and not what is stored."""
        return self.form.add_prefix("version") in self.form.data

    @property
    def mark(self) -> str:
        """How the row is marked: refused at one of its boxes, in conflict, or doubted."""
        if self.conflict:
            return "refused conflict"
        if self.refusal:
            return f"refused at-{BOX_OF.get(self.refusal.field, 'value')}"
        return "doubted" if self.doubts else ""

    @property
    def plain_number(self) -> str:
        """The number in digits alone, no thin spaces, in the unit of the box."""
        if self.number is None:
            return ""
        return plain(self.number / (self.form.unit.factor if self.form.unit else 1))

    @property
    def to_copy(self) -> str:
        """The same with its 不足; empty for 余, which is of the last digit that was typed."""
        qualifier = self.value.qualifier if self.value else ""
        number = self.plain_number
        if not number or qualifier == Qualifier.REMAINDER:
            return ""
        return with_qualifier(number, qualifier)

    @property
    def unit_word(self) -> str:
        """The unit in which a number typed without one is read."""
        return unit_word(self.form.unit) if self.form.unit else ""

    @property
    def unit_words(self) -> str:
        """What may name the unit behind a number, with spaces: 人 名 个 位."""
        unit = self.figure.indicator.unit
        return " ".join(words_of(UNITS[unit])) if unit else ""

    @property
    def is_scaled(self) -> bool:
        """Whether 万 may stand before that."""
        unit = self.figure.indicator.unit
        return not unit or UNITS[unit].takes_wan

    @property
    def previous(self) -> Words | None:
        return self._past(self.figure.before, self.figure.previous)

    @property
    def two_years_ago(self) -> Words | None:
        result = self.figure.results.get(self.figure.year - 2)
        return self._past(result, self.figure.two_years_ago)

    def _past(self, result: ResultRow | None, usual: Words | None) -> Words | None:
        """A year before, in the unit in which this one is entered."""
        unit = self.form.unit
        if result is None or result.number is None or not unit or not self.form.in_another_unit:
            return usual
        return words_in(result.number, unit, result.qualifier or "")

    @property
    def last_year(self) -> str:
        """Last year's figure as it would be typed: digits and unit; a statement's code."""
        before = self.figure.before
        if before is None:
            return ""
        if before.number is None:
            return before.statement
        return with_number(plain(before.number), UNITS[self.figure.indicator.unit])

    @property
    def code(self) -> str:
        return self.figure.code

    @property
    def states_offered(self) -> list[tuple[str, str]]:
        """The states to choose from where what was typed does not say which is meant."""
        if self.refusal is None or self.refusal.code != "which_state":
            return []
        if self.figure.is_stated_if_entered:
            return []
        return [(code, str(label)) for code, label in STATES if code]

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
    """A unit's figures of one duty area in an evaluation year, as one of its people sees them.

    `figures` are all of the unit's; where only those of the `rows` were read, `inputs` are the
    numbers of all as they are stored. `first_left` is the first one of the area still to be filled.
    """

    unit: Jurisdiction
    year: int
    area: DutyArea
    areas: list[DutyArea]
    rows: list[Row]
    figures: list[Figure]
    may_enter: bool
    on_behalf: bool = False
    answer: Answer | None = None
    units: list[Jurisdiction] = field(default_factory=list)
    progress: dict[str, tuple[int, int]] = field(default_factory=dict)
    first_left: Figure | AskedIndicator | None = None
    inputs: RuleInputs | None = None
    in_unit: str = ""

    @property
    def unit_name(self) -> str:
        """The unit; of one that ended, while a round asks it, also who reports for it."""
        return self.answer.submission.unit_name if self.answer else self.unit.name

    @property
    def units_named(self) -> list[tuple[Jurisdiction, str]]:
        """The units to choose from; two of one name with their years."""
        names = names_apart(self.units)
        return [(unit, names[unit.pk]) for unit in self.units]

    @property
    def units_offered(self) -> list[tuple[str, str, bool]]:
        """Units in which amounts can be entered, with whether it is the one; none without any."""
        if not any(row.figure.indicator.unit == "yuan" for row in self.boxes):
            return []
        now = self.in_unit or YUAN.code
        return [(code, unit_word(UNITS[code]), code == now) for code in AMOUNTS]

    @property
    def unit_words(self) -> str:
        """Words of all units, by which a bracket in a pasted heading is known to be one."""
        return " ".join({word: 0 for unit in UNITS.values() for word in words_of(unit)})

    @property
    def names(self) -> NamesInBlocks:
        """By which a pasted block may call the unit and those around it."""
        return NamesInBlocks(self.unit, self.figures[0] if self.figures else None, self.year)

    @property
    def stages(self) -> list[tuple[str, list[Row]]]:
        """The rows by stage, in order; without names where there is one stage only."""
        order = list(Stage)
        rows = sorted(self.rows, key=lambda row: order.index(Stage(row.figure.indicator.stage)))
        found = [
            (str(Stage(stage).label), list(of_stage))
            for stage, of_stage in groupby(rows, key=lambda row: row.figure.indicator.stage)
        ]
        return found if len(found) > 1 else [("", self.rows)]

    @property
    def value_year(self) -> int | None:
        """The year that all values of the sheet are of; None where they differ."""
        years = {row.figure.year for row in self.rows}
        return years.pop() if len(years) == 1 else None

    @property
    def earlier(self) -> tuple[int, int] | None:
        """The two years before, for the heads of their columns."""
        year = self.value_year
        return (year - 2, year - 1) if year else None

    @property
    def neighbours(self) -> tuple[DutyArea | None, DutyArea | None]:
        """The duty areas before and after this one."""
        at = self.areas.index(self.area)
        return (
            self.areas[at - 1] if at else None,
            self.areas[at + 1] if at + 1 < len(self.areas) else None,
        )

    @property
    def latest(self) -> YearlyValue | None:
        """The value that was saved last."""
        saved = [
            (row.value.change.at, row.value.pk, row.value)
            for row in self.boxes
            if row.value and row.value.change
        ]
        return max(saved)[-1] if saved else None

    @property
    def is_open(self) -> bool:
        """Whether the user can enter anything on the sheet now."""
        return self.may_enter and bool(self.boxes)

    @property
    def returned(self) -> list[tuple[Figure, str]]:
        """What the city sent back or opened again, in all duty areas, with the reasons."""
        if self.answer is None:
            return []
        return [(figure, why) for figure in self.figures if (why := self.answer.reason_for(figure))]

    @property
    def lock(self) -> Refusal | None:
        """Why nothing on the sheet can be entered, where one reason shuts all of it."""
        locks = {row.lock.code: row.lock for row in self.rows if row.lock}
        return next(iter(locks.values())) if len(locks) == 1 and not self.boxes else None

    @property
    def doubted(self) -> list[Row]:
        return [row for row in self.rows if row.doubts and not row.refusal]

    @property
    def tabs(self) -> list[tuple[DutyArea, int, int]]:
        """Duty areas with how many of the figures that are due are there, and how many are due."""
        return [(area, *self.progress.get(area.code, (0, 0))) for area in self.areas]

    @property
    def boxes(self) -> list[Row]:
        return [row for row in self.rows if row.has_box]

    @property
    def filled(self) -> tuple[int, int]:
        """How many figures are there, of how many that the unit has to give."""
        return self.progress.get(self.area.code, (0, 0))

    @property
    def years(self) -> list[int]:
        """Evaluation years to choose from: some back, to the last that may be entered."""
        latest = last_year()
        return sorted({self.year, *range(latest - YEARS_OFFERED, latest + 1)}, reverse=True)

    @property
    def refused(self) -> list[Row]:
        return [row for row in self.rows if row.refusal and not row.conflict]

    @property
    def wrong(self) -> list[Row]:
        """The rows that cannot be saved as they are: refused, or in conflict."""
        return [row for row in self.rows if row.refusal]

    @property
    def refused_rows(self) -> list[tuple[str, list[Row]]]:
        """As `stages` has all rows."""
        return [("", self.refused)]

    @property
    def conflicts(self) -> list[Row]:
        return [row for row in self.rows if row.conflict]


def sheet_for(user: User, code: str, year: int, area: str, data: Any = None) -> Sheet | None:
    """The sheet, with what was posted in its boxes; None where there is none for this user."""
    units = units_of(user, year)
    unit = unit_with_slug(units, code)
    if unit is None:
        return None
    answer = answer_to_round(unit, year)
    figures = figures_with_drafts(user, unit, year)
    if answer:
        figures = answer.on_sheets(figures)
    areas = areas_of(user, unit, figures, answer.asked if answer else None)
    chosen = next((a for a in areas if a.code == area), None)
    if chosen is None:
        return None
    own, on_behalf = enters(user, unit, chosen)
    # Whoever enters on behalf sees what they are about to change, over its version.
    seen = YearlyValue.objects.all() if on_behalf else YearlyValue.objects.for_user(user)
    values = {
        (value.indicator_id, value.year): value
        for value in seen.filter(
            jurisdiction=unit, year__in={figure.year for figure in figures}
        ).select_related("change__actor")
    }
    in_unit = _unit_of(user, chosen, data)
    on_sheet = [figure for figure in figures if figure.indicator.duty_area_id == chosen.pk]
    rows = [
        Row(
            figure=figure,
            value=(value := values.get((figure.indicator.pk, figure.year))),
            definition=figure.definition,
            has_box=figure.has_box and lock is None,
            form=RowForm(figure.indicator, value, data, unit=in_unit),
            lock=lock if figure.has_box else None,
            returned=answer.reason_for(figure) if answer else "",
        )
        for figure, lock in zip(on_sheet, locks_of(unit, on_sheet), strict=True)
    ]
    return Sheet(
        unit=unit,
        year=year,
        area=chosen,
        areas=areas,
        rows=rows,
        figures=figures,
        may_enter=own or on_behalf,
        on_behalf=on_behalf,
        answer=answer,
        units=units,
        progress=progress_of(figures),
        first_left=first_left_of(chosen, figures),
        in_unit=in_unit,
    )


def _unit_of(user: User, area: DutyArea, data: Any) -> str:
    """The unit that the boxes sent were in; else the one that the user prefers for the area."""
    if data is not None:
        return str(data.get("in_unit", ""))
    preferred = EntryUnit.objects.filter(user=user, duty_area=area)
    return preferred.values_list("unit", flat=True).first() or ""


def enters(user: User, unit: Jurisdiction, area: DutyArea) -> tuple[bool, bool]:
    """Whether the user enters the unit's figures of the area as its officer, or on its behalf."""
    own = user.scope.may_enter(unit.pk, area.pk)
    return own, not own and user.scope.may_enter_for(unit, area.pk)
