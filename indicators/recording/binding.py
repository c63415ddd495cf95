"""Binds figures to the text of a report: a mark for later use, or words that a figure stands for.

Decided: a figure that takes the place of words reads as they did, letter by letter, so that binding
changes nothing but that the system knows the number. The new mark is none that stands in the text
already, where it is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from indicators.collection import Refusal
from indicators.models import (
    BoundFigure,
    Change,
    Indicator,
    Jurisdiction,
    Paragraph,
    Report,
    User,
)
from indicators.models.report import MARK
from indicators.recording.report import held_paragraph, write_paragraph, writing

# What makes two bound figures one.
SAME = ("indicator", "jurisdiction", "year", "form", "base_year", "decimals", "unit_word")


@dataclass(frozen=True)
class BoundWords:
    """Words in the text of a paragraph, from `start` on, and the figure that reads as they do; it
    is not stored yet."""

    start: int
    words: str
    figure: BoundFigure

    @property
    def end(self) -> int:
        return self.start + len(self.words)


def bind_figure(
    report: Report,
    *,
    actor: User,
    indicator: Indicator,
    unit: Jurisdiction,
    year: int,
    form: str,
    base_year: int | None = None,
    decimals: int | None = None,
    as_bound: str = "",
) -> BoundFigure:
    """Let the text name a figure; the same one in the same form keeps its mark.

    Refuses: not_your_act, report_not_in_this_state, figure_of_others.
    """
    asked = BoundFigure(
        indicator=indicator,
        jurisdiction=unit,
        year=year,
        form=form,
        base_year=base_year,
        decimals=decimals,
        as_bound=as_bound,
    )
    _refuse_figures_of_others(report, [unit])
    with writing(report, actor) as change_of:
        return _same(report, asked) or _stored(report, asked, change_of())


def bind_places(
    paragraph: Paragraph, *, actor: User, version: int, places: Sequence[BoundWords]
) -> Paragraph:
    """Put the marks of figures where the words stand that they read as; one version of it all.

    Refuses: not_your_act, report_not_in_this_state, ParagraphMoved, figure_of_others, and
    no_such_place where there is none, or the words are others, overlap, or cut a mark.
    """
    report = paragraph.report
    with writing(report, actor) as change_of:
        held = held_paragraph(paragraph, version)
        if not places or not stand_apart(held.text, places):
            raise Refusal("no_such_place")
        _refuse_figures_of_others(report, [place.figure.jurisdiction for place in places])
        change = change_of()
        marks = []
        for place in places:
            asked = place.figure
            asked.as_bound = place.words
            bound = _same(report, asked) or _stored(report, asked, change)
            marks.append((place, bound.mark))
        held.text = with_marks(held.text, marks)
        held.version += 1
        write_paragraph(held, change)
    return held


def stand_apart(text: str, places: Iterable[BoundWords]) -> bool:
    """Whether the words stand where they are said to, and touch neither each other nor a mark.

    >>> stand_apart("共805人{F1}", [BoundWords(1, "805人", BoundFigure())])
    True
    >>> stand_apart("共805人{F1}", [BoundWords(5, "{F1}", BoundFigure())])
    False
    """
    taken = [mark.span() for mark in MARK.finditer(text)]
    for place in places:
        if not place.words or place.start < 0 or not text.startswith(place.words, place.start):
            return False
        if any(place.start < end and start < place.end for start, end in taken):
            return False
        taken.append((place.start, place.end))
    return True


def with_marks(text: str, marks: Iterable[tuple[BoundWords, str]]) -> str:
    """The text with a mark in each place.

    >>> with_marks("共805人，学校12所", [(BoundWords(1, "805人", BoundFigure()), "{F1}")])
    '共{F1}，学校12所'
    """
    for place, mark in sorted(marks, key=lambda one: -one[0].start):
        text = text[: place.start] + mark + text[place.end :]
    return text


def _refuse_figures_of_others(report: Report, units: Iterable[Jurisdiction]) -> None:
    """Only of the report's unit, or below it: an edition is frozen with the eyes of whoever
    approves, who sees sums above and units beside that the report's own people are not told."""
    # As they are stored: the path of a unit is kept by the database.
    asked = {unit.pk for unit in units}
    stored = Jurisdiction.objects.filter(pk__in=[*asked, report.jurisdiction_id])
    paths = dict(stored.values_list("pk", "path"))
    if not all(paths[unit].startswith(paths[report.jurisdiction_id]) for unit in asked):
        raise Refusal("figure_of_others", field="unit", unit=report.jurisdiction.name)


def _same(report: Report, asked: BoundFigure) -> BoundFigure | None:
    """The same figure in the same form, where the report has bound it."""
    return report.figures.filter(**{name: getattr(asked, name) for name in SAME}).first()


def _stored(report: Report, asked: BoundFigure, change: Change) -> BoundFigure:
    last = report.figures.aggregate(last=Max("number"))["last"] or 0
    asked.report, asked.number, asked.change = report, free_number(report, "F", last), change
    asked.save(force_insert=True)
    return asked


def free_number(report: Report, letter: str, last: int) -> int:
    """The next number behind the `last` that no mark of the letter in the text says."""
    texts = report.paragraphs.values_list("text", flat=True)
    said = {mark[1] for text in texts for mark in MARK.finditer(text)}
    number = last + 1
    while f"{letter}{number}" in said:
        number += 1
    return number
