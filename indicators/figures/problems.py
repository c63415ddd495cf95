"""The figures that show a problem solved: their course since it was raised, and whether they do.

Goes in: a user and criteria with their problem, indicator and unit. Comes out: what the user may
see of each, in words. Only approved figures prove anything; one that the user does not see proves
nothing to them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators.figures import drawing
from indicators.figures.figure import Figure
from indicators.figures.formatting import number_words, place_of
from indicators.figures.former_names import as_it_was
from indicators.figures.queries import figures_at
from indicators.models import Comparator, Criterion, Tier, User
from indicators.results import Proof, proofs


@dataclass(frozen=True)
class Course:
    """A figure through the years, by the year of its values, and what it has to be."""

    criterion: Criterion
    figures: dict[int, Figure]
    proof: Proof

    @property
    def name(self) -> str:
        return self.criterion.indicator.name

    @cached_property
    def goal(self) -> str:
        """As ≥ 96%, or that it is met."""
        return goal_words(self.criterion)

    @property
    def latest(self) -> Figure | None:
        """The figure that decides; None where there is none, or the user does not see it."""
        found = self.figures.get(self.proof.year) if self.proof.year else None
        return found if found is not None and found.has_figure else None

    @property
    def holds(self) -> bool | None:
        """Whether it shows the problem solved; None where nobody knows yet."""
        return self.proof.holds if self.latest is not None else None

    @property
    def verdict(self) -> str:
        """`met`, `missed` or `no_data`, the word for its shape."""
        return {True: "met", False: "missed", None: "no_data"}[self.holds]

    @property
    def verdict_label(self) -> str:
        """The same as it is read."""
        return {
            True: _("Shows it solved"),
            False: _("Not there yet"),
            None: _("No approved figure yet"),
        }[self.holds]

    @property
    def drawn_verdict(self) -> SafeString:
        return drawing.verdict(self.verdict, self.verdict_label)

    def across(self, years: Sequence[int]) -> list[Figure | None]:
        """The figures of the years, with gaps."""
        found = (self.figures.get(year) for year in years)
        return [one if one is not None and one.has_figure else None for one in found]


def courses_of(user: User, criteria: Collection[Criterion]) -> list[Course]:
    """The course of each from the year before its problem was raised, or before the first that
    counts; two queries or three."""
    if not criteria:
        return []
    found = proofs(criteria)
    this_year = timezone.localdate().year
    places = {
        one.pk: {
            year: (one.indicator, as_it_was(one.jurisdiction, year), year)
            for year in range(
                min(one.problem.year + one.indicator.lag, one.from_year) - 1, this_year + 1
            )
        }
        for one in criteria
    }
    wanted = [place for some in places.values() for place in some.values()]
    figures = {
        (one.indicator.pk, one.jurisdiction.pk, one.year): one
        for one in figures_at(user, wanted, tier=Tier.APPROVED)
    }
    return [
        Course(
            one,
            {
                year: figures[at]
                for year, (indicator, unit, _year) in places[one.pk].items()
                if (at := (indicator.pk, unit.pk, year)) in figures
            },
            found[one.pk],
        )
        for one in criteria
    ]


def years_of_courses(courses: Collection[Course]) -> list[int]:
    """The years from the first to the last in which any of them has a figure."""
    years = [
        year for course in courses for year, figure in course.figures.items() if figure.has_figure
    ]
    return list(range(min(years), max(years) + 1)) if years else []


def goal_words(criterion: Criterion) -> str:
    """What would show it solved: ≥ 96%, full coverage."""
    label = Comparator(criterion.comparator).label
    if criterion.value is None:
        return str(label)
    words = number_words(criterion.value, criterion.indicator, place=place_of(criterion.value))
    return f"{label} {words}"
