"""What stands at one place: the pure step from standing values and figures below to a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from indicators.measures.aggregation import Part, aggregate
from indicators.measures.agreement import agrees
from indicators.measures.exact import TooLong
from indicators.measures.formula import Formula, Missing, Reference, evaluate
from indicators.models import Aggregation, Basis, Completeness, Origin, Qualifier, State, Status
from indicators.results.dependencies import Key, parts
from indicators.results.predecessors import Kind, adds_up, before_it_began
from indicators.results.snapshot import Snapshot
from indicators.results.uncertainty import bounds_at, said_of_formula, said_of_sum


class TotalTooLarge(ValueError):
    """A total over units has more digits than are kept; the write that makes it so is refused."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"total too large at {key}")
        self.key = key


class StandingValue(NamedTuple):
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
    version: int
    origin: str


class ResultFields(NamedTuple):
    """The fields of a row of YearlyResult without its place; they are explained there."""

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
    counted: int | None = None
    expected: int | None = None
    missing_units: list[int] = []
    least: Decimal | None = None
    most: Decimal | None = None
    target_id: int | None = None
    status: str = Status.NO_DATA
    status_reason: dict[str, Any] = {}


class ResultContent(Completeness, ResultFields):
    """What is in it is never changed: the empty reasons are one and the same."""

    __slots__ = ()

    @property
    def is_whole(self) -> bool:
        """An answer that is not waiting for anybody: what approval makes a promise of."""
        return (self.has_figure or bool(self.state)) and not self.is_partial

    @property
    def says(self) -> tuple[Decimal | None, str, str, str]:
        """What is promised once it is approved: the figure or its state, and the status."""
        return (self.number, self.statement, self.state, self.status)

    @property
    def is_empty(self) -> bool:
        return self.basis == ""


# Of a year before the unit began, after which kind of change nothing can be compared.
_NO_PAST = {
    Kind.RENAME: {"code": "no_past_rename"},
    Kind.UPGRADE: {"code": "no_past_upgrade"},
    Kind.MERGE: {"code": "no_past_merge"},
    Kind.SPLIT: {"code": "no_past_split"},
}
_NO_PAST_CODES = {reason["code"] for reason in _NO_PAST.values()}
RESULT_FIELDS = ResultContent._fields
Lookup = Callable[[Key], ResultContent]
# Looked up once, as each is asked of every figure of a load.
_NO_REASON: dict[str, Any] = {}
_BLANK, _NOT_APPLICABLE, _ENTERED = State.BLANK, State.NOT_APPLICABLE, Basis.ENTERED


def figure_at(
    snapshot: Snapshot, key: Key, value: StandingValue | None, look: Lookup
) -> ResultContent:
    """The figure that stands at `key`, stated before computed, without its target and status.

    Raises TotalTooLarge.
    """
    below = _below(snapshot, key, look)
    definition = snapshot.definition(key.indicator_id, key.year)
    definition_id = definition.pk if definition else None
    if value is None or value.state == _BLANK:
        if below is not None:
            return below._replace(definition_id=definition_id)
        code = "withdrawn" if value else "not_reported"
        return ResultContent(reason={"code": code}, definition_id=definition_id)
    revision, number, statement, state, _typed, place, qualifier, part, provisional, *_, origin = (
        value
    )
    # In the order of ResultFields: by name it takes twice as long, of every figure of a load.
    content = ResultContent(
        _ENTERED if below is None else Basis.STATED,
        number,
        statement,
        state,
        _NO_REASON,
        place,
        qualifier,
        part,
        provisional,
        origin,
        revision,
        definition_id,
    )
    return content if below is None else _beside(snapshot, key, content, below)


def tells_no_past(reason: Mapping[str, Any]) -> bool:
    """Whether the reason is that the units before it make no figure."""
    return reason.get("code") in _NO_PAST_CODES


def figure_of_past(snapshot: Snapshot, key: Key, look: Lookup) -> ResultContent:
    """The figure at `key`; of a year before the unit began, what its predecessors' make.

    `look` is asked for places where units were. Raises TotalTooLarge.
    """
    before = before_it_began(snapshot, key.unit_id, key.year)
    if before is None:
        return look(key)
    if before.goes_on and before.kind != Kind.MERGE:
        return figure_of_past(snapshot, key._replace(unit_id=before.unit_ids[0]), look)
    merged = _merged(snapshot, key, before.unit_ids, look) if before.goes_on else ResultContent()
    if merged.basis and not merged.missing_units:
        return merged
    units = [snapshot.units[unit] for unit in before.unit_ids]
    names = [f"{unit.code}|{unit.valid_from}" for unit in units]
    return ResultContent(reason={**_NO_PAST[Kind(before.kind)], "names": names})


