"""`manage.py send_reminders`: reminders that are due, and the day's collected e-mails; for cron."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.accounts.sign_ins import forget_old
from indicators.models import KeptAnswer
from indicators.notices.mailing import mail
from indicators.recording.examination import examine_due
from indicators.recording.notice import remind


class Command(BaseCommand):
    help = (
        "Remind units before and after the due date, mail what people were told, let the "
        "rules look at what a cut-off request has left, and drop records of sign-ins that are "
        "old and what the API keeps for a day; for cron."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        examine_due()  # What a request that was cut off has left.
        forget_old()
        KeptAnswer.objects.forgotten().delete()
        today = timezone.localdate()
        reminded = remind(today)
        complaints: list[str] = []
        sent = mail(today, complaints.append)
        self.stdout.write(f"{reminded} reminders, {sent} mails sent")
        if complaints:
            raise CommandError("Not sent: " + "; ".join(complaints))
