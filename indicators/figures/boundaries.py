"""Figures of an earlier year over the boundaries of today, for who sees the units of then by name.

Goes in: units of today and years. Comes out: what one unit that had the same area reported, or what
is worked out of several, or in words why neither can be told. What was worked out is marked, is
never stored and lights no target. Whose parts the reader does not see by name is told nothing: what
a unit's people see of other units is released by rules that know no sums over parts of a city.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from django.db.models import TextChoices
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from indicators.figures import drawing
from indicators.figures.corrections import Corrections
from indicators.figures.doubts import Doubts
from indicators.figures.figure import Figure
from indicators.figures.queries import FigureKey, figures_at
from indicators.figures.result_rows import ResultRow, row_of_past
from indicators.models import (
    DoubtMark,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    ReportingLevel,
    Status,
    Target,
    Tier,
    User,
    YearlyResult,
)
from indicators.results import (
    Key,
    OverNow,
    Refused,
    Snapshot,
    UnitChange,
    current_snapshot,
    figures_over_now,
)


class Boundaries(TextChoices):
    """By whose boundaries figures of a year are shown; also a part of addresses."""

    THEN = "then", gettext_lazy("As they were then")
    NOW = "now", gettext_lazy("As they are now")


@dataclass(frozen=True, repr=False)
class WorkedOut(Figure):
    """What figures of several units make together; `made_of` are their places. It is nobody's
    own: no target is held against it, and there is no page of its versions."""

    made_of: tuple[Key, ...] = ()

    @cached_property
    def applicable_targets(self) -> list[Target]:
        return []

    @cached_property
    def target(self) -> Target | None:
        return None

    @property
    def status(self) -> str:
        return Status.NO_TARGET

    @property
    def status_label(self) -> str:
        return _("not judged")

    @property
    def status_reason(self) -> str:
        return ""

    @property
    def corrected_from(self) -> str:
        return ""

    @property
    def digits(self) -> str:
        """Of a part the file gets the words, which say so."""
        return "" if self.is_partial else super().digits

    @cached_property
    def doubt(self) -> str:
        if self.doubts is None or not self.doubts.own or not self.has_figure:
            return ""
        doubted = any(self.doubts.mark(place) for place in self.made_of)
        return str(DoubtMark.RESTS.label) if doubted else ""

    @property
    def previous_doubt(self) -> str:
        return ""

    @property
    def drawn_annotated(self) -> SafeString:
        return SafeString("")

    @property
    def drawn(self) -> SafeString:
        if not self.value:
            why = escape(self.why_none)
            return SafeString(f'<span class="none">{drawing.NOTHING}</span> <small>{why}</small>')
        shown = f'<span class="figure">{drawing.words(self.value)}</span>'
        if self.doubt:
            shown += f' <span class="aside">{escape(self.doubt)}</span>'
        return SafeString(shown)

    @property
    def drawn_light(self) -> SafeString:
        return drawing.verdict(self.status, self.status_label)


_HERE = "\ue000"  # where names stand in a sentence: a sign that no text may have


@dataclass(frozen=True)
class FigureNow:
    """A figure over the boundary of `unit`, a unit of today.

    `parts` are the units of its year that had that area; none where it was refused, as `refused`
    says in a sentence. `figure` is that of the only part, or was worked out of several.
    """

    unit: Jurisdiction
    figure: Figure
    parts: Sequence[Jurisdiction] = ()
    refused: str = ""

    @property
    def name(self) -> str:
        """The unit's, with its years where another has or had that name."""
        return self.figure.snapshot.unit_name(self.unit.pk)

    @property
    def is_worked_out(self) -> bool:
        return isinstance(self.figure, WorkedOut) and not self.refused

    @property
    def is_unchanged(self) -> bool:
        return not self.is_worked_out and [*self.parts] == [self.unit]

    @property
    def how(self) -> str:
        """Whose figure it is, or of whose it was worked out; or why there is none."""
        names = (self.figure.snapshot.unit_name(one.pk) for one in self.parts)
        return self._how(_(", ").join(names))

    @property
    def how_drawn(self) -> SafeString:
        """The same; the names of the units lead to their figures."""
        page = "dashboards:figure"
        code, year, name = self.figure.code, self.figure.year, self.figure.snapshot.unit_name
        links = [
            f'<a href="{reverse(page, args=(code, one.code, year))}">{escape(name(one.pk))}</a>'
            for one in self.parts
        ]
        return SafeString(escape(self._how(_HERE)).replace(_HERE, _(", ").join(links)))

    def _how(self, names: str) -> str:
        if self.refused:
            return self.refused
        if self.is_unchanged:
            return _("Boundary unchanged")
        if not self.is_worked_out:
            return _("Figure of %(units)s, the same area") % {"units": names}
        told = _("Worked out over today's boundary from %(units)s") % {"units": names}
        return f"{told}{_('; ')}{self._lacking}" if self._lacking else told

    @property
    def _lacking(self) -> str:
        """Which of the parts are not in the figure."""
        result = self.figure.result
        if result is None or not result.is_partial:
            return ""
        names = (self.figure.snapshot.unit_name(pk) for pk in result.missing_units)
        return _("missing: %(units)s") % {"units": _(", ").join(names)}

    @property
    def of_today(self) -> Figure:
        """Under the name of the unit of today, for a drawing."""
        return replace(self.figure, jurisdiction=self.unit)


