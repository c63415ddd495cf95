"""How far figures lie apart, and how unequal they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from statistics import quantiles

from indicators.measures.exact import CONTEXT, fits, round_once


@dataclass(frozen=True)
class Quartiles:
    """A quarter of the figures lie below `lower`, half below `median`, a quarter above `upper`."""

    lower: Decimal
    median: Decimal
    upper: Decimal

    def rounded(self) -> Quartiles:
        """To two significant digits, so that none of them is the figure of one unit."""
        return Quartiles(*map(two_digits, (self.lower, self.median, self.upper)))


def quartiles_of(numbers: Sequence[Decimal]) -> Quartiles | None:
    """The quartiles of two numbers or more; between two of them where they fall between two.

    >>> quartiles_of([Decimal(n) for n in (1, 2, 3, 4, 5)])
    Quartiles(lower=Decimal('2.0000'), median=Decimal('3.0000'), upper=Decimal('4.0000'))
    """
    if len(numbers) < 2:
        return None
    return Quartiles(*map(round_once, quantiles(numbers, n=4, method="inclusive")))


@dataclass(frozen=True)
class Whiskers:
    """The lowest and the highest figure that do not stand out; what lies beyond them does."""

    lowest: Decimal
    highest: Decimal


FENCE = Decimal("1.5")  # of what lies between the quartiles, as J. W. Tukey draws his boxes


def whiskers_of(numbers: Sequence[Decimal], quartiles: Quartiles) -> Whiskers:
    """How far the figures go that lie within FENCE of the box of their quartiles.

    >>> numbers = [Decimal(n) for n in (1, 2, 3, 4, 50)]
    >>> whiskers_of(numbers, Quartiles(Decimal(2), Decimal(3), Decimal(4)))
    Whiskers(lowest=Decimal('1'), highest=Decimal('4'))

    Of few figures a quartile may lie beyond all that do not stand out: no whisker ends in the box.

    >>> numbers = [Decimal(n) for n in (0, 10, 10, 10)]
    >>> whiskers_of(numbers, Quartiles(Decimal("7.5"), Decimal(10), Decimal(10))).lowest
    Decimal('7.5')
    """
    reach = FENCE * (quartiles.upper - quartiles.lower)
    within = [n for n in numbers if quartiles.lower - reach <= n <= quartiles.upper + reach]
    return Whiskers(min([quartiles.lower, *within]), max([quartiles.upper, *within]))


@dataclass(frozen=True)
class Inequality:
    """How unequal figures are: 0 where all are alike, and without a unit.

    `variation` is the coefficient of variation (差异系数), `weighted` the same with each figure
    counting by its weight, `gini` the Gini coefficient, `times` the highest as a multiple of the
    lowest. None where it cannot be worked out.
    """

    variation: Decimal
    gini: Decimal
    times: Decimal | None = None
    weighted: Decimal | None = None


def inequality_of(
    numbers: Sequence[Decimal], weights: Sequence[Decimal] | None = None
) -> Inequality | None:
    """Of two numbers or more, none below 0 and not all 0; else None.

    The coefficient of variation is the standard deviation of all of them (not of a sample) over
    their mean; weighted, both are taken with the weights, as by pupils in the annex on 差异系数 of
    教督〔2012〕3号. The Gini coefficient is half the mean difference between any two of them, over
    the mean.

    >>> inequality_of([Decimal(1), Decimal(3)], [Decimal(3), Decimal(1)])
    Inequality(variation=Decimal('0.5000'), gini=Decimal('0.2500'), times=Decimal('3.0000'), \
weighted=Decimal('0.5774'))
    >>> inequality_of([Decimal(0), Decimal(0)])
    """
    if len(numbers) < 2 or min(numbers) < 0 or not any(numbers):
        return None
    ordered = sorted(numbers)
    n, total = len(ordered), sum(ordered)
    with localcontext(CONTEXT):
        ranked = sum(place * number for place, number in enumerate(ordered, start=1))
        gini = Decimal(2 * ranked) / (n * total) - Decimal(n + 1) / n
        times = ordered[-1] / ordered[0] if ordered[0] else None
    variation = _variation(numbers, [Decimal(1)] * n)
    weighted = _variation(numbers, weights) if weights is not None else None
    assert variation is not None
    return Inequality(
        variation,
        round_once(gini),
        round_once(times) if times is not None and fits(times) else None,
        weighted,
    )


def _variation(numbers: Sequence[Decimal], weights: Sequence[Decimal]) -> Decimal | None:
    """The weighted standard deviation over the weighted mean; None without weight or mean."""
    with localcontext(CONTEXT):
        weight = sum(weights, Decimal(0))
        if weight <= 0 or min(weights) < 0:
            return None
        pairs = list(zip(numbers, weights, strict=True))
        mean = sum((number * by for number, by in pairs), Decimal(0)) / weight
        if not mean:
            return None
        square = sum((by * (number - mean) ** 2 for number, by in pairs), Decimal(0)) / weight
        return round_once(square.sqrt() / mean)


def two_digits(number: Decimal) -> Decimal:
    """
    >>> two_digits(Decimal("1349.5")), two_digits(Decimal("0.0127")), two_digits(Decimal(0))
    (Decimal('1300'), Decimal('0.013'), Decimal('0'))
    """
    place = number.adjusted() - 1 if number else 0
    rounded = number.quantize(Decimal(1).scaleb(place), context=CONTEXT)
    return Decimal(f"{rounded:f}")
