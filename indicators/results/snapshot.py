"""The catalogue as one picture: indicators, definitions, targets and units, kept in the process."""

from __future__ import annotations

import threading
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import Enum

from django.db import connection, transaction
from django.utils.translation import get_language

from indicators.measures.attainment import Goal
from indicators.measures.formula import Formula, FormulaError, Reference, parse
from indicators.measures.units import Unit
from indicators.models import (
    UNITS,
    Aggregation,
    CatalogueStamp,
    Comparator,
    Definition,
    Indicator,
    Jurisdiction,
    ReportingLevel,
    Rule,
    Target,
    names_apart,
    read_units,
)
from indicators.models.jurisdiction import collecting_unit
from indicators.results import catalogue_rows
from indicators.results.applicable_targets import applicable_targets
from indicators.results.asked_indicators import AskedIndicator, asked_indicators
from indicators.results.boundary import UnitHistory, history_of
from indicators.results.predecessors import Predecessors, predecessors_by_unit


class Lock(Enum):
    """How the catalogue is held: beside other savers, or alone. The value is PostgreSQL's word."""

    SHARED = "SHARE"
    ALONE = "UPDATE"


@dataclass(frozen=True)
class Dependent:
    """An indicator whose definition, in force over a span of years, refers to another."""

    indicator_id: int
    definition: Definition
    reference: Reference


