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
        "Reminds units of open rounds before and after the due date and mails what people were "
        "told since their last mail, one mail a day at most; drops the records of sign-ins that "
        "are old enough, and what the API kept for a day. Running it twice does nothing twice."
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
