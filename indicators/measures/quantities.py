"""Reads a quantity as a Chinese official writes it: `805亿元`, `99.61％`, `42余万人次`, `第四`.

Goes in: text and a unit. Comes out: an exact number in the base unit, the place of its last
significant digit (a power of ten: 805亿 has 8, 99.61 has -2), and what the text says of it:
exactly, above it (超过), from it on (以上, which includes the number: 民法典, article 1259), it and
something beyond its last place (余), below it (不足), or about (约). What cannot be read is refused
with a code and with what would be right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, localcontext
from typing import Any, NamedTuple

from indicators.measures.characters import as_ascii, visible
from indicators.measures.exact import CONTEXT, DECIMALS, INTEGER_DIGITS, TooLong, exact
from indicators.measures.numerals import DIGITS, in_digits
from indicators.measures.ratio import ONES, sides, told_to_one
from indicators.measures.units import Unit, with_number

MAX_LENGTH = 100
FOUND = 20  # so much of what is wrong is named
POWERS = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
POWERS |= {"百亿": 10, "千亿": 11, "万亿": 12}
BEFORE = {
    "more_than": ("超过", "超", "大于", "多于", "高于", "逾"),
    "at_least": ("不低于", "不少于", "至少"),
    "less_than": ("不足", "不到", "不满", "未满", "少于", "小于", "低于"),
    "about": ("大约", "大概", "将近", "接近", "约", "近"),
}
BEHIND = {"以上": "at_least", "左右": "about", "上下": "about"}
# What two words together say; any other two contradict each other.
BOTH = {
    ("more_than", "remainder"): "remainder",
    ("about", "remainder"): "remainder",
    ("remainder", "about"): "remainder",
    ("more_than", "at_least"): "more_than",
    ("about", "about"): "about",
}
# No number, and not said which of the states it is: not applicable, not available, or 0.
NOTHING = {
    "/",
    "\\",
    "无",
    "暂无",
    "没有",
    "暂缺",
    "缺",
    "空",
    "不详",
    "未统计",
    "无数据",
    "暂无数据",
}
NOTHING |= {"不适用", "不涉及", "未开展", "n/a", "na", "null", "none", "nil"}
DASHES = {"-", "--", "—", "——", "―", "─"}

# An upper limit is no figure, and its number alone would say another thing. 以下 and 以内 include
# it (民法典, article 1259), so they are not 不足.
_AT_MOST = re.compile("^(?:不超过?|至多|最多|不[高多大]于|[小少]于等于|<=|≤)|(?:以下|以内|之内)$")
_SIGN = re.compile(r"(?P<sign>[-+负]?) *(?P<money>¥?) *(?P<inner>[-+负]?) *")
_SHARE = re.compile("^(?P<minus>负?) *(?P<of>[百千])分之 *")
_SHARES = {"百": "%", "千": "‰"}
_PART = re.compile(
    r"(?P<digits>[0-9][0-9, ]*(?:\.[0-9]*)?|\.[0-9]+) *"
    r"(?P<odd>[余多])?(?P<power>[百千万]亿|[百千]万|[千万亿]|百(?!分))?(?(odd)|(?P<odd_behind>[余多])?)"
)
_WORD = re.compile(r"(?!\.)[^0-9]*")
# Between two cells, or two lines of one.
_BREAK = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[, ])[0-9]{3}(?:(?P=mark)[0-9]{3})*")
_IN_BRACKETS = re.compile(r"(?P<money>¥?) *\((?P<inside>[^()]*)\)(?P<word>[^()]*)")
_ONE = "".join(DIGITS)
_RANK = re.compile(f"第? *(?:(?P<tens>[{_ONE}]?)十)?(?P<ones>[{_ONE}]?) *[名位]?")
_RANGE = re.compile(r"[0-9.]+\D{0,4}(?:-|~|—|至|到)\D?[0-9.]+\D*")


class Unreadable(ValueError):
    """The text is no quantity of the unit. `code` is stable; `params` name what is wrong or right.

    Codes: empty, too_long (limit), exponent, two_points, grouping, not_a_number (found, example),
    unclear (found, example), in_brackets (found, example), several_lines, a_range, two_qualifiers,
    dash, which_state (found), at_most (found), wrong_unit (found, unit), not_whole (unit),
    not_to_one (found, example), no_ratio, too_many_digits (limit), too_many_decimals (limit).
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Quantity(NamedTuple):
    """`number` in the base unit, `last_place` a power of ten; `qualifier` exact, more_than,
    at_least, remainder, less_than or about."""

    number: Decimal
    last_place: int
    qualifier: str


