"""People and what they are: a membership is user × jurisdiction × role × (optional) duty areas."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Self

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q, prefetch_related_objects
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from indicators.models.catalogue import DutyArea
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint
from indicators.models.scope import Scope

READS_ALL_BELOW = {"supervisor", "auditor"}
UNIT_ROLES = {"officer", "lead"}


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

    def get_full_name(self) -> str:
        return self.full_name or self.username

    def get_short_name(self) -> str:
        return self.get_full_name()

    @cached_property
    def scope(self) -> Scope:
        """What the user may see and do; read once a request (one query)."""
        return scope_of(self)


class SignedInRequest(HttpRequest):
    """A request behind `login_required`; for annotations only."""

    user: User


class MembershipQuerySet(models.QuerySet["Membership"]):
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


def _memberships(user: User) -> tuple[tuple[Membership, ...], dict[int, dict[int, str]]]:
    """The user's memberships, and by unit (id) those that ended and that it reports for, with their
    paths; one query."""
    change = "jurisdiction__answers_for__from_units"
    rows = user.memberships.select_related("jurisdiction").annotate(
        ended=F(change), ended_path=F(f"{change}__path"), ended_in=F(f"{change}__valid_to")
    )
    found: dict[int, Membership] = {}
    ended: dict[int, dict[int, str]] = defaultdict(dict)
    for row in rows:
        found.setdefault(row.pk, row)
        if row.ended_in is not None:
            ended[row.jurisdiction_id][row.ended] = row.ended_path
    return tuple(found.values()), ended


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
    unit_memberships = [membership for membership in memberships if membership.role in UNIT_ROLES]
    prefetch_related_objects(unit_memberships, "duty_areas")
    paths = {one.jurisdiction_id: one.jurisdiction.path for one in memberships}
    for membership in memberships:
        unit = membership.jurisdiction
        roles.add(membership.role)
        if membership.role in UNIT_ROLES:
            own.update((unit.pk, *ended[unit.pk]))
            paths |= ended[unit.pk]
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
        if membership.role == "lead" and not membership.duty_areas.all():
            leads.update((unit.pk, *ended[unit.pk]))
        if membership.role == "officer":
            enters[unit.pk] = frozenset(area.pk for area in membership.duty_areas.all())
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
    )
