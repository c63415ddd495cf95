"""What programs send and are sent. Texts are translated where the schema is handed out
(`documentation`); figures are texts in plain decimals, in the base unit, so that they stay exact.
"""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal, Self

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Schema
from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationInfo,
    model_validator,
)

from indicators.api.cursor import PATTERN
from indicators.api.problems import Problem, fault
from indicators.collection import FIRST_YEAR
from indicators.figures.long_format import COLUMNS
from indicators.models import (
    Basis,
    DoubtMark,
    Origin,
    PeriodBasis,
    Qualifier,
    State,
    Statement,
    Status,
    SubmissionState,
    Tier,
)

LAST_YEAR = 2100  # of what is asked for: a year of four digits that every database takes
MOST_ROWS = 2000
SIGNS = r"^[A-Za-z0-9_.@-]{1,80}$"


def _refuse_unless_day(given: object) -> object:
    """Else a number would be read as seconds since 1970."""
    if not (isinstance(given, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", given)):
        raise ValueError("no day")
    return given


Code = Annotated[str, Field(pattern=SIGNS)]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
# In a body what looks alike is not taken for another kind: no "2021" for 2021, no 1 for true.
BodyYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR, strict=True)]
Day = Annotated[datetime.date, BeforeValidator(_refuse_unless_day)]
Number = Annotated[str, Field(description=_("A number in plain decimals, in the base unit."))]


class FaultOut(Schema):
    code: str
    message: str
    row: int | None = Field(None, description=_("Which row of the batch, counted from 0."))
    field: str | None = None
    indicator: str | None = None
    jurisdiction: str | None = None
    year: int | None = None
    current: ValueOut | None = Field(
        None, description=_("The figure as it is now, where the version sent is another.")
    )


class ProblemOut(Schema):
    code: str = Field(description=_("Stable, for programs."))
    message: str = Field(description=_("A sentence for people, in the language asked for."))
    errors: list[FaultOut]


class AreaOut(Schema):
    code: str
    name_zh: str
    name_en: str


class DefinitionOut(Schema):
    version: int
    valid_from: int
    meaning_zh: str
    meaning_en: str
    source_zh: str
    formula: str = Field(description=_("Over codes of indicators; empty where it is entered."))


class IndicatorOut(Schema):
    code: str
    area: str
    name_zh: str
    name_en: str
    unit: str = Field(description=_("Code of the base unit of measure; empty for a statement."))
    display_unit: str
    quantity_kind: str
    decimals: int
    lower_limit: Number | None
    upper_limit: Number | None
    direction: str
    stage: str
    aggregation: str
    reporting_level: str
    period_kind: str
    lag: int = Field(description=_("Years from the evaluation year to the year of the value."))
    asked_from: int | None
    asked_to: int | None
    owner_department: str
    evidence_required: bool
    definitions: list[DefinitionOut]


class MeasureOut(Schema):
    code: str
    name_zh: str
    name_en: str
    base: str
    factor: Number
    dimension: str
    whole: bool


class UnitOut(Schema):
    code: str
    name_zh: str
    name_en: str
    level: str
    parent: str | None = Field(description=_("Code of the unit above."))
    valid_from: int
    valid_to: int | None = Field(description=_("First year in which it no longer exists."))


class RoundOut(Schema):
    city: str
    year: int = Field(description=_("Evaluation year."))
    title: str
    instructions: str
    state: Literal["planned", "open", "closed"]
    opens_on: datetime.date
    due_on: datetime.date
    closes_on: datetime.date
    indicators: list[str]


class SubmissionOut(Schema):
    year: int = Field(description=_("Evaluation year."))
    jurisdiction: str
    jurisdiction_name: str
    state: SubmissionState
    first_submitted_at: datetime.datetime | None
    submitted_at: datetime.datetime | None
    extended_until: datetime.date | None
    reopened_until: datetime.date | None
    times_submitted: int
    times_returned: int
    version: int


class AreasOut(Schema):
    items: list[AreaOut]


class IndicatorsOut(Schema):
    items: list[IndicatorOut]


class MeasuresOut(Schema):
    items: list[MeasureOut]


class UnitsOut(Schema):
    items: list[UnitOut]


class RoundsOut(Schema):
    items: list[RoundOut]


class SubmissionsOut(Schema):
    items: list[SubmissionOut]