def read_quantity(text: str, unit: Unit) -> Quantity:
    """The quantity that `text` means in `unit` (a base unit). Raises Unreadable.

    >>> from indicators.measures.units import RATIO, YUAN
    >>> read_quantity("３．６２万元", YUAN)
    Quantity(number=Decimal('36200.0000'), last_place=2, qualifier='exact')
    >>> read_quantity("42余万", YUAN)
    Quantity(number=Decimal('420000.0000'), last_place=4, qualifier='remainder')
    >>> read_quantity("1亿2000万元", YUAN).number
    Decimal('120000000.0000')
    >>> read_quantity("1：15.2", RATIO).number
    Decimal('15.2000')
    >>> read_quantity("1e400", YUAN)
    Traceback (most recent call last):
    indicators.measures.quantities.Unreadable: exponent
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable("too_long", limit=MAX_LENGTH)
    if text.isascii() and text.isdigit() and not unit.is_ratio:
        return Quantity(_in_base_unit(text), 0, "exact")  # as most are; the rest would say so too
    typed = as_ascii(visible(text)).strip()
    if not typed:
        raise Unreadable("empty")
    if _BREAK.search(typed):
        raise Unreadable("several_lines")
    if typed in DASHES:
        raise Unreadable("dash")
    if typed.lower() in NOTHING:
        raise Unreadable("which_state", found=typed)
    if limit := _AT_MOST.search(typed):
        raise Unreadable("at_most", found=limit[0])
    try:
        return _read(typed, unit)
    except Unreadable as unreadable:
        if unreadable.code == "not_a_number":
            raise _why_not(typed, unit, unreadable) from None
        raise


def words_of(unit: Unit) -> list[str]:
    """The words that may stand behind a number of the unit; of a ratio there are none."""
    return [] if unit.is_ratio else [as_ascii(word) for word in (unit.zh, *unit.words)]


def _read(typed: str, unit: Unit) -> Quantity:
    rest, qualifier = _qualifier(typed)
    if unit.code == "rank":
        rest = _ordinal(rest)
    if unit.is_ratio:
        rest = _behind_one(rest, unit)
    share = _SHARE.match(rest)
    sign_of_share = _SHARES[share["of"]] if share else ""
    unsigned = in_digits(share["minus"] + rest[share.end() :] if share else rest)
    rest = _bracketed(unsigned)
    sign = _SIGN.match(rest)
    if sign is None or (sign["sign"] and sign["inner"]):
        raise _not_a_number(rest)
    if sign["money"] and not unit.in_money:
        raise Unreadable("wrong_unit", found=sign["money"], unit=unit.code)
    parts = _parts(rest, sign.end())
    at = parts[-1].end() if parts else sign.end()
    if not parts or not _WORD.fullmatch(rest, at):
        raise _not_a_number(rest[at:] or rest)
    word, behind = _behind(rest[at:].strip())
    odd = parts[-1]["odd"] or parts[-1]["odd_behind"]
    power, decimals, number = _number(parts, unit, (sign["sign"] or sign["inner"]) in ("-", "负"))
    _check_word(sign_of_share + word, unit)
    refuse_unless_of(unit, number)
    said = [qualifier, *(["remainder"] if odd else []), behind]
    # An accountant's brackets hold a number alone; around words they are brackets and no minus.
    if rest != unsigned and (sign_of_share or set(said) != {"exact"}):
        bare = re.sub(r"[()]", "", typed)
        example = bare if _reads(bare, unit) else _example(unit)
        raise Unreadable("in_brackets", found=typed, example=example)
    # 36215.0 people, as programs write it, are counted and not measured to a tenth.
    return Quantity(number, max(power - decimals, 0 if unit.whole else -DECIMALS), _both(said))


def refuse_unless_of(unit: Unit, number: Decimal) -> None:
    """Raises Unreadable, not_whole or no_ratio, where no such number can be counted in the unit."""
    if unit.whole and number != number.to_integral_value():
        raise Unreadable("not_whole", unit=unit.code)
    if unit.is_ratio and number <= 0:
        raise Unreadable("no_ratio")


def _behind_one(text: str, unit: Unit) -> str:
    """15.2 of 1:15.2; what is told to another number than 1 is refused with what it comes to."""
    ratio = sides(text)
    if ratio and ratio[0] not in ONES:
        right = told_to_one(*ratio)
        example = right if right and _reads(right, unit) else _example(unit)
        raise Unreadable("not_to_one", found=text[:FOUND], example=example)
    return ratio[1] if ratio else text


def _qualifier(text: str) -> tuple[str, str]:
    for code, words in BEFORE.items():
        for word in words:
            if text.startswith(word):
                return text[len(word) :].lstrip(), code
    return text, "exact"


def _behind(word: str) -> tuple[str, str]:
    """The unit's word without what is said behind it: 人以上 is 人, from it on."""
    for said, code in BEHIND.items():
        if word.endswith(said):
            return word.removesuffix(said).rstrip(), code
    return word, "exact"


