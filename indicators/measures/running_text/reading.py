"""Finds quantities in running text: 805亿元, 42余万人次, 百分之八点一, 两成, 第四, 全覆盖.

Goes in: a text without its typesetting (`plain`). Comes out: in the order of the text every number
with its unit, qualifier and last place, whether it is a figure or not; the kinds that are none are
told apart by `kinds`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from indicators.measures.exact import CONTEXT, DECIMALS
from indicators.measures.quantities import POWERS
from indicators.measures.running_text.lists import with_lists, with_ranges
from indicators.measures.running_text.numbers import (
    DIGITS,
    LONGEST,
    NUMERALS,
    POWER,
    Read,
    digits,
    numerals,
    raised,
)
from indicators.measures.running_text.plain import Plain
from indicators.measures.running_text.qualifiers import said_before, said_behind
from indicators.measures.running_text.quantity import Quantity
from indicators.measures.running_text.units import CLASSES, NOUNS, WORD, code_of

STATEMENTS = ("全覆盖", "全面覆盖", "全部覆盖", "全面达标", "全部达标", "只增不减", "只增不降")
# Bounded, so that no text makes it look again and again.
_ARABIC = r"\d{1,3}(?:,\d{3}){1,6}(?![\d,])(?:\.\d+)?|\d+(?:\.\d+)?"
_N = NUMERALS
_CHINESE = rf"[{_N}]+(?:点[{_N}]+)?"
_NUMBER = re.compile(
    rf"(?P<statement>{'|'.join(STATEMENTS)})"
    rf"|(?P<of>[百千万])分之(?P<shares>{_ARABIC}|[{_N}]+(?:点[{_N}]+)?)"
    rf"|(?P<below>[{_N}]{{1,3}}|\d{{1,2}})分之(?P<above>[{_N}]{{1,3}}|\d{{1,2}})"
    rf"|(?P<tenths>[{_N}]|\d(?:\.\d)?)成(?P<half>[半{_N}]?)"
    # 一成为 begins with 成为, but not 超九成为 and 占三成为.
    r"(?:(?<=[超近约逾过达占足到].成)(?=为)|(?!不变|[为立员长果效功熟人才分本就品交群都绩]))"
    r"|(?<![\d/.])(?P<over>[1-9])/(?P<under>[2-9]|1\d)(?=的|以上|左右)"
    # 8:1:0.5 is a key by which something is shared out, 附件1：2022年 a number and its title.
    r"|(?<![:∶\d.表件图附])(?P<one>1|0\.5|一) ?[:∶比] ?(?P<to>\d+(?:\.\d+)?)(?![\d:∶年])"
    r"|(?<![:∶\d.表件图附])(?P<of_one>\d{1,4}(?:\.\d+)?) ?[:∶] ?1(?![\d.:∶年])"
    r"|(?P<grown>翻了?(?:约|近|超)?(?:(?P<doubled>[一二两三四])?番|倍))"
    r"|(?P<middle>半数|一半(?!导)|(?<=[过近超])半(?![年个月小天日学时辰生导]))"
    rf"|第(?P<rank>[{_N}]{{1,4}}|\d{{1,4}})"
    rf"|(?P<arabic>{_ARABIC})"
    rf"|(?P<chinese>{_CHINESE})"
)
_TAIL = re.compile(
    rf"零?(?P<digits>{_ARABIC}) ?(?P<odd>[余多])?(?P<power>{POWER})?(?P<odd2>[余多])?"
)
_HEAD = re.compile(rf"(?P<odd> ?[余多几来])?(?:个(?=亿))?(?P<power>{POWER})?(?P<odd2>[余多来])?")
_UNIT = re.compile(rf" ?(?P<odd>[余多])?(?P<unit>{WORD})")
_RUN = re.compile(
    rf"(?P<run>[{_N}]+(?:点[{_N}]+)?)(?P<odd>[余多来]|(?<=十)几)?(?:个(?=亿))?(?P<power>[百千万亿]*)"
)
# 3倍多, 四成多, 两公里多; not 60%多为女生.
_ODD_BEHIND = re.compile("还多|有余|[多余](?![为是来于样数种个媒元次])")
# 三分之一强 is a little more, 弱 a little less.
_NEARLY = re.compile("(?P<word>[强弱])(?=$|[的，,。；;、)）\n])")
_SMALL_CHANGE = re.compile(r"([一二两三四五六七八九]|\d)角")
_SIGNED = re.compile(r"(?:(?<=[ (一-鿿])-|(?<![正胜担抱减欠肩自])负)$")

_MEASURED = ("倍", "元", "米", "公里", "千米", "亩", "吨", "公斤", "平方米")
# 提高3个点 are percentage points, 建成3个点 places.
_MOVES = re.compile("(?:[升降高低]|增[长加]|下[降滑]|减少|上涨|[多少])了?(?:约|近)?$")
_MOVES_BACK = 5
# In a table the unit stands in the cell before.
_CELL = re.compile(rf"[ (](?P<power>[万亿])?(?P<unit>{WORD})\)? $")
_LONGEST_CELL = 12


def quantities(plain: Plain) -> list[Quantity]:
    """All of the text, in its order, none of them within another.

    >>> from indicators.measures.running_text.plain import plain
    >>> found = quantities(plain("近两成，42余万人"))
    >>> [(str(one.value), one.place, one.unit, one.qualifier) for one in found]
    [('20', 1, 'percent', 'about'), ('420000', 4, '人', 'remainder')]
    """
    found = list(_found(plain.text))
    return with_lists(plain.text, with_ranges(plain.text, found))


def _found(text: str) -> Iterator[Quantity]:
    at = 0
    while match := _NUMBER.search(text, at):
        quantity = _quantity(text, match, at)
        yield quantity
        at = quantity.end


def _quantity(text: str, match: re.Match[str], after: int) -> Quantity:
    """`after` is where the quantity before it ends."""
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
    if match["under"]:
        share = _share(digits(match["over"]), digits(match["under"]))
        return _finished(text, start, end, share, "%", "share", "exact", False)
    if match["tenths"]:
        tenths, half = _either(match["tenths"]), match["half"]
        more = {"": 0, "半": 5}.get(half)
        ones = Decimal(more) if more is not None else (_either(half) or (Decimal(0), 0))[0]
        told = None if tenths is None else (tenths[0] * 10 + ones, 0 if half else 1 + tenths[1])
        return _finished(text, start, end, told, "%", "share", "exact", True)
    if match["middle"]:
        return _finished(text, start, end, (Decimal(50), 0), "%", "share", "exact", True)
    if match["grown"]:
        return _doubled(text, match)
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
        return _arabic(text, match, after)
    return _chinese(text, match)


def _doubled(text: str, match: re.Match[str]) -> Quantity:
    """翻一番 is a growth of 100 per cent, 翻两番 of 300; it is told to the whole hundred."""
    start, end = match.span()
    times = numerals(match["doubled"] or "一")
    assert times is not None  # one numeral always is one
    grown = Decimal(100) * (2 ** int(times[0]) - 1)
    inside = {"约": "about", "近": "about", "超": "more_than"}.get(
        match[0].strip("翻了")[0], "exact"
    )
    return _finished(text, start, end, (grown, 2), "%", "share", inside, True)


def _arabic(text: str, match: re.Match[str], after: int) -> Quantity:
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
    money = text[end - 2 : end] == "个亿"
    before = POWERS[power]
    while before and not odd and (tail := _TAIL.match(text, end)):
        if len(tail["digits"]) > LONGEST or POWERS[tail["power"] or ""] >= before:
            break
        more, place = digits(tail["digits"], tail["power"] or "")
        value, before = value + more, POWERS[tail["power"] or ""]
        odd, end = tail["odd"] or tail["odd2"] or "", tail.end()
    qualifier = _by_odd(odd or "")
    cell = _CELL.search(text[max(0, start - _LONGEST_CELL) : start])
    if cell and cell["unit"] not in NOUNS and text[end : end + 1] in ("", " ", "\n"):
        read = raised((value, place), POWERS[cell["power"] or ""])
        word, sort = cell["unit"], CLASSES[cell["unit"]]
        return _finished(text, start, end, read, word, sort, qualifier, False)
    found = _with_unit(text, start, end, (value, place), qualifier, False, "元" if money else "")
    return _negative(text, found, after) if found.sort in ("share", "points", "money") else found


def _negative(text: str, found: Quantity, after: int) -> Quantity:
    """Of 同比增长-3.2% with its sign; 2021-2022, 3%-5% and a dash before a line have none."""
    sign = found.number - 1
    signed = sign > after and _SIGNED.search(text[max(0, sign - 1) : sign + 1])
    if found.value is None or not signed:
        return found
    return replace(found, start=min(sign, found.start), number=sign, value=-found.value)


def _by_odd(odd: str) -> str:
    """余 and 多 say something more, 来 about so many."""
    return {"": "exact", "来": "about"}.get(odd.strip(), "remainder")


def _chinese(text: str, match: re.Match[str]) -> Quantity:
    start = match.start()
    found = _RUN.match(text, start)
    assert found is not None  # the same text was just found
    run, odd = found["run"], found["odd"]
    end = found.end() if odd else found.end("run")
    money = "元" if text.startswith("个亿", found.end("odd" if odd else "run")) else ""
    read = numerals(run) if odd or run.strip("万亿") else None  # 万人 is the head of a column
    if read is not None and odd and found["power"]:
        factor = numerals(found["power"])
        read = None if factor is None else (read[0] * factor[0], read[1] + factor[1])
    if odd and not found["power"] and not _UNIT.match(text, found.end()):
        odd, end = None, found.end("run")
    if money and not odd and read is not None:
        read, end = raised(read, POWERS["亿"]), end + len("个亿")
    return _with_unit(text, start, end, read, _by_odd(odd or ""), True, money)


def _with_unit(
    text: str,
    start: int,
    end: int,
    read: Read | None,
    qualifier: str,
    written: bool,
    word: str = "",
) -> Quantity:
    """`word` is the unit where the text names none."""
    unit = _UNIT.match(text, end)
    if text[max(0, start - 1) : start] == "¥":
        word = "元"
    if unit and unit["unit"] in NOUNS and unit[0][0] == " ":
        unit = None  # it is the next cell of a table
    if unit and (not word or CLASSES[unit["unit"]] == "money"):
        word, end = unit["unit"], unit.end()
        qualifier = "remainder" if unit["odd"] else qualifier
        read, end = _with_behind(text, end, read, word)
    if word == "个点" and _MOVES.search(text[max(0, start - _MOVES_BACK) : start]):
        word = "个百分点"
    sort = CLASSES.get(word, "bare")
    return _finished(text, start, end, read, word, sort, qualifier, written)


def _with_behind(text: str, end: int, read: Read | None, word: str) -> tuple[Read | None, int]:
    """两倍半, 十六元八角: what stands behind the unit and belongs to the number."""
    if read is None:
        return read, end
    if word == "倍" and text.startswith("半", end):
        return (read[0] + Decimal("0.5"), -1), end + 1
    change = _SMALL_CHANGE.match(text, end) if word == "元" else None
    if change is None:
        return read, end
    tenths = Decimal(DIGITS.get(change[1]) or change[1])
    return (read[0] + tenths.scaleb(-1), -1), change.end()


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
    if (sort == "share" or word in _MEASURED) and (odd := _ODD_BEHIND.match(text, end)):
        qualifier, end = "remainder", odd.end()
    if sort == "share" and (nearly := _NEARLY.match(text, end)):
        qualifier, end = {"强": "remainder", "弱": "less_than"}[nearly["word"]], nearly.end()
    large = sort == "share" or (read is not None and read[0] >= 10_000)
    start, before = said_before(text, start, large=large)
    end, behind = said_behind(text, end)
    if qualifier == "exact":
        qualifier = before if before != "exact" else behind
    value, place = _or_none(read)
    return Quantity(start, end, number, value, place, code_of(word), word, sort, qualifier, written)


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
