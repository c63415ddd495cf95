"""Holds a DOCX that came back against the document that it was written from.

Goes in: the Document and what was Returned; comes out: of each figure whether it stands as it was,
and each paragraph that was changed, added or removed. Headings, issuer, names of annexes and rows
of tables are paragraphs as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from indicators.documents.document import Document, Figure
from indicators.documents.flow import Line, lines, plain
from indicators.documents.returned import Mark, Returned
from indicators.documents.touching import has_numeral, in_chinese, touching
from indicators.documents.wording import WordChange, paired, words_changed

# Characters of changed paragraphs whose words are looked for; what is beyond is told as a whole.
MOST_COMPARED = 200_000


@dataclass(frozen=True)
class FigureChange:
    """What became of a figure. `now` is the whole quantity that stands there, "" where it is gone;
    `place` is that in Returned.paragraphs, None where the file has no such mark."""

    figure: Figure
    state: Literal["unchanged", "changed", "gone"]
    now: str
    place: int | None


@dataclass(frozen=True)
class ParagraphChange:
    """A paragraph of which words are others: `before` is "" of an added one, `after` of a removed
    one. `paragraph` is its place in Document.paragraphs, None of what stands around them."""

    state: Literal["changed", "added", "removed"]
    before: str
    after: str
    words: tuple[WordChange, ...]
    paragraph: int | None


@dataclass(frozen=True)
class Comparison:
    """`same_edition` says whether the file names the document's digest. `figures` are all of them,
    in the order of the document; `paragraphs` those that differ, in that of the text."""

    same_edition: bool
    figures: tuple[FigureChange, ...]
    paragraphs: tuple[ParagraphChange, ...]

    @property
    def is_unchanged(self) -> bool:
        return not self.paragraphs and all(one.state == "unchanged" for one in self.figures)


def compare(document: Document, returned: Returned) -> Comparison:
    """What an office changed."""
    written = [
        line
        for line in lines(document)
        if line.text.strip() or any(run.figure for run in line.runs)
    ]
    return Comparison(
        same_edition=plain(returned.digest) == plain(document.digest),
        figures=tuple(_figures(document, returned)),
        paragraphs=tuple(_paragraphs(written, returned)),
    )


@dataclass(frozen=True)
class _Places:
    """A text and the stretches of it that are figures', in order."""

    text: str
    marks: tuple[Mark, ...]

    def whole(self, mark: Mark, chinese: bool) -> str:
        """The quantity at the mark, which reaches into no other's."""
        after = max(
            (one.end for one in self.marks if one.end <= mark.start and one != mark), default=0
        )
        before = min(
            (one.start for one in self.marks if one.start >= mark.end and one != mark),
            default=len(self.text),
        )
        return touching(
            self.text, mark.start, mark.end, after=after, before=before, chinese=chinese
        )


def _figures(document: Document, returned: Returned) -> Iterator[FigureChange]:
    found = {
        mark.id.casefold(): (place, _Places(paragraph.text, paragraph.marks), mark)
        for place, paragraph in enumerate(returned.paragraphs)
        for mark in paragraph.marks
    }
    for line in lines(document):
        written = _written(line)
        figures = (run.figure for run in line.runs if run.figure)
        for figure, mark in zip(figures, written.marks, strict=True):
            chinese = in_chinese(plain(figure.text))
            was = written.whole(mark, chinese)
            if figure.id.casefold() not in found:
                yield FigureChange(figure, "gone", "", None)
                continue
            place, now_in, now_at = found[figure.id.casefold()]
            now = now_in.whole(now_at, chinese)
            if now == was:
                yield FigureChange(figure, "unchanged", now, place)
            elif now_at.start == now_at.end and not has_numeral(now):
                yield FigureChange(figure, "gone", "", place)
            else:
                yield FigureChange(figure, "changed", now, place)


def _written(line: Line) -> _Places:
    at = len(line.heading)
    marks = []
    for run in line.runs:
        if run.figure:
            marks.append(Mark(run.figure.id, at, at + len(run.text)))
        at += len(run.text)
    return _Places(line.text, tuple(marks))


def _paragraphs(written: list[Line], returned: Returned) -> Iterator[ParagraphChange]:
    before = [line.text for line in written]
    after = [paragraph.text for paragraph in returned.paragraphs]
    left = MOST_COMPARED
    for old, new in paired(before, after):
        if old is None and new is not None:
            yield ParagraphChange("added", "", after[new], (), None)
        elif old is not None and new is None:
            yield ParagraphChange("removed", before[old], "", (), written[old].paragraph)
        elif old is not None and new is not None and before[old] != after[new]:
            left -= len(before[old]) + len(after[new])
            whole = (WordChange(before[old], after[new]),)
            words = words_changed(before[old], after[new]) if left >= 0 else whole
            place = written[old].paragraph
            yield ParagraphChange("changed", before[old], after[new], words, place)
