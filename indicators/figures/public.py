"""What of a unit may stand in public: approved figures, as `models.scope` says, without what only
those inside are told: second figures, lights, notes, what a figure was before."""

from __future__ import annotations

from indicators.figures.corrections import Corrections
from indicators.figures.figure import Figure
from indicators.figures.result_rows import NO_SECOND, NO_STATUS, result_row
from indicators.models import Jurisdiction, Origin, Tier, YearlyResult
from indicators.results import current_snapshot


def public_figures(unit: Jurisdiction, evaluation_year: int) -> list[Figure]:
    """Those of an evaluation year, in the order of the catalogue; made-up ones are not among
    them."""
    snapshot = current_snapshot()
    asked = snapshot.asked_of(unit.pk, evaluation_year)
    rows = (
        YearlyResult.objects.for_everybody()
        .filter(
            jurisdiction=unit,
            indicator__in={one.pk for one in asked},
            year__in={one.year for one in asked},
        )
        .exclude(origin=Origin.DEMONSTRATION)
        .select_related("revision")
    )
    known = {
        (row.indicator_id, row.year): result_row(row)._replace(**NO_SECOND, **NO_STATUS, note=None)
        for row in rows
    }
    return [
        Figure(
            snapshot=snapshot,
            indicator=snapshot.indicators[one.pk],
            jurisdiction=unit,
            year=one.year,
            tier=Tier.APPROVED,
            results={one.year: known[one.pk, one.year]},
            corrections=Corrections(()),
        )
        for one in asked
        if (one.pk, one.year) in known
    ]
