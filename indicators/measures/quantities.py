"""Reads a quantity as a Chinese official writes it: `805亿元`, `99.61％`, `42余万人次`, `第四`.

Goes in: text and a unit. Comes out: an exact number in the base unit, the place of its last
significant digit (a power of ten: 805亿 has 8, 99.61 has -2), and whether the text says exactly,
more than (余, 超过) or about (约). What cannot be read is refused with a code and its place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from indicators.measures.exact import DECIMALS, INTEGER_DIGITS, TooLong, exact
from indicators.measures.units import UNITS, Unit

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
    "percent": ["百分之"],
    "yuan_per_pupil": ["元", "元/生"],
    "rank": ["名"],
}

_SHAPE = re.compile(
    r"(?P<sign>[-+]?)(?P<digits>[0-9][0-9, ]*(?:\.[0-9]*)?|\.[0-9]+)\s*"
    r"(?P<odd1>[余多]?)(?P<power>百万|千万|[百千万亿]?)(?P<odd2>[余多]?)\s*(?P<word>\D*)"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<mark>[, ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")


class Unreadable(ValueError):
    """The text is no quantity of the unit. `code` is stable; `params` name the place or the limit.

    Codes: empty, too_long, exponent, two_points, grouping, not_a_number (character, position),
    wrong_unit (found, unit), not_whole, too_many_digits (limit), too_many_decimals (limit).
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
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("–", "-").strip()
    if not plain:
        raise Unreadable("empty")
    plain, qualifier = _qualifier(plain)
    if unit.code == "rank":
        plain = _ordinal(plain)
    if plain.startswith("百分之"):
        plain = plain.removeprefix("百分之") + "%"
    match = _SHAPE.fullmatch(plain)
    if not match:
        raise _why_not(plain)
    if match["odd1"] or match["odd2"]:
        qualifier = "more_than"
    power = _power(match["power"], unit, plain)
    _check_word(match["word"], unit)
    digits = _ungrouped(match["digits"].strip())
    decimals = len(digits.partition(".")[2])
    number = _in_base_unit(match["sign"] + digits, power)
    if unit.whole and number != number.to_integral_value():
        raise Unreadable("not_whole", unit=unit.code)
    return Quantity(number, power - decimals, qualifier)


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
                return text[len(word) :].strip(), code
    return text, "exact"


def _ordinal(text: str) -> str:
    """Digits for 第四, 第十二, 四: ranks up to 99."""
    bare = text.removeprefix("第").removesuffix("名").removesuffix("位")
    if not bare or not set(bare) <= {*NUMERALS, "十"} or bare.count("十") > 1:
        return bare
    if "十" not in bare:
        return str(NUMERALS[bare]) if len(bare) == 1 else bare
    tens, _, ones = bare.partition("十")
    return str(10 * NUMERALS.get(tens, 1) + NUMERALS.get(ones, 0))


def _power(word: str, unit: Unit, text: str) -> int:
    if word and unit.code in UNSCALED:
        raise Unreadable("wrong_unit", found=word, unit=unit.code)
    return POWERS[word]


def _check_word(word: str, unit: Unit) -> None:
    """The word behind the number must name the unit of the box: % and 个百分点 are two units."""
    word = word.strip()
    allowed = {"", unit.zh, *WORDS.get(unit.code, ""), *MORE_WORDS.get(unit.code, [])}
    if word not in allowed:
        known = any(word == other.zh for other in UNITS.values())
        if known or len(word) <= 4:
            raise Unreadable("wrong_unit", found=word, unit=unit.code)
        raise Unreadable("not_a_number", character=word[0], position=None)


def _ungrouped(digits: str) -> str:
    whole, point, decimals = digits.partition(".")
    if "," in whole or " " in whole:
        if not _GROUPED.fullmatch(whole):
            raise Unreadable("grouping")
        whole = whole.replace(",", "").replace(" ", "")
    return f"{whole or '0'}{point}{decimals}".rstrip(".")


def _in_base_unit(digits: str, power: int) -> Decimal:
    number = Decimal(digits).scaleb(power)
    try:
        return exact(number)
    except TooLong:
        if number.adjusted() >= INTEGER_DIGITS:
            raise Unreadable("too_many_digits", limit=INTEGER_DIGITS) from None
        raise Unreadable("too_many_decimals", limit=DECIMALS) from None


def _why_not(text: str) -> Unreadable:
    """The clearest reason why the text has not the shape of a number."""
    if re.fullmatch(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+\D*", text):
        return Unreadable("exponent")
    if re.match(r"[-+]?[0-9]*\.[0-9]*\.", text):
        return Unreadable("two_points")
    if re.fullmatch(r"[-+]?[0-9][0-9, ]*(\.[0-9]*)?[, ][0-9, ]*\D*", text):
        return Unreadable("grouping")
    at = next((i for i, c in enumerate(text) if c not in "0123456789., +-"), len(text) - 1)
    return Unreadable("not_a_number", character=text[at], position=at + 1)
