"""Every quantity of a text with its place and a verdict: the number check.

Goes in: a text of any length, the catalogue, what figures there are, the unit and the evaluation
year that it speaks of. Comes out: a `Check` for each number, in the order of the text; offsets are
those of the text as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from indicators.measures.running_text.catalogue import Catalogue, Subject
from indicators.measures.running_text.comparing import ComparableFigure, verdict
from indicators.measures.running_text.context import Context, contexts
from indicators.measures.running_text.kinds import reason
from indicators.measures.running_text.matching import Match, matches
from indicators.measures.running_text.plain import Plain, plain
from indicators.measures.running_text.quantity import Quantity
from indicators.measures.running_text.reading import quantities
from indicators.measures.running_text.rows import of_rows
from indicators.measures.running_text.tables import in_columns

AGREES, ROUNDED, DIFFERS = "agrees", "agrees_rounded", "differs"
NO_SUCH_FIGURE, NOT_A_FIGURE = "no_such_figure", "not_a_figure"
# As sure as one can be of what the words alone tell.
SURE = 0.9
_WORST = (DIFFERS, ROUNDED, AGREES)
_INSTITUTION = re.compile(
    "(?:第?[一二三四五六七八九十]*)?(?:小学|中学|学校|大学|学院|幼儿园|实验|高中|职)"
)
_WHOLE = re.compile("全[市省县区]|我[市省县区]")


@dataclass(frozen=True)
class Meant:
    """A figure that a place stands for: the code of the indicator, of the unit, and the year."""

    indicator: str
    unit: str
    year: int


@dataclass(frozen=True)
class Check:
    """`reason` says of what is no figure why (`kinds.REASONS`)."""

    start: int
    end: int
    raw: str
    value: Decimal | None
    unit: str
    qualifier: str
    verdict: str
    confidence: float
    figures: tuple[Meant, ...] = ()
    reason: str = ""


Lookup = Callable[[str, str], Mapping[int, ComparableFigure]]
"""The figures of an indicator in a unit (their codes), by year."""


@dataclass(frozen=True)
class Setting:
    """What a text is held against. `places` are the codes of units by the names texts use."""

    catalogue: Catalogue
    figures: Lookup
    unit: str
    year: int
    places: Mapping[str, str]


@dataclass(frozen=True)
class Reading:
    """A text read: its quantities, where they stand, and why some are no figures."""

    plain: Plain
    quantities: list[Quantity]
    contexts: list[Context]
    reasons: list[str]


def read(text: str) -> Reading:
    """The quantities of the text, held against nothing."""
    without = plain(text)
    found, columns = in_columns(without, quantities(without))
    told = contexts(without.text, found)
    for at, column in columns.items():
        movement = "up" if column.change else told[at].movement
        told[at] = replace(told[at], year=column.year or told[at].year, movement=movement)
    written = _is_written(found)
    why = [
        reason(without.text, quantity, context, written=written)
        for quantity, context in zip(found, told, strict=True)
    ]
    for at, (one, then) in enumerate(pairwise(found)):
        if (one.qualifier, then.qualifier) == ("range_from", "range_to"):
            why[at] = why[at] or why[at + 1]  # both ends are of one kind
    return Reading(without, found, told, why)


def check(text: str, setting: Setting) -> list[Check]:
    """Each number of the text, held against the figures.

    >>> from indicators.measures.units import PERCENT
    >>> catalogue = Catalogue([Subject("retention", ("巩固率",), "rate", PERCENT)])
    >>> figures = {2022: ComparableFigure(2022, Decimal("95.67"))}
    >>> setting = Setting(catalogue, lambda indicator, unit: figures, "500000", 2022, {})
    >>> [(one.raw, one.verdict) for one in check("一、巩固率95.76%，满意率90%。", setting)]
    [('一', 'not_a_figure'), ('95.76%', 'differs'), ('90%', 'no_such_figure')]
    """
    return checked(read(text), setting)


def checked(reading: Reading, setting: Setting) -> list[Check]:
    """The same of a text that was read."""
    found, text = reading.quantities, reading.plain.text
    units = _units(reading, setting)

    def known(at: int, subject: Subject) -> ComparableFigure | None:
        return _known(found[at], reading.contexts[at], subject, units[at], setting)

    def agrees(at: int, number: int) -> bool:
        figure = known(at, setting.catalogue.subjects[number])
        return figure is not None and verdict(found[at], figure) != DIFFERS

    rows, names = of_rows(
        reading.plain, found, reading.contexts, reading.reasons, setting.catalogue
    )
    reasons = ["name" if at in names else why for at, why in enumerate(reading.reasons)]
    reading = replace(reading, reasons=reasons)
    figures = [not why and at not in rows for at, why in enumerate(reading.reasons)]
    matched = matches(text, found, reading.contexts, figures, setting.catalogue, agrees)
    for at, match in rows.items():
        matched[at] = match
    return [
        _check(reading, at, match, units[at], known, setting) for at, match in enumerate(matched)
    ]


def _check(
    reading: Reading,
    at: int,
    match: Match | None,
    unit: str,
    known: Callable[[int, Subject], ComparableFigure | None],
    setting: Setting,
) -> Check:
    quantity, context = reading.quantities[at], reading.contexts[at]
    start, end = reading.plain.span(quantity.start, quantity.end)
    place = (start, end, reading.plain.original[start:end], quantity.value)
    if reading.reasons[at]:
        said = (quantity.unit, quantity.qualifier, NOT_A_FIGURE, SURE)
        return Check(*place, *said, reason=reading.reasons[at])
    subjects = [setting.catalogue.subjects[number] for number in match.subjects] if match else []
    held = [
        (subject, figure)
        for subject in subjects
        if not context.intended and (figure := known(at, subject)) is not None
    ]
    if not held or match is None:
        sure = round(1 - match.score / 2, 2) if match else SURE
        return Check(*place, quantity.unit, quantity.qualifier, NO_SUCH_FIGURE, sure)
    verdicts = {verdict(quantity, figure) for _subject, figure in held}
    worst = next(one for one in _WORST if one in verdicts)
    meant = tuple(Meant(subject.code, unit, figure.year) for subject, figure in held)
    code = held[0][0].unit
    named = code.code if code is not None else ""
    return Check(*place, named, quantity.qualifier, worst, match.score, meant)


def _known(
    quantity: Quantity, context: Context, subject: Subject, unit: str, setting: Setting
) -> ComparableFigure | None:
    """The figure of the year that the text names; without one, of the evaluation year."""
    if context.movement == "from":
        return None
    figures = setting.figures(subject.code, unit)
    if context.year is not None and context.movement != "earlier":
        of_year = [known for known in figures.values() if known.is_of(context.year)]
        return max(of_year, key=lambda known: known.year) if of_year else None
    back = 1 if context.movement == "earlier" else context.years_back
    return figures.get(setting.year + subject.lag - back)


def _units(reading: Reading, setting: Setting) -> list[str]:
    """Of each quantity the unit that its sentence names last before it, else the text's."""
    text, names = reading.plain.text, sorted(setting.places, key=len, reverse=True)
    if not names:
        return [setting.unit] * len(reading.quantities)
    either = re.compile(f"{'|'.join(map(re.escape, names))}|{_WHOLE.pattern}")
    mentions = [
        (match.start(), setting.places.get(match[0], setting.unit))
        for match in either.finditer(text)
        if match[0] not in setting.places or not _INSTITUTION.match(text, match.end())
    ]
    units, at, last = [], 0, None
    for quantity, context in zip(reading.quantities, reading.contexts, strict=True):
        while at < len(mentions) and mentions[at][0] < quantity.start:
            last, at = mentions[at], at + 1
        units.append(last[1] if last and last[0] >= context.start else setting.unit)
    return units


def _is_written(found: list[Quantity]) -> bool:
    """Whether more of the figures are told in numerals than in digits."""
    solid = [q for q in found if q.sort in ("share", "points", "money", "count") and q.value]
    in_numerals = sum(q.written and (q.value or 0) > 10 for q in solid)
    return in_numerals > sum(not q.written for q in solid)
