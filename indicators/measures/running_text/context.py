"""Where a quantity stands: its sentence, the words around it, the year and what is only intended.

Goes in: the text and its quantities. Comes out: for each a `Context`. A sentence ends with 。！？
or the paragraph; a chapter whose heading speaks of what is to come (下一步打算) tells intentions.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from indicators.measures.running_text.quantity import Quantity

_SENTENCE_END = re.compile(r"[。！？!?\n]")
# An annex is none of the chapter before it.
_CHAPTER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章部]|附[件表录])"
)
_TO_COME = re.compile(
    "下一步|下步|打算|展望|努力方向|工作思路|工作要点|工作安排|今后|目标任务|工作目标"
)
_HEADING_LENGTH = 40
_INTENDS = re.compile(
    "力争|争取|计划(?:新|到|在|用|于)|(?<![虚模])拟|目标[是为]|将(?:达|新|投|完|建|重|实)|预计"
)
_YEARS = ("年", "年度", "学年", "年底", "年末")
_COMPARED = re.compile("(?:较|比|相比|同|与|由|从|于)$")
_SINCE = re.compile("^(?:以来|起|前|以前|之前)")
_BY = re.compile("(?:到|至|截至)$")
_LAST_YEAR = re.compile("(?<![比较])(?:去年|上年)(?!的|同期|增|减)")

_UP = "增长|增加|提高|提升|上升|上涨|多|新增|增幅|增速|扩大|增"
_DOWN = "下降|降低|减少|压减|缩减|减幅|降幅|回落|下滑|少|压缩|降"
_SOFT = "了|为|达到|达|约|近|超过|超|逾|至少|超额|不低于|不足|[ :：]"
_MOVED = re.compile(f"(?P<verb>(?P<up>{_UP})|(?P<down>{_DOWN}))(?:{_SOFT})*$")
_MOVED_TO = re.compile(f"(?:{_UP}|{_DOWN}|减|压|提|扩|攀|升)(?:到|至|为)(?:了|约|近|超过|[ ])*$")
_FROM = re.compile("(?:由|从)(?:[^，,。；;、]{0,8}年?的)?(?:约|近|不足)?$")
_EARLIER = re.compile(r"(?:上年|去年|\d{4}年)(?:同期)?的$")
_YEARS_BACK = 8  # so many years named before a number are looked at
_LOOK_BACK, _LOOK_FURTHER = 16, 60


@dataclass(frozen=True)
class Context:
    """`movement` is up, down, to, from, earlier or nothing; `year` what the text names for it."""

    sentence: int
    start: int
    end: int
    year: int | None
    years_back: int
    intended: bool
    movement: str


def contexts(text: str, found: list[Quantity]) -> list[Context]:
    """Of each quantity, in their order.

    >>> from indicators.measures.running_text.plain import plain
    >>> from indicators.measures.running_text.reading import quantities
    >>> text = plain("2021年由40%提高到50%。")
    >>> [(c.year, c.movement) for c in contexts(text.text, quantities(text))]
    [(None, ''), (2021, 'from'), (2021, 'to')]
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    bounds = [0, *ends, len(text)]
    chapters, to_come = _chapters(text)
    years = [quantity for quantity in found if _is_year(quantity)]
    year_starts = [quantity.start for quantity in years]
    told = []
    for quantity in found:
        sentence = bisect_right(bounds, quantity.number) - 1
        start, end = bounds[sentence], bounds[min(sentence + 1, len(bounds) - 1)]
        near = text[max(start, quantity.start - _LOOK_BACK) : quantity.start]
        left = text[max(start, quantity.start - _LOOK_FURTHER) : quantity.start]
        last = bisect_right(year_starts, quantity.start)
        year, by = _year(text, years, last, start, quantity)
        intended = (
            to_come[bisect_right(chapters, quantity.start) - 1] or by or bool(_INTENDS.search(left))
        )
        back = 1 if year is None and _LAST_YEAR.search(left[-30:]) else 0
        told.append(
            Context(sentence, start, end, year, back, intended, _movement(text, quantity, near))
        )
    return told


def _chapters(text: str) -> tuple[list[int], list[bool]]:
    """Where each chapter begins, and whether it tells what is to come."""
    starts, to_come = [0], [False]
    at = 0
    for line in text.split("\n"):
        heading = line[:_HEADING_LENGTH].partition("。")[0]
        if _CHAPTER.match(line):
            starts.append(at)
            to_come.append(bool(_TO_COME.search(heading)))
        at += len(line) + 1
    return starts, to_come


def _is_year(quantity: Quantity) -> bool:
    return (
        quantity.sort == "time"
        and quantity.word in _YEARS
        and quantity.value is not None
        and 1900 < quantity.value < 2100
    )


def _year(
    text: str, years: list[Quantity], last: int, start: int, quantity: Quantity
) -> tuple[int | None, bool]:
    """The nearest year named before it in the sentence, and whether it is one to be reached."""
    for at in range(last - 1, max(-1, last - 1 - _YEARS_BACK), -1):
        named = years[at]
        if named.start < start:
            break
        before, behind = (
            text[max(0, named.start - 3) : named.start],
            text[named.end : named.end + 3],
        )
        if (
            named.qualifier != "exact"
            or named is quantity
            or _COMPARED.search(before)
            or _SINCE.match(behind)
        ):
            continue
        return int(named.value or 0), bool(_BY.search(before)) and before[-2:] != "截至"
    return None, False


def _movement(text: str, quantity: Quantity, near: str) -> str:
    if text.startswith("翻", quantity.number):
        return "up"
    if _FROM.search(near) or _EARLIER.search(near):
        return "from" if _FROM.search(near) else "earlier"
    if _MOVED_TO.search(near):
        return "to"
    moved = _MOVED.search(near)
    if not moved:
        return ""
    return "up" if moved["up"] else "down"