@dataclass
class Snapshot:
    """What a computation needs to know of the catalogue; read once for each token of the stamp."""

    token: uuid.UUID
    indicators: dict[int, Indicator]
    """By id, in the catalogue's order."""
    by_code: dict[str, int]
    definitions: dict[int, list[Definition]]
    formulas: dict[int, Formula]
    targets: dict[int, list[Target]]
    units: dict[int, Jurisdiction]
    units_of_measure: Mapping[str, Unit]
    """For `UNITS`, which answers by them to the thread that looked."""
    dependents: dict[str, list[Dependent]]
    rules: list[Rule]
    own_targets: set[tuple[int, int | None]]
    """By indicator and unit: where a unit has a target of its own."""
    compared_with_last_year: set[int]
    """Indicators that a target forbids to fall."""
    predecessors: dict[int, Predecessors]
    """By unit: those that ended when it began."""
    successors: dict[int, list[int]]
    """By unit: those that go on with its figures."""
    history: UnitHistory
    """What the units of one year were in another."""
    _children: dict[int, list[Jurisdiction]]
    # Found once, asked for every figure of a load, hence by one look into the dict:
    _valid_children: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)
    _in_force: dict[tuple[int, int], Definition | None] = field(default_factory=dict)
    _formulas: dict[tuple[int, int], Formula | None] = field(default_factory=dict)
    _summed: dict[tuple[int, int], bool] = field(default_factory=dict)
    _breaks: dict[tuple[int, int, int], int | None] = field(default_factory=dict)
    _above: dict[tuple[int, int], int | None] = field(default_factory=dict)
    _lighting: dict[tuple[int, int, str, int | None], Target | None] = field(default_factory=dict)
    _names: dict[str | None, dict[int, str]] = field(default_factory=dict)
    _asked: dict[tuple[int, int], tuple[AskedIndicator, ...]] = field(default_factory=dict)
    goals: dict[int, Goal | None] = field(default_factory=dict)
    """Targets (ids) as arithmetic, as far as they were asked for."""

    def definition(self, indicator_id: int, year: int) -> Definition | None:
        """The definition in force in the year: the latest that began by then."""
        key = (indicator_id, year)
        try:
            return self._in_force[key]
        except KeyError:
            begun = [d for d in self.definitions.get(indicator_id, []) if d.valid_from <= year]
            found = self._in_force[key] = begun[-1] if begun else None
            return found

    def formula(self, indicator_id: int, year: int) -> Formula | None:
        """The formula in force in the year; None for a base indicator."""
        key = (indicator_id, year)
        try:
            return self._formulas[key]
        except KeyError:
            definition = self.definition(indicator_id, year)
            found = self._formulas[key] = self.formulas.get(definition.pk) if definition else None
            return found

    def definition_break(self, indicator_id: int, earlier: int, year: int) -> int | None:
        """The year from which the figure means something else than in the earlier year, if it does.

        A share means something else once one of its parts does.
        """
        key = (indicator_id, earlier, year)
        if key not in self._breaks:
            self._breaks[key] = None  # a formula in a circle finds nothing behind itself
            self._breaks[key] = self._break(*key)
        return self._breaks[key]

    def _break(self, indicator_id: int, earlier: int, year: int) -> int | None:
        before, now = self.definition(indicator_id, earlier), self.definition(indicator_id, year)
        if before is None or now is None:
            return None
        if before is not now:
            return max(before.valid_from, now.valid_from)
        formula = self.formula(indicator_id, year)
        found = [
            self.definition_break(
                self.by_code[reference.code], reference.year_at(earlier), reference.year_at(year)
            )
            for reference in (formula.references if formula else ())
            if reference.code in self.by_code
        ]
        return max((one for one in found if one is not None), default=None)

    def unit_name(self, unit_id: int) -> str:
        """In the reader's language, with its years where another unit has or had that name."""
        language = get_language()
        if language not in self._names:
            self._names[language] = names_apart(self.units.values())
        return self._names[language][unit_id]

    def above(self, unit_id: int, year: int) -> int | None:
        """The unit that a unit valid in the year is a part of."""
        key = (unit_id, year)
        try:
            return self._above[key]
        except KeyError:
            unit = self.units[unit_id]
            found = self._above[key] = unit.parent_id if unit.valid_in(year) else None
            return found

    def children(self, unit_id: int, year: int) -> tuple[int, ...]:
        """Units directly below, valid in the year."""
        key = (unit_id, year)
        try:
            return self._valid_children[key]
        except KeyError:
            below = self._children.get(unit_id, [])
            found = tuple(unit.pk for unit in below if unit.valid_in(year))
            self._valid_children[key] = found
            return found

    def adds_up(self, indicator_id: int, unit_id: int, year: int) -> bool:
        """Whether the unit's figure is aggregated from units below it."""
        return bool(self.children(unit_id, year)) and self._is_summed(indicator_id, year)

    def _is_summed(self, indicator_id: int, year: int) -> bool:
        """Whether it is where there are units below."""
        key = (indicator_id, year)
        if key not in self._summed:
            indicator = self.indicators[indicator_id]
            self._summed[key] = (
                indicator.aggregation != Aggregation.NONE
                and indicator.reporting_level == ReportingLevel.UNITS
                and self.formula(indicator_id, year) is None
            )
        return self._summed[key]

    def reports(self, indicator_id: int, unit_id: int, year: int) -> bool:
        """Whether the indicator is asked of the unit in the year: some of the levels above only."""
        unit, indicator = self.units[unit_id], self.indicators[indicator_id]
        if not unit.valid_in(year) or not indicator.is_asked_for(year):
            return False
        level = indicator.reporting_level
        return level == ReportingLevel.UNITS or unit.collects

    def asked_of(self, unit_id: int, evaluation_year: int) -> tuple[AskedIndicator, ...]:
        """The indicators of the unit in the evaluation year, in the catalogue's order."""
        key = (unit_id, evaluation_year)
        try:
            return self._asked[key]
        except KeyError:
            found = self._asked[key] = tuple(asked_indicators(self, unit_id, evaluation_year))
            return found

    def expects(self, indicator_id: int, unit_id: int, year: int) -> bool:
        """Whether the unit itself has to give the figure: it is neither computed nor summed."""
        return (
            self.reports(indicator_id, unit_id, year)
            and self.formula(indicator_id, year) is None
            and not self.adds_up(indicator_id, unit_id, year)
        )

    def city_of(self, unit_id: int) -> int | None:
        """The unit (id) at or above that collects, the nearest: of a district its city."""
        return collecting_unit(self.units, unit_id)

    def lighting(self, indicator_id: int, unit_id: int, year: int) -> Target | None:
        """The target that lights the figure: the first of its applicable_targets; none where the
        indicator is not asked of the unit in the year."""
        targets = self.targets.get(indicator_id)
        unit = self.units[unit_id]
        if not targets or not unit.valid_in(year):
            return None
        own = unit_id if (indicator_id, unit_id) in self.own_targets else None
        key = (indicator_id, year, unit.level, own)
        try:
            return self._lighting[key]
        except KeyError:
            applicable = (
                applicable_targets(targets, self.indicators[indicator_id], unit, year)
                if self.reports(indicator_id, unit_id, year)
                else []
            )
            found = self._lighting[key] = applicable[0] if applicable else None
            return found


_kept: Snapshot | None = None
_sharing = threading.local()


@dataclass
class _Asking:
    """A request that is being answered: the catalogue as it found it, until it changes it."""

    snapshot: Snapshot | None = None
    changes_it: bool = False


_asking: ContextVar[_Asking | None] = ContextVar("asking", default=None)


@contextmanager
def one_snapshot() -> Iterator[None]:
    """Meanwhile the catalogue is looked at once: for a request, whose page is of one catalogue."""
    token = _asking.set(_Asking())
    UNITS.forget(then=current_snapshot)
    try:
        yield
    finally:
        _asking.reset(token)


