"""Who moved to another office is mailed nothing more about the old one."""

from django.core.management import call_command

from indicators.models import Notice


def test_what_was_told_before_the_move_is_not_mailed_after_it(lead, asked, south, mailoutbox):
    assert Notice.objects.for_user(lead).count() == 1
    lead.email = "lead@example.gov.cn"
    lead.save()
    lead.memberships.update(jurisdiction=south)
    call_command("send_reminders")

    assert [mail for mail in mailoutbox if lead.email in mail.to] == []
