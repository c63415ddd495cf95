"""A person leaves: the account is closed, and another person has their duties from then on.

What waits for a unit waits for whoever has a role there: tasks, questions and messages to come need
no moving. What the person did stays theirs, by name; and whoever takes over is held to what they
did themselves, so that nobody approves what they entered.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.collection import Refusal
from indicators.models import ApiToken, Membership, Role, User
from indicators.recording.seen import refuse_moved
from indicators.recording.unit_choices import unit_name
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text


@transaction.atomic
def leave(
    person: User, *, successor: User, actor: User, reason: str, seen: str = ""
) -> list[Membership]:
    """Close the account of `person` and revoke its tokens; `successor` has each of its roles, where
    both are limited to duty areas those of both. What was handed over, as it was; `seen` is the
    digest of the account and its memberships that the administrator had before them.

    Refuses: out_of_scope, own_rights, same_person, account_closed, act_reason_missing, too_long,
    null_character, thing_moved.
    """
    if not actor.keeps_accounts:
        raise Refusal("out_of_scope")
    if actor.pk in (person.pk, successor.pk):
        raise Refusal("own_rights", field="successor")
    if person.pk == successor.pk:
        raise Refusal("same_person", field="successor")
    reason = reason.strip()
    if not reason:
        raise Refusal("act_reason_missing", field="reason")
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    both = User.objects.select_for_update().filter(pk__in=(person.pk, successor.pk))
    stored = {user.pk: user for user in both.order_by("pk")}
    for user in (stored[person.pk], stored[successor.pk]):
        if not user.is_active:
            name = user.get_full_name()
            raise Refusal("account_closed", field="successor", name=name)
    held = list(duties_of(person))
    refuse_moved(person, seen, held)
    for one in held:
        _hand_on(one, successor)
    said = "；".join(_in_words(held)) or _("no role")
    Membership.objects.filter(pk__in=[one.pk for one in held]).delete()
    User.objects.filter(pk=person.pk).update(is_active=False)
    tokens = ApiToken.objects.filter(owner=person, revoked_at__isnull=True)
    tokens.update(revoked_at=timezone.now(), revoked_by=actor)
    for user, words in (
        (person, _("Left; handed over to %(name)s: %(duties)s. Reason: %(reason)s")),
        (successor, _("Took over from %(name)s: %(duties)s. Reason: %(reason)s")),
    ):
        other = successor if user == person else person
        words %= {"name": other.get_full_name(), "duties": said, "reason": reason}
        LogEntry.objects.log_actions(actor.pk, [user], CHANGE, words, single_object=True)
    return held


def duties_of(person: User) -> Sequence[Membership]:
    """The memberships, in the order in which their digest is taken."""
    found = Membership.objects.filter(user=person).select_related("jurisdiction")
    return list(found.prefetch_related("duty_areas").order_by("pk"))


def _hand_on(one: Membership, successor: User) -> None:
    mine, new = Membership.objects.get_or_create(
        user=successor, jurisdiction=one.jurisdiction, role=one.role
    )
    areas = set(one.duty_areas.all())
    if new:
        mine.duty_areas.set(areas)
    elif not areas:  # none chosen means all
        mine.duty_areas.clear()
    elif mine.duty_areas.exists():
        mine.duty_areas.add(*areas)


def _in_words(held: Sequence[Membership]) -> list[str]:
    return [f"{unit_name(one.jurisdiction_id)} {Role(one.role).label}" for one in held]