def this_year_or(year: int) -> int:
    """The year whose boundaries are those of now: none lies before what is asked."""
    return max(timezone.localdate().year, year)


def units_now(user: User, above: Jurisdiction, year: int) -> list[Jurisdiction]:
    """The units of today right below one, of those that the user sees by name; by code."""
    snapshot = current_snapshot()
    below = (snapshot.units[pk] for pk in snapshot.children(above.pk, this_year_or(year)))
    return sorted((one for one in below if user.scope.sees_unit(one)), key=lambda one: one.code)


def counterparts(
    units: Iterable[Jurisdiction], code: str, year: int, boundaries: str
) -> list[Jurisdiction]:
    """Those of the units, which are of now or of the year, that have or had the area, or a part of
    it, of the unit that the code means in the year, or now."""
    snapshot, now = current_snapshot(), this_year_or(year)
    is_now = boundaries == Boundaries.NOW
    at, ask = (year, snapshot.history.after) if is_now else (now, snapshot.history.before)
    meant = (u for u in snapshot.units.values() if u.code == code and u.valid_in(at))
    related = {pk for unit in meant for pk in ask(unit.pk, year, now)}
    return [one for one in units if one.pk in related]


def changed_since(found: Iterable[FigureNow | None]) -> list[FigureNow]:
    """Of each unit whose boundary is another today one figure, or one for each reason."""
    changed = (one for one in found if one is not None and not one.is_unchanged)
    return [*{(one.unit.pk, one.how): one for one in changed}.values()]


def units_then(user: User, unit: Jurisdiction, year: int) -> list[tuple[Jurisdiction, str]]:
    """The units of the year that a unit of today goes back to, whether its area is known or not,
    each with its name, as far as the user sees them by name; by code."""
    snapshot = current_snapshot()
    before = snapshot.history.before(unit.pk, year, this_year_or(year))
    units = (snapshot.units[pk] for pk in before)
    seen = sorted((one for one in units if user.scope.sees_unit(one)), key=lambda one: one.code)
    return [(one, snapshot.unit_name(one.pk)) for one in seen]


def figures_across_now(user: User, figure: Figure) -> list[FigureNow]:
    """The figure of every unit of today below its own that the user sees by name, by code; each
    knows the year before."""
    places = [
        (figure.indicator, unit, year)
        for unit in units_now(user, figure.jurisdiction, figure.year)
        for year in (figure.year - 1, figure.year)
    ]
    found = figures_now(user, places, tier=figure.tier, snapshot=figure.snapshot)
    return [one for one in found if one.figure.year == figure.year]


def figures_now(
    user: User, places: Iterable[FigureKey], *, tier: str, snapshot: Snapshot | None = None
) -> list[FigureNow]:
    """The figures of units of today in years up to now, where the indicator is asked of them; each
    knows the year before, if that is asked for as well. In two queries of figures, or three."""
    snapshot = snapshot or current_snapshot()
    asked = [
        (indicator, snapshot.units[unit.pk], year)
        for indicator, unit, year in places
        if _is_asked(indicator, unit, year)
    ]
    keys = [Key(unit.pk, year, indicator.pk) for indicator, unit, year in asked]
    now = this_year_or(max((key.year for key in keys), default=0))
    over = figures_over_now(
        snapshot,
        keys,
        now=now,
        tier=tier,
        rows=YearlyResult.objects.for_user(user),
        sees=lambda unit: user.scope.sees_unit(snapshot.units[unit]),
    )
    standing = _standing(user, snapshot, over, tier)
    doubts = next((one.doubts for one in standing.values()), None)
    if tier == Tier.REPORTED:
        made_of = [place for one in over.values() for place in one.places]
        doubts = (doubts or Doubts(snapshot, user, about=())).also_of(
            {place.unit_id for place in made_of}, {place[1:] for place in made_of}
        )
    results: dict[tuple[int, int], dict[int, ResultRow]] = defaultdict(dict)
    for key, one in over.items():
        row = _row(one, standing)
        if row is not None:
            results[key.indicator_id, key.unit_id][key.year] = row
    found, teller = [], _Teller(snapshot, user)
    for indicator, unit, year in asked:
        key = Key(unit.pk, year, indicator.pk)
        one, rows = over[key], results[indicator.pk, unit.pk]
        figure = standing.get(one.stands_at) if one.stands_at else None
        if figure is not None:
            figure = replace(figure, results=rows)
        else:
            figure = WorkedOut(
                *(snapshot, indicator, unit, year, tier, rows, Corrections(())),
                sees_units=user.scope.reaches(unit),
                doubts=doubts,
                made_of=one.places,
            )
        parts = () if one.refused else one.boundary.parts
        refused = teller.sentence(one.refused) if one.refused else ""
        found.append(FigureNow(unit, figure, [snapshot.units[pk] for pk in parts], refused))
    return found


