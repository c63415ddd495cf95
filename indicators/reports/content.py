"""What is frozen of a report: text, figures, targets, definitions and units, as plain data.

Numbers are decimal strings in the base unit of measure, days ISO 8601. Nothing in it depends on who
reads it, in which language, or on the ids of a database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone, translation

from indicators.collection import Refusal
from indicators.documents.document import Document, Figure, Paragraph, Table
from indicators.figures.approved_on import AsOf, as_of_days
from indicators.figures.in_text import LANGUAGE, in_text
from indicators.figures.public import public_figures
from indicators.measures.exact import plain
from indicators.models import BoundFigure, FigureForm, Jurisdiction, Report, User
from indicators.reports.charts import annexes_of, charts_of, day_words
from indicators.reports.citations import Cited, achievement_words
from indicators.reports.reading import Placed, Written, read_report

FORMAT = 1
NARROW = 5  # characters of a column of the lists that keeps to one line
LIST = "报告数据清单"
LISTED = ("编号", "指标", "单位", "时段", "文中表述", "来源", "目标", "口径")
DAYS_NOTE = "注：“截至”为数据审核通过之日，汇总、计算所得的以所依据数据中最后审核通过的为准。"


def content_of(report: Report, user: User) -> dict[str, Any]:
    """Refuses: figures_not_approved and achievements_not_approved, with which they are."""
    read = read_report(report, user)
    if read.not_approved:
        names = "、".join(
            f"{place.bound.mark} {place.bound.indicator.name}" for place in read.not_approved
        )
        raise Refusal("figures_not_approved", names=names)
    if read.achievements_not_approved:
        names = "、".join(f"{one.mark} {one.text}" for one in read.achievements_not_approved)
        raise Refusal("achievements_not_approved", names=names)
    used = {place.bound.number: place for one in read.paragraphs for place in one.places}
    cited = {place.citation.number: place for one in read.paragraphs for place in one.cited}
    with translation.override(LANGUAGE):
        charts = charts_of(read, user)
        return {
            "format": FORMAT,
            "title": report.title,
            "unit": _unit(report.jurisdiction),
            "evaluation_year": report.evaluation_year,
            "date": timezone.localdate().isoformat(),
            "paragraphs": [_paragraph(one) for one in read.paragraphs],
            "figures": _figures([placed for _number, placed in sorted(used.items())]),
            **({"charts": charts} if charts else {}),
            **_achievements(cited),
        }


def content_of_year(unit: Jurisdiction, evaluation_year: int) -> dict[str, Any]:
    """The same without a text: a unit's figures of a year that may stand in public."""
    bound = [
        (
            BoundFigure(
                number=number,
                indicator=figure.indicator,
                jurisdiction=figure.jurisdiction,
                year=figure.year,
                form=FigureForm.VALUE,
            ),
            figure,
        )
        for number, figure in enumerate(public_figures(unit, evaluation_year), start=1)
    ]
    with translation.override(LANGUAGE):
        return {
            "format": FORMAT,
            "title": f"{unit.name}{evaluation_year}年度教育履职数据",
            "unit": _unit(unit),
            "evaluation_year": evaluation_year,
            "date": timezone.localdate().isoformat(),
            "paragraphs": [],
            "figures": _figures(
                [Placed(one, in_text(one, figure, None, is_approved=True)) for one, figure in bound]
            ),
        }


def document_of(content: Mapping[str, Any], digest: str) -> Document:
    """The document that an edition's content is written out as. A figure that the text names again
    has an id a place: F7, then F7n2."""
    figures, times = content["figures"], Counter[str]()

    def piece_of(piece: Any) -> str | Figure:
        if isinstance(piece, str):
            return piece
        if "achievement" in piece:
            return str(content["achievements"][piece["achievement"]]["text"])
        short_id = piece["figure"]
        times[short_id] += 1
        one, time = figures[short_id], times[short_id]
        place = short_id if time == 1 else f"{short_id}n{time}"
        return Figure(place, one["text"], one["value"], one["unit_of_measure"], one["name"])

    return Document(
        title=content["title"],
        issuer=content["unit"]["name"],
        date=day_words(content["date"]),
        paragraphs=tuple(
            Paragraph(
                one["level"],
                one["number"],
                one["heading"],
                tuple(piece_of(piece) for piece in one["pieces"]),
            )
            for one in content["paragraphs"]
        ),
        annexes=tuple(_annexes(content)),
        digest=digest,
    )


def _paragraph(written: Written) -> dict[str, Any]:
    return {
        "level": written.paragraph.level,
        "number": written.number,
        "heading": written.heading,
        "pieces": [_piece(piece) for piece in written.pieces],
    }


def _piece(piece: str | Placed | Cited) -> str | dict[str, str]:
    match piece:
        case Placed():
            return {"figure": piece.bound.short_id}
        case Cited():
            return {"achievement": piece.citation.short_id}
    return piece


