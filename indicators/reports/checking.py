"""A report as it reads now, each of its numbers held against the figures, and what can be bound.

The whole report is checked at once, as a sentence may speak of a year that one before it names. A
figure counts as it would stand in the text: as approved, else as reported. A number can be bound
where a figure that it agrees with reads exactly as the words that stand there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, count

from indicators.figures import Figure
from indicators.figures.drawn_check import Mark, Sentence, marks_of, sentences_of
from indicators.figures.text_check import CheckedText, NothingToHoldAgainst, check_text
from indicators.models import Paragraph, Tier, User
from indicators.models.report import MARK
from indicators.recording.binding import BoundWords
from indicators.reports.citations import Cited
from indicators.reports.places import Stretch, forms_of, place_of
from indicators.reports.reading import Placed, ReadReport, Written, placed_figures

TIERS = (Tier.APPROVED, Tier.REPORTED)
AGREEING = ("agrees", "agrees_rounded")
MOST = 200_000  # characters that are drawn on a page
APART = "\n\n"  # no sentence goes on behind it


@dataclass(frozen=True)
class Candidate:
    """A figure that a number may be bound to. Without a `place` it would not read as the text does:
    `reads` is what would stand there; or it is `of_others`, and no report of this unit names it."""

    figure: Figure
    place: BoundWords | None = None
    reads: str = ""
    of_others: bool = False

    @property
    def code(self) -> str:
        """Names it among those of its number."""
        return f"{self.figure.code} {self.figure.jurisdiction.code} {self.figure.year}"


@dataclass(frozen=True)
class Number:
    """A number of a paragraph: its mark, and either what it is bound to or what it may be."""

    mark: Mark
    bound: Placed | None
    candidates: list[Candidate]

    @property
    def offered(self) -> list[Candidate]:
        return [one for one in self.candidates if one.place is not None]

    @property
    def is_told_otherwise(self) -> bool:
        """Whether what it is bound to is not the one figure that the check has found for it."""
        found = [(one.indicator.pk, one.jurisdiction.pk, one.year) for one in self.mark.figures]
        is_one = self.bound and found == [
            (self.bound.bound.indicator_id, self.bound.bound.jurisdiction_id, self.bound.bound.year)
        ]
        return not is_one

    @property
    def is_clear(self) -> bool:
        """Whether it agrees with one figure alone, and can be bound to it."""
        return len(self.mark.check.figures) == 1 and bool(self.offered)


@dataclass(frozen=True)
class CheckedParagraph:
    written: Written
    numbers: list[Number]
    sentences: list[Sentence]

    @property
    def paragraph(self) -> Paragraph:
        return self.written.paragraph

    @property
    def clear(self) -> list[Candidate]:
        """What is bound when all is bound that has one meaning."""
        return [one for number in self.numbers if number.is_clear for one in number.offered]

    def offered(self, start: int, code: str) -> tuple[Number, Candidate] | None:
        """What was pressed for, where it is still offered: the figure's place begins at `start`."""
        for number in self.numbers:
            for one in number.offered:
                if one.code == code and one.place is not None and one.place.start == start:
                    return number, one
        return None


@dataclass(frozen=True)
class CheckedReport:
    """`paragraphs` are those with numbers that are figures; `left_out` were too long to check."""

    found: CheckedText | None
    marks: list[Mark]
    paragraphs: list[CheckedParagraph]
    left_out: list[Written]

    def of(self, paragraph: Paragraph) -> CheckedParagraph | None:
        return next((one for one in self.paragraphs if one.paragraph == paragraph), None)

    @property
    def bound(self) -> int:
        return sum(bool(number.bound) for one in self.paragraphs for number in one.numbers)

    @property
    def clear(self) -> int:
        return sum(len(one.clear) for one in self.paragraphs)


@dataclass(frozen=True)
class _Line:
    """A paragraph in the text that is checked."""

    written: Written
    start: int
    end: int
    stretches: list[Stretch]
    bound: list[tuple[int, int, Placed]]


def checked_report(read: ReadReport, user: User) -> CheckedReport:
    """A bounded number of queries, however long it is."""
    text, lines, left_out = _text_of(read.paragraphs)
    report = read.report
    try:
        found = check_text(
            text,
            user,
            unit=report.jurisdiction.slug,
            year=report.evaluation_year,
            tiers=TIERS,
        )
    except NothingToHoldAgainst:
        return CheckedReport(None, [], [], left_out)
    marks = marks_of(found, user, TIERS)
    sentences = sentences_of(found, marks)
    numbers = _numbers(report.jurisdiction.path, lines, marks, user)
    drawn = _by_line(lines, sentences)
    checked = [
        CheckedParagraph(line.written, numbers[line.start], drawn[line.start])
        for line in lines
        if numbers[line.start]
    ]
    return CheckedReport(found, marks, checked, left_out)


