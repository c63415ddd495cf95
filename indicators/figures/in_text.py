"""How a figure stands in a sentence of a report: 805亿元, 增加1.14个百分点, 第四, 只增不减.

Written without gaps and groups, as official documents have them, always in Chinese. A change is
called a rise or a fall by what it is: no form says more, or better, than the figures do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _

from indicators.figures import formatting
from indicators.figures.figure import Figure
from indicators.figures.formatting import THIN_SPACE, TO_ONE
from indicators.figures.result_rows import ResultRow
from indicators.measures.change import Difference, change
from indicators.measures.exact import CONTEXT, plain
from indicators.measures.ordinals import MOST, in_numerals
from indicators.measures.quantities import POWERS
from indicators.models import UNITS, BoundFigure, FigureForm, Indicator, QuantityKind, Statement

LANGUAGE = "zh-hans"
MISSING = "（暂缺）"
SAME = "持平"
CHANGES = (QuantityKind.GROWTH_RATE, QuantityKind.PERCENTAGE_POINTS)
# What a statement says, in the words of each form: met, partly, not met.
STATEMENTS = {
    FigureForm.VALUE: ("达标", "部分达标", "尚未达标"),
    FigureForm.COVERAGE: ("全覆盖", "部分覆盖", "尚未全覆盖"),
    FigureForm.STANDARD: ("全面达标", "部分达标", "尚未全面达标"),
    FigureForm.RISING: ("只增不减", "部分做到只增不减", "未做到只增不减"),
}
COMPUTED_DECIMALS = 2
# What a unit word may begin with, and its power of ten: 万名.
_MULTIPLE = re.compile("万亿|[百千]?[万亿]")


@dataclass(frozen=True)
class InText:
    """A bound figure as it stands: `text`, and in words whatever speaks against it. A part of a sum
    is not approved, though all that it is of may be."""

    text: str
    figure: Figure | None = None
    is_approved: bool = False
    remarks: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        return self.text == MISSING

    @property
    def value(self) -> str:
        """The exact number in the base unit, for programs; empty for a statement."""
        number = self.figure.number if self.figure else None
        return "" if number is None else plain(number)

    @property
    def statement(self) -> str:
        """A code of Statement; empty for a number."""
        result = self.figure.result if self.figure else None
        return result.statement if result else ""


def in_text(
    bound: BoundFigure,
    figure: Figure | None,
    base: ResultRow | None,
    *,
    is_approved: bool,
    doubt: str = "",
) -> InText:
    """The figure in the form that was chosen; `base` is that of the year which a change is told
    against, `doubt` what is odd about the figure."""
    with translation.override(LANGUAGE):
        text = _written(bound, figure, base)
    remarks = _remarks(bound, figure, text, is_approved)
    is_part = figure is not None and figure.has_figure and figure.is_partial
    return InText(
        text,
        figure,
        is_approved and text != MISSING and not is_part,
        (*remarks, doubt) if doubt else (*remarks,),
    )


def _remarks(
    bound: BoundFigure, figure: Figure | None, text: str, is_approved: bool
) -> Iterator[str]:
    """What a writer has to know of the place: unknown, not approved, partial, changed since."""
    if text == MISSING:
        why = figure.why_none if figure is not None else ""
        yield why or _("There is no figure that can be written in this form.")
    elif not is_approved:
        yield _("Not approved yet")
    if figure is not None and figure.has_figure and figure.is_partial:
        yield figure.coverage_words
    if bound.as_bound and text != bound.as_bound:
        yield _("It was %(before)s when it was bound.") % {"before": bound.as_bound}


def _written(bound: BoundFigure, figure: Figure | None, base: ResultRow | None) -> str:
    if figure is None or not figure.has_figure or figure.result is None:
        return MISSING
    if figure.result.number is None:
        return _statement(bound.form, figure.result.statement)
    if bound.form == FigureForm.CHANGE:
        return _change(bound, figure, base)
    return _value(bound, figure)


def _statement(form: str, statement: str) -> str:
    """Only what is met is called so; `form` says which of the usual words."""
    words = STATEMENTS.get(FigureForm(form), STATEMENTS[FigureForm.VALUE])
    return words[Statement.values.index(statement)]


def _value(bound: BoundFigure, figure: Figure) -> str:
    number, result = figure.number, figure.result
    if number is None or result is None:
        return MISSING
    unit = UNITS[figure.indicator.display_unit or figure.indicator.unit]
    if unit.code == "rank" and number == int(number) and 0 < number <= MOST:
        return f"第{in_numerals(int(number))}"
    if bound.unit_word:
        before, after, behind = formatting.qualified(result.qualifier or "")
        decimals = bound.decimals
        if decimals is not None:
            decimals = figure.decimals_from(decimals, _multiple(bound.unit_word))
        size = _in_word(number, bound.unit_word, decimals)
        return f"{before}{size}{after}{bound.unit_word}{behind}"
    if bound.decimals is not None:
        before, after, behind = formatting.qualified(result.qualifier or "")
        size = _fixed(number / unit.factor, figure.decimals_from(bound.decimals, unit.factor))
        if unit.is_ratio:
            return f"{before}{TO_ONE}{size}{after}{behind}"
        return f"{before}{size}{after}{unit.zh}{behind}"
    words = figure.value
    if words is None:
        return MISSING
    return f"{words.before}{words.digits}{words.after}{words.unit}".replace(THIN_SPACE, "")


def _in_word(number: Decimal, word: str, decimals: int | None) -> str:
    """How many of what the word says; without decimals, exactly.

    >>> _in_word(Decimal(261600), "万名", None), _in_word(Decimal("95.67"), "％", 1)
    ('26.16', '95.7')
    """
    size = number / _multiple(word)
    return plain(size) if decimals is None else _fixed(size, decimals)


def _multiple(word: str) -> Decimal:
    """How many base units the word holds: 10000 for 万名."""
    multiple = _MULTIPLE.match(word)
    return Decimal(10) ** (POWERS[multiple[0]] if multiple else 0)


def _change(bound: BoundFigure, figure: Figure, base: ResultRow | None) -> str:
    """By direction and size; a figure that is itself a change says its own."""
    number = figure.number
    if number is None:
        return MISSING
    if says_change(figure.indicator):
        own = Difference(number, figure.indicator.unit)
        place = figure.result.last_place if figure.result else None
        return _moved(own, bound.decimals, place)
    if base is None or base.whole_number is None or figure.is_partial:
        return MISSING
    since = bound.base_year or bound.year - 1
    if figure.snapshot.definition_break(figure.indicator.pk, since, figure.year):
        return MISSING
    return change_words(bound, number, base.whole_number)


def change_words(bound: BoundFigure, number: Decimal, base: Decimal) -> str:
    """A change from the base in the form that was chosen: 增长6.1%, 增加1.14个百分点."""
    with translation.override(LANGUAGE):
        found = change(bound.indicator.unit, number, base)
        return MISSING if found is None else _moved(found, bound.decimals, None)


def says_change(indicator: Indicator) -> bool:
    """Whether its figures are changes themselves, so that none is told of them."""
    return indicator.quantity_kind in CHANGES


def _moved(difference: Difference, decimals: int | None, place: int | None) -> str:
    number, unit = difference.number, UNITS[difference.unit]
    if not number:
        return SAME
    if unit.code == "rank":
        return f"{'上升' if number < 0 else '下降'}{plain(abs(number))}位"
    up, down = ("增长", "下降") if unit.code == "percent" else ("增加", "减少")
    return f"{up if number > 0 else down}{_size(abs(number), decimals, place)}{unit.zh}"


def _size(number: Decimal, decimals: int | None, place: int | None) -> str:
    """To the decimals chosen, else as it was entered, else to as few as tell it: two."""
    if decimals is None and place is not None:
        decimals = max(0, -place)
    if decimals is not None:
        return _fixed(number, decimals)
    decimals = formatting.decimals_that_tell_apart(number, Decimal(0), COMPUTED_DECIMALS)
    return plain(number.quantize(Decimal(1).scaleb(-decimals), context=CONTEXT))


def _fixed(number: Decimal, decimals: int) -> str:
    return f"{number.quantize(Decimal(1).scaleb(-decimals), context=CONTEXT):f}"
