"""What stands at one place: the pure step from a fact and the figures below to a result."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from indicators.measures.aggregation import Part, aggregate
from indicators.measures.agreement import agrees
from indicators.measures.exact import TooLong
from indicators.measures.formula import Formula, Missing, Reference, evaluate
from indicators.measures.quantities import says_remainder
from indicators.models import Basis, Origin, Qualifier, State, Status
from indicators.results.graph import Key, parts
from indicators.results.snapshot import Snapshot


class TotalTooLarge(ValueError):
    """A total over units has more digits than are kept; the write that makes it so is refused."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"total too large at {key}")
        self.key = key


class Fact(NamedTuple):
    """The content of the version that stands in a tier."""

    revision_id: int
    number: Decimal | None
    statement: str
    state: str
    as_entered: str
    last_place: int | None
    qualifier: str
    part_of_year: bool
    provisional: bool
    origin: str


class Stand(NamedTuple):
    """A row of YearlyResult without its place; the fields are explained there.

    What is in it is never changed: the empty reasons are one and the same.
    """

    basis: str = ""
    number: Decimal | None = None
    statement: str = ""
    state: str = ""
    reason: dict[str, Any] = {}
    last_place: int | None = None
    qualifier: str = Qualifier.EXACT
    part_of_year: bool = False
    provisional: bool = False
    origin: str = ""
    revision_id: int | None = None
    definition_id: int | None = None
    computed: Decimal | None = None
    computed_statement: str = ""
    computed_reason: dict[str, Any] = {}
    computed_origin: str = ""
    agrees: bool | None = None
    reported: int | None = None
    told: int | None = None
    expected: int | None = None
    missing_units: list[int] = []
    target_id: int | None = None
    status: str = Status.NO_DATA
    status_reason: dict[str, Any] = {}

    @property
    def has_figure(self) -> bool:
        return self.number is not None or bool(self.statement)

    @property
    def is_partial(self) -> bool:
        """A sum, or a formula over sums, that still waits for units: it lights nothing."""
        return self.basis in (Basis.SUMMED, Basis.COMPUTED) and bool(self.missing_units)

    @property
    def is_empty(self) -> bool:
        return self.basis == ""


STAND_FIELDS = Stand._fields
Lookup = Callable[[Key], Stand]


def figure_at(snapshot: Snapshot, key: Key, fact: Fact | None, look: Lookup) -> Stand:
    """The figure that stands at `key`, stated before computed, without its light.

    Raises TotalTooLarge.
    """
    below = _below(snapshot, key, look)
    definition = snapshot.definition(key.indicator_id, key.year)
    definition_id = definition.pk if definition else None
    if fact is None or fact.state == State.BLANK:
        if below is not None:
            return below._replace(definition_id=definition_id)
        code = "withdrawn" if fact else "not_reported"
        return Stand(reason={"code": code}, definition_id=definition_id)
    stand = Stand(
        basis=Basis.ENTERED if below is None else Basis.STATED,
        number=fact.number,
        statement=fact.statement,
        state=fact.state,
        last_place=fact.last_place,
        qualifier=fact.qualifier,
        part_of_year=fact.part_of_year,
        provisional=fact.provisional,
        origin=fact.origin,
        revision_id=fact.revision_id,
        definition_id=definition_id,
    )
    return stand if below is None else _beside(stand, fact, below)


def _below(snapshot: Snapshot, key: Key, look: Lookup) -> Stand | None:
    """What formula or units below give; None where the figure can only be entered."""
    formula = snapshot.formula(key.indicator_id, key.year)
    if formula is not None:
        return _computed(snapshot, key, formula, look)
    if snapshot.adds_up(key.indicator_id, key.unit_id, key.year):
        return _summed(snapshot, key, look)
    return None


def _beside(stand: Stand, fact: Fact, below: Stand) -> Stand:
    """The stated figure with the computed one beside it, compared where both are there."""
    agreement = None
    if stand.number is not None and below.number is not None and not below.missing_units:
        agreement = agrees(
            stand.number,
            below.number,
            stated_place=stand.last_place,
            computed_place=below.last_place,
            qualifier=stand.qualifier,
            remainder=says_remainder(fact.as_entered),
        )
    elif stand.statement and below.statement and not below.missing_units:
        agreement = stand.statement == below.statement
    return stand._replace(
        computed=below.number,
        computed_statement=below.statement,
        computed_reason=below.reason,
        agrees=agreement,
        reported=below.reported,
        told=below.told,
        expected=below.expected,
        missing_units=below.missing_units,
        computed_origin=below.origin,
    )