def _merged(snapshot: Snapshot, key: Key, units: tuple[int, ...], look: Lookup) -> ResultContent:
    """What the figures of units that were merged make together."""
    formula = snapshot.formula(key.indicator_id, key.year)
    if formula is not None:
        return computed(snapshot, key, formula, _with_past(snapshot, look))
    if not adds_up(snapshot, key):
        return ResultContent()
    below = {unit: figure_of_past(snapshot, key._replace(unit_id=unit), look) for unit in units}
    return added_up(snapshot, key, below)


def _with_past(snapshot: Snapshot, look: Lookup) -> Lookup:
    return lambda key: figure_of_past(snapshot, key, look)


def _below(snapshot: Snapshot, key: Key, look: Lookup) -> ResultContent | None:
    """What formula or units below give; None where the figure can only be entered, or is computed
    and not asked."""
    formula = snapshot.formula(key.indicator_id, key.year)
    if formula is not None:
        asked = snapshot.reports(key.indicator_id, key.unit_id, key.year)
        return computed(snapshot, key, formula, _with_past(snapshot, look)) if asked else None
    if snapshot.adds_up(key.indicator_id, key.unit_id, key.year):
        return _summed(snapshot, key, look)
    return None


def _beside(
    snapshot: Snapshot, key: Key, content: ResultContent, below: ResultContent
) -> ResultContent:
    """The stated figure with the computed one beside it, compared where both are there."""
    agreement = None
    if content.number is not None and below.number is not None and not below.missing_units:
        least, most = bounds_at(snapshot.indicators[key.indicator_id], below)
        agreement = least <= content.number <= most or agrees(
            content.number,
            below.number,
            stated_place=content.last_place,
            computed_place=below.last_place,
            qualifier=content.qualifier,
        )
    elif content.statement and below.statement and not below.missing_units:
        agreement = content.statement == below.statement
    return content._replace(
        computed=below.number,
        computed_statement=below.statement,
        computed_reason=below.reason,
        agrees=agreement,
        reported=below.reported,
        counted=below.counted,
        expected=below.expected,
        missing_units=below.missing_units,
        computed_origin=below.origin,
    )


def _summed(snapshot: Snapshot, key: Key, look: Lookup) -> ResultContent:
    return added_up(snapshot, key, {part.unit_id: look(part) for part in parts(snapshot, key)})


def added_up(snapshot: Snapshot, key: Key, below: dict[int, ResultContent]) -> ResultContent:
    """What figures of units (ids) make together by the indicator's rule. Raises TotalTooLarge."""
    given = {
        unit: Part(
            number=content.number,
            statement=content.statement,
            not_applicable=content.state == _NOT_APPLICABLE,
            last_place=content.last_place,
            missing=tuple(content.missing_units) if content.is_partial else (),
        )
        for unit, content in below.items()
        if content.has_figure or content.state == _NOT_APPLICABLE
    }
    rule = snapshot.indicators[key.indicator_id].aggregation
    try:
        whole = aggregate(rule, below, given)
    except TooLong as error:
        raise TotalTooLarge(key) from error
    if not given:
        return ResultContent(
            reason={"code": "nobody_reported"}, reported=0, counted=0, expected=whole.expected
        )
    contents = [below[unit] for unit in given]
    return ResultContent(
        basis=Basis.SUMMED,
        number=whole.number,
        statement=whole.statement,
        state=State.NOT_APPLICABLE if whole.not_applicable else "",
        last_place=whole.last_place,
        **said_of_sum(snapshot.indicators[key.indicator_id], whole.number, contents)._asdict(),
        provisional=any(content.provisional for content in contents),
        part_of_year=any(content.part_of_year for content in contents),
        origin=_origin(contents),
        missing_units=list(whole.missing),
        reported=whole.reported,
        counted=_counted(rule, contents),
        expected=whole.expected,
    )


def _counted(rule: str, contents: list[ResultContent]) -> int:
    """Of how many figures it tells: a sum of those that are not 0, since where it is one unit's the
    others have 0; all else of one, as the largest is a single unit's, and what all say each's."""
    if rule != Aggregation.SUM:
        return min(sum(content.state != _NOT_APPLICABLE for content in contents), 1)
    return sum(bool(content.number) for content in contents)


