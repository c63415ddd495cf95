"""A unit's numbers for the rules: what stands as reported, with the unit's drafts put in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from indicators.models import QuantityKind, State, Tier, ValueRevision, YearlyResult
from indicators.results.preview import preview
from indicators.results.snapshot import Snapshot
from indicators.results.validation import RuleInputs


def inputs_with_drafts(
    snapshot: Snapshot, unit_id: int, evaluation_year: int, drafts: Iterable[ValueRevision]
) -> RuleInputs:
    """The numbers of the evaluation year and the year before; a sum that still waits is none."""
    own = {one.year_for(evaluation_year) for one in snapshot.indicators.values()}
    reported = YearlyResult.objects.in_tier(Tier.REPORTED).filter(
        jurisdiction=unit_id, year__in=own | {year - 1 for year in own}
    )
    rows = {(row.indicator_id, row.year): row for row in reported}
    for key, row in preview(snapshot, unit_id, drafts).items():
        rows[key.indicator_id, key.year] = row
    others = others_of(snapshot, unit_id, evaluation_year)

    def number(indicator_id: int, year: int) -> Decimal | None:
        row = rows.get((indicator_id, year))
        return None if row is None or row.missing_units or row.part_of_year else row.number

    def is_reported(indicator_id: int, year: int) -> bool:
        row = rows.get((indicator_id, year))
        return row is not None and bool(
            row.number is not None or row.statement or row.state not in ("", State.BLANK)
        )

    def computed(indicator_id: int, year: int) -> Decimal | None:
        row = rows.get((indicator_id, year))
        return None if row is None or row.missing_units else row.computed

    return RuleInputs(number, is_reported, lambda pk, year: others.get((pk, year), ()), computed)


def others_of(
    snapshot: Snapshot, unit_id: int, evaluation_year: int
) -> dict[tuple[int, int], Sequence[Decimal]]:
    """What the other units of the same parent have reported of shares and rates, without names."""
    parent = snapshot.units[unit_id].parent_id
    rates = [
        one
        for one in snapshot.indicators.values()
        if one.quantity_kind in (QuantityKind.SHARE, QuantityKind.RATE)
    ]
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
