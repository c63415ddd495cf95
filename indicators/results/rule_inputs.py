"""A unit's numbers for the rules: what stands as reported, with the unit's drafts put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from indicators.models import Completeness, Standing, State, Tier, ValueRevision, YearlyResult
from indicators.models.prepared import prepared
from indicators.results.computation import ResultContent
from indicators.results.dependencies import Key
from indicators.results.past import figures_of_past
from indicators.results.predecessors import before_it_began
from indicators.results.preview import preview
from indicators.results.snapshot import Snapshot
from indicators.results.validation import COMPARED, SIZED, RuleInputs, with_derived


class NumberFields(NamedTuple):
    """The fields are explained at YearlyResult."""

    number: Decimal | None
    statement: str
    state: str
    basis: str
    missing_units: list[int]
    part_of_year: bool
    computed: Decimal | None
    computed_statement: str


class Number(Completeness, NumberFields):
    """A result as far as rules look at it; a plain tuple, as a unit has hundreds of them."""

    __slots__ = ()


RuleFigure = Number | ResultContent | YearlyResult


def inputs_with_drafts(
    snapshot: Snapshot, unit_id: int, evaluation_year: int, drafts: Iterable[ValueRevision]
) -> RuleInputs:
    """The numbers of the evaluation year and the year before, as if the drafts were submitted."""
    return inputs_with(snapshot, unit_id, evaluation_year, preview(snapshot, unit_id, drafts))


def inputs_with(
    snapshot: Snapshot,
    unit_id: int,
    evaluation_year: int,
    previewed: Mapping[Key, RuleFigure],
    *,
    about: Set[int] | None = None,
) -> RuleInputs:
    """The numbers of the evaluation year and the year before, those `previewed` in the place of
    what stands as reported; a sum that still waits is none. `about` are the indicators (ids) that
    the rules will be asked about, where that is not all."""
    return inputs_by_year(snapshot, unit_id, {evaluation_year: about}, previewed)[evaluation_year]


def inputs_by_year(
    snapshot: Snapshot,
    unit_id: int,
    about: Mapping[int, Set[int] | None],
    previewed: Mapping[Key, RuleFigure],
) -> dict[int, RuleInputs]:
    """The same for several evaluation years, each with what the rules will be asked `about`."""
    own = {one.year_for(year) for one in snapshot.indicators.values() for year in about}
    rows: dict[tuple[int, int], RuleFigure] = {
        (pk, year): Number(*content)
        for pk, year, *content in _reported(unit=unit_id, years=own | {year - 1 for year in own})
    }
    if before_it_began(snapshot, unit_id, min(own, default=0) - 1):
        earlier = {
            Key(unit_id, one.year_for(evaluation_year) - 1, pk)
            for pk, one in snapshot.indicators.items()
            for evaluation_year in about
        }
        past = figures_of_past(snapshot, earlier, tier=Tier.REPORTED)
        rows.update({(key.indicator_id, key.year): content for key, content in past.items()})
    rows.update({(key.indicator_id, key.year): figure for key, figure in previewed.items()})
    return {
        year: _inputs(snapshot, unit_id, year, rows, about=only) for year, only in about.items()
    }


def _inputs(
    snapshot: Snapshot,
    unit_id: int,
    evaluation_year: int,
    rows: Mapping[tuple[int, int], RuleFigure],
    *,
    about: Set[int] | None,
) -> RuleInputs:
    own = {one.year_for(evaluation_year) for one in snapshot.indicators.values()}
    looked_at = own | {year - 1 for year in own}

    def row_at(indicator_id: int, year: int) -> RuleFigure | None:
        return rows.get((indicator_id, year)) if year in looked_at else None

    def number(indicator_id: int, year: int) -> Decimal | None:
        row = row_at(indicator_id, year)
        return None if row is None or row.part_of_year else row.whole_number

    def is_reported(indicator_id: int, year: int) -> bool:
        row = row_at(indicator_id, year)
        return row is not None and bool(
            row.number is not None or row.statement or row.state not in ("", State.BLANK)
        )

    def computed(indicator_id: int, year: int) -> Decimal | None:
        row = row_at(indicator_id, year)
        return None if row is None else row.whole_computed

    replaced = replaced_numbers(snapshot, unit_id, evaluation_year)
    return RuleInputs(
        number,
        is_reported,
        others_of(snapshot, unit_id, evaluation_year, about=about),
        computed,
        lambda pk, year: replaced(pk, year, number(pk, year)),
        sizes_beside(snapshot, unit_id, evaluation_year),
    )


@prepared
def _reported(unit: Any, years: Any) -> QuerySet[YearlyResult, tuple[Any, ...]]:
    reported = YearlyResult.objects.in_tier(Tier.REPORTED)
    found = reported.filter(jurisdiction=unit, year__in=years)
    return found.values_list("indicator_id", "year", *Number._fields)


def replaced_numbers(
    snapshot: Snapshot, unit_id: int, evaluation_year: int
) -> Callable[[int, int, Decimal | None], Decimal | None]:
    """Asks which number of the unit a number replaces: what was last submitted, or else the latest
    one that was another. Read once, when first asked."""
    years = {one.year_for(evaluation_year) for one in snapshot.indicators.values()}

    @cache
    def versions() -> dict[tuple[int, int], list[Decimal]]:
        stands = Standing.objects.current().filter(
            tier=Tier.REPORTED, value=OuterRef("value"), revision=OuterRef("pk")
        )
        found: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
        rows = (
            ValueRevision.objects.filter(
                value__jurisdiction=unit_id, value__year__in=years, number__isnull=False
            )
            .annotate(stands=Exists(stands))
            .order_by("value", "-version")
        )
        columns = ("stands", "value__indicator_id", "value__year", "number")
        for reported, indicator_id, year, number in rows.values_list(*columns):
            numbers = found[indicator_id, year]
            numbers.insert(0 if reported else len(numbers), number)
        return found

    def replaced(indicator_id: int, year: int, number: Decimal | None) -> Decimal | None:
        earlier = versions().get((indicator_id, year), [])
        return next((one for one in earlier if one != number), None)

    return replaced


def sizes_beside(
    snapshot: Snapshot, unit_id: int, evaluation_year: int
) -> Callable[[int, int, int, int], Sequence[tuple[Decimal, Decimal]]]:
    """Asks for the numbers of the other units of the same parent, each with its size. Read once,
    when first asked."""
    parent = snapshot.units[unit_id].parent_id

    @cache
    def numbers() -> dict[tuple[int, int], dict[int, Decimal]]:
        years = {one.year_for(evaluation_year) for one in snapshot.indicators.values()}
        siblings = {
            pk for year in years for pk in (snapshot.children(parent, year) if parent else ())
        }
        sized = [one.pk for one in snapshot.indicators.values() if one.quantity_kind in SIZED]
        rows = YearlyResult.objects.in_tier(Tier.REPORTED).filter(
            jurisdiction__in=siblings - {unit_id},
            indicator__in=sized,
            year__in=years,
            number__isnull=False,
        )
        found: dict[tuple[int, int], dict[int, Decimal]] = defaultdict(dict)
        columns = ("indicator_id", "year", "jurisdiction_id", "number")
        for indicator_id, year, unit, number in rows.values_list(*columns):
            found[indicator_id, year][unit] = number
        return found

    def beside(pk: int, year: int, size: int, size_year: int) -> list[tuple[Decimal, Decimal]]:
        sizes = numbers().get((size, size_year), {})
        own = numbers().get((pk, year), {})
        return [(number, sizes[unit]) for unit, number in own.items() if unit in sizes]

    return beside


def others_of(
    snapshot: Snapshot, unit_id: int, evaluation_year: int, *, about: Set[int] | None = None
) -> Callable[[int, int], Sequence[Decimal]]:
    """Asks what the other units of the same parent have reported of a share, rate or average,
    without names. Read once, when first asked; `about` as for `inputs_with`."""
    parent = snapshot.units[unit_id].parent_id
    asked = snapshot.indicators.values() if about is None else with_derived(snapshot, about)
    rates = [one for one in asked if one.quantity_kind in COMPARED]

    @cache
    def numbers() -> dict[tuple[int, int], list[Decimal]]:
        found: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
        if parent is None or not rates:
            return found
        years = {one.year_for(evaluation_year) for one in rates}
        siblings = {pk for year in years for pk in snapshot.children(parent, year)} - {unit_id}
        rows = YearlyResult.objects.in_tier(Tier.REPORTED).filter(
            jurisdiction__in=siblings, indicator__in=rates, year__in=years, number__isnull=False
        )
        for indicator_id, year, number in rows.values_list("indicator_id", "year", "number"):
            found[indicator_id, year].append(number)  # type: ignore[arg-type]
        return found

    return lambda indicator_id, year: numbers().get((indicator_id, year), ())
