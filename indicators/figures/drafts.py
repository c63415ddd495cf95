"""A unit's figures with its own drafts put in, for those who work on them and nobody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db.models import F

from indicators.figures.figure import Figure
from indicators.figures.formatting import version_words
from indicators.figures.queries import YEARS_SHOWN, figures_of
from indicators.figures.result_rows import result_row
from indicators.models import Jurisdiction, Standing, Tier, User, ValueRevision, YearlyResult
from indicators.results import Key, Snapshot, preview


def figures_with_drafts(
    user: User,
    unit: Jurisdiction,
    evaluation_year: int,
    *,
    years_shown: int = YEARS_SHOWN,
    snapshot: Snapshot | None = None,
) -> list[Figure]:
    """As `figures_of`, as if the drafts that the user may see were submitted now."""
    figures = figures_of(user, unit, evaluation_year, years_shown=years_shown, snapshot=snapshot)
    if not figures or not user.scope.works_on_drafts_of(unit):
        return figures
    own = {figure.year for figure in figures}
    latest = ValueRevision.objects.filter(
        value__jurisdiction=unit, value__year__in=own, version=F("value__version")
    ).select_related("value", "change")
    reported = Standing.objects.current().filter(
        tier=Tier.REPORTED, value__jurisdiction=unit, value__year__in=own
    )
    drafts = latest.exclude(pk__in=reported.values("revision"))
    rows = preview(figures[0].snapshot, unit.pk, drafts)
    return [_previewed(figure, rows) for figure in figures]


def reported_before(figures: Sequence[Figure]) -> dict[int, str]:
    """What stands as reported, in words, of a unit's figures that drafts would replace: by
    indicator (id), empty where nothing stands yet. Two queries."""
    if not figures:
        return {}
    places = {(figure.indicator.pk, figure.year): figure.indicator for figure in figures}
    drafts = ValueRevision.objects.filter(
        value__jurisdiction=figures[0].jurisdiction,
        value__year__in={year for _pk, year in places},
        version=F("value__version"),
    ).exclude(pk__in=Standing.objects.current().filter(tier=Tier.REPORTED).values("revision"))
    found = {
        value: pk
        for value, pk, year in drafts.values_list("value", "value__indicator", "value__year")
        if (pk, year) in places
    }
    stood = (
        Standing.objects.current()
        .filter(tier=Tier.REPORTED, value__in=found)
        .select_related("revision")
    )
    indicators = {pk: indicator for (pk, _year), indicator in places.items()}
    words = {
        one.value_id: version_words(one.revision, indicators[found[one.value_id]]) for one in stood
    }
    return {pk: words.get(value, "") for value, pk in found.items()}


def _previewed(figure: Figure, rows: Mapping[Key, YearlyResult]) -> Figure:
    row = rows.get(Key(figure.jurisdiction.pk, figure.year, figure.indicator.pk))
    return (
        replace(figure, results={**figure.results, figure.year: result_row(row)}) if row else figure
    )
