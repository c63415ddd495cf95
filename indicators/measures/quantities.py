"""Reads a quantity as a Chinese official writes it: `805亿元`, `99.61％`, `42余万人次`, `第四`.

Goes in: text and a unit. Comes out: an exact number in the base unit, the place of its last
significant digit (a power of ten: 805亿 has 8, 99.61 has -2), and whether the text says exactly,
more than (余, 超过) or about (约). What cannot be read is refused with a code and its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.measures.exact import DECIMALS, INTEGER_DIGITS, TooLong, exact
from indicators.measures.units import Unit

MAX_LENGTH = 100
POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
MORE_THAN = ("超过", "大于", "多于", "逾")
ABOUT = ("大约", "将近", "接近", "约", "近")
NUMERALS = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
UNSCALED = {"percent", "percentage_points", "rank", "yuan_per_pupil"}
# Counting words that offices use for each unit beside its own.
WORDS = {
    "persons": "人名个位",
    "pupils": "人名个位",
    "children": "人名个位",
    "teachers": "人名个位",
    "schools": "所个",
    "kindergartens": "所个",
    "universities": "所个",
    "plans": "个项",
    "items": "个项条件次家",
    "measures": "条项",
    "institutions": "个家",
    "enterprises": "个家",
    "events": "场次",
}
MORE_WORDS = {
    "percentage_points": ["百分点"],
    "yuan_per_pupil": ["元", "元/生"],
    "rank": ["名"],
}

# Full-width forms, the spaces of typesetting, and two dashes that stand for minus. Not NFKC, which
# makes 32 of 3² and 12 of ⑫.
_AS_ASCII: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_AS_ASCII |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
_AS_ASCII |= {ord("−"): "-", ord("–"): "-"}

_NUMBER = re.compile(
    r"(?P<sign>[-+]?) *(?P<digits>[0-9][0-9, ]*(?:\.[0-9]*)?|\.[0-9]+) *"
    r"(?P<odd>[余多])?(?P<power>百万|千万|[千万亿]|百(?!分))?(?(odd)|(?P<odd_behind>[余多])?)"
)
_SHAPE = re.compile(_NUMBER.pattern + r" *(?P<word>(?!\.)\D*)")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_ONE = "".join(NUMERALS)
_RANK = re.compile(f"第? *(?:(?P<tens>[{_ONE}]?)十)?(?P<ones>[{_ONE}]?) *[名位]?")


class Unreadable(ValueError):
    """The text is no quantity of the unit. `code` is stable; `params` name the place or the limit.

    Codes: empty, too_long (limit), exponent, two_points, grouping, not_a_number (character,
    position), wrong_unit (found, unit), not_whole (unit), too_many_digits (limit),
    too_many_decimals (limit).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Quantity:
    """`number` in the base unit, `last_place` a power of ten; exact, more_than or about."""

    number: Decimal
    last_place: int
    qualifier: str


