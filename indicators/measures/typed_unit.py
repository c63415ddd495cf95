"""Amounts typed in a unit that is chosen for a whole sheet: 33.5 on a sheet in 万元 is 33.5万元.

What is kept names its unit, so that it means the same wherever it is read again. Chinese numerals
are numbers as digits are: 五十 is 50万元, 三千 is 3000万元. 万, 亿 and 元 name a unit of their own:
33亿 is 33亿元 on any sheet, 两万 is 20,000元. 千 and 百 behind digits may be either, as offices
write 3千 for 3000元 and for a cell of 3000 alike, and ¥ before a number may be the format of a cell
in any unit: `either_unit` finds it, and which is meant is asked.
"""

from __future__ import annotations

import re
from decimal import Decimal

from indicators.measures.characters import as_ascii
from indicators.measures.exact import plain
from indicators.measures.numerals import NUMERALS
from indicators.measures.quantities import BEFORE, Unreadable, read_quantity
from indicators.measures.sums import is_sum
from indicators.measures.units import WAN_YUAN, YI_YUAN, YUAN, Unit

AMOUNTS = {unit.code: unit for unit in (YUAN, WAN_YUAN, YI_YUAN)}
_NAMES_ITS_OWN = re.compile("[万亿元¥]")
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_POINT_WITHOUT_PLACES = re.compile(r"(?<![0-9,.])([0-9][0-9,]*)\.(?![0-9])")
_WORDS_OF_ITS_OWN = re.compile("[万亿元]")
_DIGITS_AND_POWER = re.compile("[0-9].*[百千]")
_BEHIND_NUMBER = re.compile(
    rf"([0-9{NUMERALS}][0-9{NUMERALS},. ]*?)( *)([余多]?)(?=[^0-9{NUMERALS}]*$)"
)


def typed_in(text: str, unit: Unit, base: Unit = YUAN) -> str:
    """The text as it is kept, typed where numbers without a unit are in `unit`, which holds `base`.

    >>> typed_in("335,000", WAN_YUAN), typed_in("约33余", YI_YUAN)
    ('335,000万元', '约33余亿元')
    >>> typed_in("33.5亿", WAN_YUAN), typed_in("=1200+340", WAN_YUAN)
    ('33.5亿', '=(1200+340)*10000')
    >>> typed_in("五十多", WAN_YUAN), typed_in("3千", WAN_YUAN)
    ('五十多万元', '3千')
    """
    if unit.code == unit.base or _DIGITS_AND_POWER.search(as_ascii(text)):
        return text
    if is_sum(text):
        typed = as_ascii(text).strip()
        return f"=({typed[1:]})*{plain(unit.factor)}"
    if _NUMBER.fullmatch(as_ascii(text).strip()) and not _reads("1" + unit.zh, base):
        return f"=({as_ascii(text).strip()})*{plain(unit.factor)}"  # 3公顷 is not read, 3万 is
    return _with_word(text, unit.zh, base)


def either_unit(text: str, unit: Unit, base: Unit = YUAN) -> tuple[str, str] | None:
    """Both that a text may mean on a sheet in `unit` where its 千 or 百 may be a part of the number
    or the unit, or its ¥ may be the format of a cell; None where it has one meaning.

    >>> either_unit("3千", WAN_YUAN), either_unit("¥335.00", WAN_YUAN)
    (('3000元', '3000万元'), ('335元', '335万元'))
    """
    typed = as_ascii(text)
    if unit.code == unit.base or is_sum(text) or _WORDS_OF_ITS_OWN.search(typed):
        return None
    if ("¥" not in typed and not _DIGITS_AND_POWER.search(typed)) or not _reads(text, base):
        return None
    number = plain(read_quantity(text, base).number)
    return number + base.zh, number + unit.zh


def kept_as(text: str, number: Decimal | None, base: Unit = YUAN) -> str:
    """A text that was kept, as it can stand in a box where numbers without a unit are in another.

    >>> kept_as("3350000000", Decimal("3350000000"))
    '3350000000元'
    >>> kept_as("三千", Decimal(3000))
    '三千元'
    """
    if is_sum(text):
        return text if number is None else plain(number) + base.zh
    return _with_word(text, base.zh, base)


def with_qualifier(digits: str, qualifier: str) -> str:
    """The number with the word that says how exact it is, as it is read again.

    Not for remainder, which is said of the last digit of what was typed.

    >>> with_qualifier("40000", "less_than"), with_qualifier("95", "at_least")
    ('不足40000', '95以上')
    """
    if qualifier == "at_least":
        return f"{digits}以上"
    if qualifier == "about":
        return f"约{digits}"
    return BEFORE[qualifier][0] + digits if qualifier in BEFORE else digits


def _with_word(text: str, word: str, base: Unit) -> str:
    """The unit put behind the number of a text that names none and can be read, with or without
    it: what is too large with it is refused so, never read without."""
    # ¥ before a number that was kept says what it was read as, but may be either when read again.
    named_by = _WORDS_OF_ITS_OWN if word == base.zh else _NAMES_ITS_OWN
    if named_by.search(as_ascii(text)):
        return text
    typed = _POINT_WITHOUT_PLACES.sub(r"\1", as_ascii(text).strip())
    named = _BEHIND_NUMBER.sub(rf"\1\3{word}\2", typed, count=1).strip()
    return named if _reads(named, base) or _reads(text, base) else text


def _reads(text: str, base: Unit) -> bool:
    try:
        read_quantity(text, base)
    except Unreadable:
        return False
    return True
