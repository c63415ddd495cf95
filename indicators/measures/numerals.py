"""Chinese numerals as Arabic digits: 两万 is 2万, 三千五百 is 3500, 百分之九十五 is 百分之95.

Only what has one meaning: 三千五 (3500 or 3005) and 二三十 stay as they are.
"""

from __future__ import annotations

import re

DIGITS = {c: n for n, c in enumerate("一二三四五六七八九", start=1)}
_WORTH = DIGITS | {"两": 2}
_PLACES = {"十": 1, "百": 2, "千": 3}
_ONE = "".join(_WORTH)
NUMERALS = f"{_ONE}十百千零〇"
# Not behind a digit, whose 千 and 百 it would take: 5千万.
_RUN = re.compile(f"(?<![0-9.,十百千零〇{_ONE}])[十{_ONE}][十百千零〇{_ONE}]*")
_PART = re.compile(f"[零〇]|[{_ONE}]?[十百千]|[{_ONE}]")
# 五百余万 is 5余百万: its power is 百万, and 余 says something beyond it.
_ODD_INSIDE = re.compile("([百千])([余多])([万亿])")


def in_digits(text: str) -> str:
    """The text with its Chinese numerals in digits; those without one meaning stay.

    >>> in_digits("两万"), in_digits("三千五百万"), in_digits("一百零五")
    ('2万', '3500万', '105')
    >>> in_digits("五百"), in_digits("三千五"), in_digits("二三十")
    ('5百', '三千五', '二三十')
    >>> in_digits("五百余万")
    '5余百万'
    """
    return _ODD_INSIDE.sub(r"\2\1\3", _RUN.sub(lambda run: _digits(run[0]), text))


def _digits(run: str) -> str:
    parts = _PART.findall(run)
    number, before, skipped = 0, 4, False
    for at, part in enumerate(parts):
        if part in "零〇":
            if skipped or not at:
                return run
            skipped = True
            continue
        place = _PLACES.get(part[-1], 0)
        if place >= before or (at and skipped is (place == before - 1)):
            return run
        if part in _PLACES and (part != "十" or at):
            return run
        number += _WORTH.get(part[0], 1) * 10**place
        before, skipped = place, False
    if skipped:
        return run
    # One part alone keeps its 百 or 千, which says how exactly it is meant.
    return f"{_WORTH[run[0]]}{run[1]}" if len(parts) == 1 and run[-1] in "百千" else str(number)