def _text_of(paragraphs: Iterable[Written]) -> tuple[str, list[_Line], list[Written]]:
    """As much as can be checked, where each paragraph stands in it, and those that are too much."""
    text, lines, left_out = "", [], []
    for written in paragraphs:
        line, stored = f"{written.number}{written.heading}", 0
        stretches: list[Stretch] = []
        bound: list[tuple[int, int, Placed]] = []
        for piece in written.pieces:
            at = len(text) + len(line)
            if isinstance(piece, Placed):
                bound.append((at, at + len(piece.text), piece))
                stored += len(piece.bound.mark)
                line += piece.text
            elif isinstance(piece, Cited):
                stored += len(piece.mark)
                line += piece.text
            else:
                stretches.append(Stretch(at, stored, piece))
                stored += len(piece)
                line += piece
        if len(text) + len(line) > MOST:
            left_out.append(written)
            continue
        lines.append(_Line(written, len(text), len(text) + len(line), stretches, bound))
        text += line + APART
    return text, lines, left_out


def _by_line(lines: list[_Line], sentences: list[Sentence]) -> Mapping[int, list[Sentence]]:
    """The sentences of each line, by where it starts."""
    drawn: dict[int, list[Sentence]] = {line.start: [] for line in lines}
    waiting, at = list(reversed(lines)), 0
    for one in sentences:
        while waiting and waiting[-1].end <= at:
            waiting.pop()
        if waiting and at >= waiting[-1].start:
            drawn[waiting[-1].start].append(one)
        at += sum(len(piece.text) for piece in one.pieces)
    return drawn


def _numbers(
    path: str, lines: list[_Line], marks: list[Mark], user: User
) -> Mapping[int, list[Number]]:
    """Of each line, by where it starts. All that may be written is written in one go."""
    found: dict[int, list[Number]] = {}
    open_to: list[tuple[Mark, Stretch]] = []
    starts = [mark.check.start for mark in marks]
    for line in lines:
        found[line.start] = []
        for mark in marks[bisect_left(starts, line.start) : bisect_left(starts, line.end)]:
            start, end = mark.check.start, mark.check.end
            bound = next((p for at, to, p in line.bound if start < to and at < end), None)
            found[line.start].append(Number(mark, bound, []))
            stretch = next((s for s in line.stretches if s.at <= start and end <= s.end), None)
            if stretch is not None and mark.check.verdict in AGREEING:
                open_to.append((mark, stretch))
    candidates = _candidates(path, open_to, user)
    for numbers in found.values():
        for one in numbers:
            one.candidates.extend(candidates.get(one.mark.number, []))
    return found


def _candidates(
    path: str, open_to: list[tuple[Mark, Stretch]], user: User
) -> Mapping[int, list[Candidate]]:
    """Of each number, a candidate a figure that it agrees with. The same words are tried once."""
    forms = {
        (figure.place, mark.check.raw): list(forms_of(figure, mark.check.raw))
        for mark, _stretch in open_to
        for figure in mark.figures
    }
    several = list(chain.from_iterable(forms.values()))
    for number, one in enumerate(several, start=1):
        one.number = number  # tells them apart, as none is stored yet
    written = placed_figures(several, user)
    return {
        mark.number: [
            Candidate(figure, of_others=True)
            if not figure.jurisdiction.path.startswith(path)
            else _candidate(
                figure,
                mark,
                stretch,
                [written[one.number] for one in forms[figure.place, mark.check.raw]],
            )
            for figure in mark.figures
        ]
        for mark, stretch in open_to
    }


def _candidate(figure: Figure, mark: Mark, stretch: Stretch, forms: list[Placed]) -> Candidate:
    """In the form that reads as the text does; of several the one that takes in most of it."""
    start, end = mark.check.start - stretch.at, mark.check.end - stretch.at
    order = count()
    fitting = [
        (-len(one.text), next(order), at, one)
        for one in forms
        if not one.written.is_missing
        and (at := place_of(stretch.text, start, end, one.text)) is not None
        and not _cuts_a_mark(stretch.text, at, at + len(one.text))
    ]
    if not fitting:
        return Candidate(figure, reads=forms[0].text)
    _most, _first, at, chosen = min(fitting, key=lambda one: one[:2])
    return Candidate(figure, BoundWords(stretch.start + at, chosen.text, chosen.bound), chosen.text)


def _cuts_a_mark(text: str, start: int, end: int) -> bool:
    """Of a mark that names nothing, and is text."""
    return any(start < mark.end() and mark.start() < end for mark in MARK.finditer(text))
