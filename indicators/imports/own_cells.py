"""What a cell of an office's own table may be: a figure, a year, a code, a remark above the head.

Goes in: a cell, or its text, as an office wrote it. Comes out: yes or no; what follows from it is
the matter of `crosstab`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from indicators.imports.label_words import bare
from indicators.measures.characters import as_ascii
from indicators.measures.quantities import BEFORE, BEHIND, NOTHING
from indicators.measures.words import plain_code
from indicators.spreadsheets import Cell

CODE = re.compile(r"[1-8][0-9]{5}(?:\.0)?", re.ASCII)
FIGURE = re.compile(r"[约超]?-?[0-9][0-9,.]*(?: *[余多]?[万亿%].*)?|[-—/]+", re.ASCII)
_IN_WORDS = re.compile(
    rf"(?:{'|'.join(word for words in BEFORE.values() for word in words)})? *[0-9][0-9,.]*"
    rf" *[余多]?[百千万亿%‰]*(?:人次|人|名|个|所|元)?(?:{'|'.join(BEHIND)})?"
    r"|[0-9][0-9,.]*(?:\s*\n\s*[0-9][0-9,.]*)+"
)
YEARS = range(1990, 2101)
# What offices write between title and head: 填报单位：某某区教育局, 单位：万元, 制表日期：2024.3.1.
_REMARK = re.compile(
    r"(?:填报|报送|计量|编制|制表|填表|统计)?(?:单位|机关|机构|部门|人|时间|日期)|"
    r"(?:单位)?负责人|审核人?|联系人|(?:联系)?电话|表号|文号|有效期至?|金额单位"
)


def is_figure(cell: Cell) -> bool:
    """A number, or a text that stands for one: 3.62万, 约120, —."""
    return cell.kind == "number" or (
        cell.kind == "text" and FIGURE.fullmatch(as_ascii(cell.text).strip()) is not None
    )


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Whether the cells are 1, 2, 3 …"""
    numbers = [cell.number for cell in cells if cell.kind == "number"]
    return len(numbers) > 1 and numbers == [Decimal(n) for n in range(1, len(numbers) + 1)]


def are_codes(cells: Sequence[Cell]) -> bool:
    """Whether the cells are codes of GB/T 2260, which no spreadsheet tells from numbers."""
    texts = [cell.text for cell in cells]
    return len(set(texts)) == len(texts) and all(map(CODE.fullmatch, texts))


def is_no_figure(cell: Cell) -> bool:
    """Whether it stands where there is no figure (无, 暂无), which no head says."""
    return as_ascii(cell.text).strip().lower() in NOTHING


def is_remark(text: str) -> bool:
    """Whether it tells of the whole table what no column is called.

    >>> is_remark("单位：万元"), is_remark("填报单位：某某市教育局"), is_remark("其中：女")
    (True, True, False)
    """
    front, colon, _behind = bare(text).partition(":")
    return bool(colon) and _REMARK.fullmatch(front) is not None


def is_in_words(cell: Cell) -> bool:
    """Whether the text is a number with words about it (不足4万), or several in one cell."""
    text = as_ascii(cell.text).strip()
    return cell.kind == "text" and _IN_WORDS.fullmatch(text) is not None and not is_year(cell)


def is_year(cell: Cell) -> bool:
    text = plain_code(cell.text.strip())
    return text.isdecimal() and int(text) in YEARS
