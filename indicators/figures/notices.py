"""A notice in words, and where it leads its reader."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy

from indicators.models import Notice, NoticeKind

SENTENCES = {
    NoticeKind.OPENED: gettext_lazy("%(round)s is open: %(unit)s enters its figures by %(day)s."),
    NoticeKind.DUE_SOON: gettext_lazy("%(unit)s has to submit for %(round)s by %(day)s."),
    NoticeKind.OVERDUE: gettext_lazy("%(unit)s has not submitted for %(round)s; due was %(day)s."),
    NoticeKind.SUBMITTED: gettext_lazy("%(unit)s has submitted for %(round)s."),
    NoticeKind.TO_CHECK: gettext_lazy(
        "%(round)s: the figures of %(unit)s are ready to be checked. %(reason)s"
    ),
    NoticeKind.TAKEN_BACK: gettext_lazy(
        "%(unit)s has taken back its submission for %(round)s to go on with it."
    ),
    NoticeKind.RETURNED: gettext_lazy("%(round)s: figures of %(unit)s were returned: %(reason)s"),
    NoticeKind.APPROVED: gettext_lazy("%(round)s: the figures of %(unit)s are approved."),
    NoticeKind.EXTENDED: gettext_lazy("%(round)s: %(unit)s may enter figures until %(until)s."),
    NoticeKind.REOPENED: gettext_lazy(
        "%(round)s: figures of %(unit)s are open again until %(until)s: %(reason)s"
    ),
    NoticeKind.ADDED: gettext_lazy("%(round)s asks %(unit)s for more figures."),
    NoticeKind.CARRIED: gettext_lazy(
        "%(round)s: what was answered goes on, as it stands, as that of %(unit)s. %(reason)s"
    ),
    NoticeKind.DROPPED: gettext_lazy(
        "%(round)s asks %(unit)s no longer; nothing has to be submitted. %(reason)s"
    ),
    NoticeKind.ASKED: gettext_lazy("%(round)s, %(unit)s: a question about %(indicator)s."),
    NoticeKind.ANSWERED: gettext_lazy("%(round)s, %(unit)s: an answer about %(indicator)s."),
}
TO_CITY = {NoticeKind.SUBMITTED, NoticeKind.TAKEN_BACK, NoticeKind.ANSWERED}


@dataclass(frozen=True)
class Wording:
    """A notice with its sentence and the address of the page that it is about."""

    notice: Notice
    sentence: str
    url: str


def wording_of(notice: Notice) -> Wording:
    """The notice ready to be read; its submission, event and indicator are at hand."""
    submission, event = notice.submission, notice.event
    kind = NoticeKind(notice.kind)
    words = {
        "round": submission.round.title,
        "unit": submission.unit_name,
        "day": (notice.due or submission.round.due_on).isoformat(),
        "until": event.until.isoformat() if event and event.until else "",
        "reason": event.change.reason if event else "",
        "indicator": notice.indicator.name if notice.indicator else "",
    }
    year, code = submission.round.evaluation_year, submission.jurisdiction.slug
    if kind == NoticeKind.DROPPED:
        url = reverse("entry:start")  # the submission has no page any more
    elif kind in TO_CITY:
        url = reverse("review:submission", args=[year, code])
    else:
        page = "sign_off" if kind == NoticeKind.TO_CHECK else "submission"
        url = reverse(f"entry:{page}", args=[code, year])
    return Wording(notice, str(SENTENCES[kind]) % words, url)
