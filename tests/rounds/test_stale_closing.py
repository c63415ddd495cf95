"""A round is closed from a page that is older than what it leaves out. It fails.

Expected: it is asked again with the list as it is now. Instead the round's own version has not
moved when a unit was reopened, and it is closed over a reopening that the page did not name.
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

    client.post(page, sent | {"reason": "到期"})
    assert (Round.objects.get().is_open, fresh(approved).state) == (True, "reopened")
