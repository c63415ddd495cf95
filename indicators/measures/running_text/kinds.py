"""What is no figure: years, ages, headings, ordinals, names, words, and other numbers that count
nothing.

Goes in: the text, a quantity and where it stands; comes out: the code of the reason, or nothing.
Every rule is one for a kind; a number with a unit that none of them knows is a figure.
"""

from __future__ import annotations

import re

from indicators.measures.running_text.context import Context
from indicators.measures.running_text.criteria import is_criterion
from indicators.measures.running_text.quantity import Quantity
from indicators.measures.running_text.units import LIGHT, NOUNS

REASONS = {
    "time": "a date, a year, or a span of time",
    "age": "an age",
    "order": "a class, a grade, or a number in an order",
    "ordinal": "an ordinal that is no rank",
    "band": "a band such as the first ten",
    "name": "part of a name",
    "word": "part of a word",
    "number": "a number without a unit: of a heading, a document, a telephone",
    "criterion": "what something is told by, not how many there are",
    "rhetoric": "a small number that counts points of a text",
    "vague": "no number is told",
    "intended": "what is intended, not reached",
}
# By these classes of words alone.
_BY_SORT = {"time": "time", "age": "age", "order": "order"}
_DATE = re.compile(r"(?<![\d.])(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}(?![\d.])")
_LONGEST_DATE = 10
_RANKED = re.compile(
    "[居列位排获]|名次|并列|(?:全[国省市区县州]|[东中西]部|全球|世界|总分|团体|排名|成绩|综合)$"
)
_END = re.compile(r"$|[，。；、！？!?,;)）\n”》的 和及]")
_ENDED = re.compile(r"$|[，。；、！？!?,;)）\n]")
_BAND = re.compile("(?:(?<![目此当以学日提])前|最后) ?$")
_VAGUE = re.compile("[数几上成若]$")
_POINTS = re.compile(
    "方面|层面|维度|环节|步骤|坚持|统筹|转变|意识|自信|维护|确立|结合|重点|关键|代表|文明|着力|突出|抓手"
    "|体系|机制|思路|主线|中心|原则|目标|百分百|规定|禁令|纪律|行动|工程|一体|主体|更加|必须|严禁|不准|到位"
)
_SAYS_NUMBER = re.compile("(?:达到?|[为是]|共?计|[至到]|超过|突破|约|[数量额]:)$")
_REACHED = re.compile("(?:达到?|超过|突破|约|:)$")
# 三个“更加” are no three things.
_QUOTED_POINT = re.compile("“[^”]{1,8}”(?:$|[，,。；;、])")
_NAMED_STATEMENT = re.compile("“?[两三四]个“?$")
# 74.6万 says how many by its power alone.
_POWERED = re.compile(
    r"[\d.,]+ ?[余多来]?[百千]?[万亿]"
    "|(?:[一二两三四五六七八九十百千]{2,9}|[二两三四五六七八九])[余多来]?[万亿]"
)
# Who did something twice tells how often: 开展两次督查; 实施两项工程 is rhetoric.
_DONE = re.compile(
    "(?:开展|组织|召开|举办|举行|进行|新[增建]|扩建|建成|获得?|荣获|共有|现有|拿了|评[出选]|承办)了?过?$"
)
_LATIN = re.compile("[A-Za-z+_/#@]")
# “保留29所、合并12所” is said, and names nothing.
_PHRASE = re.compile(r"[、，,][^、，,\d]{1,6}\d")
_LETTER = re.compile("[A-Za-z]")
_QUOTED = {"“": "”", "《": "》", "‘": "’", "「": "」", '"': '"'}
LONGEST_NAME = 14
LONGEST_TURN = 6  # between the two of 发现一起查处一起
_WORDY = frozenset("百千万亿")


