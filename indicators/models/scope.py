"""Who sees and enters what: one vocabulary, which every queryset's `for_user` speaks.

Decided: a role counts only through a membership, so a superuser without one sees no business data.
A role at a city, or above, reaches down to all below it; a district's people see their own unit
and those above it, and so do a city's of its province. Only an officer enters, and only for the
unit of the membership; a city's officer may besides enter on behalf of the units right below, with
a reason, and is marked so in the history.

The people of a unit are also those of the units that ended and that it reports for, as a change of
units says: they see their past, and enter and submit what a round still asks of them.

Nothing is told by subtraction. Of the other units a unit's people see no figure and no name, only
what was released, and that once: a city's sum, or what is computed from nothing but what is told,
when it is complete, tells of six figures or more (their own and five others; a sum of 0 or of one
unit's tells that the others have 0, so 0 is no figure here), stands as approved and its round is
closed. Besides it is told only where to people of each unit, with what they know, every other
figure stays open by more than a tenth of it (`measures.disclosure`): a sum of one large unit and
little else is the large one's, a share of all but 100 %, and whatever else is all but at a limit,
is each one's, and so are sums whose difference is one unit's. Where a formula holds such a sum or
share, itself or through others, one of what it is worked out from is kept back for ever, whether or
not it was worked out: sums, differences and quotients of them are found however they are written,
also within min, max and abs; a product of figures is not looked into. Where a rule says sums to be
equal (all = boys + girls), and one of them is not told, one of the others is kept back as well.
What all units state is each one's and not told.

Besides, quartiles of eight others or more when every unit has answered, under the same terms, to
two significant digits, never the smallest or largest, as a figure of its own neither, and not
beside a sum from which they would tell the largest. Where no round is, approval of the last unit
releases it. What was released is kept (`models.release`); once it has moved, or the units are
others, it is withdrawn for ever, however it moved, since before and after would tell of the one
that moved, and with it all that is computed from it; so is what a figure was before. What was told
of a unit's figures under some units above is told under no others; a renamed unit is the one that
it was. Who knows several units, by whatever role but an administrator's, is told sums of as many
figures more. A second figure beside a stated one, and whether they agree, follow the same rule; the
stated figure is the city's own. No light compares with a last year's figure that is not seen; what
is odd about figures of the level above, and that something is, is told to its own people, since it
speaks of sums. What stands out among the others is told by bounds too coarse to be anybody's
figure. In public stands what may be told to whoever knows most.

What is released is decided in `results.release`; in the files as on pages it is read by
`YearlyResult.objects.for_user` and `with_told`, and the spread by `released_numbers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from django.db.models import Model, Q

from indicators.models.path import ids_in, within


class Unit(Protocol):
    """What a scope asks of a jurisdiction."""

    pk: int
    parent_id: int | None
    path: str


class Reader(Protocol):
    """Whoever has a scope: a user."""

    @property
    def scope(self) -> Scope: ...


@dataclass(frozen=True)
class Scope:
    """Ids of units by what the user may do there; `enters` maps a unit to its duty areas.

    `enters_below` does so for cities whose units the user may enter on behalf of. An empty set of
    duty areas means all of them. `leads` are the units whose whole answer to a round the user
    submits, `supervises` the cities whose rounds the user runs; `paths` are those of all of them.
    `most_known` is of how many units at once, in any year, the user knows the figures.
    """

    roles: frozenset[str] = frozenset()
    enters: Mapping[int, frozenset[int]] = field(default_factory=dict)
    enters_below: Mapping[int, frozenset[int]] = field(default_factory=dict)
    own: frozenset[int] = frozenset()
    whole: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    audits: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    supervises: frozenset[int] = frozenset()
    paths: Mapping[int, str] = field(default_factory=dict)
    memberships: tuple[Model, ...] = ()
    most_known: int = 0

    @property
    def sees_figures(self) -> bool:
        """Whether there is any business data this user may see."""
        return bool(self.own or self.whole or self.named)

    @property
    def edits_catalogue(self) -> bool:
        return "editor" in self.roles

    @property
    def reads_catalogue(self) -> bool:
        """Everybody with business in the house reads indicators, definitions and targets."""
        return self.sees_figures

    def may_enter(self, jurisdiction_id: int, duty_area_id: int) -> bool:
        """Whether the user enters for the unit as one of its own officers."""
        areas = self.enters.get(jurisdiction_id)
        return areas is not None and (not areas or duty_area_id in areas)

    def may_enter_for(self, unit: Unit, duty_area_id: int) -> bool:
        """Whether the user may enter on behalf of the unit, as an officer of the city above it."""
        areas = self.enters_below.get(unit.parent_id) if unit.parent_id else None
        return areas is not None and (not areas or duty_area_id in areas)

    def works_on_drafts_of(self, unit: Unit) -> bool:
        """Whether the user sees the unit's drafts: as one of its people, or entering for it."""
        return unit.pk in self.own or unit.parent_id in self.enters_below

    def prints_confirmations_of(self, unit: Unit) -> bool:
        """Whether the user may print, to be signed, what the unit reported: one of its people, or
        who supervises it."""
        return unit.pk in self.own or not self.supervises.isdisjoint({unit.pk, unit.parent_id})

    def answers_for(self, path: str) -> Q:
        """A filter on `path`: units whose answers to rounds the user writes or reads."""
        return Q(**{f"{path}__in": sorted(self.own)}) | self._within(self.whole, path)

    def answers_for_unit(self, unit: Unit) -> bool:
        """Whether the unit is one of them; the database need not be asked."""
        return unit.pk in self.own or self.reaches(unit)

    @cached_property
    def by_name(self) -> frozenset[int]:
        """Units (ids) seen by name though no role reaches down to them: the own ones and those
        above, and the unit itself for an editor, who reads the city's figures only."""
        return self.named.union(*(ids_in(self.paths[pk]) for pk in self.own))

    def sees_unit(self, unit: Unit) -> bool:
        """Whether the unit's figures are seen by name."""
        return unit.pk in self.by_name or unit.path.startswith(self._roots)

    def sees(self, path: str, *, among: Iterable[Unit] | None = None) -> Q:
        """A filter on `path`, the id of a jurisdiction: units whose figures are seen by name.

        `among` leaves other units out; which of them are seen, the database need not be asked.
        """
        if among is None:
            return Q(**{f"{path}__in": sorted(self.by_name)}) | self._within(self.whole, path)
        return Q(**{f"{path}__in": sorted(unit.pk for unit in among if self.sees_unit(unit))})

    def sees_drafts(self, path: str) -> Q:
        """A filter on `path`: units whose values are seen before they are submitted."""
        return Q(**{f"{path}__in": sorted(self.own)}) | self._within(self.audits, path)

    def reaches(self, unit: Unit) -> bool:
        """Whether a role of the user reaches down to the unit, and so to all below it."""
        return not self.whole.isdisjoint(ids_in(unit.path))

    def is_told_sums(self, unit: Unit) -> bool:
        """Whether what the unit's sums are is told at once: to its people, editors, and above."""
        return unit.pk in self.own or unit.pk in self.named or self.reaches(unit)

    def reached(self, path: str) -> Q:
        """A filter on `path`: units that `reaches` is true of."""
        return self._within(self.whole, path)

    @cached_property
    def reaches_all(self) -> bool:
        """Whether a role reaches down to every unit that is seen by name, so that nothing is seen
        which was worked out from figures that are not."""
        above = [ids_in(self.paths[pk])[0] for pk in self.own]
        named = [ids_in(self.paths[pk]) for pk in self.named]
        return (
            bool(self.whole)
            and self.whole.issuperset(above)
            and not any(self.whole.isdisjoint(ids) for ids in named)
        )

    @cached_property
    def _roots(self) -> tuple[str, ...]:
        return tuple(self.paths[pk] for pk in self.whole)

    def _within(self, roots: Iterable[int], path: str) -> Q:
        """A filter on `path`, the id of a jurisdiction: the roots and all below them."""
        unit = "" if path == "pk" else f"{path.removesuffix('_id')}__"
        return within((self.paths[pk] for pk in roots), unit)
