"""One collected e-mail a day to each person who has been told something since the last."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from indicators.figures.notices import wording_of
from indicators.models import Notice, User


def mail(today: datetime.date, complain: Callable[[str], None]) -> int:
    """Send what has not been mailed, to those who got no mail today; how many mails were sent.

    What could not be sent is told on `complain` and stays to be sent the next time.
    """
    had = Notice.objects.filter(mailed_on=today).values("recipient")
    waiting = (
        Notice.objects.filter(mailed_on__isnull=True, recipient__is_active=True)
        .exclude(recipient__email="")
        .exclude(recipient__in=had)
    )
    sent = 0
    for person in User.objects.filter(pk__in=waiting.values("recipient")).order_by("pk"):
        try:
            sent += _mail_to(person, today)
        except OSError as error:
            complain(f"{person.username}: {error}")
    return sent


def _mail_to(person: User, today: datetime.date) -> int:
    """Mark first and send then, in one transaction: what fails to be sent is unmarked again."""
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        User.objects.select_for_update().get(pk=person.pk)
        mine = Notice.objects.for_user(person)
        notices = list(
            mine.filter(mailed_on__isnull=True)
            .select_related(
                "submission__round", "submission__jurisdiction", "event__change", "indicator"
            )
            .order_by("pk")
        )
        if not notices or mine.filter(mailed_on=today).exists():
            return 0
        mine.filter(pk__in=[notice.pk for notice in notices]).update(mailed_on=today)
        by_round: dict[str, list[str]] = defaultdict(list)
        for notice in notices:
            by_round[notice.submission.round.title].append(wording_of(notice).sentence)
        body = render_to_string(
            "notices/mail.txt",
            {"person": person, "rounds": dict(by_round), "site": settings.SITE_URL},
        )
        title = _("Education duties: %(n)s messages") % {"n": len(notices)}
        EmailMessage(title, body, to=[person.email]).send()
    return 1
