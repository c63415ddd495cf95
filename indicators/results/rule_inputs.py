"""A unit's numbers for the rules: what stands as reported, with the unit's drafts put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache

from django.db.models import Exists, OuterRef

from indicators.models import Standing, State, Tier, ValueRevision, YearlyResult
from indicators.results.dependencies import Key
from indicators.results.past import figures_of_past
from indicators.results.preview import preview
from indicators.results.refresh import row_of
from indicators.results.snapshot import Snapshot
from indicators.results.validation import COMPARED, SIZED, RuleInputs


def inputs_with_drafts(
    snapshot: Snapshot, unit_id: int, evaluation_year: int, drafts: Iterable[ValueRevision]
) -> RuleInputs:
    """The numbers of the evaluation year and the year before; a sum that still waits is none."""
    own = {one.year_for(evaluation_year) for one in snapshot.indicators.values()}
    reported = YearlyResult.objects.in_tier(Tier.REPORTED).filter(
        jurisdiction=unit_id, year__in=own | {year - 1 for year in own}
    )
    rows = {(row.indicator_id, row.year): row for row in reported}
    earlier = {
        Key(unit_id, one.year_for(evaluation_year) - 1, pk)
        for pk, one in snapshot.indicators.items()
    }
    past = figures_of_past(snapshot, earlier, tier=Tier.REPORTED)
    for key, content in past.items():
        rows[key.indicator_id, key.year] = row_of(key, Tier.REPORTED, content)
    for key, row in preview(snapshot, unit_id, drafts).items():
        rows[key.indicator_id, key.year] = row
    others = others_of(snapshot, unit_id, evaluation_year)

    def number(indicator_id: int, year: int) -> Decimal | None:
        row = rows.get((indicator_id, year))
        return None if row is None or row.part_of_year else row.whole_number

    def is_reported(indicator_id: int, year: int) -> bool:
        row = rows.get((indicator_id, year))
        return row is not None and bool(
            row.number is not None or row.statement or row.state not in ("", State.BLANK)
        )

    def computed(indicator_id: int, year: int) -> Decimal | None:
        row = rows.get((indicator_id, year))
        return None if row is None else row.whole_computed

    replaced = replaced_numbers(snapshot, unit_id, evaluation_year)
    return RuleInputs(
        number,
        is_reported,
        lambda pk, year: others.get((pk, year), ()),
        computed,
        lambda pk, year: replaced(pk, year, number(pk, year)),
        sizes_beside(snapshot, unit_id, evaluation_year),
    )


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
    snapshot: Snapshot, unit_id: int, evaluation_year: int
) -> dict[tuple[int, int], Sequence[Decimal]]:
    """What the other units of the same parent have reported of shares, rates and averages, without
    names."""
    parent = snapshot.units[unit_id].parent_id
    rates = [one for one in snapshot.indicators.values() if one.quantity_kind in COMPARED]
    if parent is None or not rates:
        return {}
    years = {one.year_for(evaluation_year) for one in rates}
    siblings = {pk for year in years for pk in snapshot.children(parent, year)} - {unit_id}
    numbers = YearlyResult.objects.in_tier(Tier.REPORTED).filter(
        jurisdiction__in=siblings, indicator__in=rates, year__in=years, number__isnull=False
    )
    found: dict[tuple[int, int], list[Decimal]] = defaultdict(list)
    for indicator_id, year, number in numbers.values_list("indicator_id", "year", "number"):
        found[indicator_id, year].append(number)  # type: ignore[arg-type]
    return dict(found)
