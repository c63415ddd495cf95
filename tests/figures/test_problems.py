"""The course of the figures that show a problem solved, and what they say of it."""

from django.utils import timezone

from indicators.figures.problems import courses_of, years_of_courses
from indicators.models import Criterion, Problem
from indicators.recording.problem import raise_problem
from tests.cast import YEAR, enter_approved


def test_a_figure_of_before_the_problem_was_raised_counts_from_its_year_on(
    north, children, supervisor, officer
):
    """Raised today from a figure of years ago: what decides is seen, with the year before it."""
    for year, number in ((YEAR - 1, "80"), (YEAR, "99")):
        enter_approved(children, north, number, year=year)
    problem = raise_problem(
        Problem(
            jurisdiction=north,
            duty_area=children.duty_area,
            title="学位不足",
            year=timezone.localdate().year,
        ),
        actor=supervisor,
        criteria=[
            Criterion(
                jurisdiction=north, indicator=children, comparator="ge", value=100, from_year=YEAR
            )
        ],
    )
    for person in (supervisor, officer):
        (course,) = courses_of(person, list(problem.criteria.all()))
        assert years_of_courses([course]) == [YEAR - 1, YEAR]
        assert (course.latest.year, course.verdict) == (YEAR, "missed")
