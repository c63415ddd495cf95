"""Whether a figure will meet its target in time if all goes on as it did, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.figures.figure import Figure
from indicators.figures.formatting import difference_words, digits, number_words, place_of
from indicators.figures.queries import YEARS_BACK, figures_at
from indicators.measures.trajectory import Point, Trajectory, trajectory
from indicators.models import Comparator, Status, User

LABELS: dict[str, str | Promise] = {
    "achieved": gettext_lazy("Achieved"),
    "on_track": gettext_lazy("On track"),
    "accelerate": gettext_lazy("Needs acceleration"),
    "limited": gettext_lazy("Limited progress"),
    "moving_away": gettext_lazy("Moving away"),
    "not_in_time": gettext_lazy("Not in time"),
    "too_few_figures": gettext_lazy("Too few comparable figures"),
    "no_target_year": gettext_lazy("No target year"),
}
# What presses most comes first.
SLIPPING = ("not_in_time", "moving_away", "limited", "accelerate")
UNKNOWN = ("too_few_figures", "no_target_year")
ORDER = (*SLIPPING, "on_track", "achieved", *UNKNOWN)


@dataclass(frozen=True)
class Outlook:
    """The way of a figure to its target. `reckoning` are the sentences that show how it was found,
    with its numbers."""

    figure: Figure
    way: Trajectory
    target_year: int | None
    reckoning: tuple[str, ...]

    @property
    def code(self) -> str:
        return self.way.outlook

    @property
    def label(self) -> str:
        return str(LABELS[self.code])

    @property
    def is_known(self) -> bool:
        """Whether it can be said if it will be in time."""
        return self.code not in UNKNOWN

    @property
    def slips(self) -> bool:
        return self.code in SLIPPING

    @property
    def order(self) -> tuple[int, tuple[int, int, str]]:
        return (ORDER.index(self.code), self.figure.order)

    @property
    def ratio(self) -> str:
        return "" if self.way.ratio is None else f"{digits(self.way.ratio, 1)}%"


def outlooks_of(user: User, figures: Iterable[Figure], *, tier: str) -> list[Outlook]:
    """Of those figures that have a way to a target, what presses most first; one query for all."""
    here = [one for one in figures if _has_a_way(one)]
    places = [
        (one.indicator, one.jurisdiction, year)
        for one in here
        for year in range(one.year - YEARS_BACK, one.year + 1)
    ]
    through = defaultdict(list)
    for one in figures_at(user, places, tier=tier):
        through[one.indicator.pk].append(one)
    found = (outlook_of(one, through[one.indicator.pk]) for one in here)
    return sorted((one for one in found if one), key=lambda one: one.order)


def outlook_of(figure: Figure, through: Sequence[Figure]) -> Outlook | None:
    """None where there is no way: without a number of its own or a target of a plan's kind.

    `through` are the figures of the same place through the years, earliest first. Those before a
    change of the definition, and parts, are not compared; the base is the first that is.
    """
    target, goal = figure.target, figure.goal
    if target is None or goal is None or not _has_a_way(figure):
        return None
    points = [
        Point(one.year, one.number)
        for one in through
        if one.number is not None and not one.is_partial and _comparable(one, figure)
    ]
    year = target.year if target.framework.is_plan else None
    way = trajectory(points, goal, year)
    if (way.outlook == "achieved") != (figure.status == Status.MET):
        return None  # 不足, 余 and bounds: the number alone does not say on which side it lies
    return Outlook(figure, way, year, _reckoning(figure, way, year))


def _has_a_way(figure: Figure) -> bool:
    if figure.number is None or figure.is_partial or figure.goal is None or figure.target is None:
        return False
    return figure.target.comparator not in (Comparator.ALL, Comparator.NOT_BELOW_LAST_YEAR)


def _comparable(one: Figure, figure: Figure) -> bool:
    if one.year > figure.year:
        return False
    changed = figure.snapshot.definition_break(figure.indicator.pk, one.year, figure.year)
    return changed is None


def _reckoning(figure: Figure, way: Trajectory, year: int | None) -> tuple[str, ...]:
    indicator = figure.indicator
    if way.base is None or way.now is None or way.actual is None:
        return ()
    base, now = (
        number_words(point.number, indicator, place=place_of(point.number))
        for point in (way.base, way.now)
    )
    said = [
        _("From %(base_year)s to %(year)s: from %(base)s to %(now)s, %(change)s a year.")
        % {
            "base_year": way.base.year,
            "year": way.now.year,
            "base": base,
            "now": now,
            "change": difference_words(way.actual, indicator),
        }
    ]
    if way.required is not None:
        said.append(
            _("To reach %(target)s by %(year)s, %(change)s a year were required from the start.")
            % {
                "target": figure.target_words,
                "year": year,
                "change": difference_words(way.required, indicator),
            }
        )
    if way.ratio is not None:
        said.append(
            _("R = actual ÷ required yearly change = %(ratio)s%%") % {"ratio": digits(way.ratio, 1)}
        )
    return tuple(said)
