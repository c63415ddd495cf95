"""How words of tables are compared, and how a year is written in them.

Goes in: a text as an office has it. Comes out: the word without what does not tell words apart
(spaces, full-width forms, capitals), or the year that the text wholly is.
"""

from __future__ import annotations

import re

from indicators.measures.characters import as_ascii, visible

_CODE_AS_NUMBER = re.compile(r"[0-9]+\.0")
_SPACES = re.compile(r"\s+")
_SCHOOL_YEAR = r" */ *(?P<second>[0-9]{4}|[0-9]{2}) *学年度?"
_YEAR = re.compile(rf"(?P<first>[0-9]{{4}})(?:{_SCHOOL_YEAR}| *学年度?| *年度?)?")


def plain_word(word: str) -> str:
    """
    >>> plain_word(" 在园 幼儿数（Ａ）")
    '在园幼儿数(a)'
    """
    return _SPACES.sub("", as_ascii(visible(word))).casefold()


def plain_code(word: str) -> str:
    """A code or year as it was before a program took it for a number with decimals.

    >>> plain_code("500106.0"), plain_code("v2.0")
    ('500106', 'v2.0')
    """
    return word[:-2] if _CODE_AS_NUMBER.fullmatch(word) else word


def year_of(text: str) -> int | None:
    """The year that the text is; of a school year the one it begins in. None for anything else.

    >>> year_of("2021年"), year_of("2020/21学年"), year_of("2019-2021年"), year_of("2020/25学年")
    (2021, 2020, None, None)
    """
    found = _YEAR.fullmatch(as_ascii(visible(text)).strip())
    if found is None:
        return None
    first, second = int(found["first"]), found["second"]
    if second is not None and int(second) not in (first + 1, (first + 1) % 100):
        return None
    return first
