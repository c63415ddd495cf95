"""What was told of a round that asks the unit no more. They fail.

Expected: who was asked by mistake is not told any more to fill in, by mail least of all, and no
message leads to a page that is not there. Instead 请北区于…前填报 stays on the first page and among
the messages, leads to 404, and is mailed after the round was withdrawn.
"""

import re

import pytest
from django.core.management import call_command

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

    assert [mail.body for mail in mailoutbox if lead.email in mail.to] == []
