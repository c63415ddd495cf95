"""Approved figures that a change of the catalogue would move, in words: old and new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.figures.formatting import exact_words, period_words, with_period
from indicators.models import Indicator, Jurisdiction, State, Statement, Status, User
from indicators.results import Moved, ResultContent, current_snapshot


@dataclass(frozen=True)
class MovedFigure:
    """`before` and `after` are the exact figures with their status; `after` may be gone."""

    indicator: Indicator
    unit: Jurisdiction
    year: int
    before: str
    after: str

    def is_seen_by(self, user: User) -> bool:
        """Whether the user sees the unit by name: of an editor, that of the membership."""
        return user.scope.sees_unit(self.unit)

    @property
    def unit_name(self) -> str:
        return current_snapshot().unit_name(self.unit.pk)

    def __str__(self) -> str:
        return f"{self.unit_name} {self.year} {self.indicator}: {self.before} → {self.after}"


def moved_figures(moved: Iterable[Moved]) -> list[MovedFigure]:
    """In the order of units, years and indicators; the city first."""
    snapshot = current_snapshot()
    found = [
        MovedFigure(
            indicator := snapshot.indicators[one.key.indicator_id],
            snapshot.units[one.key.unit_id],
            one.key.year,
            _says(one.before, one.was or indicator, one),
            _says(one.after, one.becomes or indicator, one)
            if one.after
            else _("no longer counted here"),
        )
        for one in moved
    ]
    return sorted(
        found,
        key=lambda one: (
            one.unit.depth,
            one.unit.code,
            one.year,
            one.indicator.duty_area.position,
            one.indicator.position,
        ),
    )


def _says(content: ResultContent, indicator: Indicator, moved: Moved) -> str:
    """The figure with its status, and what else of it moves: its period, the year that asks it."""
    if content.number is not None:
        figure = exact_words(content.number, indicator)
    elif content.statement:
        figure = str(Statement(content.statement).label)
    else:
        figure = str(State(content.state).label) if content.state else _("no figure")
    if moved.was and moved.becomes and moved.was.period_kind != moved.becomes.period_kind:
        figure = with_period(figure, period_words(indicator, moved.key.year, None))
    if moved.was and moved.becomes and moved.was.lag != moved.becomes.lag:
        asked_in = moved.key.year - indicator.lag
        figure = with_period(figure, _("asked in %(year)s") % {"year": asked_in})
    return _("%(figure)s (%(status)s)") % {
        "figure": figure,
        "status": Status(content.status).label,
    }
