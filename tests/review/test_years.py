"""A supervisor reopens approved figures of a year without a round, and approves the year."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Membership, Reopening, User
from indicators.recording.reopening import reopen_figures
from tests.cast import YEAR, enter, make_user, result


@pytest.fixture
def address(published, north):
    return reverse("review:year", args=[north.code, YEAR])


def test_figures_are_reopened_until_a_day_and_the_year_is_approved_in_one_act(
    client, address, children, north, officer, supervisor
):
    client.force_login(supervisor)
    assert client.get(address).status_code == 200
    chosen = {"act": "reopen", "chosen": ["children"], "reason": "更正"}
    undated = client.post(address, chosen)
    assert (undated.status_code, "更正" in undated.content.decode()) == (422, True)

    client.post(address, chosen | {"until": timezone.localdate().isoformat()})
    assert Reopening.objects.get().indicator == children
    enter(children, north, "80", actor=officer)
    shown = client.get(address)
    assert [figure.code for figure in shown.context["waiting"]] == ["children"]
    assert [str(figure.value) for figure in shown.context["waiting"]] == ["80 人"]

    client.post(address, {"act": "approve", "seen": shown.context["seen"]})
    assert result(children, north, tier="approved").number == 80


def test_figures_that_changed_since_they_were_listed_are_looked_at_again(
    client, address, children, north, officer, supervisor
):
    until = timezone.localdate()
    given = {"actor": supervisor, "reason": "更正", "until": until}
    reopen_figures(north, YEAR, [children], **given)
    enter(children, north, "80", actor=officer)
    client.force_login(supervisor)
    seen = client.get(address).context["seen"]
    enter(children, north, "8", actor=officer)

    refused = client.post(address, {"act": "approve", "seen": seen, "reason": "齐全"})
    assert refused.status_code == 409
    assert "其间有改动" in refused.content.decode()
    assert 'value="齐全"' in refused.content.decode()
    assert result(children, north, tier="approved").number != 8


def test_who_entered_figures_of_the_year_is_told_so_instead(
    client, address, children, north, city, supervisor
):
    both = make_user("both", "supervisor", city)
    Membership.objects.create(user=both, jurisdiction=north, role="officer")
    until = timezone.localdate()
    reopen_figures(north, YEAR, [children], actor=supervisor, reason="更正", until=until)
    enter(children, north, "80", actor=User.objects.get(pk=both.pk))
    client.force_login(both)

    shown = client.get(address).content.decode()
    assert "请由其他督导审核通过" in shown
    assert 'value="approve"' not in shown
    assert client.post(address, {"act": "approve"}).status_code == 422


@pytest.mark.parametrize("name", ["officer", "lead", "editor", "auditor", "city_officer"])
def test_nobody_else_has_the_page(client, address, name, request):
    client.force_login(request.getfixturevalue(name))

    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "approve"}).status_code == 404
