"""Finds quantities in running text: 805亿元, 42余万人次, 百分之八点一, 两成, 第四, 全覆盖.

Goes in: a text without its typesetting (`plain`). Comes out: in the order of the text every number
with its unit, qualifier and last place, whether it is a figure or not; the kinds that are none are
told apart by `kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from indicators.measures.exact import CONTEXT, DECIMALS
from indicators.measures.quantities import BEFORE, POWERS
from indicators.measures.running_text.numbers import (
    LONGEST,
    NUMERALS,
    Read,
    digits,
    numerals,
    raised,
)
from indicators.measures.running_text.plain import Plain
from indicators.measures.running_text.units import CLASSES, WORD, code_of


@dataclass(frozen=True)
class Quantity:
    """A number of the text, `start` to `end` in `Plain.text`; `number` is from where its digits
    stand, behind a word such as 超过.

    `value` is in the base unit, None of a statement. `unit` is a code or the text's word, `sort`
    one of share, points, money, count, rank, ratio, time, age, order, statement, bare. `place` is
    that of the last digit. `written` is whether by numerals.
    """

    start: int
    end: int
    number: int
    value: Decimal | None
    place: int
    unit: str
    word: str
    sort: str
    qualifier: str = "exact"
    written: bool = False


STATEMENTS = ("全覆盖", "全面覆盖", "全部覆盖", "全面达标", "全部达标", "只增不减", "只增不降")
# Bounded, so that no text makes it look again and again.
_ARABIC = r"\d{1,3}(?:,\d{3}){1,6}(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?"
_POWER = r"(?:百亿|千亿|万亿|百万|千万|亿|万(?![州盛源物众象一])|千(?![米克瓦])|百(?!分))"
_PART = rf"(?:{_ARABIC}) ?[余多几]?{_POWER}?[余多]?"
_N = NUMERALS
_CHINESE = rf"[{_N}]+(?:点[{_N}]+)?(?:[余多][百千]?[万亿]?|几(?=[百千万亿]))?"
_NUMBER = re.compile(
    rf"(?P<statement>{'|'.join(STATEMENTS)})"
    rf"|(?P<of>[百千万])分之(?P<shares>{_ARABIC}|[{_N}]+(?:点[{_N}]+)?)"
    rf"|(?P<below>[{_N}]{{1,3}}|\d{{1,2}})分之(?P<above>[{_N}]{{1,3}}|\d{{1,2}})"
    rf"|(?P<tenths>[{_N}]|\d(?:\.\d)?)成(?P<half>[半{_N}]?)(?![为立员长果效功熟人才分本就品交群都绩])"
    r"|(?P<one>1|0\.5|一) ?[:∶比] ?(?P<to>\d+(?:\.\d+)?)(?![\d:])"
    r"|(?P<of_one>\d{1,4}(?:\.\d+)?) ?[:∶] ?1(?![\d.:])"
    rf"|第(?P<rank>[{_N}]{{1,4}}|\d{{1,4}})"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<chinese>{_CHINESE})"
)
_TAIL = re.compile(
    rf"零?(?P<digits>{_ARABIC}) ?(?P<odd>[余多])?(?P<power>{_POWER})?(?P<odd2>[余多])?"
)
_HEAD = re.compile(rf"(?P<odd> ?[余多几])?(?P<power>{_POWER})?(?P<odd2>[余多])?")
_UNIT = re.compile(rf" ?(?P<odd>[余多])?(?P<unit>{WORD})")
_RUN = re.compile(rf"(?P<run>[{_N}]+(?:点[{_N}]+)?)(?P<odd>[余多])?(?P<power>[百千万亿]*)")
_PER = re.compile(r"每|/")

_BEFORE = {code: list(words) for code, words in BEFORE.items()}
_BEFORE["more_than"] += ["突破", "超过了", "突破了"]
_BEFORE["at_most"] = ["不超过", "不高于", "不多于", "至多", "最多"]
_SAYS = {word: code for code, words in _BEFORE.items() for word in words}
# 节约, 最近 and 高超 are words of their own.
_QUALIFIER = re.compile(
    "(?:"
    + "|".join(
        {
            "约": "(?<![节签预制契条违缔集履])约",
            "近": "(?<![最附远靠亲临邻])近",
            "超": "(?<![赶反高])超",
        }.get(word, word)
        for word in sorted(_SAYS, key=len, reverse=True)
    )
    + r")了?(?:为|达)? ?$"
)
_LOOK_BACK = 6
_BEHIND = re.compile("(?P<word>以上|以下|以内|之内|左右|上下|之多|出头)")
_AFTER = {
    "以上": "at_least",
    "左右": "about",
    "上下": "about",
    "之多": "exact",
    "出头": "remainder",
}
_LIST = re.compile("[、和与]")
# In a table the unit stands in the cell before.
_CELL = re.compile(rf"[ (](?P<power>[万亿])?(?P<unit>{WORD})\)? $")
_LONGEST_CELL = 12
_RANGE = re.compile(r" ?(?:-{1,2}|~|～|—{1,2}|–|至|到) ?")


def quantities(plain: Plain) -> list[Quantity]:
    """All of the text, in its order, none of them within another.

    >>> from indicators.measures.running_text.plain import plain
    >>> found = quantities(plain("近两成，42余万人"))
    >>> [(str(one.value), one.place, one.unit, one.qualifier) for one in found]
    [('20', 1, 'percent', 'about'), ('420000', 4, '人', 'remainder')]
    """
    found = list(_found(plain.text))
    return _listed(plain.text, _ranges(plain.text, found))


def _found(text: str) -> Iterator[Quantity]:
    at = 0
    while match := _NUMBER.search(text, at):
        quantity = _quantity(text, match)
        yield quantity
        at = quantity.end


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    if match["statement"]:
        return Quantity(start, end, start, None, 0, "", match["statement"], "statement")
    if match["of"]:
        read = _either(match["shares"])
        word = {"百": "%", "千": "‰", "万": "‱"}[match["of"]]
        written = not match["shares"][0].isdigit()
        return _finished(text, start, end, read, word, "share", "exact", written)
    if match["below"]:
        below, above = _either(match["below"]), _either(match["above"])
        share = _share(above, below)
        return _finished(text, start, end, share, "%", "share", "exact", True)
    if match["tenths"]:
        tenths, half = _either(match["tenths"]), match["half"]
        more = {"": 0, "半": 5}.get(half)
        ones = Decimal(more) if more is not None else (_either(half) or (Decimal(0), 0))[0]
        told = None if tenths is None else (tenths[0] * 10 + ones, 0 if half else 1 + tenths[1])
        return _finished(text, start, end, told, "%", "share", "exact", True)
    if match["one"] or match["of_one"]:
        side, one = digits(match["to"] or match["of_one"]), {"0.5": 2}.get(match["one"], 1)
        return _finished(
            text, start, end, (side[0] * one, side[1]), "ratio", "ratio", "exact", False
        )
    if match["rank"]:
        unit = re.compile("[名位]").match(text, end)
        end = unit.end() if unit else end
        read = _either(match["rank"])
        return Quantity(start, end, start, *_or_none(read), "rank", "", "rank", written=True)
    if match["arabic"]:
        return _arabic(text, match)
    return _chinese(text, match)


def _arabic(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    if end - start > LONGEST:
        return Quantity(start, end, start, None, 0, "", "", "bare")
    head = _HEAD.match(text, end)
    assert head is not None  # all of it is optional
    power, odd = head["power"] or "", head["odd"] or head["odd2"]
    if odd and not power and not _UNIT.match(text, head.end()):
        odd = ""  # 多 of 5多媒体 is a word's
    else:
        end = head.end()
    value, place = digits(match["arabic"], power)
    before = POWERS[power]
    while before and not odd and (tail := _TAIL.match(text, end)):
        if len(tail["digits"]) > LONGEST or POWERS[tail["power"] or ""] >= before:
            break
        more, place = digits(tail["digits"], tail["power"] or "")
        value, before = value + more, POWERS[tail["power"] or ""]
        odd, end = tail["odd"] or tail["odd2"] or "", tail.end()
    qualifier = "remainder" if odd else "exact"
    cell = _CELL.search(text[max(0, start - _LONGEST_CELL) : start])
    if cell and text[end : end + 1] in ("", " ", "\n"):
        read = raised((value, place), POWERS[cell["power"] or ""])
        word, sort = cell["unit"], CLASSES[cell["unit"]]
        return _finished(text, start, end, read, word, sort, qualifier, False)
    return _with_unit(text, start, end, (value, place), qualifier, False)


def _chinese(text: str, match: re.Match[str]) -> Quantity:
    start = match.start()
    found = _RUN.match(text, start)
    assert found is not None  # the same text was just found
    run, odd = found["run"], found["odd"]
    end = found.end() if odd else found.end("run")
    read = numerals(run) if run.strip("万亿") else None  # 万人 is the head of a column
    if read is not None and odd and found["power"]:
        factor = numerals(found["power"])
        read = None if factor is None else (read[0] * factor[0], read[1] + factor[1])
    if odd and not found["power"] and not _UNIT.match(text, found.end()):
        odd, end = None, found.end("run")
    return _with_unit(text, start, end, read, "remainder" if odd else "exact", True)


def _with_unit(
    text: str, start: int, end: int, read: Read | None, qualifier: str, written: bool
) -> Quantity:
    unit = _UNIT.match(text, end)
    word = ""
    if unit:
        word, end = unit["unit"], unit.end()
        qualifier = "remainder" if unit["odd"] else qualifier
    sort = CLASSES.get(word, "bare")
    return _finished(text, start, end, read, word, sort, qualifier, written)


def _finished(
    text: str,
    start: int,
    end: int,
    read: Read | None,
    word: str,
    sort: str,
    qualifier: str,
    written: bool,
) -> Quantity:
    """With the words before and behind that say how exactly it is meant."""
    number = start
    if said := _QUALIFIER.search(text[max(0, start - _LOOK_BACK) : start]):
        start -= len(said[0])
        if qualifier == "exact":
            qualifier = _SAYS[re.sub("了?(?:为|达)? ?$", "", said[0])]
    if behind := _BEHIND.match(text, end):
        end = behind.end()
        if qualifier == "exact":
            qualifier = _AFTER.get(behind["word"], "at_most")
    value, place = _or_none(read)
    return Quantity(start, end, number, value, place, code_of(word), word, sort, qualifier, written)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """10%至15%, 300—500人: the first end takes the unit of the second where it has none."""
    for at, (first, second) in enumerate(pairwise(found)):
        between = text[first.end : second.number]
        if first.value is None or second.value is None or not _RANGE.fullmatch(between):
            continue
        if second.sort not in ("share", "points", "money", "count", "time", "age"):
            continue
        if first.sort == "bare":
            first = _with_power(text, first, second)
        elif first.sort != second.sort:
            continue
        found[at] = replace(first, qualifier="range_from")
        found[at + 1] = replace(second, qualifier="range_to")
    return found


def _listed(text: str, found: list[Quantity]) -> list[Quantity]:
    """1.2、0.3、0.9个百分点: each of a list has the unit that stands behind the last."""
    for at in range(len(found) - 2, -1, -1):
        one, then = found[at], found[at + 1]
        between = text[one.end : then.start]
        begins = text[max(0, one.start - 1) : one.start] in ("", "\n")  # 1、 is a heading
        listed = not begins and _LIST.fullmatch(between) and then.qualifier == "exact"
        if one.sort == "bare" and listed and then.sort in ("share", "points"):
            found[at] = replace(one, unit=then.unit, word=then.word, sort=then.sort)
    return found


def _with_power(text: str, first: Quantity, second: Quantity) -> Quantity:
    """3至5万人 is 3万 to 5万, and 3000至5万人 what it says."""
    power = re.search(rf"{_POWER}(?=[^\d]*$)", text[second.number : second.end])
    value, place = first.value or Decimal(0), first.place
    if power and value < 1000:
        value, place = raised((value, place), POWERS[power[0]])
    return replace(
        first, value=value, place=place, unit=second.unit, word=second.word, sort=second.sort
    )


def _either(text: str) -> Read | None:
    return digits(text) if text[0].isdigit() else numerals(text)


def _or_none(read: Read | None) -> tuple[Decimal | None, int]:
    return read if read is not None else (None, 0)


def _share(above: Read | None, below: Read | None) -> Read | None:
    """三分之一 in per cent: no more is said than the whole per cent."""
    if above is None or below is None or not below[0]:
        return None
    share = CONTEXT.divide(above[0] * 100, below[0])
    return share.quantize(Decimal(1).scaleb(-DECIMALS), context=CONTEXT), 0
