"""What a quantity of running text is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Quantity:
    """A number of the text, `start` to `end` in `Plain.text`; `number` is from where its digits
    stand, behind a word such as 超过.

    `value` is in the base unit, None of a statement. `unit` is a code or the text's word, `sort`
    one of share, points, money, count, rank, ratio, time, age, order, statement, bare. `place` is
    that of the last digit. `written` is whether by numerals.

    >>> Quantity(0, 3, 0, Decimal("12"), 0, "所", "所", "count").qualifier
    'exact'
    """

    start: int
    end: int
    number: int
    value: Decimal | None
    place: int
    unit: str
    word: str
    sort: str
    qualifier: str = "exact"
    written: bool = False
