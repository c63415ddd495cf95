"""What the page of a submission says first, and what an approval would move besides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.collection import ApprovedWouldMove
from indicators.figures.formatting import together
from indicators.figures.moved import moved_figures
from indicators.figures.review import Reviewed
from indicators.figures.submissions import Event
from indicators.models import Act, Submission
from indicators.recording.approved import digest_of


def would_move(refusal: ApprovedWouldMove | None) -> dict[str, Any]:
    """The list of approved figures that an approval moves besides, for the supervisor to confirm,
    with its digest."""
    if refusal is None:
        return {}
    return {"moved": moved_figures(refusal.moved), "moves": digest_of(refusal.moved)}


def finding(submission: Submission, rows: Sequence[Reviewed], events: Sequence[Event]) -> str:
    """Which submission it is, what became of what was returned, how much to look at."""
    if not submission.submitted_at:
        return _("Nothing was submitted yet.")
    sent = next((each.event for each in events if each.event.act == Act.SUBMIT), None)
    who = sent.change.actor if sent else None
    said = [
        _("Submission %(n)s, sent on %(day)s by %(who)s.")
        % {
            "n": submission.times_submitted,
            "day": timezone.localdate(submission.submitted_at).isoformat(),
            "who": who.get_full_name() if who else "",
        }
    ]
    acts = (each.event for each in events if each.event.act in (Act.SUBMIT, Act.TAKE_BACK))
    latest = next(acts, None)
    if latest and latest.act == Act.TAKE_BACK:
        back = latest.change
        said.append(
            _(
                "Taken back on %(day)s by %(who)s; what was submitted stays as reported until the "
                "next submission."
            )
            % {
                "day": timezone.localdate(back.at).isoformat(),
                "who": back.actor.get_full_name() if back.actor else "",
            }
        )
    returned = [row for row in rows if row.returned]
    if returned:
        said.append(
            _("Of %(n)s figures returned last time %(changed)s were changed.")
            % {"n": len(returned), "changed": sum(row.was_changed for row in returned)}
        )
    look = sum(bool(row.weight) for row in rows)
    said.append(
        ngettext(
            "%(n)s figure to look at; nothing was found in the other %(rest)s.",
            "%(n)s figures to look at; nothing was found in the other %(rest)s.",
            look,
        )
        % {"n": look, "rest": len(rows) - look}
    )
    return together(said)