def current_snapshot(*, lock: Lock | None = None) -> Snapshot:
    """The catalogue as it is now, or as the request found it; with `lock`, as it is now and held so
    until the transaction ends.

    Held alone by a load of many figures, it keeps every other writer out meanwhile. A transaction
    that `shares_catalogue` must not ask for it alone.
    """
    global _kept
    asking = _asking.get()
    if asking is not None and asking.snapshot is not None and lock is None:
        return asking.snapshot
    token = _token(lock)
    kept = _kept
    if kept is None or kept.token != token:
        kept = _kept = _read(token)
    UNITS.looked(kept.units_of_measure)
    if asking is not None and not asking.changes_it:
        asking.snapshot = kept
    return kept


def held_snapshot(*, many: bool) -> tuple[Snapshot, bool]:
    """The catalogue as it is now, held until the transaction ends, and whether alone: so for `many`
    figures, where this transaction does not share it already, else beside other savers."""
    alone = many and not shares_catalogue()
    return current_snapshot(lock=Lock.ALONE if alone else Lock.SHARED), alone


def lock_catalogue() -> None:
    """Hold the catalogue alone until the transaction ends, and give it a new token."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("the catalogue is changed inside a transaction only")
    asking = _asking.get()
    if asking is not None:
        asking.snapshot, asking.changes_it = None, True
    if not CatalogueStamp.objects.filter(pk=1).update(token=uuid.uuid4()):
        _first_stamp()
        CatalogueStamp.objects.filter(pk=1).update(token=uuid.uuid4())


def shares_catalogue() -> bool:
    """Whether this transaction holds the catalogue beside others already.

    Two such that both asked for it alone would wait for each other. Always false on SQLite, which
    lets one writer in at a time.
    """
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id_if_assigned()::text")
        (now,) = cursor.fetchone()
    return now is not None and now == getattr(_sharing, "transaction", None)


def _token(lock: Lock | None) -> uuid.UUID:
    # Django knows FOR UPDATE only, which would make savers wait for each other.
    by, how = "''", ""
    if lock and connection.vendor == "postgresql":
        by, how = "pg_current_xact_id()::text", f" FOR {lock.value}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT token, {by} FROM indicators_cataloguestamp WHERE id = 1{how}")
        found = cursor.fetchone()
    if found is None:
        _first_stamp()
        return _token(lock)
    token, transaction_id = found
    if lock is Lock.SHARED:
        _sharing.transaction = transaction_id
    return token if isinstance(token, uuid.UUID) else uuid.UUID(token)


def _first_stamp() -> None:
    CatalogueStamp.objects.bulk_create([CatalogueStamp(pk=1)], ignore_conflicts=True)


def _read(token: uuid.UUID) -> Snapshot:
    definitions: dict[int, list[Definition]] = defaultdict(list)
    formulas: dict[int, Formula] = {}
    dependents: dict[str, list[Dependent]] = defaultdict(list)
    for definition in catalogue_rows.definitions():
        definitions[definition.indicator_id].append(definition)
        if not definition.formula:
            continue
        try:
            formula = parse(definition.formula)
        except FormulaError:
            # The door refuses such a formula; one that came in by another way computes nothing and
            # is found by check_catalogue.
            continue
        formulas[definition.pk] = formula
        for reference in formula.references:
            dependents[reference.code].append(
                Dependent(definition.indicator_id, definition, reference)
            )
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in catalogue_rows.targets():
        targets[target.indicator_id].append(target)
    all_targets = [target for some in targets.values() for target in some]
    children: dict[int, list[Jurisdiction]] = defaultdict(list)
    units = {unit.pk: unit for unit in catalogue_rows.units()}
    for unit in units.values():
        if unit.parent_id is not None:
            children[unit.parent_id].append(unit)
    changes = list(catalogue_rows.unit_changes())
    predecessors = predecessors_by_unit(changes, units)
    successors: dict[int, list[int]] = defaultdict(list)
    for pk, before in predecessors.items():
        for ended in before.unit_ids if before.goes_on else ():
            successors[ended].append(pk)
    indicators = sorted(
        catalogue_rows.indicators(),
        key=lambda i: (i.duty_area.position, i.position, i.code),
    )
    return Snapshot(
        token=token,
        indicators={indicator.pk: indicator for indicator in indicators},
        by_code={indicator.code: indicator.pk for indicator in indicators},
        definitions=definitions,
        formulas=formulas,
        targets=targets,
        units=units,
        units_of_measure=read_units(),
        dependents=dependents,
        rules=catalogue_rows.rules(),
        own_targets={(target.indicator_id, target.jurisdiction_id) for target in all_targets},
        compared_with_last_year={
            target.indicator_id
            for target in all_targets
            if target.comparator == Comparator.NOT_BELOW_LAST_YEAR
        },
        predecessors=predecessors,
        successors=successors,
        history=history_of(changes, units),
        _children=children,
    )
