"""The whole quantity that touches a place in a text.

An office that replaces the first digit of 805亿元 types it before the bookmark, not in it; 约 may
have been put before it, or 增加 have become 减少. So what is compared is not what a bookmark holds
but the quantity around it: digits, powers, unit, and the words that qualify it or say in which
direction. It is read in the same way in the text that was written and in the one that came back.
"""

from __future__ import annotations

import re

from indicators.measures.numerals import NUMERALS
from indicators.measures.quantities import BEFORE, BEHIND

_ARABIC = "0-9０-９"
_CHINESE = f"{NUMERALS}万亿"
# So far from the bookmark the rest of a quantity is looked for; the longest has some 20 characters.
_FAR = 60
_TURNS = ["增加", "增长", "提高", "提升", "上升", "增至", "新增", "净增"]
_TURNS += ["减少", "下降", "降低", "降至", "回落"]
_UNITS = ["个百分点", "百分点", "人次", "万元", "亿元", "元", "人", "名", "位", "所", "个"]
_UNITS += ["%", "％", "‰"]


def _any(words: list[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_BEFORE = _any([word for several in BEFORE.values() for word in several] + _TURNS)
_SIGN = f"(?:(?:{_BEFORE})[了到至 ]?)*[-−–+负第]?"
_LEFT = {
    False: re.compile(f"{_SIGN}(?:[{_ARABIC}]+[.．,]?)*$"),
    True: re.compile(f"{_SIGN}[{_ARABIC}.．,{_CHINESE}余多]*$"),
}
_POWERS = "[余多]?[百千万亿]*[余多]?"
# Where nothing is left in the bookmark, what was typed for it stands before it with all it has.
_WHOLE = {
    chinese: re.compile(f"{_SIGN}[{digits}]*{_POWERS}(?:{_any(_UNITS)})?(?:{_any([*BEHIND])})?$")
    for chinese, digits in ((False, f"{_ARABIC}.．,"), (True, f"{_ARABIC}.．,{NUMERALS}"))
}
_ENDS_OPEN = re.compile(f"[{_ARABIC}{_CHINESE}余多.．]$")
_RIGHT = re.compile(
    f"(?:[.．,]?[{_ARABIC}]+)*[{NUMERALS}]*{_POWERS}(?:{_any(_UNITS)})?(?:{_any([*BEHIND])})?"
)
_BEHIND = re.compile(f"(?:{_any([*BEHIND])})?")
_NUMERAL = re.compile(f"[{_ARABIC}{_CHINESE}]")


def in_chinese(text: str) -> bool:
    """Whether a quantity is written in Chinese numerals alone.

    >>> in_chinese("全国第四"), in_chinese("805亿元")
    (True, False)
    """
    return not re.search(f"[{_ARABIC}]", text) and has_numeral(text)


def has_numeral(text: str) -> bool:
    """
    >>> has_numeral("第四"), has_numeral("全覆盖")
    (True, False)
    """
    return bool(_NUMERAL.search(text))


def touching(text: str, start: int, end: int, *, after: int, before: int, chinese: bool) -> str:
    """The quantity that holds or touches text[start:end], within text[after:before].

    `chinese` says that numerals on the left belong to it; next to 805 the 一 of 统一 does not.

    >>> text = "总投入约905亿元以上。"
    >>> touching(text, 5, 9, after=0, before=len(text), chinese=False)
    '约905亿元以上'
    """
    inside = text[start:end]
    left = (_LEFT if inside else _WHOLE)[chinese].search(text[max(after, start - _FAR) : start])
    begin = start - len(left[0]) if left else start
    open_ended = not inside or _ENDS_OPEN.search(inside)
    behind = (_RIGHT if open_ended else _BEHIND).match(text[end : min(before, end + _FAR)])
    return text[begin : end + len(behind[0]) if behind else end]
