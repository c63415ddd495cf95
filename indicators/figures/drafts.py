"""A unit's figures with its own drafts put in, for those who work on them and nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet

from indicators.figures.figure import Figure
from indicators.figures.findings import CodeYear, Said, findings_by
from indicators.figures.formatting import version_words
from indicators.figures.queries import YEARS_SHOWN, figures_of
from indicators.figures.result_rows import result_row
from indicators.models import (
    Jurisdiction,
    Standing,
    Tier,
    User,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from indicators.models.prepared import prepared
from indicators.models.value import CONTENT_FIELDS
from indicators.results import (
    Key,
    RuleInputs,
    Snapshot,
    current_snapshot,
    inputs_by_year,
    inputs_with,
    preview,
    preview_figures,
)


def figures_with_drafts(
    user: User, unit: Jurisdiction, evaluation_year: int, *, years_shown: int = YEARS_SHOWN
) -> list[Figure]:
    """As `figures_of`, as if the drafts that the user may see were submitted now."""
    figures = figures_of(user, unit, evaluation_year, years_shown=years_shown)
    if not figures:
        return []
    rows = _preview(user, figures[0].snapshot, unit, {figure.year for figure in figures})
    return [_previewed(figure, rows) for figure in figures]


def some_with_drafts(
    user: User, unit: Jurisdiction, evaluation_year: int, wanted: Set[int]
) -> tuple[list[Figure], RuleInputs]:
    """The figures `wanted` (ids of indicators), drafts put in; and of all others just what rules
    ask, and whether they are reported."""
    snapshot = current_snapshot()
    figures = figures_of(user, unit, evaluation_year, snapshot=snapshot, wanted=wanted)
    years = {indicator.year_for(evaluation_year) for indicator in snapshot.indicators.values()}
    rows = _preview(user, snapshot, unit, years)
    inputs = inputs_with(snapshot, unit.pk, evaluation_year, rows, about=wanted)
    return [_previewed(figure, rows) for figure in figures], inputs


def findings_if_saved(
    unit: Jurisdiction, versions: Sequence[ValueRevision]
) -> dict[CodeYear, list[Said]]:
    """What the rules find in the unit's figures as if the versions, of whichever years, which are
    not saved, were submitted now beside its drafts; by code and year. For those who work on its
    drafts."""
    snapshot = current_snapshot()
    about: dict[int, set[int]] = defaultdict(set)
    written = {}
    for one in versions:
        pk, year = one.value.indicator_id, one.value.year
        written[pk, year] = one
        about[year - snapshot.indicators[pk].lag].add(pk)
    years = {indicator.year_for(one) for indicator in snapshot.indicators.values() for one in about}
    drafts = {(one.value.indicator_id, one.value.year): one for one in _drafts(unit, years)}
    rows = preview_figures(snapshot, unit.pk, (drafts | written).values())
    found: dict[CodeYear, list[Said]] = {}
    for evaluation_year, inputs in inputs_by_year(snapshot, unit.pk, about, rows).items():
        of_year = findings_by(
            inputs, snapshot, unit.pk, evaluation_year, about=about[evaluation_year]
        )
        for (code, year), said in of_year.items():  # some tell of another year's figure as well
            if year == snapshot.indicators[snapshot.by_code[code]].year_for(evaluation_year):
                found[code, year] = said
    return found


def _preview(
    user: User, snapshot: Snapshot, unit: Jurisdiction, years: Set[int]
) -> dict[Key, YearlyResult]:
    """The unit's results that its drafts of the years would change; none where the user does not
    see its drafts."""
    if not user.scope.works_on_drafts_of(unit):
        return {}
    return preview(snapshot, unit.pk, _drafts(unit, years))


def _drafts(unit: Jurisdiction, years: Set[int]) -> list[ValueRevision]:
    return [_latest_version(value) for value in _drafted(unit=unit.pk, years=years)]


@prepared
def _drafted(unit: Any, years: Any) -> QuerySet[YearlyValue]:
    # By the values: joined, PostgreSQL looks for a unit's few drafts in the whole history.
    values = YearlyValue.objects.drafted().filter(jurisdiction=unit, year__in=years)
    return values.select_related("change").order_by()


def reported_before(figures: Sequence[Figure]) -> dict[int, str]:
    """What stands as reported, in words, of a unit's figures that drafts would replace: by
    indicator (id), empty where nothing stands yet. Two queries."""
    if not figures:
        return {}
    places = {(figure.indicator.pk, figure.year): figure.indicator for figure in figures}
    drafts = YearlyValue.objects.drafted().filter(
        jurisdiction=figures[0].jurisdiction, year__in={year for _pk, year in places}
    )
    found = {
        value: pk
        for value, pk, year in drafts.order_by().values_list("pk", "indicator", "year")
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


def _latest_version(value: YearlyValue) -> ValueRevision:
    """The version that says what the value says."""
    content = {name: getattr(value, name) for name in CONTENT_FIELDS}
    version = ValueRevision(pk=value.version_id, value=value, **content)  # type: ignore[attr-defined]
    version.change = value.change  # type: ignore[assignment]
    return version


def _previewed(figure: Figure, rows: Mapping[Key, YearlyResult]) -> Figure:
    row = rows.get(Key(figure.jurisdiction.pk, figure.year, figure.indicator.pk))
    return (
        replace(figure, results={**figure.results, figure.year: result_row(row)}) if row else figure
    )
