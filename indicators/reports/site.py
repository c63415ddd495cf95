"""An edition, or the figures of a year, as pages that any web server can host: text, figures,
method, data and a chart.

Goes in: an edition, or a unit and a year. Comes out: files by their path. In them is what is said,
and of whom it is; no names of people, no comments, no remarks.

Decided: a figure of another unit than the report's own is not published, nor one worked out over
units unless it was released to them and is what was released (`models.scope`): else somebody could
work out a unit's figure from it, now or after a correction. In the text such a place says so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from indicators.documents import as_html
from indicators.figures.csv_stream import csv_chunks
from indicators.figures.in_text import LANGUAGE, change_words, says_change
from indicators.models import (
    BoundFigure,
    Edition,
    FigureForm,
    Indicator,
    Jurisdiction,
    QuantityKind,
    YearlyResult,
)
from indicators.recording.edition import canonical, digest_of
from indicators.reports.charts import bound_of_points
from indicators.reports.content import content_of_year, document_of
from indicators.reports.reading import base_year_of

HIDDEN = "（不公开）"
HEAD = ("id", "indicator", "name", "unit", "year", "value", "unit_of_measure", "text", "target")
BESIDE = {path: path for path in ("method.html", "style.css", "chart.svg")}
PAGES = {"index.html": "index.html", "figures.html": "figures.html"} | BESIDE
PAGES_OF_YEAR = {"index.html": "figures.html"} | BESIDE
STEP = 44  # of the chart: height of a name with its bar below, and the gap
NUMBERS = {"year": "integer", "value": "number"}


def site_of(edition: Edition) -> dict[str, bytes]:
    """The files by path: `index.html`, `figures.html`, `method.html`, `style.css`, `chart.svg`,
    `figures.csv`, `datapackage.json`."""
    content = json.loads(edition.content)
    told = _told(edition, content["figures"])
    shown = {code: one for code, one in content["figures"].items() if code in told}
    public = {code: _public(one, code in told) for code, one in content["figures"].items()}
    charts = _told_charts(edition, content.get("charts", ()))
    document = document_of({**content, "figures": public, "charts": charts}, edition.digest)
    context = {
        "number": edition.number,
        "hidden": len(content["figures"]) - len(shown),
        "hidden_charts": len(content.get("charts", ())) - len(charts),
        "fragment": mark_safe(as_html(document)),
    }
    return _files(content, shown, edition.digest, context, pages=PAGES)


def site_of_year(unit: Jurisdiction, evaluation_year: int) -> dict[str, bytes]:
    """The same of a unit's approved figures of a year, without a text: `index.html` has the
    figures."""
    content = content_of_year(unit, evaluation_year)
    digest = digest_of(canonical(content))
    return _files(content, content["figures"], digest, {}, pages=PAGES_OF_YEAR)


def _files(
    content: Mapping[str, Any],
    shown: Mapping[str, Any],
    digest: str,
    context: Mapping[str, Any],
    *,
    pages: Mapping[str, str],
) -> dict[str, bytes]:
    """Templates by the path that each is written to, the table and what it is."""
    table = b"".join(csv_chunks([HEAD, *(_row(code, one) for code, one in shown.items())]))
    shown = {code: shown[code] for code in sorted(shown, key=lambda code: int(code[1:]))}
    bars = _bars(shown)
    said = {"content": content, "digest": digest, "figures": shown, "bars": bars} | dict(context)
    with translation.override(LANGUAGE):
        files = {
            path: render_to_string(
                f"reports/site/{template}", said | {"height": len(bars) * STEP}
            ).encode()
            for path, template in pages.items()
        }
    files["figures.csv"] = table
    files["datapackage.json"] = _descriptor(content, digest, context.get("number", 1), table)
    return files


def _told(edition: Edition, figures: Mapping[str, Any]) -> set[str]:
    """The figures (short ids) that may be told to everybody, and are what they were."""
    numbers = [int(code[1:]) for code in figures]
    bound = list(edition.report.figures.filter(number__in=numbers).select_related("indicator"))
    rows = YearlyResult.objects.for_everybody().filter(
        jurisdiction=edition.report.jurisdiction_id,
        indicator__in={one.indicator_id for one in bound},
    )
    known = {
        (row.indicator_id, row.year): (row.number, row.statement)
        for row in rows.only("indicator", "year", "number", "statement")
    }
    unit = edition.report.jurisdiction_id
    return {
        one.short_id
        for one in bound
        if one.jurisdiction_id == unit and _is_told(one, figures[one.short_id], known)
    }


def _is_told(
    bound: BoundFigure,
    frozen: Mapping[str, Any],
    known: Mapping[tuple[int, int], tuple[Decimal | None, str]],
) -> bool:
    number = Decimal(frozen["value"]) if frozen["value"] else None
    if known.get((bound.indicator_id, bound.year)) != (number, frozen["statement"]):
        return False
    if bound.form != FigureForm.CHANGE or says_change(bound.indicator) or number is None:
        return True
    base, _statement = known.get((bound.indicator_id, base_year_of(bound)), (None, ""))
    return base is not None and change_words(bound, number, base) == frozen["text"]


def _told_charts(edition: Edition, charts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The charts of the report's own unit of which each figure may be told, and is what it was;
    of what is made up there is none."""
    own = edition.report.figures.filter(jurisdiction=edition.report.jurisdiction_id)
    bound = {one.short_id: one for one in own.select_related("indicator", "jurisdiction")}
    points = bound_of_points(charts, bound)
    rows = YearlyResult.objects.for_everybody().filter(
        jurisdiction__in={one.jurisdiction_id for one, _point, _number in points},
        indicator__in={one.indicator_id for one, _point, _number in points},
    )
    known = {
        (row.indicator_id, row.jurisdiction_id, row.year): row.number
        for row in rows.only("indicator", "jurisdiction", "year", "number")
    }
    hidden = {
        number
        for one, point, number in points
        if known.get((one.indicator_id, one.jurisdiction_id, one.year)) != Decimal(point["value"])
    }
    return [
        chart
        for number, chart in enumerate(charts, 1)
        if chart["figure"] in bound and number not in hidden and not chart["made_up"]
    ]


