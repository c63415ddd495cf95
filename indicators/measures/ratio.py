"""Ratios of one to a number, as offices write 师生比: 1:15.2 is kept as 15.2.

Goes in: the text of a ratio. Comes out: its two sides, or what it comes to told to one.
"""

from __future__ import annotations

import re
from decimal import Decimal, localcontext

from indicators.measures.exact import CONTEXT, plain, round_once

ONES = ("1", "一")
_RATIO = re.compile("([^:∶比]*)[:∶比]([^:∶比]*)")
_NUMBER = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,4})?")


def sides(text: str) -> tuple[str, str] | None:
    """The two sides of a ratio; None for a text that is none.

    >>> sides("1:15.2"), sides("一比十五"), sides("15.2")
    (('1', '15.2'), ('一', '十五'), None)
    """
    ratio = _RATIO.fullmatch(text)
    return (ratio[1].strip(), ratio[2].strip()) if ratio else None


def told_to_one(one: str, other: str) -> str:
    """The ratio with 1 before the colon; empty where that cannot be told exactly.

    What has its 1 on the other side was meant the other way round.

    >>> told_to_one("2", "30"), told_to_one("15.2", "1"), told_to_one("3", "10")
    ('1:15', '1:15.2', '')
    """
    if not _NUMBER.fullmatch(one) or not _NUMBER.fullmatch(other) or not Decimal(one):
        return ""
    if other == "1":
        return f"1:{one}"
    with localcontext(CONTEXT):
        comes_to = Decimal(other) / Decimal(one)
    return f"1:{plain(comes_to)}" if comes_to == round_once(comes_to) else ""
