"""What has moved since an edition was frozen, and how two editions differ: figure by figure."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from indicators.figures.in_text import LANGUAGE
from indicators.models import Correction, Edition, User
from indicators.reports.reading import placed_figures

_ENDS = "。；！？"


@dataclass(frozen=True)
class Erratum:
    """A figure that is written otherwise now; `sentences` of the edition say the old one."""

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
    """A figure in two editions; what one of them does not name is empty there."""

    short_id: str
    name: str
    unit: str
    year: int
    old: str
    new: str


def errata_of(edition: Edition, user: User) -> list[Erratum]:
    """The figures of the edition that are approved with another value, or not any more."""
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
    return found


def differences(old: Edition, new: Edition) -> list[Differing]:
    """What two editions of one report say otherwise, by the marks of the figures."""
    before: Mapping[str, Any] = json.loads(old.content)["figures"]
    after: Mapping[str, Any] = json.loads(new.content)["figures"]
    found = []
    for code in sorted(before.keys() | after.keys(), key=lambda code: int(code[1:])):
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


def sentences_with(content: Mapping[str, Any], short_id: str) -> list[str]:
    """The sentences of an edition's text in which the figure stands."""
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
                sentence += content["figures"][piece["figure"]]["text"]
                has_it = has_it or piece["figure"] == short_id
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
