"""Changes of the catalogue that would move approved figures: proposed, looked at, confirmed.

The editor who is refused says why and proposes; a supervisor sees what would move, old and new, and
confirms exactly that list, or the proposal is withdrawn. Looking is doing it and taking it back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.core import serializers
from django.db import models, transaction
from django.utils import timezone

from indicators import results
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import (
    CatalogueProposal,
    Definition,
    Indicator,
    Jurisdiction,
    ProposalAct,
    Rule,
    Target,
    User,
)
from indicators.recording import catalogue
from indicators.recording.approved import Confirmation, digest_of
from indicators.recording.change import record_change
from indicators.recording.jurisdiction_change import UnitsChange, record_jurisdiction_change
from indicators.recording.validation import REASON_LENGTH, refuse_odd_text
from indicators.results import Moved

_DOORS: dict[type[models.Model], Callable[..., Any]] = {
    Indicator: catalogue.save_indicator,
    Definition: catalogue.save_definition,
    Target: catalogue.save_target,
    Jurisdiction: catalogue.save_jurisdiction,
    Rule: catalogue.save_rule,
}


def propose(
    thing: models.Model, *, act: ProposalAct, actor: User, reason: str, seen: str
) -> CatalogueProposal:
    """Keep what the editor wants until a supervisor has decided.

    Refuses: not_an_editor, act_reason_missing, too_long, null_character.
    """
    if not actor.scope.edits_catalogue:
        raise Refusal("not_an_editor")
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")
    return CatalogueProposal.objects.create(
        act=act,
        content=serializers.serialize("json", [thing]),
        title=f"{thing._meta.verbose_name} · {thing}"[:300],
        seen=seen,
        reason=reason.strip(),
        made_by=actor,
        made_at=timezone.now(),
    )


class Preview(NamedTuple):
    """What a proposal would move; `digest` is of it, to be given back with the confirmation."""

    moved: Sequence[Moved] = ()
    digest: str = ""


def previewed(proposal: CatalogueProposal) -> Preview:
    """What the proposal would move if it were carried out now. Writes nothing.

    Refuses: what the change itself does, such as thing_moved.
    """
    try:
        with transaction.atomic():
            _carry_out(proposal, actor=None, confirmed=None)
            raise _TakenBack
    except ApprovedWouldMove as refusal:
        return Preview(refusal.moved, digest_of(refusal.moved))
    except _TakenBack:
        return Preview((), digest_of(()))


def confirm(proposal: CatalogueProposal, *, actor: User, digest: str, reason: str) -> None:
    """Carry the proposal out: what moves is exactly what the supervisor saw, by `digest`.

    Refuses: proposal_decided, not_a_supervisor, act_reason_missing, moved_meanwhile, and what the
    change itself does.
    """
    refuse_odd_text(reason, REASON_LENGTH, "reason")
    if not reason.strip():
        raise Refusal("act_reason_missing", field="reason")
    if not actor.scope.supervises:
        raise Refusal("not_a_supervisor")
    with transaction.atomic():
        # The catalogue first, as the change itself asks for it: so two confirm one after another.
        results.current_snapshot(lock=results.Lock.ALONE)
        held = _held(proposal)
        held.change = record_change(actor=actor, reason=reason.strip())
        _carry_out(held, actor=actor, confirmed=Confirmation(held.change, digest))
        held.save(update_fields=["change"])


def withdraw(proposal: CatalogueProposal, *, actor: User) -> None:
    """Let it be, as an editor or a supervisor. Refuses: proposal_decided, not_an_editor."""
    if not (actor.scope.edits_catalogue or actor.scope.supervises):
        raise Refusal("not_an_editor")
    with transaction.atomic():
        held = _held(proposal)
        held.withdrawn_at = timezone.now()
        held.save(update_fields=["withdrawn_at"])


class _TakenBack(Exception):
    """The change was tried and is rolled back."""


def _held(proposal: CatalogueProposal) -> CatalogueProposal:
    held = CatalogueProposal.objects.select_for_update().get(pk=proposal.pk)
    if not held.waits:
        raise Refusal("proposal_decided")
    return held


def _carry_out(
    proposal: CatalogueProposal, *, actor: User | None, confirmed: Confirmation | None
) -> None:
    if proposal.act == ProposalAct.CHANGE:
        record_jurisdiction_change(
            UnitsChange.from_text(proposal.content),
            actor=actor,
            reason=proposal.reason,
            confirmed=confirmed,
        )
        return
    thing = next(serializers.deserialize("json", proposal.content)).object
    done: dict[str, Any] = {"actor": actor, "seen": proposal.seen, "confirmed": confirmed}
    if proposal.act == ProposalAct.DELETE:
        catalogue.delete(thing, **done)
    else:
        _DOORS.get(type(thing), catalogue.save_other)(thing, **done)
