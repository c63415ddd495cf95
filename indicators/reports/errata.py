"""What has moved since an edition was frozen, and how two editions differ: figure by figure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from indicators.figures.in_text import LANGUAGE
from indicators.models import Correction, Edition, User
from indicators.reports.citations import changed_since
from indicators.reports.reading import placed_figures

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
    """The figures of the edition that are approved with another value, or not any more; and the
    achievements that it cites of which this is true."""
    content = json.loads(edition.content)
    frozen: Mapping[str, Any] = content["figures"]
    bound = list(edition.report.figures.filter(number__in=[int(code[1:]) for code in frozen]))
    with translation.override(LANGUAGE):
        now = placed_figures(bound, user)
    reasons = _reasons(edition, [one.indicator_id for one in bound])
    found = []
    for one in bound:
        was, written = frozen[one.short_id], now[one.number].written
        is_same = (was["value"], was["statement"]) == (written.value, written.statement)
        if is_same and was["text"] == written.text and written.is_approved:
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


def differences(old: Edition, new: Edition) -> list[Differing]:
    """What two editions of one report say otherwise, by their marks, figures first."""
    before, after = _named_in(old), _named_in(new)
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
    return found


def _named_in(edition: Edition) -> Mapping[str, Any]:
    content = json.loads(edition.content)
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