def _both(said: list[str]) -> str:
    """What several words together say. Refuses those that contradict each other."""
    found = "exact"
    for code in said:
        if found == "exact":
            found = code
        elif code != "exact":
            if (found, code) not in BOTH:
                raise Unreadable("two_qualifiers")
            found = BOTH[found, code]
    return found


def _bracketed(text: str) -> str:
    """(1,234) as an accountant writes −1,234."""
    match = _IN_BRACKETS.fullmatch(text)
    if not match:
        return text
    if match["inside"].lstrip().startswith(("-", "+", "负")):
        raise _not_a_number(text)
    return f"-{match['money']}{match['inside'].strip()}{match['word']}"


def _parts(text: str, at: int) -> list[re.Match[str]]:
    """1亿2000万 in its parts, each with its power; behind one without power comes none."""
    found: list[re.Match[str]] = []
    while match := _PART.match(text, at + (bool(found) and text.startswith("零", at))):
        found.append(match)
        at = match.end()
        if not match["power"] or match["odd"] or match["odd_behind"]:
            break
    return found


def _number(parts: list[re.Match[str]], unit: Unit, negative: bool) -> tuple[int, int, Decimal]:
    """Power of the last part, its decimals, and the number of all of them."""
    power, decimals, before = 0, 0, 0
    total = Decimal(0)
    for at, (part, power) in enumerate(zip(parts, _powers(parts, unit), strict=True)):
        digits = _ungrouped(part["digits"].strip())
        whole, _point, behind = digits.partition(".")
        # 3万6 may mean 36,000 or 30,006; and 1亿20000万 or 1.5亿2000万 nobody writes on purpose.
        if at and (decimals or power >= before or len(whole) > before - power):
            raise _unclear(parts, unit)
        filled = len(whole) == before or part.string[part.start() - 1] == "零"
        if at and not part["power"] and not filled:
            raise _unclear(parts, unit)
        before, decimals = power, len(behind)
        with localcontext(CONTEXT):
            total += _in_base_unit(f"{digits}e{power}")
    return power, decimals, _in_base_unit(str(-total if negative else total))


def _ordinal(text: str) -> str:
    """Digits for 第四, 第十二, 四名: ranks up to 99."""
    match = _RANK.fullmatch(text)
    if not match or not (match["ones"] or match["tens"] is not None):
        return text.removeprefix("第").lstrip()
    tens = DIGITS.get(match["tens"], 1) if match["tens"] is not None else 0
    return str(10 * tens + DIGITS.get(match["ones"], 0))