def _achievements(cited: Mapping[int, Cited]) -> dict[str, Any]:
    """Nothing where the text cites none: the content of such an edition is what it always was."""
    words = {one.citation.short_id: achievement_words(one) for _n, one in sorted(cited.items())}
    return {"achievements": words} if words else {}


def _figures(listed: Sequence[Placed]) -> dict[str, Any]:
    """By their short ids, each with the day since which it is approved."""
    days = as_of_days(one.written.figure for one in listed if one.written.figure is not None)
    return {one.bound.short_id: _figure(one, days) for one in listed}


def _figure(placed: Placed, days: Mapping[Any, AsOf]) -> dict[str, Any]:
    bound, figure = placed.bound, placed.written.figure
    if figure is None or figure.result is None:
        raise ValueError(f"an approved figure has a result: {bound}")
    definition, target, day = figure.definition, figure.target, days[figure.place]
    return {
        "text": placed.text,
        "indicator": bound.indicator.code,
        "name": bound.indicator.name_zh,
        "unit": _unit(bound.jurisdiction),
        "year": bound.year,
        "form": bound.form,
        "base_year": bound.base_year,
        "value": placed.written.value,
        "unit_of_measure": bound.indicator.unit,
        "statement": figure.result.statement,
        "qualifier": figure.result.qualifier,
        "basis": figure.basis,
        "period": figure.period,
        "approved_on": day.approved_on.isoformat() if day.approved_on else "",
        "as_of": day.of.isoformat() if day.of else "",
        "status": figure.status,
        "target": None
        if target is None
        else {
            "words": figure.target_words,
            "value": "" if target.value is None else plain(target.value),
            "framework": target.framework.name_zh,
        },
        "definition": None
        if definition is None
        else {
            "version": definition.version,
            "valid_from": definition.valid_from,
            "meaning": definition.meaning_zh,
            "formula": definition.formula,
            "source": definition.source_zh,
        },
    }


def _unit(unit: Any) -> dict[str, str]:
    return {"code": unit.code, "name": unit.name_zh}


def _own_day(day: str) -> str:
    return f"（时点{day}）" if day else ""


def _annexes(content: Mapping[str, Any]) -> Iterator[Table]:
    yield from annexes_of(content.get("charts", ()), content["unit"]["code"])
    if content["figures"]:
        yield _list_of_figures(content["figures"], content["unit"]["code"])
    if content.get("achievements"):
        yield _list_of_achievements(content["achievements"])


def _list_of_achievements(achievements: Mapping[str, Any]) -> Table:
    """What the text cites, each once under its first mark, with who awarded or issued it."""
    first: dict[str, str] = {}
    for short_id in sorted(achievements, key=lambda short_id: int(short_id[1:])):
        first.setdefault(achievements[short_id]["code"], short_id)
    return Table(
        "引用成果清单",
        ("编号", "名称", "类别", "级别", "授予或印发单位", "文号或证书号", "日期", "单位"),
        tuple(
            (
                short_id,
                one["title"],
                one["kind"],
                one["level"],
                one["issued_by"] or "—",
                one["number"] or "—",
                one["issued_on"] or "—",
                one["unit"]["name"],
            )
            for short_id, one in ((short_id, achievements[short_id]) for short_id in first.values())
        ),
        narrow=NARROW,
    )


def _list_of_figures(figures: Mapping[str, Any], own: str) -> Table:
    """Every figure of the text with where it comes from; with units where one is of another than
    the report's `own` (its code). What was frozen before the days were kept has none, and is
    written as it was."""
    if not any("approved_on" in one for one in figures.values()):
        return Table(LIST, LISTED, tuple(_listed(code, one) for code, one in _in_order(figures)))
    has_units = any(one["unit"]["code"] != own for one in figures.values())
    kept = [name for name in LISTED if has_units or name != "单位"]
    rows = (
        dict(zip(LISTED, (said.replace(" ", "") for said in _listed(code, one)), strict=True))
        | {"指标": one["name"], "截至": one.get("approved_on") or "—"}
        for code, one in _in_order(figures)
    )
    head = (*kept, "截至")
    table = tuple(tuple(row[name] for name in head) for row in rows)
    return Table(LIST, head, table, DAYS_NOTE, narrow=NARROW)


def _listed(short_id: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells under LISTED."""
    return (
        short_id,
        one["name"],
        one["unit"]["name"],
        one["period"] + _own_day(one.get("as_of", "")),
        one["text"],
        one["basis"],
        one["target"]["words"] if one["target"] else "—",
        f"第{one['definition']['version']}版" if one["definition"] else "—",
    )


def _in_order(figures: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(figures.items(), key=lambda item: int(item[0][1:]))