def _summed(snapshot: Snapshot, key: Key, look: Lookup) -> Stand:
    below = {part.unit_id: look(part) for part in parts(snapshot, key)}
    given = {
        unit: Part(
            number=stand.number,
            statement=stand.statement,
            not_applicable=stand.state == State.NOT_APPLICABLE,
            last_place=stand.last_place,
            missing=tuple(stand.missing_units) if stand.is_partial else (),
        )
        for unit, stand in below.items()
        if stand.has_figure or stand.state == State.NOT_APPLICABLE
    }
    rule = snapshot.indicators[key.indicator_id].aggregation
    try:
        whole = aggregate(rule, below, given)
    except TooLong as error:
        raise TotalTooLarge(key) from error
    if not given:
        return Stand(
            reason={"code": "nobody_reported"}, reported=0, told=0, expected=whole.expected
        )
    stands = [below[unit] for unit in given]
    return Stand(
        basis=Basis.SUMMED,
        number=whole.number,
        statement=whole.statement,
        state=State.NOT_APPLICABLE if whole.not_applicable else "",
        last_place=whole.last_place,
        provisional=any(stand.provisional for stand in stands),
        part_of_year=any(stand.part_of_year for stand in stands),
        origin=_origin(stands),
        missing_units=list(whole.missing),
        reported=whole.reported,
        told=len(stands) - sum(stand.state == State.NOT_APPLICABLE for stand in stands),
        expected=whole.expected,
    )


def _computed(snapshot: Snapshot, key: Key, formula: Formula, look: Lookup) -> Stand:
    found: dict[Reference, Stand] = {}
    seen: list[Stand] = []

    def figure(reference: Reference) -> Decimal | Missing:
        name = reference.code
        year = reference.year_at(key.year)
        if reference.year is not None and key.year < reference.year:
            return Missing("before_base_year", (name,))
        indicator_id = snapshot.by_code.get(name)
        stand = look(Key(key.unit_id, year, indicator_id)) if indicator_id else Stand()
        seen.append(stand)
        if year != key.year:
            name = f"{name}@{year}"
        if stand.number is None:
            applies = stand.state != State.NOT_APPLICABLE
            return Missing("input_missing" if applies else "input_not_applicable", (name,))
        found[reference] = stand
        return stand.number

    number = evaluate(formula, figure)
    stands = list(found.values())
    if not isinstance(number, Missing):
        number = _comparable(snapshot, key, found) or number
    sums = [stand for stand in stands if stand.expected is not None and stand.basis != Basis.STATED]
    counted = min(sums, key=lambda stand: stand.reported or 0, default=Stand())
    told = min((stand.told for stand in sums if stand.told is not None), default=None)
    if isinstance(number, Missing):
        applies = number.code != "input_not_applicable"
        return Stand(
            basis="" if applies else Basis.COMPUTED,
            state="" if applies else State.NOT_APPLICABLE,
            origin="" if applies else _origin(seen),
            reason={"code": number.code, "names": list(number.names)},
            reported=counted.reported,
            told=told,
            expected=counted.expected,
        )
    return Stand(
        basis=Basis.COMPUTED,
        number=number,
        provisional=any(stand.provisional for stand in stands),
        part_of_year=any(stand.part_of_year for stand in stands),
        origin=_origin(stands),
        missing_units=counted.missing_units if counted.is_partial else [],
        reported=counted.reported,
        told=told,
        expected=counted.expected,
    )


def _comparable(snapshot: Snapshot, key: Key, found: dict[Reference, Stand]) -> Missing | None:
    """Sums go together only when each is complete or all are over the same units; a part of a year
    is not compared with a whole one."""
    if len({stand.part_of_year for stand in found.values()}) > 1:
        return Missing("part_of_year")
    if not any(stand.is_partial for stand in found.values()):
        return None
    covers: set[tuple[object, ...] | None] = set()
    for reference, stand in found.items():
        if not stand.is_partial:
            covers.add(None)
            continue
        units = snapshot.children(key.unit_id, reference.year_at(key.year))
        covers.add((frozenset(units) - frozenset(stand.missing_units), *_deeper(units, stand)))
    if len(covers) == 1:
        return None
    waiting = sorted({unit for stand in found.values() for unit in _waits_for(stand)})
    return Missing("units_differ", tuple(snapshot.units[unit].code for unit in waiting))


def _deeper(units: tuple[int, ...], stand: Stand) -> list[int]:
    """Missing units further down, which the units directly below do not show."""
    return sorted(set(stand.missing_units) - set(units))


def _waits_for(stand: Stand) -> list[int]:
    return stand.missing_units if stand.is_partial else []


_WEIGHT = [
    Origin.DEMONSTRATION,
    Origin.ENTERED,
    Origin.ON_BEHALF,
    Origin.IMPORTED,
    Origin.SEED,
]


def _origin(stands: list[Stand]) -> str:
    """A result is demonstration if any input is; else the origin nearest to somebody's hand."""
    origins = {stand.origin for stand in stands}
    return next((origin for origin in _WEIGHT if origin in origins), "")
