"""What is odd about a number that may yet be right: a slip of units, a leap, one that stands out.

Pure arithmetic: numbers in one unit go in; a code with its factor, or a measure, comes out. What is
asked of which figure is said by rules, kept as data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from statistics import median

from indicators.measures.exact import CONTEXT, round_once
from indicators.measures.formula import Formula, Node, Number, Operation, Reference

HUNDRED = Decimal(100)
# Times last year's that look like a slip: a digit too many, 百 千 万 亿 left out or put in.
SLIPS = (Decimal(10), Decimal(100), Decimal(1000), Decimal(10_000), Decimal(100_000_000))
# A figure that slipped also changed a little: twelve times may still be ten times.
SLACK = Decimal("1.3")
TIMES = Decimal(10)
# Below this, one school more or less is many times last year's.
FEW = Decimal(100)
WITHOUT_TIMES = {"rank", "percentage_points"}
# So many others make a distribution; the constant makes the deviation that of a normal one.
FEWEST_OTHERS = 5
LEAST_TIMES = Decimal(3)
OF_MEDIAN_DEVIATION = Decimal("0.6745")
# What counts as the deviation, as a part of the middle, where more than half are alike.
OF_ALIKE = Decimal("0.05")


@dataclass(frozen=True)
class Slip:
    """Codes: slip_up, slip_down (about 10, 100 … times last year's, or that part of it); times_up,
    times_down (ten times or more, a tenth or less); nothing_left (0 after a figure)."""

    code: str
    times: Decimal | None = None


def slip(
    number: Decimal, before: Decimal, *, unit: str, kind: str, lower_better: bool = False
) -> Slip | None:
    """How many times the number before it a number is, where that can be said and means something.

    `unit` is the code of the base unit, `kind` a quantity kind. Nothing after something is odd
    however little that was, unless lower is better.

    >>> slip(Decimal("1.2"), Decimal(12346), unit="persons", kind="count")
    Slip(code='slip_down', times=Decimal('10000'))
    """
    if kind == "growth_rate" or unit in WITHOUT_TIMES or before <= 0 or number < 0:
        return None
    if number == 0:
        return None if lower_better else Slip("nothing_left")
    if max(number, before) < (1 if unit == "percent" else FEW):
        return None
    with localcontext(CONTEXT):
        up = number > before
        times = number / before if up else before / number
        for factor in SLIPS:
            if factor / SLACK <= times <= factor * SLACK:
                return Slip("slip_up" if up else "slip_down", factor)
        if times < TIMES:
            return None
        return Slip("times_up" if up else "times_down", times.to_integral_value())


def may_be_a_fraction(number: Decimal, unit: str, kind: str) -> bool:
    """Whether a share in per cent may have been written as a part of 1: 0.956 for 95.6 %.

    >>> may_be_a_fraction(Decimal("0.956"), unit="percent", kind="share")
    True
    """
    return unit == "percent" and kind == "share" and 0 < number <= 1


def growth(number: Decimal, before: Decimal, *, unit: str) -> Decimal | None:
    """On last year: in percentage points for what is in per cent, else in per cent of it.

    None where last year's is not above 0.

    >>> growth(Decimal(110), Decimal(100), unit="persons")
    Decimal('10.0000')
    >>> growth(Decimal("92.1"), Decimal("95.9"), unit="percent")
    Decimal('-3.8000')
    """
    if unit == "percent":
        return round_once(number - before)
    if before <= 0:
        return None
    with localcontext(CONTEXT):
        return round_once((number - before) * HUNDRED / before)


def is_copied(number: Decimal, before: Decimal, *, unit: str) -> bool:
    """Whether it is last year's to the last digit, where that is unlikely: many are counted."""
    return number == before and unit not in ("percent", *WITHOUT_TIMES) and number >= FEW


def is_off(left: Decimal, right: Decimal, tolerance: Decimal) -> bool:
    """Whether the two differ by more than `tolerance` per cent of the right one.

    >>> [is_off(Decimal(left), Decimal(100), Decimal(1)) for left in (101, 102)]
    [False, True]
    """
    return abs(left - right) * HUNDRED > abs(right) * tolerance


def score(number: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """Modified z-score of a number among those of other units in the same year.

    By the median absolute deviation; where that is 0, as more than half are alike, by a twentieth
    of the middle. None with fewer than five others, or a middle of 0 where most are alike. From 3.5
    on a number is commonly said to stand out. Source: Iglewicz and Hoaglin, How to Detect and
    Handle Outliers (1993), but for those alike: their mean deviation bounds how far each single one
    lies from the middle. A score over one unit's few years could never reach 3.5, and is not to be
    used.

    Where the middle lies counts by whole deviations, those to two digits: who tries which numbers
    stand out learns what is usual, but no other's figure. It moves a score by less than a half.

    >>> score(Decimal(60), [Decimal(n) for n in (90, 91, 92, 93, 94)])
    Decimal('-21.5840')
    """
    if len(others) < FEWEST_OTHERS:
        return None
    with localcontext(CONTEXT):
        middle = Decimal(median(others))
        away = Decimal(median(abs(other - middle) for other in others))
        deviation = _two_digits(away or abs(middle) * OF_ALIKE)
        if not deviation:
            return None
        middle = (middle / deviation).to_integral_value() * deviation
        return round_once((number - middle) / deviation * OF_MEDIAN_DEVIATION)


def _two_digits(number: Decimal) -> Decimal:
    return Context(prec=2).plus(number)


def apart(
    number: Decimal, size: Decimal, others: Sequence[tuple[Decimal, Decimal]]
) -> tuple[Decimal, Decimal] | None:
    """How far a number for its size (per pupil) lies from those of other units: score and times.

    The modified z-score is one of logarithms, as amounts differ by factors; a factor below three
    is none. `others` are numbers with their sizes. None where nothing stands out or can be said.
    What is usual per head counts to two digits.

    >>> near = [(Decimal(n), Decimal(100)) for n in (900, 950, 1000, 1050, 1100)]
    >>> apart(Decimal(10_000), Decimal(100), near)[1]
    Decimal('10.0000')
    >>> apart(Decimal(1300), Decimal(100), near)
    """
    rates = [one / of for one, of in others if one > 0 and of > 0]
    if number <= 0 or size <= 0 or len(rates) < FEWEST_OTHERS:
        return None
    with localcontext(CONTEXT):
        times = number / size / _two_digits(Decimal(median(rates)))
        found = score((number / size).ln(), [rate.ln() for rate in rates])
        if found is None or max(times, 1 / times) < LEAST_TIMES:
            return None
        return found, round_once(max(times, 1 / times))


def part_and_whole(formula: Formula) -> tuple[Reference, Reference] | None:
    """The two inputs of a share, `part / whole * 100`; None for any other formula.

    >>> from indicators.measures.formula import parse
    >>> part_and_whole(parse("public / total * 100"))
    (Reference(code='public', shift=0, year=None), Reference(code='total', shift=0, year=None))
    >>> part_and_whole(parse("funding / prev(funding) * 100 - 100"))
    """
    root = formula.root
    if not isinstance(root, Operation) or root.sign != "*" or root.parts[1] != Number(HUNDRED):
        return None
    return _divided(root.parts[0])


def _divided(node: Node) -> tuple[Reference, Reference] | None:
    if not isinstance(node, Operation) or node.sign != "/":
        return None
    part, whole = node.parts
    if isinstance(part, Reference) and isinstance(whole, Reference):
        return part, whole
    return None
