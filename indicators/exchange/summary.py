"""The wide table (汇总表) that offices pass round: units by the indicators of a duty area, each
with the year before, and a mark where the two years cannot be compared.

Goes in: who asks, the unit that the others are part of, an evaluation year and a tier. Comes out:
a `Summary` a duty area, its cells ready to be drawn or written; what the reader may not see is not
among them. Its last row is the figure that stands for the unit above, with what it is made of: no
total is worked out here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators.figures import Figure, figures_below, figures_of, formatting
from indicators.figures.result_rows import ResultRow
from indicators.models import (
    UNITS,
    Basis,
    DutyArea,
    Indicator,
    Jurisdiction,
    Origin,
    PeriodKind,
    Qualifier,
    State,
    Statement,
    Tier,
    User,
    names_apart,
)

NOTHING = "—"
DOUBT = "？"
BREAK = "※"
YEARS = (1, 0)  # how far back, in the order of the columns


@dataclass(frozen=True)
class SummaryCell:
    """A figure in its display unit, or what stands instead. `before` and `after` the digits is what
    the number must not be read without: 约, 余, that it is a part or in doubt."""

    number: Decimal | None = None
    decimals: int = 0
    before: str = ""
    after: str = ""
    words: str = ""
    is_asked: bool = True

    @property
    def text(self) -> str:
        if self.number is None:
            return self.words
        return f"{self.before}{formatting.digits(self.number, self.decimals)}{self.after}"


@dataclass(frozen=True)
class SummaryRow:
    """A unit, or the one above them: its name, and a cell a column."""

    name: str
    cells: Sequence[SummaryCell]


@dataclass(frozen=True)
class Summary:
    """The table of a duty area. `figures` are those of the unit above, one an indicator; of each
    there are two columns. `left_out` counts indicators that no unit below has."""

    unit: Jurisdiction
    area: DutyArea
    evaluation_year: int
    tier: str
    figures: Sequence[Figure]
    rows: Sequence[SummaryRow]
    left_out: int
    is_demonstration: bool

    def of_indicators(self, first: int, last: int) -> Summary:
        """The part of it with the indicators from the first (counted from 0) to before the last."""
        columns = slice(first * len(YEARS), last * len(YEARS))
        rows = [SummaryRow(row.name, row.cells[columns]) for row in self.rows]
        return replace(self, figures=self.figures[first:last], rows=rows)

    @property
    def title(self) -> str:
        names = {"unit": self.unit.name, "year": self.evaluation_year, "area": self.area.name}
        return _("%(unit)s: %(area)s, summary of %(year)s") % names

    @property
    def facts(self) -> str:
        """What the figures are, and of when."""
        now = timezone.localtime()
        facts = {"tier": Tier(self.tier).label, "day": f"{now:%Y-%m-%d %H:%M}"}
        return _("Tier: %(tier)s. As of %(day)s.") % facts

    @cached_property
    def measures(self) -> list[str]:
        """The display unit of each indicator; empty for a statement."""
        return [figure.display_unit for figure in self.figures]

    @cached_property
    def years(self) -> list[str]:
        """The head of each column; of a year marked in which the figure means something else."""
        return [
            _year_words(figure.indicator, figure.year - back)
            + (f" {BREAK}" if not back and figure.definition_break else "")
            for figure in self.figures
            for back in YEARS
        ]

    @cached_property
    def total(self) -> SummaryRow:
        name = _("%(unit)s total") % {"unit": self.unit.name}
        return SummaryRow(name, _cells(self.figures))

    @cached_property
    def sources(self) -> SummaryRow:
        """What each figure of the last row is: entered, summed over how many units, computed."""
        name = _("%(unit)s total (source)") % {"unit": self.unit.name}
        cells = [
            SummaryCell(words=_source(figure, back)) for figure in self.figures for back in YEARS
        ]
        return SummaryRow(name, cells)

    @cached_property
    def notes(self) -> list[str]:
        """What the signs in the table mean, those that it holds, and what it leaves out."""
        cells = [cell for row in (*self.rows, self.total) for cell in row.cells]
        notes = []
        if any(cell.words == NOTHING for cell in cells):
            notes.append(_("— not reported, or not released."))
        if not all(cell.is_asked for cell in cells):
            notes.append(_("Grey cells: not asked of the unit."))
        if any(_part() in cell.text for cell in cells):
            notes.append(_("(part) Some units have not reported: not the whole."))
        if any(DOUBT in cell.text for cell in cells):
            notes.append(_("？ To be verified, or rests on figures to be verified."))
        notes += [
            f"{BREAK} {figure.name}{_(': ')}{figure.broken}"
            for figure in self.figures
            if figure.broken
        ]
        if self.left_out:
            notes.append(
                ngettext(
                    "%(n)s indicator that only the level above has is not in the table.",
                    "%(n)s indicators that only the level above has are not in the table.",
                    self.left_out,
                )
                % {"n": self.left_out}
            )
        if self.is_demonstration:
            notes.append(_("The table holds demonstration data."))
        return notes


def summaries_of(
    user: User,
    unit: Jurisdiction,
    evaluation_year: int,
    *,
    tier: str,
    area: DutyArea | None = None,
) -> list[Summary]:
    """A table for each duty area, or for the one, that has figures; a bounded number of queries."""
    wanted = None
    if area is not None:
        wanted = set(Indicator.objects.filter(duty_area=area).values_list("pk", flat=True))
    above = figures_of(user, unit, evaluation_year, tier=tier, years_shown=2, wanted=wanted)
    below = figures_below(user, above)
    areas = dict.fromkeys(figure.indicator.duty_area for figure in above)
    return [
        _summary(
            unit,
            one,
            evaluation_year,
            [figure for figure in above if figure.indicator.duty_area == one],
            [figure for figure in below if figure.indicator.duty_area == one],
        )
        for one in areas
    ]


def _summary(
    unit: Jurisdiction,
    area: DutyArea,
    year: int,
    above: Sequence[Figure],
    below: Sequence[Figure],
) -> Summary:
    had = {figure.code for figure in below}
    shown = [figure for figure in above if figure.code in had] or above
    units = list(dict.fromkeys(figure.jurisdiction for figure in below))
    names = names_apart(units)
    of_unit = {(figure.jurisdiction.pk, figure.code): figure for figure in below}
    rows = [
        SummaryRow(names[one.pk], _cells([of_unit.get((one.pk, f.code)) for f in shown]))
        for one in units
    ]
    results = [result for figure in (*shown, *below) for result in _results(figure)]
    return Summary(
        unit,
        area,
        year,
        above[0].tier,
        shown,
        rows,
        left_out=len(above) - len(shown),
        is_demonstration=any(result.origin == Origin.DEMONSTRATION for result in results),
    )


def _results(figure: Figure) -> Iterator[ResultRow]:
    yield from (one for one in (figure.before, figure.result) if one is not None)


def _cells(figures: Sequence[Figure | None]) -> list[SummaryCell]:
    """Two cells of each figure; of one that is not asked of the unit, empty ones."""
    return [
        SummaryCell(is_asked=False) if figure is None else _cell(figure, back)
        for figure in figures
        for back in YEARS
    ]


def _cell(figure: Figure, back: int) -> SummaryCell:
    result = figure.before if back else figure.result
    doubt = DOUBT if (figure.previous_doubt if back else figure.doubt) else ""
    if result is None or not (result.has_figure or result.state):
        return SummaryCell(words=NOTHING)
    part = _part() if result.is_partial else ""
    if result.number is None:
        word = Statement(result.statement) if result.statement else State(result.state)
        return SummaryCell(words=f"{word.label}{part}{doubt}")
    indicator = figure.indicator
    unit = UNITS[indicator.display_unit or indicator.unit]
    number = figure.in_display_unit(result.number)
    decimals = indicator.decimals if back else figure.decimals
    if result.revision_id and result.last_place is not None:
        # Given more coarsely (805亿), the figure does not look more exact than it is.
        decimals = min(decimals, max(0, unit.factor.adjusted() - result.last_place))
    before, after, behind = formatting.qualified(result.qualifier or Qualifier.EXACT)
    ordinal, counted = ("第", unit.zh) if unit.code == "rank" else ("", "")
    return SummaryCell(
        number=number,
        decimals=formatting.decimals_that_tell_apart(number, Decimal(0), decimals),
        before=before + ordinal + (formatting.TO_ONE if unit.is_ratio else ""),
        after=f"{after}{counted}{behind}{part}{doubt}",
    )


def _part() -> str:
    return pgettext("behind a number", " (part)")


def _source(figure: Figure, back: int) -> str:
    result = figure.before if back else figure.result
    if result is None or not result.basis:
        return ""
    said = [str(Basis(result.basis).label)]
    if result.is_partial:
        said.append(formatting.coverage_words(result))
    if result.agrees is False:
        said.append(_("differs from what the units add up to"))
    return _("; ").join(said)


def _year_words(indicator: Indicator, year: int) -> str:
    """The year as a column's head; of what runs over years that in which it ends."""
    if indicator.period_kind == PeriodKind.CUMULATIVE:
        return pgettext("period", "%(year)s") % {"year": year}
    return formatting.period_words(indicator, year, None)
