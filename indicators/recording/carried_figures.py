"""The figures of units that end: those from that year on go along, added up, or stay behind.

After a rename or an upgrade a figure goes along as it is: every version and what stood, with the
changes that wrote them, so that who entered, submitted and approved it, when and why, is told of
the next unit to the letter; what else was decided on it (corrections, reopenings) as well. Of
merged units the round's figures are added up where each has an exact number and the indicator is a
sum. Decided: the sum is a draft, typed as `=7+5`, which the new unit checks and submits; neither of
the old ones' submissions nor approvals speaks for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from indicators import results
from indicators.collection import Refusal
from indicators.measures.exact import plain
from indicators.measures.quantities import MAX_LENGTH
from indicators.models import (
    Aggregation,
    Change,
    Correction,
    Indicator,
    Jurisdiction,
    Origin,
    Qualifier,
    Reopening,
    Standing,
    State,
    User,
    ValueRevision,
    YearlyValue,
)
from indicators.recording.change import record_change
from indicators.recording.examination import examine_at_the_end
from indicators.recording.validation import Entry, read_entry
from indicators.recording.writing import CONTENT, write
from indicators.results import Key

# What has to be the same of all parts for their sum to say it.
OF_ALL_PARTS = ("period_from", "period_basis", "as_of", "part_of_year")


class Left(NamedTuple):
    """Figures that stay with a unit that is no more: how many, and of what."""

    unit: Jurisdiction
    n: int
    names: list[str]


def copy_figures(before: Jurisdiction, after: Jurisdiction, year: int) -> int:
    """Figures from the year on are the next unit's, standing as they stood; how many.

    Those of the unit that ended stay in its history and count nowhere.
    """
    values = YearlyValue.objects.filter(jurisdiction=before, year__gte=year).in_bulk()
    made = {
        pk: YearlyValue(indicator_id=one.indicator_id, jurisdiction=after, year=one.year)
        for pk, one in values.items()
    }
    versions = (
        ValueRevision.objects.filter(value__in=values)
        .select_related("change")
        .order_by("version", "value")
    )
    for _version, some in groupby(versions, key=lambda one: one.version):
        written = []
        for version in some:
            for name in CONTENT:
                setattr(made[version.value_id], name, getattr(version, name))
            written.append(made[version.value_id])
        write(written)
    _stand_as_they_stood(made)
    for kept in (Correction.objects, Reopening.objects):
        for row in kept.filter(jurisdiction=before, year__gte=year).order_by("pk"):
            row.pk, row.jurisdiction = None, after
            row.save(force_insert=True)
    return sum(one.state != State.BLANK for one in values.values())


def _stand_as_they_stood(made: Mapping[int, YearlyValue]) -> None:
    """`made` are the copies, by the value (id) that they are of."""
    versions = {
        (value, version): pk
        for value, version, pk in ValueRevision.objects.filter(value__in=made.values()).values_list(
            "value_id", "version", "pk"
        )
    }
    stood = Standing.objects.filter(value__in=made).select_related("revision").order_by("pk")
    Standing.objects.bulk_create(
        Standing(
            value=made[one.value_id],
            revision_id=versions[made[one.value_id].pk, one.revision.version],
            tier=one.tier,
            change_id=one.change_id,
        )
        for one in stood
    )
    examine_at_the_end()


def add_up(
    ended: Sequence[Jurisdiction],
    after: Jurisdiction,
    years: Mapping[Indicator, int],
    *,
    actor: User | None,
    change: Change,
) -> set[Key]:
    """Let the merged units' figures of the years make drafts of the new one's; of which places, by
    the units that ended."""
    snapshot = results.current_snapshot()
    parts: dict[Indicator, list[YearlyValue]] = defaultdict(list)
    by_id = {one.pk: one for one in years}
    found = YearlyValue.objects.filter(
        jurisdiction__in=ended, indicator__in=by_id, year__gte=after.valid_from
    )
    for value in found.select_related("change").order_by("jurisdiction__code"):
        indicator = by_id[value.indicator_id]
        if value.year == years[indicator]:
            parts[indicator].append(value)
    changes = {Origin.ENTERED.value: change}
    sums = []
    added: set[Key] = set()
    for indicator, some in parts.items():
        entry = _sum_of(indicator, after, some) if len(some) == len(ended) else None
        if entry is None or snapshot.formula(indicator.pk, entry.year) is not None:
            continue
        try:
            content = read_entry(snapshot, entry, None, change.reason)
        except Refusal:
            continue  # beyond a limit of the indicator: it is named as left
        made_up = any(one.change and one.change.origin == Origin.DEMONSTRATION for one in some)
        origin = (Origin.DEMONSTRATION if made_up else Origin.ENTERED).value
        if origin not in changes:
            changes[origin] = record_change(actor=actor, reason=change.reason, origin=origin)
        place = {"indicator": indicator, "jurisdiction": after, "year": entry.year}
        sums.append(YearlyValue(**place, **content, change=changes[origin]))
        added |= {Key(one.jurisdiction_id, one.year, one.indicator_id) for one in some}
    write(sums)
    return added


def _sum_of(indicator: Indicator, after: Jurisdiction, parts: list[YearlyValue]) -> Entry | None:
    """The parts as one figure, typed as a sum; None where they make none."""
    numbers = [one.number for one in parts if one.number is not None]
    same = {tuple(getattr(one, name) for name in OF_ALL_PARTS) for one in parts}
    exact = all(one.qualifier == Qualifier.EXACT for one in parts)
    adds_up = indicator.aggregation == Aggregation.SUM
    if not (adds_up and exact and len(numbers) == len(parts) and len(same) == 1):
        return None
    typed = "=" + "+".join(plain(number) for number in numbers)
    return Entry(
        indicator,
        after,
        parts[0].year,
        version=0,
        text=typed if len(typed) <= MAX_LENGTH else plain(sum(numbers)),
        provisional=any(one.provisional for one in parts),
        **dict(zip(OF_ALL_PARTS, same.pop(), strict=True)),
    )


def figures_left(
    ended: Collection[Jurisdiction], year: int, *, without: Collection[Key] = ()
) -> list[Left]:
    """The figures from the year on that stay with units that are no more, but for the places
    `without`."""
    found = (
        YearlyValue.objects.filter(jurisdiction__in=ended, year__gte=year)
        .exclude(state=State.BLANK)
        .select_related("indicator")
        .order_by("indicator__code", "year")
    )
    of_unit: dict[int, list[str]] = defaultdict(list)
    for one in found:
        if Key(one.jurisdiction_id, one.year, one.indicator_id) not in without:
            of_unit[one.jurisdiction_id].append(one.indicator.name)
    return [
        Left(unit, len(of_unit[unit.pk]), list(dict.fromkeys(of_unit[unit.pk])))
        for unit in ended
        if unit.pk in of_unit
    ]
