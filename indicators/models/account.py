"""People and what they are: a membership is user × jurisdiction × role × (optional) duty areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import DutyArea
from indicators.models.cleaning import marks_faults, refuse, without_padding
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint
from indicators.models.prepared import prepared
from indicators.models.scope import Scope

READS_ALL_BELOW = {"supervisor", "auditor"}
UNIT_ROLES = {"officer", "lead"}
NAME_LENGTH = 150  # of a user name, as Django has it


class Role(models.TextChoices):
    OFFICER = "officer", _("Officer")
    LEAD = "lead", _("Lead")
    SUPERVISOR = "supervisor", _("City supervisor")
    EDITOR = "editor", _("Catalogue editor")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("System administrator")


class User(AbstractUser):
    """An account. What it may see and do follows from memberships, never from `is_superuser`."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("name"), max_length=100, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)

    class Meta(AbstractUser.Meta):
        verbose_name = _("user")  # type: ignore[assignment]
        verbose_name_plural = _("users")  # type: ignore[assignment]

    def clean(self) -> None:
        super().clean()
        self.full_name = without_padding(self.full_name)
        refuse(marks_faults(self, "username", "full_name", "telephone"))

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @property
    def keeps_accounts(self) -> bool:
        """A superuser as well, who is there before any administrator."""
        return self.is_active and (self.is_superuser or Role.ADMINISTRATOR in self.scope.roles)

    @cached_property
    def scope(self) -> Scope:
        """What the user may see and do; read once a request (one query)."""
        return scope_of(self)


class SignedInRequest(HttpRequest):
    """A request behind `login_required`; for annotations only."""

    user: User


class MembershipQuerySet(models.QuerySet["Membership"]):
    def leading(self, unit: int | models.OuterRef) -> Self:
        """Of active people who check and submit for the unit (id), or for one that reports for it
        since it ended."""
        at = Q(jurisdiction=unit) | Q(jurisdiction__answers_for__from_units=unit)
        return self.filter(at, role=Role.LEAD, user__is_active=True)

    def reporting_for(self, units: Iterable[int]) -> Self:
        """Those at the units (ids), or at one that reports for them since they ended; `ended` is a
        unit that the membership's own reports for."""
        ids = list(units)
        ended = "jurisdiction__answers_for__from_units"
        at = Q(jurisdiction__in=ids) | Q(**{f"{ended}__in": ids})
        return self.filter(at).annotate(ended=F(ended)).distinct()


class Membership(models.Model):
    user = models.ForeignKey(
        User, verbose_name=_("user"), on_delete=models.PROTECT, related_name="memberships"
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("jurisdiction"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    duty_areas = models.ManyToManyField(
        DutyArea,
        verbose_name=_("duty areas"),
        blank=True,
        help_text=_("None chosen means all."),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "jurisdiction", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "jurisdiction", "role"], name="membership_unique"
            ),
            choices_constraint("membership", "role", Role),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.jurisdiction} · {self.get_role_display()}"

    def clean(self) -> None:
        """Only here is a unit beside its role; the table cannot compare them."""
        if self.jurisdiction_id is not None:
            said = role_fault(self.role, self.jurisdiction)
            refuse({"role": said} if said else {})


def role_fault(role: str, unit: Jurisdiction) -> str:
    """Why nobody has the role at the unit, if so: who reports has officers and leads; roles over
    others are for whoever collects from them."""
    if role in UNIT_ROLES or role not in Role or unit.collects:
        return ""
    return _("%(role)s is a role of the city, not of %(unit)s.") % {
        "role": Role(role).label,
        "unit": unit.name,
    }


class _Ended(NamedTuple):
    path: str
    valid_from: int
    valid_to: int


def _memberships(user: User) -> tuple[tuple[Membership, ...], dict[int, dict[int, _Ended]]]:
    """The user's memberships, and by unit (id) those that ended and that it reports for; one
    query."""
    found: dict[int, Membership] = {}
    ended: dict[int, dict[int, _Ended]] = defaultdict(dict)
    for row in _with_ended(user=user.pk):
        row.user = user
        found.setdefault(row.pk, row)
        if row.ended_in is not None:
            ended[row.jurisdiction_id][row.ended] = _Ended(
                row.ended_path, row.ended_from, row.ended_in
            )
    return tuple(sorted(found.values(), key=_by_unit)), ended