class Filter(Schema):
    """What stands behind the question mark. A name that is not known is refused: one that is
    misspelt would otherwise leave nothing out."""

    @model_validator(mode="after")
    def _refuse_unknown(self, info: ValidationInfo) -> Self:
        asked: HttpRequest = (info.context or {})["request"]
        unknown = [name for name in asked.GET if name not in type(self).model_fields]
        if unknown:
            raise Problem("invalid", errors=[fault("extra_forbidden", name) for name in unknown])
        return self


class SubmissionFilter(Filter):
    year: Year | None = Field(None, description=_("Evaluation year."))
    jurisdiction: Code | None = Field(None, description=_("Code of the unit."))


class Page(Filter):
    cursor: str | None = Field(
        None, pattern=PATTERN, description=_("What the page before gave as next.")
    )
    limit: int = Field(200, ge=1, le=1000, description=_("At most so many on a page."))


class FigureFilter(Page):
    indicator: Code | None = Field(None, description=_("Code of the indicator."))
    jurisdiction: Code | None = Field(None, description=_("Code of the unit."))
    year: Year | None = Field(None, description=_("Year of the value."))
    tier: Tier = Field(Tier.REPORTED, description=_("What is submitted, or what is approved."))
    fields: list[Literal[tuple(COLUMNS)]] = Field(  # type: ignore[valid-type]
        [],
        description=_(
            "Only these; may be given several times. What a figure must not be read without comes "
            "with it."
        ),
    )


class ValueFilter(Page):
    indicator: Code | None = Field(None, description=_("Code of the indicator."))
    jurisdiction: Code | None = Field(None, description=_("Code of the unit."))
    year: Year | None = Field(None, description=_("Year of the value."))
    drafts: bool = Field(False, description=_("Only what is not submitted as it is now."))


class FigureOut(Schema):
    """A row of the long format, under its names; of `fields`, where they are chosen, just those."""

    indicator: str | None = None
    name: str | None = None
    jurisdiction: str | None = None
    jurisdiction_name: str | None = None
    year: int | None = None
    value: Number | None = None
    computed: str | None = Field(
        None, description=_("Worked out from below, where the city has stated its own.")
    )
    statement: Statement | None = None
    state: State | None = None
    qualifier: Qualifier | None = None
    unit: str | None = None
    as_entered: str | None = None
    tier: Tier | None = None
    basis: Basis | None = None
    origin: Origin | None = None
    target: str | None = None
    status: Status | None = None
    definition: int | None = None
    corrected_from: str | None = None
    reported: int | None = Field(None, description=_("Of a sum: units that have reported."))
    expected: int | None = Field(None, description=_("Of a sum: units that report."))
    doubt: DoubtMark | None = None


class FiguresOut(Schema):
    items: list[FigureOut]
    next: str | None = Field(description=_("The cursor of the next page; none on the last."))


class ValueOut(Schema):
    indicator: str
    jurisdiction: str
    year: int
    version: int
    value: Number | None
    as_entered: str
    statement: Statement | None
    state: State | None
    state_reason: str
    qualifier: Qualifier
    provisional: bool
    note: str
    period_from: int | None
    period_basis: PeriodBasis
    as_of: datetime.date | None
    part_of_year: bool


class ValuesOut(Schema):
    items: list[ValueOut]
    next: str | None = Field(description=_("The cursor of the next page; none on the last."))


class ValueIn(Schema):
    """One figure. Nothing in `value`, `statement` and `state` withdraws it."""

    model_config = ConfigDict(extra="forbid")

    indicator: Code
    jurisdiction: Code
    year: BodyYear
    version: int = Field(
        strict=True,
        ge=0,
        le=2**31 - 1,
        description=_("The version that was read; 0 where there was no figure yet."),
    )
    value: str = Field("", description=_("What a person would type: 12345, 3.62万, 95.61%."))
    statement: Statement | None = None
    state: State | None = None
    state_reason: str = ""
    note: str = ""
    qualifier: Qualifier | None = Field(
        None, description=_("Where it is not given, what the text says.")
    )
    provisional: StrictBool = False
    period_from: BodyYear | None = None
    period_basis: PeriodBasis = PeriodBasis.STATED
    as_of: Day | None = None
    part_of_year: StrictBool = False


class BatchIn(Schema):
    model_config = ConfigDict(extra="forbid")

    rows: list[ValueIn] = Field(min_length=1, max_length=MOST_ROWS)
    reason: str = Field("", description=_("Why; needed when entering on behalf of a unit."))


class SavedOut(Schema):
    items: list[ValueOut | None] = Field(
        description=_("The figures as they are now, in the order sent; nothing where none is.")
    )


FaultOut.model_rebuild()
ProblemOut.model_rebuild()
