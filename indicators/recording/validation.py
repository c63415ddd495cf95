"""From what was typed to the content of a value, or a refusal that says what is wrong with it."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import get_language

from indicators.collection import (
    FIRST_YEAR,
    FORMULA_FAULTS,
    Refusal,
    refuse_unless_enterable,
    refuse_unless_within_limits,
)
from indicators.measures.characters import visible
from indicators.measures.exact import INTEGER_DIGITS
from indicators.measures.quantities import MAX_LENGTH, Unreadable, read_quantity
from indicators.measures.sums import is_sum, read_sum
from indicators.measures.units import Unit
from indicators.models import (
    UNITS,
    Indicator,
    Jurisdiction,
    PeriodBasis,
    PeriodKind,
    Qualifier,
    State,
    Statement,
    User,
)
from indicators.models.cleaning import named_marks
from indicators.results import Snapshot

NOTE_LENGTH = 2000
CHOICES = {
    "state": frozenset(State.values),
    "statement": frozenset(Statement.values),
    "qualifier": frozenset(Qualifier.values),
    "period_basis": frozenset(PeriodBasis.values),
}
_STATED = PeriodBasis.STATED
NO_CHARACTER = re.compile("[\x00\ud800-\udfff]")
REASON_LENGTH = 500  # as the columns of state_reason and change_reason hold


class Entry(NamedTuple):
    """One figure as somebody gives it. `text` is what was typed; `version` what they had seen.

    Version 0 means that there was no value yet. Nothing in text, statement and state withdraws the
    value. Of a statement, `text` keeps the words.
    """

    indicator: Indicator
    jurisdiction: Jurisdiction
    year: int
    version: int
    text: str = ""
    statement: str = ""
    state: str = ""
    state_reason: str = ""
    note: str = ""
    qualifier: str = ""
    provisional: bool = False
    period_from: int | None = None
    period_basis: str = PeriodBasis.STATED
    as_of: datetime.date | None = None
    part_of_year: bool = False


def read_entry(snapshot: Snapshot, entry: Entry, actor: User | None, reason: str) -> dict[str, Any]:
    """The fields of YearlyValue that the entry means.

    Refuses whatever `collection.rules` does, and: derived_not_entered, stated_needs_figure,
    exactly_one, statement_only, number_only, reason_missing, too_long, null_character,
    unknown_choice, period_out_of_range, total_too_large, and all codes of `measures.quantities` and
    `measures.sums`.
    """
    text = visible(entry.text).strip()
    # As they are now, held: the unit may have ended since the entry's own was read.
    indicator = snapshot.indicators.get(entry.indicator.id, entry.indicator)
    unit = snapshot.units.get(entry.jurisdiction.id, entry.jurisdiction)
    refuse_unless_enterable(actor, indicator, unit, entry.year, reason=reason)
    if entry.text:
        refuse_odd_text(entry.text, MAX_LENGTH, "value")
    if entry.state_reason:
        refuse_odd_text(entry.state_reason, REASON_LENGTH, "state_reason")
    if entry.note:
        refuse_odd_text(entry.note, NOTE_LENGTH, "note")
    _refuse_unknown_choices(entry)
    computed = snapshot.formula(indicator.id, entry.year) is not None
    if computed and not unit.collects:
        raise Refusal("derived_not_entered", field="value")
    if entry.state not in ("", State.BLANK) and (
        computed or snapshot.adds_up(indicator.id, unit.id, entry.year)
    ):
        raise Refusal("stated_needs_figure", field="state")
    number, place, qualifier = _content(entry, text)
    if actor is not None and number is not None:
        _refuse_too_large_to_add_up(snapshot, indicator, unit, entry.year, number)
    state = entry.state
    if number is None and not entry.statement and not state:
        state = State.BLANK
    if state in (State.NOT_APPLICABLE, State.NOT_AVAILABLE) and not entry.state_reason.strip():
        raise Refusal("reason_missing", field="state_reason")
    return {
        "number": number,
        "statement": entry.statement,
        "state": state,
        "state_reason": entry.state_reason.strip() if state else "",
        "as_entered": text,
        "last_place": place,
        "qualifier": entry.qualifier or qualifier,
        "provisional": entry.provisional,
        "note": entry.note.strip(),
        "period_from": _period_from(entry),
        "period_basis": entry.period_basis,
        "as_of": entry.as_of,
        "part_of_year": entry.part_of_year,
    }


def _refuse_too_large_to_add_up(
    snapshot: Snapshot, indicator: Indicator, unit: Jurisdiction, year: int, number: Decimal
) -> None:
    """As if each of the units had so much. Were it refused only where those of the others make it
    too much, whoever tries numbers would learn their total."""
    above = snapshot.above(unit.id, year)
    if above is None or not snapshot.adds_up(indicator.id, above, year):
        return
    if abs(number) * len(snapshot.children(above, year)) >= 10**INTEGER_DIGITS:
        raise Refusal("total_too_large", field="value", unit=snapshot.units[above].name)


def unit_name(unit: Unit) -> str:
    return unit.en if (get_language() or "").startswith("en") else unit.zh


def _content(entry: Entry, text: str) -> tuple[Decimal | None, int | None, str]:
    indicator = entry.indicator
    if entry.state:
        if text or entry.statement:
            raise Refusal("exactly_one", field="state")
        return None, None, Qualifier.EXACT
    if indicator.is_statement:
        if text and not entry.statement:
            raise Refusal("statement_only", field="value")
        return None, None, Qualifier.EXACT
    if entry.statement:
        raise Refusal("number_only", field="value")
    if not text:
        return None, None, Qualifier.EXACT
    read = read_sum if is_sum(text) else read_quantity
    try:
        quantity = read(text, UNITS[indicator.unit])
    except Unreadable as unreadable:
        raise _refusal(unreadable) from unreadable
    refuse_unless_within_limits(indicator, quantity.number)
    return quantity.number, quantity.last_place, quantity.qualifier


def _refusal(unreadable: Unreadable) -> Refusal:
    params = dict(unreadable.params)
    if "fault" in params:
        params["fault"] = FORMULA_FAULTS[params["fault"]]
    if "unit" in params:
        params["unit"] = unit_name(UNITS[params["unit"]])
    return Refusal(unreadable.code, field="value", **params)


def refuse_odd_text(text: str, limit: int, field: str) -> None:
    """Refuses: too_long, null_character (also half of a surrogate pair, which is no character)."""
    if len(text) > limit:
        raise Refusal("too_long", field=field, limit=limit)
    if NO_CHARACTER.search(text):
        raise Refusal("null_character", field=field)


def refuse_hidden_marks(text: str, field: str) -> None:
    """Refuses: hidden_marks."""
    if marks := named_marks(text):
        raise Refusal("hidden_marks", field=field, marks=marks)


def _refuse_unknown_choices(entry: Entry) -> None:
    """What a form would not offer may still be sent."""
    if not (entry.state or entry.statement or entry.qualifier or entry.period_basis != _STATED):
        return  # as nearly all are
    for field, known in CHOICES.items():
        content = getattr(entry, field)
        if content and content not in known:
            raise Refusal("unknown_choice", field=field)


def _period_from(entry: Entry) -> int:
    """The first year of the period: the year itself, or of a cumulative one the year before."""
    if entry.period_from is not None:
        if not FIRST_YEAR <= entry.period_from <= entry.year:
            raise Refusal(
                "period_out_of_range", field="period_from", first=FIRST_YEAR, year=entry.year
            )
        return entry.period_from
    cumulative = entry.indicator.period_kind == PeriodKind.CUMULATIVE
    return entry.year - 1 if cumulative else entry.year
