"""All versions of a value, ready to be read: what each said, who made it, when, why, and where it
stands."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from indicators.figures.figure import Figure
from indicators.figures.formatting import figure_words
from indicators.models import Origin, Standing, User, ValueRevision, YearlyValue
from indicators.models.prepared import prepared


@dataclass(frozen=True)
class Version:
    """`figure` is the exact number with its unit, the statement, or the state with its reason.

    `stands` are the tiers in which this version counts now.
    """

    number: int
    made_at: datetime.datetime | None
    made_by: str
    why: str
    as_entered: str
    figure: str
    note: str
    outside: bool
    origin: str
    stands: list[str]


@prepared
def _values_at(indicator: Any, jurisdiction: Any, year: Any) -> QuerySet[YearlyValue, int]:
    place = {"indicator": indicator, "jurisdiction": jurisdiction, "year": year}
    return YearlyValue.objects.filter(**place).order_by().values_list("pk", flat=True)


def was_entered(*, indicator: int, jurisdiction: int, year: int) -> bool:
    """Whether there are versions at a place (ids), a reader's to see or not: of most sums there are
    none, and what a reader sees of them need not be asked."""
    return bool(_values_at(indicator=indicator, jurisdiction=jurisdiction, year=year))


def versions_of(user: User, *, indicator: int, jurisdiction: int, year: int) -> list[Version]:
    """The versions at a place (ids), the latest first, as far as the user may see them."""
    found = list(
        ValueRevision.objects.for_user(user)
        .filter(value__indicator=indicator, value__jurisdiction=jurisdiction, value__year=year)
        .select_related("value__indicator", "change__actor")
        .order_by("-version")
    )
    stands: dict[int, list[str]] = {}
    current = Standing.objects.current().filter(value__in={one.value_id for one in found})
    for standing in current.order_by("tier"):
        stands.setdefault(standing.revision_id, []).append(standing.get_tier_display())
    return [
        Version(
            number=revision.version,
            made_at=revision.change.at,
            made_by=_made_by(revision),
            why=revision.change.reason,
            as_entered=revision.as_entered,
            figure=figure_words(revision, revision.value.indicator),
            note=revision.note,
            outside=revision.change.outside,
            origin=str(Origin(revision.change.way).label),
            stands=stands.get(revision.pk, []),
        )
        for revision in found
    ]


def version_behind(figure: Figure) -> ValueRevision | None:
    """The version that the figure, which the user may see, was taken from; None if computed."""
    if figure.result is None or figure.result.revision_id is None:
        return None
    return ValueRevision.objects.select_related("change__actor").get(pk=figure.result.revision_id)


def _made_by(revision: ValueRevision) -> str:
    """Who made it, and whether on behalf of the unit; empty for the seeds."""
    change = revision.change
    who = change.actor.get_full_name() if change.actor else ""
    if change.on_behalf:
        return _("%(who)s, on behalf") % {"who": who}
    return who
