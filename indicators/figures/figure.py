"""A figure as rooms draw it: what is known of it, held against its target, in words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from indicators.figures import drawing, formatting
from indicators.figures.formatting import Words
from indicators.figures.indicator_value import IndicatorValue
from indicators.figures.inline_graphics import Bullet, bullet
from indicators.figures.reasons import sentence
from indicators.figures.result_rows import ResultRow
from indicators.measures import exact
from indicators.measures.attainment import Goal, gap
from indicators.measures.change import Difference
from indicators.models import (
    UNITS,
    Comparator,
    Direction,
    FrameworkBasis,
    Indicator,
    Qualifier,
    Statement,
    Status,
    Target,
)
from indicators.results.applicable_targets import applicable_targets
from indicators.results.target_status import goal_of

Order = tuple[str, Decimal] | None
_NOT_MORE = (Qualifier.EXACT, Qualifier.LESS_THAN)
_NOT_LESS = (Qualifier.EXACT, Qualifier.MORE_THAN, Qualifier.AT_LEAST, Qualifier.REMAINDER)
_UP: dict[str, int] = {Direction.HIGHER_BETTER: 1, Direction.LOWER_BETTER: -1}


def course_of(indicator: Indicator, difference: Difference | None, *, now: str, before: str) -> str:
    """Whether the difference is one for better or worse, by the indicator's direction, or none
    (same); empty where neither way is better, or where the qualifiers (codes) of the figure `now`
    and of that `before` leave it open: 不足100 after 95 may be a fall, 超过100 after 95 is none."""
    if difference is None or indicator.direction not in _UP:
        return ""
    if difference.number > 0:
        settled = now in _NOT_LESS and before in _NOT_MORE
    elif difference.number < 0:
        settled = now in _NOT_MORE and before in _NOT_LESS
    else:
        settled = now == before == Qualifier.EXACT
    if not settled:
        return ""
    change = difference.number * _UP[indicator.direction]
    if not change:
        return "same"
    return "better" if change > 0 else "worse"


def qualifier_of(result: ResultRow | None) -> str:
    return result.qualifier if result else ""


@dataclass(frozen=True, repr=False)
class Figure(IndicatorValue):
    """One indicator in one unit and year, with the target that binds it and its light."""

    @cached_property
    def applicable_targets(self) -> list[Target]:
        """The targets that bind it; the first lights the status."""
        targets = self.snapshot.targets.get(self.indicator.pk, [])
        return applicable_targets(targets, self.indicator, self.jurisdiction, self.year)

    @cached_property
    def target(self) -> Target | None:
        """The first of them."""
        if self.jurisdiction.valid_in(self.year):
            return self.snapshot.lighting(self.indicator.pk, self.jurisdiction.pk, self.year)
        # A unit of today stands for the one that it was.
        return self.applicable_targets[0] if self.applicable_targets else None

    @cached_property
    def target_words(self) -> str:
        return formatting.target_words(self.target, self.indicator) if self.target else ""

    @property
    def target_basis(self) -> str:
        return str(FrameworkBasis(self.target.framework.basis).label) if self.target else ""

    @property
    def target_year(self) -> str:
        return formatting.target_year_words(self.target) if self.target else ""

    @property
    def status(self) -> str:
        """A code of Status; of a figure nobody wrote, no data."""
        return self.result.status if self.result else Status.NO_DATA

    @property
    def status_label(self) -> str:
        return str(Status(self.status).label)

    @property
    def status_reason(self) -> str:
        if not self.has_figure:
            return self.why_none
        return sentence(self.result.status_reason, self._name_of) if self.result else ""

    @cached_property
    def goal(self) -> Goal | None:
        """The target as arithmetic, last year's figure put in where it is the measure."""
        if self.target is None:
            return None
        if self.target.comparator == Comparator.NOT_BELOW_LAST_YEAR:
            before = self.before
            if before is None or before.whole_number is None or self.definition_break:
                return None
            return Goal(Comparator.NOT_BELOW_LAST_YEAR, before.whole_number, margin=Decimal(0))
        return goal_of(self.target, self.indicator)

    @cached_property
    def gap_number(self) -> Decimal | None:
        lit = self.status in (Status.MET, Status.NEAR, Status.MISSED)
        if self.number is None or self.goal is None or not lit:
            return None
        return gap(self.number, self.goal)

    @cached_property
    def decimals(self) -> int:
        """Those of the indicator, or as many as tell the figure from its target."""
        decimals = self.indicator.decimals
        if self.gap_number is None:
            return decimals
        unit = UNITS[self.indicator.display_unit or self.indicator.unit]
        return self.decimals_from(decimals, unit.factor)

    def decimals_from(self, decimals: int, factor: Decimal) -> int:
        """So many, or as many as tell the figure from its target where it has a light; told in a
        unit that holds `factor` base units."""
        if self.gap_number is None or self.number is None:
            return decimals
        # Between the ends of a range and within a statement there is no gap to hide.
        edge = self.number - self.gap_number
        return formatting.decimals_that_tell_apart(self.number / factor, edge / factor, decimals)

    @cached_property
    def value(self) -> Words | None:
        """The figure in words; None where there is none (see `why_none`)."""
        more = self.decimals if self.decimals > self.indicator.decimals else 0
        return formatting.result_words(self.result, self.indicator, at_least=more)

    @cached_property
    def gap(self) -> Words | None:
        """Figure less target, signed; between shares in percentage points."""
        if self.gap_number is None:
            return None
        unit = UNITS[self.indicator.display_unit or self.indicator.unit]
        shown = self.gap_number / unit.factor
        return Words(formatting.signed(shown, self.decimals), formatting.difference_word(unit))

    @property
    def gap_to_computed(self) -> Words | None:
        """What is stated less what the units below or the formula give, signed, in as many places
        as tell both apart; None where there are not two numbers."""
        computed = self.result.computed if self.result else None
        if self.number is None or computed is None:
            return None
        unit = UNITS[self.indicator.display_unit or self.indicator.unit]
        stated, other = self.number / unit.factor, computed / unit.factor
        decimals = self.indicator.decimals
        decimals = formatting.decimals_that_tell_apart(stated, other, decimals)
        words = formatting.signed(stated - other, decimals)
        return Words(words, formatting.difference_word(unit))

    @property
    def relative_gap(self) -> Decimal:
        """The gap as a part of the target, to find the furthest; 0 where there is none."""
        if self.gap_number is None or self.goal is None:
            return Decimal(0)
        return abs(self.gap_number) / (abs(self.goal.value) or Decimal(1))

    @cached_property
    def bullet(self) -> Bullet | None:
        """The number against its target on one line; None without a whole number or a target."""
        if self.number is None or self.is_partial or self.goal is None:
            return None
        return bullet(self.number, self.goal.value, percent=self.indicator.unit == "percent")

    @property
    def qualifier_label(self) -> str:
        """What is said of the number beside itself: less than, about; empty of an exact one."""
        qualifier = qualifier_of(self.result)
        return str(Qualifier(qualifier).label) if qualifier not in ("", Qualifier.EXACT) else ""

    @property
    def course(self) -> str:
        """Against last year, by the indicator's direction: better, worse or same; empty where they
        cannot be compared, or neither way is better. It is not called met by that."""
        now, before = qualifier_of(self.result), qualifier_of(self.before)
        return course_of(self.indicator, self.difference, now=now, before=before)

    @property
    def against_target(self) -> str:
        """What the bullet shows, for those who do not see it."""
        words = {"value": self.value, "target": self.target_words}
        return _("%(value)s against %(target)s") % words

    # --- Drawn ----------------------------------------------------------------------------------

    @property
    def drawn(self) -> SafeString:
        return drawing.figure(self)

    @property
    def drawn_previous(self) -> SafeString:
        return drawing.previous(self)

    @property
    def drawn_doubt(self) -> SafeString:
        return drawing.doubt(self)

    @property
    def drawn_annotated(self) -> SafeString:
        """For one of `annotated_places`."""
        return drawing.annotated(self)

    @property
    def drawn_change(self) -> SafeString:
        return drawing.change(self)

    @property
    def drawn_light(self) -> SafeString:
        return drawing.light(self)

    # --- For sorting ----------------------------------------------------------------------------

    @property
    def order(self) -> tuple[int, int, str]:
        return (self.indicator.duty_area.position, self.indicator.position, self.code)

    @property
    def target_number(self) -> Decimal | None:
        return self.target.value if self.target else None

    @property
    def number_order(self) -> Order:
        return self._among_its_unit(self.number)

    @property
    def previous_order(self) -> Order:
        return self._among_its_unit(self.previous_number)

    @property
    def target_order(self) -> Order:
        return self._among_its_unit(self.target_number)

    @property
    def gap_order(self) -> Order:
        return self._among_its_unit(self.gap_number)

    @property
    def change_order(self) -> Order:
        """Per cent and percentage points are not sorted among each other."""
        return (self.difference.unit, self.difference.number) if self.difference else None

    def _among_its_unit(self, number: Decimal | None) -> Order:
        return None if number is None else (self.indicator.unit, number)

    # --- For files ------------------------------------------------------------------------------

    @property
    def plain(self) -> Decimal | str | None:
        """The figure in its display unit as a number, or what it states."""
        return self._plain(self.result)

    @property
    def previous_plain(self) -> Decimal | str | None:
        """Of last year; a part is left out, as nothing beside the number would say so."""
        return (
            None if self.before is not None and self.before.is_partial else self._plain(self.before)
        )

    @property
    def digits(self) -> str:
        """The number in its display unit, for a file that the browser makes; else nothing."""
        return exact.plain(self.in_display_unit(self.number)) if self.number is not None else ""

    @property
    def previous_digits(self) -> str:
        number = self.before.whole_number if self.before else None
        return exact.plain(self.in_display_unit(number)) if number is not None else ""

    @property
    def change_digits(self) -> str:
        return exact.plain(self.change_number) if self.change_number is not None else ""

    @property
    def target_plain(self) -> Decimal | None:
        return None if self.target_number is None else self.in_display_unit(self.target_number)

    @property
    def gap_plain(self) -> Decimal | None:
        return None if self.gap_number is None else self.in_display_unit(self.gap_number)

    @property
    def comparator_words(self) -> str:
        """What the target's number is compared by; of a range its end is told with it."""
        if self.target is None:
            return ""
        words = str(Comparator(self.target.comparator).label)
        if self.target.framework.is_made_up:
            words = formatting.marked_made_up(words)
        if self.target.comparator == Comparator.RANGE and self.target.value_to is not None:
            return f"{words} {self.target_words}"
        return words

    def _plain(self, result: ResultRow | None) -> Decimal | str | None:
        if result is None:
            return None
        if result.statement:
            return str(Statement(result.statement).label)
        return None if result.number is None else self.in_display_unit(result.number)

    @cached_property
    def status_order(self) -> int:
        """What needs attention first."""
        order = (Status.MISSED, Status.NEAR, Status.MET, Status.NO_TARGET, Status.NO_DATA)
        return order.index(Status(self.status))
