"""What is odd about the figures of a sheet, in words. A doubt never keeps one from being saved.

The rules are `measures.plausibility`'s; here is gathered what they compare a figure with, and said
what they found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from indicators.figures import Figure
from indicators.figures.wording import exact_words
from indicators.measures.exact import plain
from indicators.measures.plausibility import Beside, Doubt, doubts, part_and_whole
from indicators.models import Comparator, Direction, QuantityKind

SENTENCES = {
    "above_whole": _("More than {name} ({mine} > {other}). Check both."),
    "above_hundred": _("More than 100%. Check the number."),
    "slip_up": _("About {times} times last year's {other}. Check unit and digits."),
    "slip_down": _("About 1/{times} of last year's {other}. Check unit and digits."),
    "times_up": _("{times} times last year's {other}. Check the number."),
    "times_down": _("1/{times} of last year's {other}. Check the number."),
    "nothing_left": _("0 after {other} last year. If there is no figure, choose why."),
    "below_last_year": _("Below last year's {other}, which the target forbids. Check and explain."),
    "fell": _("{times} percentage points below last year. Check and explain."),
}
Place = tuple[str, int]


def doubts_about(
    figures: Iterable[Figure], numbers: Mapping[Place, Decimal]
) -> dict[Place, list[str]]:
    """What is odd about each of the `numbers` (by code and year), as sentences.

    `figures` are all of the unit in the evaluation year: the whole of a part may lie in another
    duty area.
    """
    known = {(figure.code, figure.year): figure for figure in figures}
    wholes = _wholes(known.values(), numbers)
    found: dict[Place, list[str]] = {}
    for place, number in numbers.items():
        figure = known[place]
        beside = Beside(
            unit=figure.indicator.unit,
            kind=figure.indicator.quantity_kind,
            last_year=_last_year(figure),
            not_below_last_year=_forbids_falling(figure),
            falling_is_worse=figure.indicator.direction == Direction.HIGHER_BETTER,
            wholes=tuple(wholes[place]),
        )
        said = [
            _sentence(doubt, number, figure, known)
            for doubt in doubts(number, beside)
            # A share worked out from its parts is told there, where it can be mended.
            if doubt.code != "above_hundred" or not (figure.is_derived and _is_share(figure))
        ]
        if said:
            found[place] = said
    return found


def _wholes(
    figures: Iterable[Figure], numbers: Mapping[Place, Decimal]
) -> dict[Place, list[tuple[str, Decimal]]]:
    """By part, what it is a part of: as the formulas of shares have it. A rate may exceed 100 %."""
    found: dict[Place, list[tuple[str, Decimal]]] = defaultdict(list)
    for figure in figures:
        formula = figure.snapshot.formula(figure.indicator.pk, figure.year)
        pair = part_and_whole(formula) if formula else None
        if pair is None or not _is_share(figure):
            continue
        part, whole = ((each.code, each.year_at(figure.year)) for each in pair)
        if whole in numbers:
            found[part].append((whole[0], numbers[whole]))
    return found


def _is_share(figure: Figure) -> bool:
    return figure.indicator.quantity_kind == QuantityKind.SHARE


def _last_year(figure: Figure) -> Decimal | None:
    """Last year's figure, where it is of the whole year and of all units."""
    before = figure.before
    return None if before is None or before.missing_units or before.part_of_year else before.number


def _forbids_falling(figure: Figure) -> bool:
    return any(t.comparator == Comparator.NOT_BELOW_LAST_YEAR for t in figure.standards)


def _sentence(doubt: Doubt, number: Decimal, figure: Figure, known: Mapping[Place, Figure]) -> str:
    other = figure
    if doubt.whole:
        other = next(each for (code, _year), each in known.items() if code == doubt.whole)
    return str(SENTENCES[doubt.code]).format(
        name=other.name,
        mine=exact_words(number, figure.indicator),
        other=exact_words(doubt.other, other.indicator) if doubt.other is not None else "",
        times=plain(doubt.times) if doubt.times is not None else "",
    )
