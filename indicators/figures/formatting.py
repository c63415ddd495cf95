"""How an official writes figures: 万 and 亿, 余, 个百分点, 较上年. The only place that does."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from indicators.figures import drawing
from indicators.figures.result_rows import ResultRow
from indicators.measures.change import Difference
from indicators.measures.exact import CONTEXT, plain
from indicators.measures.units import Unit, with_number
from indicators.models import (
    UNITS,
    Comparator,
    Correction,
    Indicator,
    PeriodKind,
    Qualifier,
    State,
    Statement,
    Target,
    ValueRevision,
    YearlyValue,
)

MINUS = "−"
TO_ONE = "1:"
THIN_SPACE = "\u2009"
# Looked up once, as each is asked of every figure of a page.
_EXACT = Qualifier.EXACT.value
_EXACTLY = ("", "", "")


@dataclass(frozen=True)
class Words:
    """A number in words: `before` (超过) `digits` `after` (余) and the unit, drawn smaller.

    `note` says in brackets what the number must not be read without: that it is a part.
    """

    digits: str
    unit: str = ""
    before: str = ""
    after: str = ""
    note: str = ""

    def __str__(self) -> str:
        gap = " " if self.unit and not self.after and not self.unit.startswith(("%", "‰")) else ""
        return f"{self.before}{self.digits}{self.after}{gap}{self.unit}{self.in_brackets}"

    @property
    def drawn(self) -> SafeString:
        return drawing.words(self)

    @property
    def in_brackets(self) -> str:
        if not self.note:
            return ""
        return pgettext("note behind a number", " (%(note)s)") % {"note": self.note}


def result_words(
    result: ResultRow | None, indicator: Indicator, *, at_least: int = 0
) -> Words | None:
    """A result as it was given or computed, a part never without saying so; None without a figure.

    `at_least` are the decimals that it takes to tell it from its target.
    """
    if result is None or not result.has_figure:
        return None
    note = coverage_words(result) if result.is_partial else ""
    if result.number is None:
        return Words(str(Statement(result.statement).label), note=note)
    words = number_words(
        result.number,
        indicator,
        place=result.last_place if result.revision_id else None,
        qualifier=result.qualifier or Qualifier.EXACT,
        at_least=at_least,
    )
    return replace(words, note=note) if note else words


def coverage(result: ResultRow) -> str:
    """`39 / 41`: units reported of those expected; empty for what is no sum."""
    return "" if result.expected is None else f"{result.reported} / {result.expected}"


def coverage_words(result: ResultRow) -> str:
    return _covered(get_language(), coverage(result))


@lru_cache(maxsize=4096)  # most units of a page have reported alike
def _covered(_language: str | None, coverage: str) -> str:
    return _("%(coverage)s reported") % {"coverage": coverage}


def decimals_that_tell_apart(number: Decimal, other: Decimal, decimals: int) -> int:
    """As many decimals as it takes that a miss by a little does not look like none at all.

    >>> decimals_that_tell_apart(Decimal("49.996"), Decimal(50), 2)
    3
    """
    while number != other and (
        not _rounded(number - other, decimals)
        or _rounded(number, decimals) == _rounded(other, decimals)
    ):
        decimals += 1
    return decimals


def number_words(
    number: Decimal,
    indicator: Indicator,
    *,
    place: int | None = None,
    qualifier: str = "exact",
    at_least: int = 0,
) -> Words:
    """The number in the indicator's display unit, as exactly as it was given (`place`).

    What would be rounded to nothing there is told in the base unit: 3 人, not 0.00 万人.
    """
    unit = UNITS[indicator.display_unit or indicator.unit]
    power = unit.factor.adjusted()
    decimals = indicator.decimals
    if place is not None:
        # Given in full digits (36215), not in 万: as many decimals as that takes, and no more.
        in_full = power > 0 and place <= 0
        decimals = _decimals_needed(number, power) if in_full else max(0, power - place)
    decimals = max(decimals, at_least)
    shown = _rounded(number / unit.factor, decimals)
    if number and not shown:
        unit, decimals = UNITS[indicator.unit], _decimals_needed(number, 0)
        shown = _rounded(number / unit.factor, decimals)
    before, after, behind = _EXACTLY if qualifier == _EXACT else qualified(qualifier)
    return _in_unit(grouped(f"{shown:f}"), unit, before, after, behind)


def _in_unit(shown: str, unit: Unit, before: str, after: str, behind: str) -> Words:
    if unit.code == "rank":
        ordinal, unit_said = ("rank ", "") if _english() else ("第", unit.zh)
        return Words(shown, "", before + ordinal, after + unit_said + behind)
    if unit.is_ratio:
        return Words(shown, "", before + TO_ONE, after + behind)
    return Words(shown, unit_word(unit) + behind, before, after)


def qualified(qualifier: str) -> tuple[str, str, str]:
    """What stands before the digits, between them and the unit, and behind the unit."""
    match qualifier:
        case Qualifier.MORE_THAN:
            return _("more than "), "", ""
        case Qualifier.REMAINDER:
            return (_("more than "), "", "") if _english() else ("", "余", "")
        case Qualifier.AT_LEAST:
            return (_("at least "), "", "") if _english() else ("", "", "以上")
        case Qualifier.LESS_THAN:
            return _("less than "), "", ""
        case Qualifier.ABOUT:
            return _("about "), "", ""
    return _EXACTLY


def words_in(number: Decimal, unit: Unit, qualifier: str = "") -> Words:
    """The number exactly, in the unit given: 335 000 万元."""
    before, after, behind = qualified(qualifier)
    words = _words_of(number, unit)
    return replace(words, before=before + words.before, after=after, unit=words.unit + behind)


def _words_of(number: Decimal, unit: Unit) -> Words:
    """The number exactly, with its unit; of a ratio 1: before it."""
    shown = grouped(plain(number / unit.factor))
    return Words(shown, before=TO_ONE) if unit.is_ratio else Words(shown, unit_word(unit))


def exact_words(number: Decimal, indicator: Indicator) -> str:
    """The exact number in the base unit: `80 500 000 000 元`."""
    return str(_words_of(number, UNITS[indicator.unit]))


def together(sentences: Sequence[str]) -> str:
    """Sentences one after the other: with a space between them, in Chinese without."""
    text = sentences[0]
    for sentence in sentences[1:]:
        text = _("%(first)s %(second)s") % {"first": text, "second": sentence}
    return text


def difference_words(number: Decimal, indicator: Indicator) -> str:
    """How far two figures lie apart, exactly: between per cent it is points, 1.1635 个百分点."""
    return str(Words(grouped(plain(number)), difference_word(UNITS[indicator.unit])))


def change_words(difference: Difference) -> Words:
    """How a figure changed, with + or −: ranks in whole places, all else to two decimals or as many
    as show that it changed."""
    unit = UNITS[difference.unit]
    decimals = 0 if unit.code == "rank" else 2
    decimals = decimals_that_tell_apart(difference.number, Decimal(0), decimals)
    return Words(signed(difference.number, decimals), unit_word(unit))


def difference_word(unit: Unit) -> str:
    """In what two figures of the unit differ: shares by points, ratios by a bare number."""
    if unit.code == "percent":
        unit = UNITS["percentage_points"]
    return "" if unit.is_ratio else unit_word(unit)


def typed_words(number: Decimal, indicator: Indicator) -> str:
    """The number as an officer would type it: 335000万元, the largest unit that leaves it whole."""
    unit = _whole_in(number, indicator)
    digits_typed = plain(number / unit.factor)
    return digits_typed if unit.code == "rank" else with_number(digits_typed, unit)


def grouped_words(number: Decimal, indicator: Indicator) -> str:
    """`335 000 万元`, in the same unit."""
    unit = _whole_in(number, indicator)
    return str(_words_of(number, unit))


def _whole_in(number: Decimal, indicator: Indicator) -> Unit:
    """The largest of the units of an amount in which the number is whole; else the base unit."""
    base = UNITS[indicator.unit]
    if base.code == "yuan" and number:
        for unit in (UNITS["yi_yuan"], UNITS["wan_yuan"]):
            if number % unit.factor == 0:
                return unit
    return base


def figure_words(content: YearlyValue | ValueRevision, indicator: Indicator) -> str:
    """What a value or a version of it says: 36 200 人; Met; Not available: late."""
    if content.number is not None:
        return exact_words(content.number, indicator)
    if content.statement:
        return str(content.get_statement_display())
    state = str(content.get_state_display())
    if not content.state_reason:
        return state
    return _("%(state)s: %(reason)s") % {"state": state, "reason": content.state_reason}


def version_words(version: ValueRevision, indicator: Indicator) -> str:
    """What a version says, its number in the unit in which the figure is shown: 3.62 万人."""
    if version.number is None:
        return figure_words(version, indicator)
    words = number_words(
        version.number,
        indicator,
        place=version.last_place,
        qualifier=version.qualifier,
    )
    return str(words)


def correction_words(correction: Correction, indicator: Indicator) -> str:
    """What an approved figure was before its correction, in the unit in which it is shown, or was
    where that was another; with its period where that was another."""
    was = copy(indicator)
    if correction.unit:
        was.unit, was.display_unit = correction.unit, ""
    words = str(State(correction.state).label) if correction.state else ""
    if correction.number is not None:
        words = str(number_words(correction.number, was))
    elif correction.statement:
        words = str(Statement(correction.statement).label)
    if not correction.period_kind:
        return words
    was.period_kind = correction.period_kind
    return with_period(words, period_words(was, correction.year, None))


def with_period(figure: str, period: str) -> str:
    return _("%(figure)s (%(period)s)") % {"figure": figure, "period": period}


def digits(number: Decimal, decimals: int) -> str:
    """Rounded for show, grouped by thin spaces, with a true minus."""
    return grouped(f"{_rounded(number, decimals):f}")


def grouped(text: str) -> str:
    """
    >>> grouped("-1234567.5").replace("\\u2009", " ")
    '−1 234 567.5'
    """
    sign = MINUS if text.startswith("-") else ""
    whole, point, decimals = text.lstrip("-").partition(".")
    return sign + f"{int(whole):,}".replace(",", THIN_SPACE) + point + decimals


def signed(number: Decimal, decimals: int) -> str:
    """With + or −: rise and fall are told by sign, never by colour."""
    shown = _rounded(number, decimals)
    text = grouped(f"{shown:f}")
    return f"+{text}" if shown > 0 else text


def unit_word(unit: Unit) -> str:
    return unit.en if _english() else unit.zh


def target_words(target: Target, indicator: Indicator) -> str:
    """`≥ 96%`, `不低于上年`, `全覆盖`, `90—95%`; `≥ 96%（演示）` of what is made up."""
    words = _target_words(target, indicator)
    return marked_made_up(words) if target.framework.is_made_up else words


def marked_made_up(words: str) -> str:
    return _("%(target)s (demonstration)") % {"target": words}


def _target_words(target: Target, indicator: Indicator) -> str:
    if target.value is None:
        return str(Comparator(target.comparator).label)
    value = number_words(target.value, indicator, place=place_of(target.value))
    if target.comparator == Comparator.RANGE and target.value_to is not None:
        end = number_words(target.value_to, indicator, place=place_of(target.value_to))
        start = TO_ONE if UNITS[indicator.unit].is_ratio else ""
        return f"{start}{value.digits}—{end}"
    return f"{Comparator(target.comparator).label} {value}"


def target_year_words(target: Target) -> str:
    """What the target's year means: by then for a plan, from then on for a statute."""
    if target.year is None:
        return _("every year")
    if target.framework.is_plan:
        return _("by %(year)s") % {"year": target.year}
    return _("from %(year)s on") % {"year": target.year}


