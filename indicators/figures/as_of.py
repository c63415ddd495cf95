"""What a unit's figures said on one day held against another, from the versions that stood then.

By the definitions, targets and units of now: what a change of the catalogue moved is no change
between the days. Only of units whose figures the reader is told at once: from a sum told day by day
the figure that came to it could be taken.
"""

from __future__ import annotations

import datetime

from django.utils import timezone

from indicators.figures.corrections import Corrections
from indicators.figures.doubts import Doubts
from indicators.figures.figure import Figure
from indicators.figures.pairs import Pair
from indicators.figures.queries import asked_indicators
from indicators.figures.result_rows import row_of_past
from indicators.models import Jurisdiction, Tier, User
from indicators.models.path import within
from indicators.results import Key, ResultContent, current_snapshot, results_as_of

LAST_DAY = datetime.date.max - datetime.timedelta(days=2)  # that ends in every zone of time
MOST_UNITS = 200  # below the unit: all of them are worked out anew


def pairs_of_days(
    user: User,
    unit: Jurisdiction,
    evaluation_year: int,
    first: datetime.date,
    second: datetime.date,
    *,
    tier: str,
) -> list[Pair] | None:
    """The unit's figures at the end of the second day held against those at the end of the first,
    where they differ; None where too many units lie below it."""
    if Jurisdiction.objects.filter(within([unit.path])).count() > MOST_UNITS:
        return None
    snapshot = current_snapshot()
    keys = [Key(unit.pk, one.year, one.pk) for one in asked_indicators(unit, evaluation_year)]
    corrections = Corrections(())
    doubts = None
    if tier == Tier.REPORTED:
        doubts = Doubts(snapshot, user, units=[unit.pk], about={key[1:] for key in keys})

    def figures(day: datetime.date, results: dict[Key, ResultContent]) -> list[Figure]:
        return [
            Figure(
                snapshot=snapshot,
                indicator=snapshot.indicators[key.indicator_id],
                jurisdiction=unit,
                year=key.year,
                tier=tier,
                results={key.year: row_of_past(results[key])},
                corrections=corrections,
                # What is odd is known of what stands now.
                doubts=doubts if day >= timezone.localdate() else None,
            )
            for key in keys
        ]

    days = (first, second)
    ends = [_end_of(day) for day in days]
    found = results_as_of(snapshot, keys, tier=tier, before=ends)
    sides = [figures(*one) for one in zip(days, found, strict=True)]
    pairs = (Pair(*both) for both in zip(*sides, strict=True))
    return [one for one in pairs if _says(one.first) != _says(one.second)]


def _says(figure: Figure) -> tuple[object, ...]:
    """What a reader sees of it: the figure, of how many units a part tells, what was worked out
    beside it, and the light."""
    result = figure.result
    if result is None:
        return ()
    part = (result.reported, result.missing_units) if result.is_partial else ()
    beside = (result.computed, result.computed_statement, result.agrees)
    said = (result.number, result.statement, result.state, result.qualifier, result.status)
    return (*said, *beside, *part)


def _end_of(day: datetime.date) -> datetime.datetime:
    tomorrow = min(day, LAST_DAY) + datetime.timedelta(days=1)
    midnight = datetime.datetime.combine(tomorrow, datetime.time())
    return timezone.make_aware(midnight)
