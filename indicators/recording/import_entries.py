"""The entry that a row of a file means. Writes nothing.

Decided: blank and a dash leave a figure alone, 0 is zero, and what says neither number nor state
(/, 无) is asked about. A share that stands as a plain number of at most 1 is asked about too: 0.96
may be 0.96 or 96 per cent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.measures.characters import as_ascii, visible
from indicators.measures.exact import plain
from indicators.measures.quantities import DASHES, NOTHING, Unreadable, read_quantity
from indicators.measures.sums import is_sum, read_sum
from indicators.measures.typed_unit import either_unit, typed_in
from indicators.measures.units import Unit
from indicators.models import UNITS, CellKind, ImportChoice, ImportRow, Indicator, YearlyValue
from indicators.recording.import_names import state_of, statement_of
from indicators.recording.validation import Entry, unit_name
from indicators.results import Key, Snapshot

STATES = (ImportChoice.NOT_APPLICABLE, ImportChoice.NOT_AVAILABLE)
ANSWERS = {
    "conflict": (ImportChoice.FILE, ImportChoice.LEAVE),
    "state": (*STATES, ImportChoice.LEAVE),
    "readings": (ImportChoice.ONE, ImportChoice.OTHER, ImportChoice.LEAVE),
}


class Unclear(Exception):
    """The row asks something; `readings` are what its text may mean."""

    def __init__(self, question: str, sentence: str, readings: Sequence[str] = ()) -> None:
        super().__init__(question)
        self.question, self.sentence, self.readings = question, sentence, list(readings)


def offered(row: ImportRow) -> tuple[str, ...]:
    """The answers (codes of ImportChoice) that the row may be given; none where it asks nothing."""
    return tuple(str(code) for code in ANSWERS.get(row.question, ()))


def entry_of(
    snapshot: Snapshot, row: ImportRow, key: Key, value: YearlyValue | None
) -> Entry | None:
    """What the row enters at its place over the value; None where it leaves it alone. Refuses, or
    asks by Unclear, what only a file can be unclear about."""
    indicator, unit = snapshot.indicators[key.indicator_id], snapshot.units[key.unit_id]
    text = visible(row.text).strip()
    if value is None and not (row.state_said or indicator.is_statement) and _is_number(row, text):
        # As most are; the rest would say so too.
        named = _figure(row, indicator, text, None)
        return Entry(indicator, unit, key.year, row.version, named, note=row.note or "")
    state = state_of(row.state_said)
    _refuse_no_figure(row, text)
    if not state and _is_nothing(text):
        if row.note and value is None:
            row.sentences = [_("There is an explanation without a figure or a state.")]
        return None
    entry = Entry(indicator, unit, key.year, row.version)
    if value is not None:
        entry = entry._replace(
            provisional=value.provisional,
            period_from=value.period_from,
            period_basis=value.period_basis,
            as_of=value.as_of,
            part_of_year=value.part_of_year,
        )
    if as_ascii(text).lower() in NOTHING and not indicator.is_statement:
        row.question = "state"
        if row.choice not in STATES:
            raise Unclear("state", Refusal("which_state", found=text).message)
        reason = row.choice_reason or (row.note or "")
        return entry._replace(state=str(row.choice), state_reason=reason)
    if state and _is_nothing(text):
        kept = value.state_reason if value and value.state == state else ""
        return entry._replace(state=state, state_reason=kept if row.note is None else row.note)
    note = (value.note if value else "") if row.note is None else row.note
    if value is not None and text == value.as_entered:
        entry = entry._replace(qualifier=value.qualifier)
    if indicator.is_statement:
        return entry._replace(statement=statement_of(text), state=state, note=note)
    return entry._replace(text=_figure(row, indicator, text, value), state=state, note=note)


def _is_number(row: ImportRow, text: str) -> bool:
    """Whether the row holds plain digits and nothing else is to be asked about what it holds."""
    return text.isascii() and text.isdigit() and row.cell_kind in (CellKind.NUMBER, CellKind.TEXT)


def _refuse_no_figure(row: ImportRow, text: str) -> None:
    """Refuses: cell_is_error, cell_not_calculated, cell_is_date."""
    if row.cell_kind == CellKind.ERROR:
        raise Refusal("cell_is_error", found=text)
    if row.cell_kind == CellKind.FORMULA:
        raise Refusal("cell_not_calculated")
    if row.cell_kind == CellKind.DATE:
        raise Refusal("cell_is_date", found=text)


def _figure(row: ImportRow, indicator: Indicator, text: str, value: YearlyValue | None) -> str:
    """The text as the entry sheet would have it, its unit named where the file's is another."""
    base = UNITS[indicator.unit]
    unit = _unit(row, base)
    named = text if unit is base else typed_in(text, unit, base)
    if _says_number(row.as_entered, named, base):
        return row.as_entered
    readings = _readings(text, (unit, base), value)
    if readings:
        row.question, row.readings = "readings", list(readings)
    if readings and row.choice == ImportChoice.ONE:
        return readings[0]
    if readings and row.choice == ImportChoice.OTHER:
        return readings[1]
    if readings:
        raise Unclear(
            "readings", _("“%(text)s” may be either. Choose which.") % {"text": text}, readings
        )
    return named


def _says_number(as_entered: str, text: str, base: Unit) -> bool:
    """Whether what was typed once still says the number that now stands beside it."""
    if not as_entered:
        return False
    try:
        typed = (read_sum if is_sum(as_entered) else read_quantity)(as_entered, base)
        return typed.number == read_quantity(text, base).number
    except Unreadable:
        return False


def _readings(
    text: str, units: tuple[Unit, Unit], value: YearlyValue | None
) -> tuple[str, str] | None:
    """Both that the row's figure may mean in the first of the units, which holds the other; None
    where it has one meaning, or is what is stored."""
    unit, base = units
    if unit.code == "percent":
        number = _number(as_ascii(text))  # None with a % behind it
        is_stored = value is not None and value.number == number
        if number and -1 <= number <= 1 and not is_stored:
            return f"{text}%", f"{plain(number * 100)}%"
    return None if unit is base else either_unit(text, unit, base)


def _unit(row: ImportRow, base: Unit) -> Unit:
    """The unit of measure in which the file gives the figure. Refuses: unit_of_measure_unlike."""
    if not row.in_unit:
        return base
    said = as_ascii(row.in_unit).strip()
    for unit in UNITS.values():
        if unit.base == base.code and said in (unit.code, as_ascii(unit.zh), unit.en):
            return unit
    for unit in UNITS.values():
        # People are counted in one word, whoever they are: 万人 of teachers are ten thousand.
        alike = unit.dimension and (unit.dimension, unit.scale) == (base.dimension, base.scale)
        if said == as_ascii(unit.zh) and alike:
            return base if unit.factor == 1 else replace(unit, base=base.code)
    raise Refusal("unit_of_measure_unlike", found=row.in_unit, unit=unit_name(base))


def _is_nothing(text: str) -> bool:
    return not text or as_ascii(text) in DASHES


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
