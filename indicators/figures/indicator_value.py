"""What is known of one indicator in one unit and year: its value, how it came, last year's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext as _

from indicators.figures import formatting
from indicators.figures.corrections import Corrections
from indicators.figures.doubts import Doubts
from indicators.figures.formatting import Words
from indicators.figures.reasons import NOT_RELEASED, sentence
from indicators.figures.result_rows import ResultRow
from indicators.measures.change import Difference, change
from indicators.models import (
    UNITS,
    Basis,
    Definition,
    DoubtMark,
    Indicator,
    Jurisdiction,
    Origin,
    State,
    Statement,
)
from indicators.results import Key, Snapshot, tells_no_past, worked_out_from


def difference(
    indicator: Indicator, now: ResultRow | None, before: ResultRow | None
) -> Difference | None:
    """How two results of an indicator differ; None where one is not there, is a part, or is of
    another part of its year."""
    if now is None or before is None or now.part_of_year != before.part_of_year:
        return None
    if now.whole_number is None or before.whole_number is None:
        return None
    return change(indicator.unit, now.whole_number, before.whole_number)


@lru_cache(maxsize=20_000)
def _page_of(_prefix: str, name: str, *place: str | int) -> str:
    """The page of the name at the place, as HTML: a table has one for each of its cells."""
    return escape(reverse(f"dashboards:{name}", args=place))


@dataclass(frozen=True, repr=False)
class IndicatorValue:
    """One indicator in one unit and year.

    `results` are its own and those of the years before, by year. `sees_units` is whether the reader
    may see, by name, the units that a sum is made of; `corrections` know what was approved when
    figures were reopened, `doubts` what stands as reported and is odd.
    """

    snapshot: Snapshot
    indicator: Indicator
    jurisdiction: Jurisdiction
    year: int
    tier: str
    results: Mapping[int, ResultRow]
    corrections: Corrections
    sees_units: bool = True
    doubts: Doubts | None = None

    def __repr__(self) -> str:
        # Not the dataclass's own, which would write out the whole catalogue.
        return f"<Figure {self.indicator.code} {self.jurisdiction.code} {self.year} {self.tier}>"

    @cached_property
    def result(self) -> ResultRow | None:
        """None where nothing was ever written."""
        return self.results.get(self.year)

    @cached_property
    def before(self) -> ResultRow | None:
        return self.results.get(self.year - 1)

    @property
    def code(self) -> str:
        return self.indicator.code

    def get_absolute_url(self) -> str:
        """Its page, safe in HTML as it is."""
        place = (self.code, self.jurisdiction.code, self.year)
        return _page_of(get_script_prefix(), "figure", *place)

    @property
    def indicator_url(self) -> str:
        """The page of its indicator in its year, safe in HTML as it is."""
        return f"{_page_of(get_script_prefix(), 'indicator', self.code)}?year={self.year}"

    @property
    def name(self) -> str:
        return self.indicator.name

    @property
    def area(self) -> str:
        return self.indicator.duty_area.name

    @property
    def unit_name(self) -> str:
        """The unit's, with its years where another has or had that name."""
        return self.snapshot.unit_name(self.jurisdiction.pk)

    @property
    def has_figure(self) -> bool:
        return self.result is not None and self.result.has_figure

    @property
    def unit_word(self) -> str:
        """The base unit, in which a number typed without a unit is read."""
        return formatting.unit_word(UNITS[self.indicator.unit]) if self.indicator.unit else ""

    @property
    def definition(self) -> Definition | None:
        """What the indicator means in the year."""
        return self.snapshot.definition(self.indicator.pk, self.year)

    @property
    def is_derived(self) -> bool:
        """Computed by a formula in the year, not entered."""
        return self.snapshot.formula(self.indicator.pk, self.year) is not None

    def rests_on(self, other: IndicatorValue) -> bool:
        """Whether it is computed from another figure of the same unit, or from what that makes."""
        below = worked_out_from(self.snapshot, self.jurisdiction.pk, (self.indicator.pk, self.year))
        return (other.indicator.pk, other.year) in below

    @property
    def has_box(self) -> bool:
        """Whether it can be entered: a derived figure only where it may be stated, at the city."""
        return not self.is_derived or self.jurisdiction.collects

    @property
    def is_expected(self) -> bool:
        """Whether the unit itself has to give it: it is neither computed nor summed."""
        return self.snapshot.expects(self.indicator.pk, self.jurisdiction.pk, self.year)

    @property
    def is_reported(self) -> bool:
        """Whether there is a figure, or a state that says why there is none."""
        return self.has_figure or bool(self.result_state)

    @property
    def is_stated_if_entered(self) -> bool:
        """Whether what is entered stands beside a figure computed from formula or units below."""
        place = (self.indicator.pk, self.jurisdiction.pk, self.year)
        return self.is_derived or self.snapshot.adds_up(*place)

    # --- The value ------------------------------------------------------------------------------

    @property
    def corrected_from(self) -> str:
        """What was approved before the figure was reopened, where it says something else now."""
        if not (self.sees_units or self.basis):
            return ""
        shown = self.result.revision_id if self.result else None
        place = (self.indicator, self.jurisdiction.pk, self.year)
        # What a sum was tells of single units.
        of_entered = not self.sees_units and self.is_over_units
        return self.corrections.words(*place, shown, of_entered=of_entered)

    @property
    def is_over_units(self) -> bool:
        """Whether it is, or would be, worked out over the units below where nobody states it."""
        place = (self.indicator.pk, self.jurisdiction.pk, self.year)
        has_units = bool(self.snapshot.children(self.jurisdiction.pk, self.year))
        formula = self.snapshot.formula(self.indicator.pk, self.year)
        return self.snapshot.adds_up(*place) or (has_units and formula is not None)

    @cached_property
    def doubt(self) -> str:
        """That the figure is odd and unexplained, or rests, with its light, on one that is."""
        return self._doubt(self.result, self.year)

    @property
    def previous_doubt(self) -> str:
        """The same of last year's."""
        return self._doubt(self.before, self.year - 1)

    def _doubt(self, result: ResultRow | None, year: int) -> str:
        is_reported = result is not None and bool(result.has_figure or result.state)
        if self.doubts is None or not self.doubts.own or not is_reported:
            return ""
        mark = self.doubts.mark(self.place._replace(year=year))
        return str(DoubtMark(mark).label) if mark else ""

    @property
    def computed_doubt(self) -> str:
        """The same of the second figure, which stands beside a stated one."""
        doubted = self.doubts is not None and self.doubts.below(self.place)
        return str(DoubtMark.RESTS.label) if doubted else ""

    @property
    def place(self) -> Key:
        return Key(self.jurisdiction.pk, self.year, self.indicator.pk)

    @property
    def number(self) -> Decimal | None:
        return self.result.number if self.result else None

    @cached_property
    def value(self) -> Words | None:
        """The figure in words; None where there is none (see `why_none`)."""
        return formatting.result_words(self.result, self.indicator)

    @cached_property
    def exact(self) -> str:
        """The number in its base unit, where the display unit hides it."""
        if (
            self.number is None
            or UNITS[self.indicator.display_unit or self.indicator.unit].factor == 1
        ):
            return ""
        return formatting.exact_words(self.number, self.indicator)

    @cached_property
    def why_none(self) -> str:
        """Why there is no figure: its state with the reason given, or what is missing."""
        if self.has_figure:
            return ""
        if self.result is None:
            return self._why_unknown
        if self.result.state:
            if self.result.revision_id is None:
                return sentence(self.result.reason, self._name_of) or self.state
            reason = self.result.state_reason
            label = str(State(self.result.state).label)
            why = {"state": label, "reason": reason}
            return _("%(state)s: %(reason)s") % why if reason else label
        return sentence(self.result.reason, self._name_of)

    @property
    def result_state(self) -> str:
        """The code of State that says why there is no figure; empty for none."""
        return self.result.state if self.result else ""

    @property
    def state(self) -> str:
        return str(State(self.result.state).label) if self.result and self.result.state else ""

    @cached_property
    def computed(self) -> Words | None:
        """The second figure, worked out from below, where the first was stated."""
        if self.result is None:
            return None
        if self.result.computed_statement:
            return Words(str(Statement(self.result.computed_statement).label))
        if self.result.computed is None:
            return None
        return formatting.number_words(self.result.computed, self.indicator)

    @property
    def computed_is_demonstration(self) -> bool:
        """Whether the second figure is made of demonstration data, the stated one being real."""
        return bool(self.result and self.result.computed_origin == Origin.DEMONSTRATION)

    @property
    def agrees(self) -> bool | None:
        return self.result.agrees if self.result else None

    @property
    def coverage(self) -> str:
        """`39 / 41`: units reported of those expected, for sums and what is computed from them."""
        return formatting.coverage(self.result) if self.result else ""

    @property
    def coverage_words(self) -> str:
        return formatting.coverage_words(self.result) if self.result else ""

    @property
    def is_partial(self) -> bool:
        return self.result is not None and self.result.is_partial

    @property
    def basis(self) -> str:
        return str(Basis(self.result.basis).label) if self.result and self.result.basis else ""

    @property
    def origin(self) -> str:
        """By which way it came in; a result is demonstration if any input is."""
        return str(Origin(self.result.origin).label) if self.result and self.result.origin else ""

    @property
    def period(self) -> str:
        return formatting.period_words(
            self.indicator,
            self.year,
            self.result.period_from if self.result else None,
            part_of_year=bool(self.result and self.result.part_of_year),
        )

    @property
    def period_is_inferred(self) -> bool:
        return bool(self.result and self.result.period_basis == "inferred")

    # --- Last year ------------------------------------------------------------------------------

    @cached_property
    def previous(self) -> Words | None:
        return formatting.result_words(self.before, self.indicator)

    @cached_property
    def two_years_ago(self) -> Words | None:
        return formatting.result_words(self.results.get(self.year - 2), self.indicator)

    @cached_property
    def difference(self) -> Difference | None:
        """The change against the year before; None where it cannot be counted."""
        found = difference(self.indicator, self.result, self.before)
        return found if found and not self.definition_break else None

    @cached_property
    def definition_break(self) -> int | None:
        """The year from which the figure means something else than the year before."""
        return self.snapshot.definition_break(self.indicator.pk, self.year - 1, self.year)

    @cached_property
    def why_no_change(self) -> str:
        """That what it means has changed, where there would be a change to tell but for that, or
        that the units before it cannot be compared with."""
        if self.why_no_past:
            return self.why_no_past if self.number is not None else ""
        return self.broken if self.number is not None and self.previous_number is not None else ""

    @property
    def broken(self) -> str:
        """That what it means has changed since the year before, whatever is known of both."""
        if self.definition_break is None:
            return ""
        return sentence({"code": "definition_break", "year": self.definition_break}, self._name_of)

    @property
    def why_no_past(self) -> str:
        """That the units before it make no figure of last year, by name; empty where it began
        before that."""
        reason = self.before.reason if self.before else {}
        return sentence(reason, self._name_of) if tells_no_past(reason) else ""

    @property
    def no_change_word(self) -> str:
        """`why_no_change` in a word or two."""
        return _("units changed") if self.why_no_past else _("definition changed")

    @cached_property
    def change(self) -> Words | None:
        """The change in words, with + or −."""
        return formatting.change_words(self.difference) if self.difference else None

    @property
    def previous_number(self) -> Decimal | None:
        return self.before.number if self.before else None

    @property
    def change_number(self) -> Decimal | None:
        return self.difference.number if self.difference else None

    def in_words(self, number: Decimal, *, place: int | None = None) -> Words:
        """Another number of the same indicator, as computed ones are written, or to a `place`."""
        return formatting.number_words(number, self.indicator, place=place)

    def in_display_unit(self, number: Decimal) -> Decimal:
        """For a drawing: the number as it is shown, without its unit."""
        return number / UNITS[self.indicator.display_unit or self.indicator.unit].factor

    @property
    def display_unit(self) -> str:
        code = self.indicator.display_unit or self.indicator.unit
        return formatting.unit_word(UNITS[code]) if code else ""

    @property
    def _why_unknown(self) -> str:
        """Why there is no result: who does not see the units is told of them what is released."""
        of_units = self.jurisdiction.collects and self.is_stated_if_entered
        if of_units and not self.sees_units:
            return str(NOT_RELEASED)
        return sentence({"code": "not_reported"}, self._name_of)

    def _name_of(self, code: str) -> str:
        """The name behind a code in a reason; units are named to those only who see them, those
        that ended when this one began to all."""
        code, _bar, first_year = code.partition("|")
        if first_year:
            ended = (u for u in self.snapshot.units.values() if u.code == code)
            return next((u.name for u in ended if str(u.valid_from) == first_year), code)
        if code in self.snapshot.by_code:
            return self.snapshot.indicators[self.snapshot.by_code[code]].name
        if not self.sees_units:
            return _("other units")
        # Codes were reused: the unit meant is the one of this year.
        units = self.snapshot.units.values()
        return next((u.name for u in units if u.code == code and u.valid_in(self.year)), code)
