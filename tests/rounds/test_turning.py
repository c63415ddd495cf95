"""A round is not closed from a page that is older than what it leaves out.

The round's own version does not move when a unit is reopened; the list does, and is asked again.
"""

import re

from django.urls import reverse
from django.utils import timezone

from indicators.models import Round
from indicators.recording.submission import reopen
from tests.cast import YEAR, make_user
from tests.round_cast import days, fresh


def test_what_came_after_the_list_is_not_closed_over(client, approved, city, supervisor):
    client.force_login(supervisor)
    page = reverse("rounds:close", args=[YEAR])
    main = client.get(page).content.decode().split("<main")[1]
    assert "北区" not in main
    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
    reopen(
        approved,
        actor=make_user("second", "supervisor", city),
        version=fresh(approved).version,
        reason="更正",
        until=timezone.localdate() + days(3),
        figures={"children": "录入错误"},
    )

    again = client.post(page, sent | {"reason": "到期"})
    assert (Round.objects.get().is_open, fresh(approved).state) == (True, "reopened")
    main = again.content.decode().split("<main")[1]
    assert (again.status_code, "北区" in main, "到期" in main) == (409, True, True)

    sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', main))
    client.post(page, sent | {"reason": "到期"})
    assert Round.objects.get().is_closed