@prepared
def _with_ended(user: Any) -> models.QuerySet[Any]:
    change = "jurisdiction__answers_for__from_units"
    rows = Membership.objects.filter(user=user).select_related("jurisdiction")
    return rows.annotate(
        ended=F(change),
        ended_path=F(f"{change}__path"),
        ended_from=F(f"{change}__valid_from"),
        ended_in=F(f"{change}__valid_to"),
    ).order_by()  # few: sorted later, they cost no join


def _by_unit(membership: Membership) -> tuple[str, int, str]:
    unit = membership.jurisdiction
    return unit.code, unit.valid_from, membership.role


def _duty_areas(memberships: Iterable[Membership]) -> dict[int, frozenset[int]]:
    """The duty areas (ids) that each of the memberships is limited to, empty where it is not."""
    found: dict[int, set[int]] = {one.pk: set() for one in memberships}
    if found:
        for pk, area in _limits(memberships=found):
            found[pk].add(area)
    return {pk: frozenset(areas) for pk, areas in found.items()}


@prepared
def _limits(memberships: Any) -> models.QuerySet[models.Model, tuple[int, int]]:
    rows = Membership.duty_areas.through.objects.filter(membership__id__in=memberships)
    return rows.values_list("membership_id", "dutyarea_id")


def scope_of(user: User) -> Scope:
    """The scope that follows from the user's memberships; empty for an inactive account."""
    if not user.is_active:
        return Scope()
    roles, whole, named, audits, supervises = set(), set(), set(), set(), set()
    own: set[int] = set()
    leads: set[int] = set()
    enters: dict[int, frozenset[int]] = {}
    below: dict[int, frozenset[int]] = {}
    memberships, ended = _memberships(user)
    # Duty areas narrow what is entered and submitted; they are not read for those who do neither.
    areas = _duty_areas(one for one in memberships if one.role in UNIT_ROLES)
    paths = {one.jurisdiction_id: one.jurisdiction.path for one in memberships}
    for membership in memberships:
        unit = membership.jurisdiction
        roles.add(membership.role)
        if membership.role in UNIT_ROLES:
            own.update((unit.pk, *ended[unit.pk]))
            paths |= {pk: one.path for pk, one in ended[unit.pk].items()}
            if unit.collects:
                whole.add(unit.pk)
        elif membership.role in READS_ALL_BELOW:
            whole.add(unit.pk)
        elif membership.role == "editor":
            named.add(unit.pk)
        if membership.role == "auditor":
            audits.add(unit.pk)
        if membership.role == "supervisor":
            supervises.add(unit.pk)
        if membership.role == "lead" and not areas[membership.pk]:
            leads.update((unit.pk, *ended[unit.pk]))
        if membership.role == "officer":
            enters[unit.pk] = areas[membership.pk]
            enters |= dict.fromkeys(ended[unit.pk], enters[unit.pk])
            if unit.collects:
                below[unit.pk] = enters[unit.pk]
    return Scope(
        roles=frozenset(roles),
        enters=enters,
        enters_below=below,
        own=frozenset(own),
        whole=frozenset(whole),
        named=frozenset(named),
        audits=frozenset(audits),
        leads=frozenset(leads),
        supervises=frozenset(supervises),
        paths=paths,
        memberships=memberships,
        most_known=_most_known(memberships, ended),
    )


def most_known_by_one() -> int:
    """Of how many units below one the figures are known to whoever knows most; not less than that.
    One query."""
    ended = models.Count("jurisdiction__answers_for__from_units", distinct=True)
    known = models.Count("jurisdiction", distinct=True) + Greatest(ended, 1) - 1
    rows = Membership.objects.filter(user__is_active=True).exclude(role=Role.ADMINISTRATOR)
    groups = rows.order_by().values("user", "jurisdiction__parent").annotate(known=known)
    return groups.aggregate(most=models.Max("known"))["most"] or 1


def _most_known(
    memberships: Iterable[Membership], ended: Mapping[int, Mapping[int, _Ended]]
) -> int:
    """Of how many units together the figures of one year are known, at most: of those that a unit
    was before, as many as there were at once."""
    known = 0
    told = {one.jurisdiction_id for one in memberships if one.role != Role.ADMINISTRATOR}
    for unit in told:
        before = ended.get(unit, {}).values()
        at_once = (
            sum(one.valid_from <= year <= one.valid_to for one in before)
            for year in {one.valid_from for one in before}
        )
        known += max([1, *at_once])
    return known
