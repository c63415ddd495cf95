"""Old pages of a round that was withdrawn, or that asks the unit no longer."""

import pytest
from django.utils import timezone

from indicators.models import Round
from indicators.recording.round import save_round, withdraw_round
from indicators.recording.submission import take_back
from tests.cast import YEAR, enter
from tests.round_cast import fresh


def withdrawn(asked, supervisor, city, south):
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="误开")


def let_go(asked, supervisor, city, south):
    now = Round.objects.get(pk=asked.pk)
    save_round(
        now,
        actor=supervisor,
        version=now.version,
        indicators=list(asked.indicators.all()),
        jurisdictions=[city, south],
    )


@pytest.mark.parametrize("way", [withdrawn, let_go])
def test_nothing_is_done_from_old_pages(
    client, asked, of_north, children, north, south, city, officer, lead, supervisor, way
):
    enter(children, north, "7", actor=officer)
    way(asked, supervisor, city, south)
    version = fresh(of_north).version
    today = timezone.localdate().isoformat()

    for person, page, sent in (
        (lead, f"/entry/500101/{YEAR}/", {"act": "submit", "version": version}),
        (officer, f"/entry/500101/{YEAR}/", {"act": "hand_over", "version": version}),
        (
            supervisor,
            f"/review/{YEAR}/500101/",
            {"act": "extend", "version": version, "reason": "x", "until": today},
        ),
        (supervisor, f"/review/{YEAR}/500101/ask/", {"indicator": "children", "text": "?"}),
    ):
        client.force_login(person)
        assert client.post(page, sent).status_code == 404


def test_looking_at_it_begins_no_review(client, submitted, supervisor, lead):
    client.force_login(supervisor)
    client.get(f"/review/{YEAR}/500101/")

    assert take_back(submitted, actor=lead, version=submitted.version).state == "draft"
