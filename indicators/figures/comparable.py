"""What a text may be held against: indicators by all their names, and the figures that stand.

Goes in: a reader, or None for the operator, who sees all; units and years. Comes out: what
`measures.running_text` asks for. Part of a sum is no figure here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from indicators.measures.exact import plain
from indicators.measures.running_text.catalogue import Catalogue, Subject
from indicators.measures.running_text.comparing import ComparableFigure
from indicators.models import UNITS, Basis, Jurisdiction, User, YearlyResult
from indicators.results import current_snapshot

FIELDS = (
    "indicator_id",
    "jurisdiction_id",
    "year",
    "number",
    "statement",
    "qualifier",
    "basis",
    "missing_units",
    "revision__period_from",
)
ComparableFigures = Mapping[tuple[str, str], Mapping[int, ComparableFigure]]


def subjects() -> Catalogue:
    """Every indicator as texts speak of it."""
    return Catalogue(
        Subject(
            one.code,
            one.names_in_texts,
            one.quantity_kind,
            UNITS[one.unit] if one.unit else None,
            one.lag,
        )
        for one in current_snapshot().indicators.values()
    )


def known_figures(
    user: User | None,
    units: Collection[Jurisdiction],
    years: Collection[int],
    *,
    tiers: Sequence[str],
) -> ComparableFigures:
    """The figures of the units, by the codes of indicator and unit, and by year: as the first of
    the tiers has them that has one. A query a tier."""
    found: dict[tuple[str, str], dict[int, ComparableFigure]] = defaultdict(dict)
    for tier in reversed(tiers):
        for key, known in _known_in(tier, user, units, years):
            found[key][known.year] = known
    return found


def _known_in(
    tier: str, user: User | None, units: Collection[Jurisdiction], years: Collection[int]
) -> Iterator[tuple[tuple[str, str], ComparableFigure]]:
    by_id = {unit.pk: unit for unit in units}
    rows = YearlyResult.objects.all()
    if user is not None:
        rows = YearlyResult.objects.for_user(user, among=by_id.values())
    rows = rows.in_tier(tier).with_figure().filter(jurisdiction__in=by_id, year__in=years)
    indicators = current_snapshot().indicators
    for (
        indicator,
        unit,
        year,
        number,
        statement,
        qualifier,
        basis,
        missing,
        since,
    ) in rows.order_by().values_list(*FIELDS):
        partial = bool(missing) and basis in (Basis.SUMMED, Basis.COMPUTED)
        if partial or (number is None and not statement):
            continue
        value = None if number is None else Decimal(plain(number))
        key = (indicators[indicator].code, by_id[unit].code)
        yield key, ComparableFigure(year, value, qualifier or "exact", statement, since)


def units_in_force(year: int) -> list[Jurisdiction]:
    """Every unit of the year, those above first: their names are no secret, their figures are."""
    units = (unit for unit in current_snapshot().units.values() if unit.valid_in(year))
    return sorted(units, key=lambda unit: (unit.depth, unit.code))


def years_with_figures(user: User | None, unit: Jurisdiction, *, tier: str) -> list[int]:
    """Evaluation years of which the unit has figures that the reader may see, latest first."""
    rows = YearlyResult.objects.all()
    if user is not None:
        rows = YearlyResult.objects.for_user(user, among=[unit])
    rows = rows.in_tier(tier).with_figure().filter(jurisdiction=unit).order_by()
    pairs = rows.values_list("year", "indicator__lag").distinct()
    return sorted({year - lag for year, lag in pairs}, reverse=True)
