"""People are told what concerns them, once, and are spared what they do not want."""

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from indicators.figures.notices import SENTENCES
from indicators.figures.notices import wording_of as in_words
from indicators.models import MutedNotice, Notice, NoticeKind
from indicators.notices.mailing import mail
from indicators.recording.notice import remind
from indicators.recording.submission import (
    approve,
    extend,
    remark,
    reopen,
    return_submission,
)
from tests.round_cast import days, move_days


def told(kind=None):
    """Names of who was told, in order."""
    found = Notice.objects.order_by("pk").select_related("recipient")
    if kind:
        found = found.filter(kind=kind)
    return [(one.recipient.username, one.kind) for one in found]


@pytest.fixture
def no_complaint():
    def complain(text):
        raise AssertionError(text)

    return complain


def test_opening_a_round_tells_the_desk_of_each_unit(officer, lead, other_officer, asked):
    assert sorted(told()) == [
        ("lead", "opened"),
        ("officer", "opened"),
        ("other_officer", "opened"),
    ]


def test_each_act_tells_whom_it_concerns_and_not_its_doer(
    submitted, supervisor, children, officer, lead
):
    Notice.objects.all().delete()
    remark(submitted, children, actor=supervisor, text="为何？")
    remark(submitted, children, actor=officer, text="因为。")
    back = return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "错"},
    )
    extend(
        back,
        actor=supervisor,
        version=back.version,
        reason="顺延",
        until=timezone.localdate() + days(40),
    )
    assert told() == [
        ("officer", "asked"),
        ("lead", "asked"),
        ("supervisor", "answered"),
        ("officer", "returned"),
        ("lead", "returned"),
        ("officer", "extended"),
        ("lead", "extended"),
    ]


def test_submission_tells_the_city_and_approval_and_reopening_the_unit(approved, supervisor):
    reopen(
        approved,
        actor=supervisor,
        version=approved.version,
        reason="更正",
        until=timezone.localdate(),
        figures={"children": "错"},
    )
    assert told("submitted") == [("supervisor", "submitted")]
    assert told("approved") == [("officer", "approved"), ("lead", "approved")]
    assert told("reopened") == [("officer", "reopened"), ("lead", "reopened")]


def test_nobody_elsewhere_is_told(submitted, other_officer, editor, auditor):
    people = {name for name, _kind in told()}
    assert people & {"other_officer", "editor", "auditor"} == set()


def sentences(person):
    found = Notice.objects.filter(recipient=person).order_by("pk")
    return [in_words(one).sentence for one in found]


def test_what_was_said_of_the_due_day_stays_said_when_the_day_moves(
    officer, asked, of_north, supervisor
):
    due = asked.due_on
    remind(due)
    remind(due + days(1))
    until = due + days(20)
    extend(of_north, actor=supervisor, version=of_north.version, reason="顺延", until=until)
    move_days(asked, opens=0, due=15, closes=30)
    opened, soon, overdue, _extended = sentences(officer)

    for sentence in (opened, soon, overdue):
        assert due.isoformat() in sentence


@pytest.mark.parametrize(
    ("before_due", "kinds"),
    [(8, 0), (7, 1), (5, 1), (3, 2), (1, 3), (0, 4), (-1, 5), (-3, 5), (-4, 6), (-40, 10)],
)
def test_reminders_come_at_their_milestones_each_once(asked, officer, before_due, kinds):
    due = asked.due_on
    Notice.objects.all().delete()
    day = due - days(9)
    while day <= due - days(before_due):
        remind(day)
        remind(day)
        day += days(1)
    assert Notice.objects.filter(recipient=officer).count() == kinds


def test_a_day_that_cron_missed_is_made_up_for_by_the_latest_milestone(asked, officer):
    Notice.objects.all().delete()
    assert remind(asked.due_on - days(2)) == 1
    assert Notice.objects.get().day == asked.due_on - days(3)


def test_who_has_submitted_is_not_reminded_and_an_extension_moves_the_day(
    submitted, south, officer, other_officer, supervisor
):
    asked = submitted.round
    of_south = asked.submissions.select_related("round").get(jurisdiction=south)
    extend(
        of_south,
        actor=supervisor,
        version=of_south.version,
        reason="顺延",
        until=asked.due_on + days(20),
    )
    Notice.objects.all().delete()
    assert remind(asked.due_on + days(1)) == 0
    assert remind(asked.due_on + days(21)) == 1
    assert told() == [("other_officer", "overdue")]


def test_a_muted_kind_is_not_told_and_returned_cannot_be_muted(
    client, officer, lead, submitted, supervisor
):
    client.force_login(officer)
    kept = client.post(reverse("notices:choose"), {"kinds": ["due_soon"]})
    assert kept.status_code == 302
    assert not MutedNotice.objects.filter(kind="returned").exists()
    approve(submitted, actor=supervisor, version=submitted.version)
    assert told("approved") == [("lead", "approved")]
    odd = client.post(reverse("notices:choose"), {"kinds": ["returned"]})
    assert odd.status_code == 422


def test_one_mail_a_day_collects_everything(officer, asked, no_complaint):
    officer.email = "officer@example.org"
    officer.save()
    today = timezone.localdate()
    remind(asked.due_on)
    assert (mail(today, no_complaint), mail(today, no_complaint)) == (1, 0)
    assert len(outbox.outbox) == 1
    letter = outbox.outbox[0]
    assert letter.to == ["officer@example.org"]
    assert letter.body.count("\n- ") == 2
    assert "北区" in letter.body

    remind(asked.due_on + days(1))
    assert (mail(today, no_complaint), mail(today + days(1), no_complaint)) == (0, 1)


def test_what_could_not_be_sent_is_told_and_sent_the_next_time(
    officer, asked, settings, no_complaint
):
    officer.email = "officer@example.org"
    officer.save()
    settings.EMAIL_BACKEND = "tests.notices.broken.EmailBackend"
    with pytest.raises(CommandError, match="officer: the line is down"):
        call_command("send_reminders")
    assert Notice.objects.filter(mailed_on__isnull=False).count() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail(timezone.localdate(), no_complaint) == 1


def test_the_command_is_idempotent(asked, officer, capsys):
    call_command("send_reminders")
    call_command("send_reminders")
    first, second = capsys.readouterr().out.splitlines()
    assert first == "0 reminders, 0 mails sent"
    assert second == first


def test_a_person_sees_the_own_messages_and_marks_them_seen(client, officer, other_officer, asked):
    client.force_login(officer)
    page = client.get(reverse("notices:start"))
    assert [one.notice.recipient_id for one in page.context["notices"]] == [officer.pk]
    assert "北区" in page.context["notices"][0].sentence
    assert client.get(page.context["notices"][0].url).status_code == 200

    latest = Notice.objects.order_by("-pk").first().pk
    client.post(reverse("notices:seen"), {"latest": latest})
    seen = {one.recipient.username: one.seen_at is not None for one in Notice.objects.all()}
    assert seen == {"officer": True, "other_officer": False}


def test_every_kind_has_its_sentence():
    assert set(SENTENCES) == set(NoticeKind)
