"""What is read: each address a thin function over a queryset that knows who asks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponseBase, JsonResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from indicators.api import schemas
from indicators.api.authentication import ApiRequest, reader_of
from indicators.api.cursor import cursor_at, place_at
from indicators.api.problems import Problem
from indicators.figures.csv_stream import Cell, csv_chunks, csv_download
from indicators.figures.long_csv import csv_file
from indicators.figures.long_format import COLUMNS, cells, table
from indicators.figures.long_rows import Asked, before_corrections, doubts, rows, rows_after
from indicators.measures.exact import plain
from indicators.models import (
    Definition,
    DutyArea,
    ExportFormat,
    ExportKind,
    Indicator,
    Jurisdiction,
    Round,
    Submission,
    UnitOfMeasure,
    User,
)
from indicators.recording.export import keep_export

JSON, CSV = "application/json", "text/csv"
FILE_NAME = "figures"
FIGURES = {"value", "computed", "statement", "as_entered", "status"}
BESIDE_FIGURES = ("state", "qualifier", "basis", "origin", "reported", "expected", "doubt")
CSV_TOO = {
    "responses": {
        200: {"content": {CSV: {"schema": {"type": "string", "description": _("The whole file.")}}}}
    }
}
router = Router()


def answers(good: Any, *more: int) -> dict[int, Any]:
    """What an address may answer with; `more` are statuses of problems that not all have."""
    return {200: good} | dict.fromkeys((400, 401, 403, *more, 422, 429), schemas.ProblemOut)


@router.get("/catalogue/areas", response=answers(schemas.AreasOut), summary=_("Duty areas"))
def areas(request: ApiRequest) -> Any:
    reader_of(request)
    return {"items": DutyArea.objects.all()}


@router.get(
    "/catalogue/indicators",
    response=answers(schemas.IndicatorsOut),
    summary=_("Indicators with their definitions"),
)
def indicators(request: ApiRequest) -> Any:
    reader_of(request)
    found = Indicator.objects.select_related("duty_area").prefetch_related(
        Prefetch("definitions", Definition.objects.order_by("version"))
    )
    return {"items": [_indicator(one) for one in found.order_by("code")]}


def _indicator(one: Indicator) -> dict[str, Any]:
    told = {name: getattr(one, name, None) for name in schemas.IndicatorOut.model_fields}
    return told | {
        "area": one.duty_area.code,
        "lower_limit": plain_or_none(one.lower_limit),
        "upper_limit": plain_or_none(one.upper_limit),
        "definitions": list(one.definitions.all()),
    }


def plain_or_none(number: Any) -> str | None:
    return None if number is None else plain(number)


@router.get(
    "/catalogue/units", response=answers(schemas.MeasuresOut), summary=_("Units of measure")
)
def measures(request: ApiRequest) -> Any:
    reader_of(request)
    found = UnitOfMeasure.objects.order_by("code").values()
    return {"items": [one | {"factor": plain(one["factor"])} for one in found]}


@router.get(
    "/units",
    response=answers(schemas.UnitsOut),
    summary=_("Units that report"),
    description=_("Those whose figures the owner of the token sees by name."),
)
def units(request: ApiRequest) -> Any:
    found = Jurisdiction.objects.for_user(reader_of(request)).select_related("parent")
    return {"items": [_unit(one) for one in found]}


def _unit(one: Jurisdiction) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in schemas.UnitOut.model_fields}
    return told | {"parent": one.parent.code if one.parent else None}


@router.get("/rounds", response=answers(schemas.RoundsOut), summary=_("Rounds"))
def rounds(request: ApiRequest) -> Any:
    found = Round.objects.for_user(reader_of(request)).select_related("city")
    return {
        "items": [
            {
                "city": one.city.code,
                "year": one.evaluation_year,
                "title": one.title,
                "instructions": one.instructions,
                "state": "planned" if one.is_planned else "open" if one.is_open else "closed",
                "opens_on": one.opens_on,
                "due_on": one.due_on,
                "closes_on": one.closes_on,
                "indicators": sorted(asked.code for asked in one.indicators.all()),
            }
            for one in found.prefetch_related("indicators")
        ]
    }


@router.get(
    "/submissions",
    response=answers(schemas.SubmissionsOut, 404),
    summary=_("What units have answered to rounds"),
)
def submissions(request: ApiRequest, asked: Query[schemas.SubmissionFilter]) -> Any:
    user = reader_of(request)
    found = Submission.objects.for_user(user).with_names().in_order()
    if asked.year is not None:
        found = found.filter(round__evaluation_year=asked.year)
    if asked.jurisdiction is not None:
        meant = units_meant(user, asked.jurisdiction, asked.year)
        found = found.filter(jurisdiction__in=meant)
    return {"items": [_submission(one) for one in found]}


def _submission(one: Submission) -> dict[str, Any]:
    told = {name: getattr(one, name, None) for name in schemas.SubmissionOut.model_fields}
    return told | {
        "year": one.round.evaluation_year,
        "jurisdiction": one.jurisdiction.code,
        "jurisdiction_name": one.unit_name,
    }


@router.get(
    "/figures",
    response=answers(schemas.FiguresOut, 404),
    summary=_("Figures that stand"),
    openapi_extra=CSV_TOO,
)
def figures(request: ApiRequest, asked: Query[schemas.FigureFilter]) -> Any:
    user = reader_of(request)
    fields = _asked_for(asked.fields)
    wanted = Asked(
        asked.tier,
        asked.year,
        units_meant(user, asked.jurisdiction, asked.year) if asked.jurisdiction else None,
        None,
        indicator_meant(asked.indicator).code if asked.indicator else "",
    )
    if request.get_preferred_type([JSON, CSV]) == CSV:
        said = asked.model_dump(exclude={"cursor", "limit"})
        keep_export(
            request,
            kind=ExportKind.FIGURES,
            format=ExportFormat.CSV,
            name=FILE_NAME,
            asked=said,
            actor=user,
        )
        return _file(user, wanted, fields)
    found, last = rows_after(user, wanted, place_at(asked.cursor), asked.limit)
    before, marks = before_corrections(user), doubts(user)
    told = [dict(zip(COLUMNS, cells(row, before, marks, {}), strict=True)) for row in found]
    return JsonResponse({"items": [_figure(one, fields) for one in told], "next": cursor_at(last)})


def _asked_for(fields: Sequence[str]) -> Sequence[str]:
    """What a figure must not be read without comes with it, named or not."""
    if not FIGURES & set(fields):
        return fields
    return [*fields, *(name for name in BESIDE_FIGURES if name not in fields)]


def _figure(told: dict[str, Cell], fields: Sequence[str]) -> dict[str, str | int | None]:
    """As `FigureOut`; an empty cell says nothing, and a number is written as in the file."""
    return {
        name: plain(cell) if isinstance(cell, Decimal) else None if cell == "" else cell
        for name, cell in told.items()
        if not fields or name in fields
    }


def _file(user: User, asked: Asked, fields: Sequence[str]) -> HttpResponseBase:
    """The whole file, as the export has it under codes; of chosen columns, if any are."""
    if not fields:
        return csv_download(csv_file(user, asked, header="codes"), FILE_NAME)
    places = [list(COLUMNS).index(name) for name in fields]
    lines = table(
        rows(user, asked), header="codes", before=before_corrections(user), doubts=doubts(user)
    )
    return csv_download(csv_chunks([line[at] for at in places] for line in lines), FILE_NAME)


def units_meant(user: User, code: str, year: int | None) -> tuple[Jurisdiction, ...]:
    """The units of a code that the user sees; without a year it may be several."""
    meant = Jurisdiction.objects.for_user(user).filter(code=code)
    found = tuple(meant if year is None else meant.valid_in(year))
    if not found:
        raise Problem("not_found")
    return found


def indicator_meant(code: str) -> Indicator:
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Problem("not_found")
    return found
