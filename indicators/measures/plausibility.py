"""What is odd about a number that may yet be right: a slip of units, a part above its whole.

A doubt asks to look again and to explain; it never refuses. In: the number and what is known beside
it, in one unit. Out: doubts with a code and the numbers behind them, the gravest first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext

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
POINTS = Decimal(3)
WITHOUT_TIMES = {"rank", "percentage_points"}


@dataclass(frozen=True)
class Doubt:
    """`code` with the numbers it is about: `other` is what was compared with, `times` how often.

    `whole` is the code of the indicator that `other` is the number of, where it is not the same.

    Codes: above_hundred; slip_up and slip_down (about 10, 100 … times last year's, or that part
    of it); times_up and times_down (ten times or more, a tenth or less); nothing_left (0 after a
    figure); below_last_year (which the target forbids); fell (a share, by points); above_whole.
    """

    code: str
    other: Decimal | None = None
    times: Decimal | None = None
    whole: str = ""


@dataclass(frozen=True)
class Beside:
    """What is known beside a number. `kind` is a quantity kind, `unit` the base unit's code.

    `not_below_last_year` is what the target says, `falling_is_worse` whether a lower share is a
    worse one. `wholes` are codes and numbers of what the number is a part of.
    """

    unit: str
    kind: str
    last_year: Decimal | None = None
    not_below_last_year: bool = False
    falling_is_worse: bool = False
    wholes: tuple[tuple[str, Decimal], ...] = ()


def doubts(number: Decimal, beside: Beside) -> list[Doubt]:
    """All that is odd about the number.

    >>> doubts(Decimal("1.2"), Beside("persons", "count", last_year=Decimal(12346)))
    [Doubt(code='slip_down', other=Decimal('12346'), times=Decimal('10000'), whole='')]
    >>> doubts(Decimal(6), Beside("children", "count", wholes=(("total", Decimal(5)),)))
    [Doubt(code='above_whole', other=Decimal('5'), times=None, whole='total')]
    """
    return list(_doubts(number, beside))


def _doubts(number: Decimal, beside: Beside) -> Iterator[Doubt]:
    for code, whole in beside.wholes:
        if number > whole:
            yield Doubt("above_whole", whole, whole=code)
    if beside.unit == "percent" and beside.kind in ("share", "rate") and number > HUNDRED:
        yield Doubt("above_hundred")
    before = beside.last_year
    if before is None:
        return
    jump = _jump(number, before, beside)
    if jump:
        yield jump
    elif beside.not_below_last_year and number < before:
        yield Doubt("below_last_year", before)
    elif _fell(number, before, beside):
        yield Doubt("fell", before, round_once(before - number))


def _jump(number: Decimal, before: Decimal, beside: Beside) -> Doubt | None:
    """How many times last year's, where that can be said and means something."""
    if beside.kind == "growth_rate" or beside.unit in WITHOUT_TIMES or before <= 0 or number < 0:
        return None
    share = beside.unit == "percent"
    if max(number, before) < (1 if share else FEW):
        return None
    if number == 0:
        return Doubt("nothing_left", before)
    with localcontext(CONTEXT):
        up = number > before
        times = number / before if up else before / number
        for slip in SLIPS:
            if slip / SLACK <= times <= slip * SLACK:
                return Doubt("slip_up" if up else "slip_down", before, slip)
        if times < TIMES:
            return None
        return Doubt("times_up" if up else "times_down", before, times.to_integral_value())


def _fell(number: Decimal, before: Decimal, beside: Beside) -> bool:
    return (
        beside.unit == "percent"
        and beside.kind in ("share", "rate")
        and beside.falling_is_worse
        and before - number >= POINTS
    )


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