def _powers(parts: list[re.Match[str]], unit: Unit) -> list[int]:
    """Of each part; the 万 of 2千3百万, and of 1亿2千3百万, is of all thousands and hundreds before
    it."""
    words = [part["power"] or "" for part in parts]
    single = [len(part["digits"].strip()) == 1 for part in parts]
    if any(words) and not unit.takes_wan:
        raise Unreadable("wrong_unit", found=next(filter(None, words)), unit=unit.code)
    found: list[int] = []
    for word, is_single in zip(reversed(words), reversed(single), strict=True):
        power = POWERS[word]
        behind = found[0] if found else 0
        shared = next((POWERS[of] for of in "亿万" if behind > POWERS[of]), 0)
        if power in (2, 3) and is_single and power + shared > behind:
            power += shared
        found.insert(0, power)
    return found


def _check_word(word: str, unit: Unit) -> None:
    """The word behind the number must name the unit of the box: % and 个百分点 are two units."""
    if not word or word in words_of(unit):
        return
    longest = 12 if "/" in word else 4
    if len(word) <= longest and word.isprintable() and not re.search(_QUALIFIERS, word):
        raise Unreadable("wrong_unit", found=word, unit=unit.code)
    raise _not_a_number(word)


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


def _not_a_number(found: str) -> Unreadable:
    found = found.strip()
    return Unreadable(
        "not_a_number", found=found[:FOUND] + ("…" if len(found) > FOUND else ""), example=""
    )


def _unclear(parts: list[re.Match[str]], unit: Unit) -> Unreadable:
    """Names the two parts of 3万6 as one number with one power, 3.6万."""
    first, second = parts[0], parts[1]
    found = parts[0].string[first.start() : parts[-1].end()]
    one = f"{first['digits'].strip()}.{second['digits'].strip()}{first['power']}"
    if second["power"]:  # no guess of what 1亿20000万 means
        one = ""
    return Unreadable("unclear", found=found, example=one if _reads(one, unit) else _example(unit))


def _why_not(typed: str, unit: Unit, unreadable: Unreadable) -> Unreadable:
    """The clearest reason why the text is no number, with what would be right."""
    bare = _qualifier(typed)[0]
    if re.fullmatch(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+\D*", bare):
        return Unreadable("exponent")
    if re.match(r"[-+]?[0-9]*\.[0-9]*\.", bare):
        return Unreadable("two_points")
    if re.fullmatch(r"[-+]?[0-9][0-9, ]*(\.[0-9]*)?(,|[, ]+[0-9])[0-9, ]*\D*", bare):
        return Unreadable("grouping")
    if _RANGE.fullmatch(bare):
        return Unreadable("a_range")
    right = next((mended for mended in _mended(typed, unit) if _reads(mended, unit)), "")
    found = unreadable.params["found"] or typed
    return Unreadable("not_a_number", found=found, example=right or _example(unit))


_QUALIFIERS = "|".join(word for words in BEFORE.values() for word in words)
_MENDS: tuple[Callable[[str], str], ...] = (
    # A full stop for the point, a sign between groups that is none, 约 behind the number.
    lambda text: re.sub(r"(?<=[0-9])[。·](?=[0-9])", ".", text),
    lambda text: re.sub(r"(?<=[0-9])['_`、](?=[0-9]{3})", ",", text),
    lambda text: re.sub(f"^(.*?)({_QUALIFIERS})$", r"\2\1", text),
    # Words before the number that leave it what it is: 共12所. Not 下降 or 新增.
    lambda text: re.sub("^(?:[=: ]|[总一合共累]?[共计]|[现实]?有|已?达到?|为|是)+", "", text),
)


def _mended(typed: str, unit: Unit) -> Iterator[str]:
    """What might have been meant, the likeliest first."""
    yield from (mend(typed) for mend in _MENDS)
    number = re.match(f"({_QUALIFIERS})?{_PART.pattern}", typed)
    if number and not re.search(f"[0-9]|{_QUALIFIERS}|{'|'.join(BEHIND)}", typed[number.end() :]):
        yield with_number(number[0], unit)


def _reads(text: str, unit: Unit) -> bool:
    try:
        _read(text, unit)
    except Unreadable:
        return False
    return True


def _example(unit: Unit) -> str:
    examples = {"percent": "95.67%", "rank": "第4", "yuan": "1234.5万元"}
    digits = "1234" if unit.whole or unit.in_money else "12.5"
    return examples.get(unit.code, with_number(digits, unit))
