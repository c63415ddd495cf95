"""Issues a confirmation, and prints it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from indicators.collection import Refusal
from indicators.confirmations.canonical import canonical_rows, digest_of
from indicators.confirmations.paper import content_of
from indicators.confirmations.typesetting import refuse_without_font, typeset
from indicators.models import Confirmation, Submission, User


def print_paper(submission: Submission, *, actor: User) -> bytes:
    """The PDF of what stands as reported, which is kept under its number.

    Figures and number are of one moment: the submission is held while both are read, and where
    figures moved that no submission holds (a load, a correction) nothing is printed.

    Refuses: font_missing, not_submitted_yet, paper_moved.
    """
    refuse_without_font()
    with transaction.atomic():
        held = _held(submission)
        confirmation = issue(held, actor=actor)
        content = content_of(confirmation, user=actor)
        if digest_of(canonical_rows(_held(submission))) != confirmation.digest:
            raise Refusal("paper_moved")
    return typeset(content)


def issue(submission: Submission, *, actor: User) -> Confirmation:
    """The confirmation of what stands as reported; the same one as long as that is the same.

    Refuses: not_submitted_yet.
    """
    if not submission.times_submitted:
        raise Refusal("not_submitted_yet", unit=submission.unit_name)
    rows = canonical_rows(submission)
    found, _made = Confirmation.objects.get_or_create(
        submission=submission,
        digest=digest_of(rows),
        defaults={
            "rows": rows,
            "issued_at": timezone.now(),
            "issued_by": actor,
        },
    )
    return found


def _held(submission: Submission) -> Submission:
    """As it is now, kept from being submitted, returned or approved until the transaction ends."""
    asked = Submission.objects.select_related("round", "jurisdiction")
    return asked.select_for_update(of=("self",), no_key=True).get(pk=submission.pk)
