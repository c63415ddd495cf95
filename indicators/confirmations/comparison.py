"""What a confirmation says beside what stands now.

Goes in: a confirmation. Comes out: whether its number is that of what stands, by the digest alone,
and line by line what differs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.confirmations.canonical import Line, canonical_rows, digest_of
from indicators.figures.formatting import words_in
from indicators.models import UNITS, Confirmation, Indicator, State, Statement

NOTHING = "—"


@dataclass(frozen=True)
class Changed:
    """A line of which the paper says another thing than what stands now."""

    name: str
    then: str
    now: str


@dataclass(frozen=True)
class Comparison:
    """`is_same` is said by the number; `changed` names what differs, the place before figures."""

    is_same: bool
    changed: Sequence[Changed] = ()


def compare(confirmation: Confirmation) -> Comparison:
    """The confirmation beside what stands as reported now."""
    now = canonical_rows(confirmation.submission)
    if digest_of(now) == confirmation.digest:
        return Comparison(is_same=True)
    then: list[Line] = confirmation.rows
    changed = [*_places_changed(then[0], now[0]), *_figures_changed(then[1:], now[1:])]
    return Comparison(is_same=False, changed=changed)


def _places_changed(then: Line, now: Line) -> Iterator[Changed]:
    names = [_("unit code"), _("evaluation year"), pgettext("number", "round")]
    for name, before, after in zip_longest(names, then, now, fillvalue=NOTHING):
        if before != after:
            yield Changed(name, str(before), str(after))


def _figures_changed(then: Sequence[Line], now: Sequence[Line]) -> Iterator[Changed]:
    """By the catalogue's order; a code that is no indicator any more stands for itself, last."""
    before, after = _by_code(then), _by_code(now)
    moved = {code for code in before.keys() | after.keys() if before.get(code) != after.get(code)}
    found = Indicator.objects.filter(code__in=moved).order_by("duty_area", "position", "code")
    known: Mapping[str, Indicator | None] = {one.code: one for one in found}
    known = {**known, **dict.fromkeys(sorted(moved - known.keys()))}
    for code, indicator in known.items():
        yield _changed(code, indicator, before.get(code), after.get(code))


def _changed(
    code: str, indicator: Indicator | None, then: Line | None, now: Line | None
) -> Changed:
    """In words, or as the lines are written where words do not tell them apart."""
    name = indicator.name if indicator else _("indicator code %(code)s") % {"code": code}
    said = _words(then, indicator), _words(now, indicator)
    if said[0] == said[1]:
        said = _written(then), _written(now)
    return Changed(name, *said)


def _by_code(rows: Sequence[Line]) -> dict[str, Line]:
    return {str(row[0]): row for row in rows}


def _words(row: Line | None, indicator: Indicator | None) -> str:
    """What a line says: a number exactly, with its unit and what is said of it (约 120 人)."""
    if row is None:
        return NOTHING
    _code, _year, number, qualifier, statement, state, reason, note = map(str, row)
    if number and (indicator is None or not indicator.unit):
        return _written(row)
    said = []
    if number and indicator is not None:
        said.append(str(words_in(Decimal(number), UNITS[indicator.unit], qualifier)))
    if statement:
        said.append(str(Statement(statement).label))
    if state:
        said.append(str(State(state).label))
    behind = [text for text in (reason, note) if text]
    return "，".join(said) + (f"（{'；'.join(behind)}）" if behind else "")


def _written(row: Line | None) -> str:
    return NOTHING if row is None else json.dumps(row[1:], ensure_ascii=False)