def computed(snapshot: Snapshot, key: Key, formula: Formula, look: Lookup) -> ResultContent:
    """What the formula gives at `key`. `look` is asked for its inputs there, in any year."""
    found: dict[Reference, ResultContent] = {}
    seen: list[ResultContent] = []
    breaks: list[int] = []

    def figure(reference: Reference) -> Decimal | Missing:
        name = reference.code
        year = reference.year_at(key.year)
        if reference.year is not None and key.year < reference.year:
            return Missing("before_base_year", (name,))
        indicator_id = snapshot.by_code.get(name)
        content = ResultContent()
        if indicator_id:
            content = look(Key(key.unit_id, year, indicator_id))
        seen.append(content)
        if indicator_id and content.number is not None:
            broken = snapshot.definition_break(indicator_id, year, key.year)
            if broken is not None:
                breaks.append(broken)
                return Missing("definition_break", (name,))
        if tells_no_past(content.reason):
            return Missing(content.reason["code"], tuple(content.reason["names"]))
        if year != key.year:
            name = f"{name}@{year}"
        if content.number is None:
            applies = content.state != State.NOT_APPLICABLE
            return Missing("input_missing" if applies else "input_not_applicable", (name,))
        found[reference] = content
        return content.number

    number = evaluate(formula, figure)
    contents = list(found.values())
    if not isinstance(number, Missing):
        number = _comparable(snapshot, key, found) or number
    sums = [
        content
        for content in contents
        if content.expected is not None and content.basis != Basis.STATED
    ]
    narrowest = min(sums, key=lambda content: content.reported or 0, default=ResultContent())
    counted = min(
        (content.counted for content in sums if content.counted is not None), default=None
    )
    if isinstance(number, Missing):
        applies = number.code != "input_not_applicable"
        return ResultContent(
            basis="" if applies else Basis.COMPUTED,
            state="" if applies else State.NOT_APPLICABLE,
            origin="" if applies else _origin(seen),
            reason={"code": number.code, "names": list(number.names)}
            | ({"year": max(breaks)} if number.code == "definition_break" else {}),
            reported=narrowest.reported,
            counted=counted,
            expected=narrowest.expected,
        )
    return ResultContent(
        basis=Basis.COMPUTED,
        number=number,
        **said_of_formula(snapshot, formula, number, found)._asdict(),
        provisional=any(content.provisional for content in contents),
        part_of_year=any(content.part_of_year for content in contents),
        origin=_origin(contents),
        missing_units=narrowest.missing_units if narrowest.is_partial else [],
        reported=narrowest.reported,
        counted=counted,
        expected=narrowest.expected,
    )


def _comparable(
    snapshot: Snapshot, key: Key, found: dict[Reference, ResultContent]
) -> Missing | None:
    """Sums go together only when each is complete or all are over the same units; a part of a year
    is not compared with a whole one."""
    if len({content.part_of_year for content in found.values()}) > 1:
        return Missing("part_of_year")
    if not any(content.is_partial for content in found.values()):
        return None
    covers: set[tuple[object, ...] | None] = set()
    for reference, content in found.items():
        if not content.is_partial:
            covers.add(None)
            continue
        units = snapshot.children(key.unit_id, reference.year_at(key.year))
        covers.add((frozenset(units) - frozenset(content.missing_units), *_deeper(units, content)))
    if len(covers) == 1:
        return None
    waiting = sorted({unit for content in found.values() for unit in _waits_for(content)})
    return Missing("units_differ", tuple(snapshot.units[unit].code for unit in waiting))


def _deeper(units: tuple[int, ...], content: ResultContent) -> list[int]:
    """Missing units further down, which the units directly below do not show."""
    return sorted(set(content.missing_units) - set(units))


def _waits_for(content: ResultContent) -> list[int]:
    return content.missing_units if content.is_partial else []


_WEIGHT = [
    Origin.DEMONSTRATION,
    Origin.ENTERED,
    Origin.ON_BEHALF,
    Origin.IMPORTED,
    Origin.BACKFILLED,
    Origin.SEED,
]


def _origin(contents: list[ResultContent]) -> str:
    """A result is demonstration if any input is; else the origin nearest to somebody's hand."""
    origins = {content.origin for content in contents}
    return next((origin for origin in _WEIGHT if origin in origins), "")
