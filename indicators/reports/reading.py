"""A report as it reads now: each mark is the figure it stands for, with what speaks against it.

Figures are read through the door, with the eyes of whoever reads; a bounded number of queries,
whatever the length of the report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from indicators.figures import Figure, figures_at
from indicators.figures.former_names import as_it_was
from indicators.figures.in_text import InText, in_text
from indicators.models import BoundFigure, Jurisdiction, Paragraph, Report, Tier, User
from indicators.reports.citations import Cited, cited_in
from indicators.reports.marks import in_line, numbers, split, unknown_marks

Place = tuple[int, int, int]


@dataclass(frozen=True)
class Placed:
    """A bound figure at its place in the text."""

    bound: BoundFigure
    written: InText

    @property
    def text(self) -> str:
        return self.written.text


@dataclass(frozen=True)
class Written:
    """A paragraph with its number, its text in pieces, and the marks that name nothing."""

    paragraph: Paragraph
    number: str
    pieces: list[str | Placed | Cited]
    unknown: list[str] = field(default_factory=list)

    @property
    def places(self) -> list[Placed]:
        return [piece for piece in self.pieces if isinstance(piece, Placed)]

    @property
    def cited(self) -> list[Cited]:
        return [piece for piece in self.pieces if isinstance(piece, Cited)]

    @property
    def heading(self) -> str:
        return in_line(self.paragraph.heading, has_text=bool(self.pieces))

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)


@dataclass(frozen=True)
class ReadReport:
    report: Report
    paragraphs: list[Written]
    figures: dict[int, Placed]
    citations: list[Cited]

    @property
    def achievements_not_approved(self) -> list[Cited]:
        """Those of the text that do not stand as approved, each once."""
        found = {one.mark: one for written in self.paragraphs for one in written.cited}
        return [one for one in found.values() if not one.is_approved]

    @property
    def not_approved(self) -> list[Placed]:
        """Figures of the text that no approved value stands behind, each once."""
        found = {place.bound.number: place for one in self.paragraphs for place in one.places}
        return [place for place in found.values() if not place.written.is_approved]


def read_report(report: Report, user: User) -> ReadReport:
    """The whole report."""
    paragraphs = list(report.paragraphs.in_order().select_related("change__actor", "duty_area"))
    figures = placed_figures(report.figures.select_related("indicator", "jurisdiction"), user)
    citations = cited_in(report, user)
    named: dict[str, Placed | Cited] = {one.bound.short_id: one for one in figures.values()}
    named |= {one.citation.short_id: one for one in citations}
    heads = numbers([one.level for one in paragraphs])
    written = [
        Written(
            paragraph,
            number,
            split(paragraph.text, named),
            unknown_marks(paragraph.text, named),
        )
        for paragraph, number in zip(paragraphs, heads, strict=True)
    ]
    return ReadReport(report, written, figures, citations)


def placed_figures(bound: Iterable[BoundFigure], user: User) -> dict[int, Placed]:
    """Bound figures, saved or not, as they are written now; by their number."""
    listed = list(bound)
    wanted = [(one.indicator, one.jurisdiction, one.year) for one in listed]
    wanted += [(one.indicator, base_unit_of(one), base_year_of(one)) for one in listed]
    wanted = list(dict.fromkeys(wanted))
    approved = _by_place(figures_at(user, wanted, tier=Tier.APPROVED))
    snapshot = next((one.snapshot for one in approved.values()), None)
    reported = _by_place(figures_at(user, wanted, tier=Tier.REPORTED, snapshot=snapshot))
    return {one.number: Placed(one, _written(one, approved, reported)) for one in listed}


def base_year_of(bound: BoundFigure) -> int:
    return bound.base_year or bound.year - 1


def base_unit_of(bound: BoundFigure) -> Jurisdiction:
    return as_it_was(bound.jurisdiction, base_year_of(bound))


def _written(
    bound: BoundFigure, approved: Mapping[Place, Figure], reported: Mapping[Place, Figure]
) -> InText:
    """As it is approved; what is not yet, as it was reported."""
    place = (bound.indicator_id, bound.jurisdiction_id, bound.year)
    base = (bound.indicator_id, base_unit_of(bound).pk, base_year_of(bound))
    is_approved = place in approved and approved[place].has_figure
    tier, now = approved if is_approved else reported, reported.get(place)
    before = tier.get(base)
    return in_text(
        bound,
        tier.get(place),
        before.result if before is not None else None,
        is_approved=is_approved,
        doubt=now.doubt if now is not None else "",
    )


def _by_place(figures: Sequence[Figure]) -> dict[Place, Figure]:
    return {(one.indicator.pk, one.jurisdiction.pk, one.year): one for one in figures}