def period_words(
    indicator: Indicator, year: int, period_from: int | None, *, part_of_year: bool = False
) -> str:
    """`2021 年`, `2021/22 学年`, `2021—2022 年`, `2022 年以来`.

    A cumulative figure that nobody gave a beginning goes over the evaluation's window.
    """
    if part_of_year:
        return _("part of %(year)s") % {"year": year}
    if indicator.period_kind == PeriodKind.SCHOOL_YEAR:
        return _("school year %(year)s/%(next)s") % {"year": year, "next": f"{(year + 1) % 100:02}"}
    if indicator.period_kind == PeriodKind.POINT_IN_TIME:
        return _("end of %(year)s") % {"year": year}
    if period_from is None and indicator.period_kind == PeriodKind.CUMULATIVE:
        period_from = year - 1
    if period_from is not None and period_from < year:
        return pgettext("period", "%(from)s–%(to)s") % {"from": period_from, "to": year}
    return pgettext("period", "%(year)s") % {"year": year}


def place_of(number: Decimal) -> int:
    """The place of a number's last digit that is not 0: 96.5000 has -1, 20000 has 4."""
    return number.normalize().adjusted() - len(number.normalize().as_tuple().digits) + 1


def _decimals_needed(number: Decimal, power: int) -> int:
    """How many decimals tell the number exactly in a unit of 10 to the `power`."""
    return max(0, power - place_of(number)) if number else 0


def _rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(_last_place(decimals), context=CONTEXT) + 0  # no negative zero


@cache
def _last_place(decimals: int) -> Decimal:
    return Decimal(1).scaleb(-decimals)


def _english() -> bool:
    return (get_language() or "").startswith("en")
