"""A checked text as the page draws it: sentences with their marks, and a row for each number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.figures import Figure, figures_at
from indicators.figures.comparable import units_in_force
from indicators.figures.text_check import CheckedText
from indicators.measures.running_text.check import Check, Meant
from indicators.models import Indicator, User

# The word and the shape by which a verdict is told, the worst first.
VERDICTS = {
    "differs": ("✗", _("Differs")),
    "no_such_figure": ("?", _("No such figure")),
    "agrees_rounded": ("≈", _("Agrees when rounded")),
    "agrees": ("✓", _("Agrees")),
}
ORDER = {verdict: at for at, verdict in enumerate(VERDICTS)}
RELATIONS = {
    "sum": _("Parts and their sum"),
    "part": _("Parts and their whole"),
    "share": _("Share"),
    "growth": _("Growth"),
    "difference": _("Difference of shares"),
}
_SENTENCE = re.compile(r"[^。！？\n]*[。！？\n]?")
AROUND = 14


@dataclass(frozen=True)
class Piece:
    """Words, or a number with its mark."""

    text: str
    mark: Mark | None = None


@dataclass(frozen=True)
class Sentence:
    verdict: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Mark:
    """A number that is a figure, with what it stands for; `sign` and `word` tell its verdict."""

    number: int
    check: Check
    figures: list[Figure]
    before: str
    behind: str
    sign: str
    word: str


@dataclass(frozen=True)
class RelationRow:
    kind: str
    numbers: str
    stated: str
    agrees: bool


def marks_of(found: CheckedText, user: User, tiers: Sequence[str]) -> list[Mark]:
    """Of every number that is a figure, in the order of the text; the figures as `check_text` has
    held the text against them."""
    told = [one for one in found.checks if one.verdict != "not_a_figure"]
    drawn = _drawn({meant for one in told for meant in one.figures}, found.year, user, tiers)
    text = found.text
    words = {verdict: (sign, str(word)) for verdict, (sign, word) in VERDICTS.items()}
    return [
        Mark(
            number,
            one,
            [drawn[meant] for meant in one.figures if meant in drawn],
            text[max(0, one.start - AROUND) : one.start].split("\n")[-1],
            text[one.end : one.end + AROUND].split("\n")[0],
            *words[one.verdict],
        )
        for number, one in enumerate(told, 1)
    ]


def sentences_of(found: CheckedText, marks: list[Mark]) -> list[Sentence]:
    """The whole text; a sentence is marked by the worst of its numbers."""
    sentences, waiting = [], list(reversed(marks))
    at = 0
    text = found.text
    while at < len(text):
        end = max(_end_of_sentence(text, at), at + 1)
        inside: list[Mark] = []
        while waiting and waiting[-1].check.start < end:
            inside.append(waiting.pop())
            end = max(end, inside[-1].check.end)
        worst = min((mark.check.verdict for mark in inside), key=ORDER.__getitem__, default="")
        sentences.append(Sentence(worst, _pieces(text, at, end, inside)))
        at = end
    return sentences


def counted(marks: list[Mark]) -> list[tuple[str, str, str, int]]:
    """Verdict, sign, word and how many, the worst first."""
    counts = Counter(mark.check.verdict for mark in marks)
    return [
        (verdict, sign, str(word), counts[verdict])
        for verdict, (sign, word) in VERDICTS.items()
        if counts[verdict]
    ]


def relation_rows(found: CheckedText) -> list[RelationRow]:
    """What the text says of its own numbers, what does not fit first."""
    rows = []
    for one in sorted(found.relations, key=lambda relation: relation.agrees):
        *others, last = (found.text[start:end] for start, end in one.places)
        kind = str(RELATIONS[one.kind])
        rows.append(RelationRow(kind, "、".join(others), last, one.agrees))
    return rows


def finding(marks: list[Mark]) -> str:
    """What came of it, in a sentence."""
    wrong = sum(mark.check.verdict == "differs" for mark in marks)
    if wrong:
        return ngettext(
            "%(count)s number differs from the figure.",
            "%(count)s numbers differ from the figures.",
            wrong,
        ) % {"count": wrong}
    return str(_("No number differs from a figure."))


def _end_of_sentence(text: str, at: int) -> int:
    match = _SENTENCE.match(text, at)
    return match.end() if match else len(text)


def _pieces(text: str, at: int, end: int, inside: list[Mark]) -> list[Piece]:
    pieces = []
    for mark in inside:
        pieces.append(Piece(text[at : mark.check.start]))
        pieces.append(Piece(mark.check.raw, mark))
        at = mark.check.end
    return [piece for piece in (*pieces, Piece(text[at:end])) if piece.text]


def _drawn(
    meant: set[Meant], year: int, user: User, tiers: Sequence[str]
) -> Mapping[Meant, Figure]:
    indicators = {
        one.code: one
        for one in Indicator.objects.filter(code__in={one.indicator for one in meant})
        .select_related("duty_area")
        .order_by()
    }
    units = {unit.code: unit for unit in units_in_force(year)}
    places = [
        (indicators[one.indicator], units[one.unit], one.year)
        for one in sorted(meant, key=lambda one: (one.indicator, one.unit, one.year))
        if one.indicator in indicators and one.unit in units
    ]
    return {
        Meant(figure.code, figure.jurisdiction.code, figure.year): figure
        for tier in reversed(tiers)
        for figure in figures_at(user, places, tier=tier)
        if figure.has_figure or tier == tiers[-1]
    }
