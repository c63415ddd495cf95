"""What the head of a table calls its columns: by code, as exports for programs do, or in words.

What stands in brackets behind the value's head is the unit of measure or the year of all its
figures; with anything else there it is another column, since its figures would be other ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indicators.measures.characters import as_ascii, visible
from indicators.measures.words import plain_word, year_of
from indicators.models import UNITS

INDICATOR, NAME = "indicator", "name"
UNIT, UNIT_NAME = "jurisdiction", "jurisdiction_name"
YEAR, VALUE, AS_ENTERED = "year", "value", "as_entered"
STATEMENT, STATE, MEASURE, NOTE, BASIS = "statement", "state", "unit", "note", "basis"

WORDS: dict[str, tuple[str, ...]] = {
    INDICATOR: ("指标编码", "指标代码", "代码", "编码", "code", "indicator code"),
    NAME: ("指标", "指标名称"),
    UNIT: ("单位编码", "单位代码", "区县代码", "unit code"),
    UNIT_NAME: ("单位", "单位名称", "区县", "区县名称", "填报单位"),
    YEAR: ("年份", "年度"),
    VALUE: ("数值", "填报值", "数据", "值", "figure"),
    AS_ENTERED: ("填报原文", "as entered"),
    STATEMENT: ("表述",),
    STATE: ("状态", "情况"),
    MEASURE: ("计量单位", "unit of measure"),
    NOTE: ("说明", "备注", "explanation"),
    BASIS: ("取得方式",),
}
_BY_WORD = {word: column for column, words in WORDS.items() for word in (column, *words)}
_BEHIND = re.compile(r"\(.*\)$|[*:]$")
_IN_BRACKETS = re.compile(r"[^()]*\(([^()]*)\)[*:]?")
HARMLESS = {"必填", "选填", "填报", "数字"}
_SPACES = re.compile(r"\s+")


def columns_of(heads: Sequence[str]) -> list[str]:
    """The column that each cell of a head names; empty for one that is none of ours.

    English exports call the unit that reports `Unit`, which as a code is the unit of measure.

    >>> columns_of(["指标代码", " 填报值（2021）", "上年"])
    ['indicator', 'value', '']
    >>> columns_of(["Unit", "Unit of measure"]), columns_of(["indicator", "unit"])
    (['jurisdiction_name', 'unit'], ['indicator', 'unit'])
    """
    words = [_SPACES.sub(" ", as_ascii(visible(head))).strip().casefold() for head in heads]
    reports = "unit of measure" in words
    return [UNIT_NAME if reports and word == "unit" else _column_of(word) for word in words]


def behind_value(head: str) -> tuple[str, str]:
    """The unit of measure and the year in brackets behind the head of the values.

    >>> behind_value("填报值（2021年）"), behind_value("数值")
    (('', '2021'), ('', ''))
    """
    found = _IN_BRACKETS.fullmatch(plain_word(head))
    inside = found[1].removeprefix("单位:") if found else ""
    if not inside:
        return "", ""
    if (year := year_of(inside)) is not None:
        return "", str(year)
    measures = {plain_word(unit.zh): unit.zh for unit in UNITS.values()}
    return measures.get(inside, ""), ""


def _column_of(word: str) -> str:
    whole = _BY_WORD.get(word)
    if whole is not None:
        return whole
    column = _BY_WORD.get(_BEHIND.sub("", word.rstrip("*:")).strip(), "")
    if column == VALUE and "(" in word and not any(behind_value(word)):
        inside = _IN_BRACKETS.fullmatch(plain_word(word))
        return column if inside and inside[1] in HARMLESS else ""
    return column
