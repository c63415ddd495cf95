"""What was told of a round that asks the unit, or the figure, no more.

Who was asked by mistake is not told any more to fill in, by mail least of all, and no message leads
to a page that is not there.
"""

import re

import pytest
from django.core.management import call_command

from indicators.models import MutedNotice, Notice, Round, User
from indicators.recording.round import save_round
from indicators.recording.submission import remark
from tests.cast import make_indicator
from tests.rounds.test_old_pages import let_go, withdrawn


@pytest.mark.parametrize("way", [withdrawn, let_go])
def test_no_message_leads_to_a_page_that_is_not_there(
    client, lead, asked, supervisor, city, south, way
):
    way(asked, supervisor, city, south)
    client.force_login(lead)
    main = client.get("/messages/").content.decode().split("<main")[1]

    pages = re.findall(r'href="(/[^"]+)"', main)
    assert [page for page in pages if client.get(page).status_code == 404] == []


@pytest.mark.parametrize("way", [withdrawn, let_go])
def test_nobody_is_mailed_to_fill_in(lead, asked, supervisor, city, south, mailoutbox, way):
    lead.email = "lead@example.gov.cn"
    lead.save()
    way(asked, supervisor, city, south)
    call_command("send_reminders")

    (mail,) = [mail for mail in mailoutbox if lead.email in mail.to]
    (told,) = [line for line in mail.body.splitlines() if line.startswith("- ")]
    assert "asks 北区 no longer" in told or "不再要求北区填报" in told


@pytest.mark.parametrize("way", [withdrawn, let_go])
def test_who_was_told_of_the_opening_is_told_that_it_asks_no_longer(
    lead, officer, other_officer, asked, supervisor, city, south, way
):
    """Found: the message of the opening was gone, and none came in its place."""
    way(asked, supervisor, city, south)

    assert (kinds(lead), kinds(officer)) == (["dropped"], ["dropped"])
    # South was let go by the withdrawal alone.
    assert kinds(other_officer) == (["dropped"] if way is withdrawn else ["opened"])
    assert kinds(supervisor) == []


def test_who_is_asked_again_is_not_told_the_contrary(lead, asked, supervisor, city, south):
    units = list(asked.jurisdictions.all())
    let_go(asked, supervisor, city, south)
    now = Round.objects.get(pk=asked.pk)
    given = {"actor": supervisor, "version": now.version, "jurisdictions": units}
    save_round(now, indicators=list(now.indicators.all()), **given)
    assert kinds(lead) == ["opened", "opened"]


def test_a_unit_that_was_let_go_before_is_not_told_of_the_withdrawal(
    lead, asked, supervisor, city, south
):
    let_go(asked, supervisor, city, south)
    now = Round.objects.get(pk=asked.pk)
    withdrawn(now, supervisor, city, south)
    assert kinds(lead) == ["dropped"]


def test_who_does_not_want_it_is_spared(lead, officer, asked, supervisor, city, south):
    MutedNotice.objects.create(user=officer, kind="dropped")
    withdrawn(asked, supervisor, city, south)
    assert (kinds(lead), kinds(officer)) == (["dropped"], [])


def test_after_a_merger_the_opening_for_the_new_unit_is_told_alone(lead, asked, merge_both):
    merge_both()
    assert kinds(User.objects.get(pk=lead.pk)) == ["opened"]


def test_nor_of_figures_that_are_asked_no_longer(
    lead, submitted, supervisor, children, children_public
):
    remark(submitted, children_public, actor=supervisor, text="为何？")
    teachers = make_indicator("teachers")
    before = [children, children_public]
    asking(submitted.round, supervisor, [*before, teachers])
    assert kinds(lead) == ["added", "asked", "opened"]
    asking(submitted.round, supervisor, before)
    assert kinds(lead) == ["asked", "opened"]
    asking(submitted.round, supervisor, [children])
    assert kinds(lead) == ["opened"]


def kinds(person):
    return [one.kind for one in Notice.objects.for_user(person)]


def asking(asked, supervisor, indicators):
    now = Round.objects.get(pk=asked.pk)
    units = list(now.jurisdictions.all())
    given = {"actor": supervisor, "version": now.version, "jurisdictions": units}
    save_round(now, indicators=indicators, **given)