def reason(text: str, quantity: Quantity, context: Context, *, written: bool) -> str:
    """A code of REASONS, or nothing where it is a figure. `written` is whether the text tells its
    figures in numerals throughout, as old ones do.

    >>> from indicators.measures.running_text.check import read
    >>> read("1．5+2服务，第三批，3至5岁，12所。").reasons
    ['number', 'name', 'name', 'ordinal', 'age', 'age', '']
    >>> set(read("2026-11-30，2026/3/5，2022.9.1").reasons)
    {'time'}
    """
    if quantity.sort in _BY_SORT:
        return _BY_SORT[quantity.sort]
    if _is_in_date(text, quantity):
        return "time"
    if quantity.sort == "statement":
        if _NAMED_STATEMENT.search(text[max(0, quantity.start - 4) : quantity.start]):
            return "name"
        return "intended" if context.intended else ""
    if quantity.value is None:
        return "word" if quantity.written else "number"
    left, right = (
        text[max(0, quantity.start - 12) : quantity.start],
        text[quantity.end : quantity.end + 4],
    )
    if quantity.sort == "rank":
        return _of_rank(text, quantity, left, right)
    if _BAND.search(left):
        return "band"
    if quantity.sort not in ("share", "points", "money") and _named(text, quantity):
        return "name"
    if quantity.sort == "share" and _LETTER.match(right):
        return "name"
    if quantity.sort == "bare":
        return _of_bare(text, quantity, left, right)
    if is_criterion(text, quantity):
        return "criterion"
    if quantity.sort == "count":
        return _of_count(text, quantity, left, right, written)
    return ""


def _is_in_date(text: str, quantity: Quantity) -> bool:
    """Whether it is a part of 2026-11-30, or of that with other signs."""
    first = max(0, quantity.start - _LONGEST_DATE)
    window = text[first : quantity.end + _LONGEST_DATE]
    return any(
        first + date.start() <= quantity.number < first + date.end()
        for date in _DATE.finditer(window)
    )


def _of_rank(text: str, quantity: Quantity, left: str, right: str) -> str:
    clause = re.split("[，,。；;、：:（(]", left)[-1]
    told = text[quantity.end - 1] in "名位" or bool(_RANKED.search(clause))
    return "" if told and _END.match(right) else "ordinal"


def _of_bare(text: str, quantity: Quantity, left: str, right: str) -> str:
    """Without a unit a number is a figure only where the text says it is one, and ends with it."""
    if quantity.written and quantity.value is not None and quantity.value < 100:
        return "word"
    if _POWERED.fullmatch(text[quantity.number : quantity.end].rstrip("余多")):
        return ""
    if quantity.value is not None and 1950 <= quantity.value <= 2050 and not _REACHED.search(left):
        return "number"  # more likely a year
    return "" if _SAYS_NUMBER.search(left) and _ENDED.match(right) else "number"


def _of_count(text: str, quantity: Quantity, left: str, right: str, written: bool) -> str:
    few = quantity.value is not None and quantity.value < 10
    behind = text[quantity.end : quantity.end + 12]
    if _POINTS.match(right) or (few and _QUOTED_POINT.match(behind)):
        return "rhetoric"
    if quantity.word in NOUNS and _is_title(quantity):
        return "number"
    if not quantity.written:
        return ""
    run = text[quantity.number : quantity.end]
    if run[0] in _WORDY and (quantity.qualifier == "exact" or _VAGUE.search(left)):
        return "vague"
    if run[0] == "十" and _VAGUE.search(left):
        return "vague"
    ended = bool(_ENDED.match(right))
    if quantity.word == "倍":
        return ""
    if quantity.value is not None and quantity.value <= 10 and quantity.word == "分":
        return "word"
    if run[0] == "一" and quantity.value == 1:
        before = left[-LONGEST_TURN:]
        counted = ended and left and not _ENDED.match(left[-1]) and left[-1] not in "同某另任"
        counted = counted and text[quantity.number : quantity.end] not in before
        return "" if counted else "word"
    small = quantity.value is not None and quantity.value <= 10
    told = written or ended or quantity.qualifier != "exact" or _DONE.search(left)
    if small and quantity.word in LIGHT and not told:
        return "rhetoric"
    return ""


def _is_title(quantity: Quantity) -> bool:
    """2教师队伍建设, 2022学生资助."""
    value = quantity.value or 0
    return value < 20 or (1950 <= value <= 2050 and quantity.place == 0)


def _named(text: str, quantity: Quantity) -> bool:
    """Beside Latin letters, or within short quotes that hold more than the number."""
    before = text[quantity.number - 1 : quantity.number]
    if _LATIN.match(before) or _LATIN.match(text[quantity.end : quantity.end + 1]):
        return True
    for opening, closing in _QUOTED.items():
        start = text.rfind(opening, max(0, quantity.number - LONGEST_NAME), quantity.number)
        if start < 0 or text.find(closing, start + 1, quantity.number) >= 0:
            continue
        end = text.find(closing, quantity.end, start + LONGEST_NAME + 2)
        if end >= 0 and not _PHRASE.search(text, start, end):
            return True
    return False