def _is_asked(indicator: Indicator, unit: Jurisdiction, year: int) -> bool:
    """As `Snapshot.reports`, but for the years in which the unit was there."""
    of_level = indicator.reporting_level == ReportingLevel.UNITS or unit.collects
    return of_level and indicator.is_asked_for(year)


def _standing(
    user: User, snapshot: Snapshot, over: Mapping[Key, OverNow], tier: str
) -> dict[Key, Figure]:
    """The figures that are one unit's own, by their places."""
    places = [one.stands_at for one in over.values() if one.stands_at]
    figures = figures_at(
        user,
        [
            (snapshot.indicators[key.indicator_id], snapshot.units[key.unit_id], key.year)
            for key in places
        ],
        tier=tier,
        snapshot=snapshot,
    )
    return {one.place: one for one in figures}


def _row(one: OverNow, standing: Mapping[Key, Figure]) -> ResultRow | None:
    if one.content is not None:
        return row_of_past(one.content)
    figure = standing.get(one.stands_at) if one.stands_at else None
    return figure.result if figure else None


# --- Why not ------------------------------------------------------------------------------------

_MOVED = {
    JurisdictionChange.Kind.TRANSFER: gettext_lazy(
        "in %(year)s a part of %(from)s went to %(to)s%(basis)s"
    ),
    JurisdictionChange.Kind.SPLIT: gettext_lazy(
        "in %(year)s %(from)s was split into %(to)s%(basis)s"
    ),
}
_BECAME = gettext_lazy("in %(year)s %(from)s became %(to)s%(basis)s")


@dataclass(frozen=True)
class _Teller:
    """Says why nothing is told, naming the units and what was moved between them. As everywhere,
    other units that are there are named to those only who see them, and those that ended to all."""

    snapshot: Snapshot
    user: User

    def sentence(self, refused: Refused) -> str:
        boundary = refused.boundary
        if refused.code == "not_seen":
            return _("You do not see by name the units that it was made of.")
        if refused.code == "does_not_add_up":
            return _("%(units)s: %(indicator)s does not add up over units.") % {
                "units": self._names(boundary.parts),
                "indicator": self.snapshot.indicators[refused.indicator_id].name,
            }
        if boundary.unknown is not None:
            return _("%(unit)s: of years before %(year)s it is not kept what it was.") % {
                "unit": self._names([boundary.unknown]),
                "year": self.snapshot.units[boundary.unknown].valid_from,
            }
        moved = pgettext("between clauses", ", ").join(map(self._change, boundary.crossing))
        return _("Cannot be worked out over today's boundary: %(moved)s.") % {"moved": moved}

    def _change(self, change: UnitChange) -> str:
        """With its units, year and legal basis, as a part of a sentence."""
        words = str(_MOVED.get(JurisdictionChange.Kind(change.kind), _BECAME))
        basis = change.legal_basis
        return words % {
            "year": change.year,
            "from": self._names(change.from_ids),
            "to": self._names(change.to_ids),
            "basis": _(" (%(basis)s)") % {"basis": basis} if basis else "",
        }

    def _names(self, units: Iterable[int]) -> str:
        listed = sorted(units, key=lambda pk: self.snapshot.units[pk].code)
        return _(", ").join(dict.fromkeys(map(self._name, listed)))

    def _name(self, pk: int) -> str:
        unit = self.snapshot.units[pk]
        told = unit.valid_to is not None or self.user.scope.sees_unit(unit)
        return self.snapshot.unit_name(pk) if told else _("other units")
