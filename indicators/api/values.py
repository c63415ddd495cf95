"""Values as they are now, drafts and versions included; and batches that enter them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_noop as _
from ninja import Header, Query, Router

from indicators.api import schemas
from indicators.api.authentication import ApiRequest, reader_of
from indicators.api.cursor import cursor_at, place_at
from indicators.api.endpoints import answers, indicator_meant, plain_or_none
from indicators.api.idempotency import answered_once
from indicators.api.problems import Problem
from indicators.collection import Refusal, Stale
from indicators.figures.long_rows import PLACES, Place, behind
from indicators.models import Indicator, Jurisdiction, Origin, User, YearlyValue
from indicators.recording import Entry, refusals_of, save_values

# What the door finds in a batch as a whole, and not in one of its rows.
OF_THE_WHOLE = {"approved_would_move", "total_too_large"}
KEY = r"^[!-~]{1,255}$"
PLACE = {"indicator", "jurisdiction", "year"}
CHOSEN = ("statement", "state", "qualifier")
router = Router()


@router.get(
    "/values",
    response=answers(schemas.ValuesOut, 404),
    summary=_("Values as they are now, drafts included"),
)
def values(request: ApiRequest, asked: Query[schemas.ValueFilter]) -> Any:
    found = YearlyValue.objects.worked_on_by(reader_of(request))
    if asked.drafts:
        found = found.drafted()
    if asked.year is not None:
        found = found.of_year(asked.year)
    if asked.jurisdiction is not None:
        found = found.filter(jurisdiction__code=asked.jurisdiction)
    if asked.indicator is not None:
        found = found.filter(indicator=indicator_meant(asked.indicator))
    place = place_at(asked.cursor)
    page = found.select_related("indicator", "jurisdiction").order_by(*PLACES)
    told = list(page.filter(behind(place))[: asked.limit])
    full = len(told) == asked.limit
    last = told[-1] if told and full else None
    at = Place(last.jurisdiction_id, last.year, last.indicator_id) if last else None
    return {"items": [value_out(one) for one in told], "next": cursor_at(at)}


def value_out(value: YearlyValue) -> dict[str, Any]:
    told = {name: getattr(value, name, None) for name in schemas.ValueOut.model_fields}
    return told | {
        "indicator": value.indicator.code,
        "jurisdiction": value.jurisdiction.code,
        "value": plain_or_none(value.number),
        "statement": value.statement or None,
        "state": value.state or None,
    }


@router.post(
    "/values",
    response=answers(schemas.SavedOut, 409, 413),
    summary=_("Enter values, all or none"),
    description=_(
        "Each row names the version that was read. The answer to an Idempotency-Key is kept for 24"
        " hours: the same request is answered as the first time and saves nothing anew."
    ),
)
def enter(
    request: ApiRequest,
    batch: schemas.BatchIn,
    idempotency_key: str = Header(
        ...,
        alias="Idempotency-Key",
        pattern=KEY,
        description=_("A text of your own for this batch, another for each."),
    ),
) -> Any:
    user = reader_of(request)
    return answered_once(user, idempotency_key, request.body, lambda: _enter(user, batch))


@dataclass(frozen=True)
class _Read:
    """A batch with what its codes mean: entries with the row of each, and rows that mean none."""

    entries: Sequence[Entry]
    rows: Sequence[int]
    refused: Mapping[int | None, Refusal]


def _enter(user: User, batch: schemas.BatchIn) -> HttpResponse:
    read = _read(batch.rows)
    refused: dict[int | None, Refusal] = dict(read.refused)
    found = refusals_of(read.entries, actor=user, reason=batch.reason)
    refused |= {read.rows[at]: refusal for at, refusal in found.items()}
    refused |= _given_twice(batch.rows)
    if refused:
        return _refuse(batch, refused)
    try:
        with transaction.atomic():
            saved = save_values(
                read.entries, actor=user, reason=batch.reason, origin=Origin.IMPORTED
            )
    except Refusal as refusal:
        row = None if refusal.code in OF_THE_WHOLE else refusal.place
        return _refuse(batch, {row: refusal})
    items = [value_out(value) if value else None for value in saved]
    told = schemas.SavedOut.model_validate({"items": items})
    return JsonResponse(told.model_dump(mode="json"))


def _read(rows: Sequence[schemas.ValueIn]) -> _Read:
    indicators = {
        one.code: one for one in Indicator.objects.filter(code__in={row.indicator for row in rows})
    }
    units = list(Jurisdiction.objects.filter(code__in={row.jurisdiction for row in rows}))
    entries: list[Entry] = []
    places: list[int] = []
    refused: dict[int | None, Refusal] = {}
    for place, row in enumerate(rows):
        indicator = indicators.get(row.indicator)
        meant = [one for one in units if one.code == row.jurisdiction and one.valid_in(row.year)]
        if indicator is None:
            refused[place] = Refusal("indicator_not_found", field="indicator", said=row.indicator)
        elif not meant:
            refused[place] = Refusal(
                "unit_not_found", field="jurisdiction", said=row.jurisdiction, year=row.year
            )
        else:
            entries.append(_entry(row, indicator, meant[0]))
            places.append(place)
    return _Read(entries, places, refused)


def _given_twice(rows: Sequence[schemas.ValueIn]) -> dict[int | None, Refusal]:
    """Rows of one figure, whatever they say; each names the one before, the first the last."""
    places: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        places[row.indicator, row.jurisdiction, row.year].append(place)
    return {
        place: Refusal("given_twice", row=several[at - 1])
        for several in places.values()
        if len(several) > 1
        for at, place in enumerate(several)
    }


def _entry(row: schemas.ValueIn, indicator: Indicator, unit: Jurisdiction) -> Entry:
    given: dict[str, Any] = row.model_dump(mode="json", exclude=PLACE | {"as_of"})
    chosen: dict[str, Any] = {name: given.pop(name) or "" for name in CHOSEN}
    return Entry(
        indicator, unit, row.year, text=given.pop("value"), as_of=row.as_of, **chosen, **given
    )


def _refuse(batch: schemas.BatchIn, refused: Mapping[int | None, Refusal]) -> HttpResponse:
    """A conflict where nothing is wrong but versions; else what is wrong, row by row."""
    faults = [_fault(batch, row, refusal) for row, refusal in sorted(refused.items(), key=_by_row)]
    if all(isinstance(refusal, Stale) for refusal in refused.values()):
        return Problem("stale_versions", errors=faults).answer()
    return Problem("rows_refused", errors=faults, n=len(faults)).answer()


def _by_row(item: tuple[int | None, Refusal]) -> int:
    return -1 if item[0] is None else item[0]


def _fault(batch: schemas.BatchIn, row: int | None, refusal: Refusal) -> dict[str, Any]:
    given = batch.rows[row] if row is not None else None
    now = refusal.now if isinstance(refusal, Stale) else None
    told = schemas.FaultOut.model_validate(
        {
            "code": refusal.code,
            "message": refusal.message,
            "row": row,
            "field": refusal.field or None,
            "indicator": given and given.indicator,
            "jurisdiction": given and given.jurisdiction,
            "year": given and given.year,
            "current": value_out(now) if now else None,
        }
    )
    return told.model_dump(mode="json")
