"""Writes values and lets their versions stand, in the quickest way for one and for thousands."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from operator import itemgetter

from django.db import connection
from django.db.models import F

from indicators.models import Change, Origin, Standing, ValueRevision, YearlyValue
from indicators.models.bulk import MANY, copies, copy_in, copy_over, new_ids
from indicators.models.value import CONTENT_FIELDS
from indicators.recording.examination import examine_at_the_end
from indicators.results import Key, ResultKey, StandingValue

CONTENT = tuple(name.removesuffix("_id") for name in CONTENT_FIELDS)
COLUMNS = tuple(field.attname for field in YearlyValue._meta.concrete_fields)
LATEST = (
    " FROM unnest(%s::bigint[], %s::int[], %s::bigint[]) AS c(value_id, version, change_id)"
    " JOIN indicators_valuerevision r ON r.value_id = c.value_id AND r.version = c.version"
)
STAND = (
    "INSERT INTO indicators_standing (value_id, revision_id, tier, change_id)"
    f" SELECT r.value_id, r.id, %s, c.change_id{LATEST}"
)
in_columns = itemgetter(*COLUMNS)
_standing_columns = itemgetter(*StandingValue._fields[1:-1])


def write(values: Collection[YearlyValue]) -> None:
    """Add the values of version 1, change the others; triggers record the versions."""
    new = [value for value in values if value.version == 1]
    old = [value for value in values if value.version > 1]
    if copies(len(new)):
        for value, pk in zip(new, new_ids(YearlyValue, len(new)), strict=True):
            value.pk = pk
        copy_in(YearlyValue, COLUMNS, (in_columns(vars(value)) for value in new))
    else:
        YearlyValue.objects.bulk_create(new)
    if copies(len(old)):
        rows = (in_columns(vars(value)) for value in old)
        copy_over(YearlyValue, COLUMNS, rows, unique=["id"])
    elif len(old) == 1:
        old[0].save(force_update=True)
    else:
        YearlyValue.objects.bulk_update(old, CONTENT, batch_size=MANY)


def set_standing(
    placed: Mapping[Key, YearlyValue],
    *,
    tiers: Collection[str],
    changes: Mapping[Key, Change],
) -> dict[ResultKey, StandingValue]:
    """Let the versions just written of the values, by place, count in the tiers; what so stands."""
    if not placed:
        return {}
    examine_at_the_end(len({(key.unit_id, key.year) for key in placed}))
    values = list(placed.values())
    if connection.vendor == "postgresql":
        # As text: psycopg takes ten times as long for a list.
        ids = _as_array(vars(value)["id"] for value in values)
        versions = _as_array(vars(value)["version"] for value in values)
        by = _as_array(changes[key].id for key in placed)
        with connection.cursor() as cursor:
            if copies(len(values)):  # asked for apart, so that nobody waits for the standings
                cursor.execute(f"SELECT r.value_id, r.id{LATEST}", [ids, versions, by])
                revisions = dict(cursor.fetchall())
                for tier in tiers:
                    cursor.execute(STAND, [tier, ids, versions, by])
            else:
                for tier in tiers:
                    said = [tier, ids, versions, by]
                    cursor.execute(f"{STAND} RETURNING value_id, revision_id", said)
                    revisions = dict(cursor.fetchall())
    else:
        latest = ValueRevision.objects.filter(value__in=values, version=F("value__version"))
        revisions = dict(latest.values_list("value_id", "pk"))
        Standing.objects.bulk_create(
            Standing(
                value=value,
                revision_id=revisions[value.pk],
                tier=tier,
                change=changes[key],
            )
            for key, value in placed.items()
            for tier in tiers
        )
    standing = {}
    ways: dict[int | None, str] = {}
    for key, value in placed.items():
        fields = vars(value)  # each name of a model asked for costs a call
        way = ways.get(fields["change_id"])
        if way is None:
            way = value.change.way if value.change else Origin.ENTERED
            ways[fields["change_id"]] = way
        one = StandingValue._make((revisions[fields["id"]], *_standing_columns(fields), way))
        for tier in tiers:
            standing[key, tier] = one
    return standing


def _as_array(ids: Iterable[int]) -> str:
    """As PostgreSQL reads an array of numbers."""
    return "{" + ",".join(map(str, ids)) + "}"
