"""What a unit still has to do for its submission: figures missing, broken, doubted, returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from indicators.figures.figure import Figure
from indicators.figures.findings import (
    CodeYear,
    Said,
    asked_or_derived,
    findings_in,
    with_explanations,
)
from indicators.models import Submission, User


@dataclass(frozen=True)
class WorkLeft:
    """`expected` are what the unit itself has to give, `found` what the rules find with what was
    said to it, `waiting` what was returned and neither changed nor answered."""

    expected: Sequence[Figure]
    found: Sequence[tuple[Figure, Said]]
    waiting: Sequence[Figure]

    @property
    def missing(self) -> list[Figure]:
        return [figure for figure in self.expected if not figure.is_reported]

    @property
    def errors(self) -> list[Figure]:
        return _each_once(figure for figure, one in self.found if one.is_error)

    @property
    def unexplained(self) -> list[Figure]:
        return _each_once(
            figure for figure, one in self.found if not one.is_error and not one.explanation
        )

    @property
    def figures(self) -> list[Figure]:
        """All that something is left to do about, in the order of the sheets."""
        left = [*self.waiting, *self.missing, *self.errors, *self.unexplained]
        return sorted(_each_once(left), key=lambda figure: figure.order)


def work_left(
    user: User,
    submission: Submission,
    figures: Sequence[Figure],
    *,
    asked: Set[int],
    waiting: Set[int] = frozenset(),
) -> WorkLeft:
    """Of the unit's `figures`, drafts included: `asked` and `waiting` are ids of indicators."""
    year = submission.round.evaluation_year
    said: Mapping[CodeYear, Sequence[Said]] = with_explanations(
        user, submission, figures, findings_in(figures, year)
    )
    return WorkLeft(
        expected=[one for one in figures if one.is_expected and one.indicator.pk in asked],
        found=[
            (figure, one)
            for figure in (asked_or_derived(figures, year, asked) if said else ())
            for one in said.get((figure.code, figure.year), ())
        ],
        waiting=[figure for figure in figures if figure.indicator.pk in waiting],
    )


def _each_once(figures: Iterable[Figure]) -> list[Figure]:
    return list({figure.code: figure for figure in figures}.values())