def read_quantity(text: str, unit: Unit) -> Quantity:
    """The quantity that `text` means in `unit` (a base unit). Raises Unreadable.

    >>> from indicators.measures.units import UNITS
    >>> read_quantity("３．６２万个", UNITS["places"])
    Quantity(number=Decimal('36200.0000'), last_place=2, qualifier='exact')
    >>> read_quantity("42余万人次", UNITS["person_times"])
    Quantity(number=Decimal('420000.0000'), last_place=4, qualifier='more_than')
    >>> read_quantity("1e400", UNITS["persons"])
    Traceback (most recent call last):
    indicators.measures.quantities.Unreadable: exponent
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable("too_long", limit=MAX_LENGTH)
    if text.isascii() and text.isdigit():
        return Quantity(_in_base_unit(text), 0, "exact")  # as most are; the rest would say so too
    typed = as_ascii(text).rstrip()
    rest, qualifier = _qualifier(typed.lstrip())
    if not typed:
        raise Unreadable("empty")
    if unit.code == "rank":
        rest = _ordinal(rest)
    of_hundred = "%" if rest.startswith("百分之") else ""
    rest = rest.removeprefix("百分之").lstrip()
    match = _SHAPE.fullmatch(rest)
    if not match:
        raise _why_not(text, len(typed) - len(rest), rest)
    if match["odd"] or match["odd_behind"]:
        qualifier = "more_than"
    power = _power(match["power"] or "", unit)
    word_at = len(typed) - len(rest) + match.start("word")
    _check_word(of_hundred + match["word"], unit, text, word_at)
    digits = _ungrouped(match["digits"].strip())
    decimals = len(digits.partition(".")[2])
    number = _in_base_unit(f"{match['sign']}{digits}e{power}")
    if unit.whole and number != number.to_integral_value():
        raise Unreadable("not_whole", unit=unit.code)
    return Quantity(number, max(power - decimals, -DECIMALS), qualifier)


def as_ascii(text: str) -> str:
    """Full-width forms, spaces of typesetting and dashes as their plain ones, place by place.

    >>> as_ascii("＝３．６２")
    '=3.62'
    """
    return text.translate(_AS_ASCII)


def says_remainder(as_entered: str) -> bool:
    """Whether the text says 余 or 多: the digits given, and something beyond their last place.

    >>> says_remainder("42余万人次"), says_remainder("超过93%")
    (True, False)
    """
    return "余" in as_entered or ("多" in as_entered and "多于" not in as_entered)


def _qualifier(text: str) -> tuple[str, str]:
    for code, words in (("more_than", MORE_THAN), ("about", ABOUT)):
        for word in words:
            if text.startswith(word):
                return text[len(word) :].lstrip(), code
    return text, "exact"


def _ordinal(text: str) -> str:
    """Digits for 第四, 第十二, 四名: ranks up to 99."""
    match = _RANK.fullmatch(text)
    if not match or not (match["ones"] or match["tens"] is not None):
        return text.removeprefix("第").lstrip()
    tens = NUMERALS.get(match["tens"], 1) if match["tens"] is not None else 0
    return str(10 * tens + NUMERALS.get(match["ones"], 0))


def _power(word: str, unit: Unit) -> int:
    if word and unit.code in UNSCALED:
        raise Unreadable("wrong_unit", found=word, unit=unit.code)
    return POWERS[word]


def _check_word(word: str, unit: Unit, text: str, at: int) -> None:
    """The word behind the number must name the unit of the box: % and 个百分点 are two units."""
    if word in {"", unit.zh, *WORDS.get(unit.code, ""), *MORE_WORDS.get(unit.code, [])}:
        return
    if len(word) <= 4 and word.isprintable():
        raise Unreadable("wrong_unit", found=word, unit=unit.code)
    raise Unreadable("not_a_number", character=text[at], position=at + 1)


def _ungrouped(digits: str) -> str:
    whole, point, decimals = digits.partition(".")
    if "," in whole or " " in whole:
        if not _GROUPED.fullmatch(whole):
            raise Unreadable("grouping")
        whole = whole.replace(",", "").replace(" ", "")
    return f"{whole or '0'}{point}{decimals}".rstrip(".")


def _in_base_unit(number: str) -> Decimal:
    try:
        return exact(number)
    except TooLong:
        if Decimal(number).adjusted() >= INTEGER_DIGITS:
            raise Unreadable("too_many_digits", limit=INTEGER_DIGITS) from None
        raise Unreadable("too_many_decimals", limit=DECIMALS) from None


def _why_not(text: str, start: int, rest: str) -> Unreadable:
    """The clearest reason why `rest`, the text from `start` on, has not the shape of a number."""
    if re.fullmatch(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+\D*", rest):
        return Unreadable("exponent")
    if re.match(r"[-+]?[0-9]*\.[0-9]*\.", rest):
        return Unreadable("two_points")
    if re.fullmatch(r"[-+]?[0-9][0-9, ]*(\.[0-9]*)?[, ][0-9, ]*\D*", rest):
        return Unreadable("grouping")
    number = _NUMBER.match(rest) or re.match(r"[-+]?", rest)
    at = min(start + (number.end() if number else 0), len(text.rstrip()) - 1)
    return Unreadable("not_a_number", character=text[at], position=at + 1)
