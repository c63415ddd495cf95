"""What has moved since an edition was frozen, and how two editions differ: figure by figure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from indicators.figures.in_text import LANGUAGE
from indicators.models import BoundFigure, Correction, Edition, User
from indicators.reports.charts import bound_of_points
from indicators.reports.citations import changed_since
from indicators.reports.reading import Placed, placed_figures

_ENDS = "。；！？"


@dataclass(frozen=True)
class Erratum:
    """A figure, or a cited achievement, that is written otherwise now; `sentences` of the edition
    say the old one."""

    short_id: str
    name: str
    unit: str
    year: int
    old: str
    new: str
    reasons: list[str]
    sentences: list[str]


@dataclass(frozen=True)
class Differing:
    """A figure or a cited achievement in two editions; what one does not name is empty there."""

    short_id: str
    name: str
    unit: str
    year: int
    old: str
    new: str


def errata_of(edition: Edition, user: User) -> list[Erratum]:
    """The figures of the edition that are approved with another value, or not any more: those of
    its text, then those that only a chart tells; and the achievements that it cites of which this
    is true."""
    content = json.loads(edition.content)
    frozen: Mapping[str, Any] = content["figures"]
    bound = list(edition.report.figures.filter(number__in=[int(code[1:]) for code in frozen]))
    points = _points(content, bound)
    with translation.override(LANGUAGE):
        now = placed_figures(bound, user)
        drawn_now = placed_figures([one for one, _point, _number in points], user)
    reasons = _reasons(edition, [one.indicator_id for one in bound])
    found = []
    for one in bound:
        was, written = frozen[one.short_id], now[one.number].written
        if _is_same(was, now[one.number]) and was["statement"] == written.statement:
            continue
        found.append(
            Erratum(
                one.short_id,
                was["name"],
                was["unit"]["name"],
                was["year"],
                was["text"],
                written.text,
                reasons.get((one.indicator_id, one.jurisdiction_id, one.year), []),
                sentences_with(content, one.short_id),
            )
        )
    for one, point, number in points:
        if not _is_same(point, drawn_now[one.number]):
            chart = content["charts"][number - 1]
            found.append(
                Erratum(
                    chart["figure"],
                    chart["name"],
                    chart["unit"]["name"],
                    one.year,
                    point["text"],
                    drawn_now[one.number].text,
                    reasons.get((one.indicator_id, one.jurisdiction_id, one.year), []),
                    [f"图{number}"],
                )
            )
    return found + list(_changed_citations(edition, content))


def _changed_citations(edition: Edition, content: Mapping[str, Any]) -> Iterator[Erratum]:
    frozen = content.get("achievements", {})
    for one in changed_since(edition, frozen):
        was = frozen[one.short_id]
        yield Erratum(
            one.short_id,
            was["title"],
            was["unit"]["name"],
            was["year"],
            one.old,
            one.new,
            one.reasons,
            sentences_with(content, one.short_id),
        )


def _is_same(was: Mapping[str, Any], placed: Placed) -> bool:
    written = placed.written
    return (was["value"], was["text"]) == (written.value, written.text) and written.is_approved


def _points(
    content: Mapping[str, Any], bound: Sequence[BoundFigure]
) -> list[tuple[BoundFigure, Mapping[str, Any], int]]:
    """Those of the charts that are not in the text as well, numbered by themselves."""
    told = {(one.indicator_id, one.jurisdiction_id, one.year) for one in bound}
    of_charts = bound_of_points(content.get("charts", ()), {one.short_id: one for one in bound})
    found = [
        each
        for each in of_charts
        if (each[0].indicator_id, each[0].jurisdiction_id, each[0].year) not in told
    ]
    for number, (one, _point, _chart) in enumerate(found):
        one.number = number
    return found


def differences(old: Edition, new: Edition) -> list[Differing]:
    """What two editions of one report say otherwise, by their marks, figures first; then by what
    their charts draw, year by year."""
    contents = json.loads(old.content), json.loads(new.content)
    before, after = map(_named_in, contents)
    found = []
    marks = before.keys() | after.keys()
    for code in sorted(marks, key=lambda code: (code[0] != "F", int(code[1:]))):
        one, other = before.get(code), after.get(code)
        if one is None or other is None or one["text"] != other["text"]:
            named = one or other or {}
            found.append(
                Differing(
                    code,
                    named["name"],
                    named["unit"]["name"],
                    named["year"],
                    one["text"] if one else "",
                    other["text"] if other else "",
                )
            )
    told = {(one.name, one.unit, one.year) for one in found}
    drawn = _differing_points(*map(_drawn, contents))
    return found + [one for one in drawn if (one.name, one.unit, one.year) not in told]


Drawn = dict[tuple[str, str, int], tuple[Mapping[str, Any], str]]


def _drawn(content: Mapping[str, Any]) -> Drawn:
    """The points of the charts by codes of indicator and unit, and year; each with its chart."""
    return {
        (chart["indicator"], chart["unit"]["code"], point["year"]): (chart, point["text"])
        for chart in content.get("charts", ())
        for point in chart["points"]
    }


def _differing_points(before: Drawn, after: Drawn) -> list[Differing]:
    """Only of those in both: a course that one edition has alone says nothing otherwise."""
    return [
        Differing(
            chart["figure"], chart["name"], chart["unit"]["name"], place[2], text, after[place][1]
        )
        for place, (chart, text) in before.items()
        if place in after and after[place][1] != text
    ]


def _named_in(content: Mapping[str, Any]) -> Mapping[str, Any]:
    achievements = content.get("achievements", {})
    cited = {code: {**one, "name": one["title"]} for code, one in achievements.items()}
    return {**content["figures"], **cited}


def sentences_with(content: Mapping[str, Any], short_id: str) -> list[str]:
    """The sentences of an edition's text in which the figure, or the achievement, stands."""
    found = []
    for paragraph in content["paragraphs"]:
        sentence, has_it = "", False
        for piece in paragraph["pieces"]:
            if isinstance(piece, str):
                for sign in piece:
                    sentence += sign
                    if sign in _ENDS:
                        found += [sentence] if has_it else []
                        sentence, has_it = "", False
            else:
                kind, code = next(iter(piece.items()))
                sentence += content[f"{kind}s"][code]["text"]
                has_it = has_it or code == short_id
        found += [sentence] if has_it else []
    return found


def _reasons(edition: Edition, indicators: Iterable[int]) -> dict[tuple[int, int, int], list[str]]:
    """Why figures were corrected since, by indicator, unit and year."""
    since = Correction.objects.filter(
        indicator__in=indicators, change__gt=edition.change_id
    ).select_related("change")
    found: dict[tuple[int, int, int], list[str]] = defaultdict(list)
    for one in since:
        place = (one.indicator_id, one.jurisdiction_id, one.year)
        if one.change.reason and one.change.reason not in found[place]:
            found[place].append(one.change.reason)
    return found
