"""To people of how many units a figure that is worked out over units may be told: the rule is in
`models.scope`, its arithmetic in `measures.disclosure`.

Decided: a formula is looked at for the sums over units that it holds, whether or not it was worked
out: whoever is told its inputs can do so. What such a sum, or its closeness to a limit, would tell
of one unit is not told by its inputs: of those one is kept back for ever, the first of which
nothing was said so far; where the city states all of them, the second figures beside. Sums of one
year whose units have none below 0 are taken to be known so; of a difference of years only what may
not fall below 0 is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import chain

from indicators.measures.disclosure import quartiles_tell, safe_at_limit, safe_for_sum
from indicators.measures.quotient import Quotient, Sum, quotients_in
from indicators.models import Aggregation, Basis, Indicator, QuantityKind
from indicators.models.release import ANY, FEWEST_COUNTED
from indicators.results.approved import approved_contents, in_pieces
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key, computed_from, inputs
from indicators.results.equations import equations_of, resolved
from indicators.results.predecessors import sources
from indicators.results.snapshot import Snapshot

Contents = Mapping[Key, ResultContent]


@dataclass(frozen=True)
class SaidBefore:
    """What was said of figures and spreads so far: those that `stand` as told, those `withdrawn`
    after they were told, those `kept_back` untold; and those of which a `spread` was told."""

    stand: Collection[Key] = frozenset()
    withdrawn: Collection[Key] = frozenset()
    kept_back: Collection[Key] = frozenset()
    spread: Collection[Key] = frozenset()


@dataclass(frozen=True)
class Disclosure:
    """Of the places whose figure is worked out over units: how many of the units somebody may have
    and be told it, 0 where it is told to nobody; those that are at a limit of all of them; and
    those that are to be kept back for ever."""

    most_own: dict[Key, int] = field(default_factory=dict)
    at_limit: set[Key] = field(default_factory=set)
    kept_back: set[Key] = field(default_factory=set)


def is_over_units(content: ResultContent) -> bool:
    """Whether the figure, or the second one beside a stated one, is worked out over units."""
    return content.counted is not None


def over_units(content: ResultContent) -> tuple[Decimal | None, str]:
    """The number and the statement that are of several units; beside a stated figure the second."""
    if content.basis == Basis.STATED:
        return content.computed, content.computed_statement
    return content.number, content.statement


def all_behind(snapshot: Snapshot, places: Iterable[Key]) -> set[Key]:
    """The places, and all that they are computed from, however deep."""
    found: set[Key] = set()
    waiting = list(places)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += inputs(snapshot, key)
    return found


def all_ahead(snapshot: Snapshot, places: Iterable[Key]) -> set[Key]:
    """What is computed from the places in their units, however far, and what rules say to be equal
    with them."""
    found: set[Key] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        equal = (one for equation in equations_of(snapshot, place) for one in equation.factors)
        for key in chain(computed_from(snapshot, place), equal):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def disclosure(snapshot: Snapshot, contents: Contents, said: SaidBefore) -> Disclosure:
    """`contents` is what stands as approved at the places and at all that they are computed
    from."""
    found = Disclosure()
    capped: dict[Key, int] = {}
    for piece in in_pieces(sorted(contents), lambda at: snapshot.children(at.unit_id, at.year)):
        looks = [_Look(snapshot, place, contents) for place in piece]
        below = approved_contents({key for look in looks for key in look.asked})
        for look in looks:
            place, content = look.place, contents[look.place]
            safe = look.safe_for_sum(below, place in said.spread) if look.is_sum else ANY
            for inputs_of_it, one_safe, is_limit in look.tells(below):
                safe = min(safe, one_safe)
                for one in _hidden_of(inputs_of_it, contents, said) if one_safe < ANY else ():
                    capped[one] = min(capped.get(one, one_safe), one_safe)
                if is_limit and not one_safe:
                    found.at_limit.add(place)
            if is_over_units(content):
                counted = (content.counted or 0) - FEWEST_COUNTED + 1
                found.most_own[place] = max(0, min(counted, safe))
    for one, safe in capped.items():
        if not safe and (contents[one].counted or 0) >= FEWEST_COUNTED:
            found.kept_back.add(one)
        found.most_own[one] = min(found.most_own[one], safe)
    return found


class _Look:
    """A place and the sums over units that its formula holds."""

    def __init__(self, snapshot: Snapshot, place: Key, contents: Contents) -> None:
        self.snapshot, self.place, self.contents = snapshot, place, contents
        self.indicator = snapshot.indicators[place.indicator_id]
        self.units = snapshot.children(place.unit_id, place.year)
        self.is_sum = self._is_whole_sum(place)
        self.quotients = list(self._quotients()) if self.units else []

    @property
    def asked(self) -> set[Key]:
        """What is asked of the units below."""
        keys = {self.place} if self.is_sum else set()
        for one in self.quotients:
            keys |= {*one.over.factors, *one.under.factors}
        return {place for key in keys for unit in self.units for place in self._places(key, unit)}

    def safe_for_sum(self, below: Contents, is_spread_told: bool) -> int:
        found = (self._number(below, unit, self.place) for unit in self.units)
        numbers = [number for number in found if number is not None]
        return 0 if is_spread_told and quartiles_tell(numbers) else safe_for_sum(numbers)

    def tells(self, below: Contents) -> Iterator[tuple[Collection[Key], int, bool]]:
        """For each sum, and closeness to a limit: its inputs, for how many own units it is safe,
        and whether it is a limit. Of what holds no quotient of sums only being at the limit."""
        limits, has_quotient = _limits(self.indicator), False
        if self.is_sum:
            safe = safe_for_sum(self._of_each(below, Sum({self.place: Fraction(1)})))
            for rest in self._rests_of_equations():
                yield rest, safe, False
        for one in self.quotients:
            for some in (one.over, one.under):
                if len(some.factors) > 1 and self._is_never_below(some, one):
                    yield some.factors, _safe_for_combined(self._of_each(below, some)), False
            if not one.is_sum:
                has_quotient = True
                for limit in limits:
                    both = {**one.over.factors, **one.under.factors}
                    yield both, self._safe_at(below, limit, one), True
        is_computed = self.snapshot.formula(self.place.indicator_id, self.place.year) is not None
        if is_computed and not has_quotient:
            number, _statement = over_units(self.contents[self.place])
            if number in limits:
                yield (), 0, True

    def _rests_of_equations(self) -> Iterator[Collection[Key]]:
        """Figures over units from which a rule has this one worked out."""
        for equation in equations_of(self.snapshot, self.place):
            rest = [one for one in equation.factors if one != self.place]
            if rest and all(map(self._is_whole_sum, rest)):
                yield rest

    def _quotients(self) -> Iterator[Quotient[Key]]:
        formula = self.snapshot.formula(self.place.indicator_id, self.place.year)
        if formula is None:
            return
        for found in quotients_in(formula, partial(resolved, self.snapshot, self.place)):
            over, under = (
                some if all(map(self._is_whole_sum, some.factors)) else None
                for some in (found.over, found.under)
            )
            if over is not None and under is not None:
                yield found
            else:  # what cannot be worked out over units may hold what can
                for some in (over, under):
                    if some is not None and some.factors:
                        yield Quotient(some, Sum(constant=Fraction(1)))

    def _adds_up(self, key: Key) -> bool:
        """Whether it is a sum over the units below."""
        return (
            key.indicator_id in self.snapshot.indicators
            and self.snapshot.indicators[key.indicator_id].aggregation == Aggregation.SUM
            and self.snapshot.adds_up(key.indicator_id, key.unit_id, key.year)
        )

    def _is_whole_sum(self, key: Key) -> bool:
        content = self.contents.get(key)
        return (
            content is not None
            and self._adds_up(key)
            and content.missing_units == []
            and over_units(content)[0] is not None
        )

    def _is_never_below(self, some: Sum[Key], quotient: Quotient[Key]) -> bool:
        """Whether a reader knows that no unit has less than 0."""
        of_one_year = len({one.year for one in some.factors}) == 1
        limit = self.indicator.lower_limit
        return of_one_year or (quotient.is_sum and limit is not None and limit >= 0)

    def _safe_at(self, below: Contents, limit: Decimal, quotient: Quotient[Key]) -> int:
        over, under = (self._of_each(below, some) for some in (quotient.over, quotient.under))
        lacks = [limit * whole - part for part, whole in zip(over, under, strict=True)]
        constants = quotient.over.constant or quotient.under.constant
        if constants or not lacks or (min(lacks) < 0 < max(lacks)):
            return ANY  # some are beyond: no limit
        return safe_at_limit([(part, abs(lack)) for part, lack in zip(over, lacks, strict=True)])

    def _of_each(self, below: Contents, some: Sum[Key]) -> list[Decimal]:
        return [some.at(partial(self._number, below, unit)) for unit in self.units]

    def _number(self, below: Contents, unit: int, key: Key) -> Decimal | None:
        """What the unit has of an input, or its predecessors had together."""
        found = (below[one].number for one in self._places(key, unit) if one in below)
        numbers = [number for number in found if number is not None]
        return sum(numbers, Decimal(0)) if numbers else None

    def _places(self, key: Key, unit: int) -> list[Key]:
        return sources(self.snapshot, key._replace(unit_id=unit))


def _safe_for_combined(numbers: list[Decimal]) -> int:
    """Of a sum of sums, or their difference, which is counted as any sum is."""
    if min(numbers, default=0) < 0 < max(numbers, default=0):
        return ANY
    counted = sum(bool(number) for number in numbers) - FEWEST_COUNTED + 1
    return max(0, min(counted, safe_for_sum(numbers)))


def _limits(indicator: Indicator) -> set[Decimal]:
    """Where none of the units goes beyond, so that each is there."""
    own = (indicator.lower_limit, indicator.upper_limit)
    of_shares = (Decimal(0), Decimal(100)) if indicator.quantity_kind == QuantityKind.SHARE else ()
    return {limit for limit in (*own, *of_shares) if limit is not None}


def _hidden_of(those: Collection[Key], contents: Contents, said: SaidBefore) -> Collection[Key]:
    """Of the inputs those that are not told, so that what they make together cannot be worked
    out."""
    of_units = [one for one in those if contents[one].basis != Basis.STATED]
    if not of_units:
        return those
    if any(one in said.kept_back for one in of_units):
        return ()
    never = [one for one in of_units if one not in said.stand and one not in said.withdrawn]
    gone = [one for one in of_units if one in said.withdrawn]
    return [*never, *gone, *of_units][:1]