def _public(figure: Mapping[str, Any], is_told: bool) -> Mapping[str, Any]:
    return figure if is_told else {**figure, "text": HIDDEN, "value": "", "statement": ""}


def _row(short_id: str, figure: Mapping[str, Any]) -> tuple[str | int | Decimal | None, ...]:
    value, target = figure["value"], figure["target"]
    return (
        short_id,
        figure["indicator"],
        figure["name"],
        figure["unit"]["code"],
        figure["year"],
        Decimal(value) if value else None,
        figure["unit_of_measure"],
        figure["text"],
        target["words"] if target else "",
    )


def _bars(figures: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Shares on a scale of 0 to 100, one below the other; others, growth rates among them, have no
    scale in common."""
    kinds = (QuantityKind.SHARE, QuantityKind.RATE)
    shares = set(Indicator.objects.filter(quantity_kind__in=kinds).values_list("code", flat=True))
    within = [
        one
        for one in figures.values()
        if one["indicator"] in shares
        and one["unit_of_measure"] == "percent"
        and one["value"]
        and one["form"] == FigureForm.VALUE
        and 0 <= Decimal(one["value"]) <= 100
    ]
    return [
        {
            "name": one["name"],
            "text": one["text"],
            "width": f"{Decimal(one['value']) * 4:f}",
            "baseline": at * STEP + 15,
            "top": at * STEP + 21,
        }
        for at, one in enumerate(within)
    ]


def _descriptor(content: Mapping[str, Any], digest: str, number: int, table: bytes) -> bytes:
    """A Frictionless Data Package (specs.frictionlessdata.io, v1) of the one table."""
    fields = [{"name": name, "type": NUMBERS.get(name, "string")} for name in HEAD]
    package = {
        "profile": "tabular-data-package",
        "name": f"report-{content['unit']['code']}-{content['evaluation_year']}",
        "title": content["title"],
        "version": f"{number}.0.0",
        "edition": digest,
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": "figures",
                "path": "figures.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(table),
                "hash": f"sha256:{hashlib.sha256(table).hexdigest()}",
                "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
            }
        ],
    }
    return json.dumps(package, ensure_ascii=False, indent=1).encode()
