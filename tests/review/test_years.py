"""A supervisor reopens approved figures of a year without a round, and approves the year."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.models import Reopening
from tests.cast import YEAR, enter, result


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
    assert client.get(address).context["waiting"] == 1

    client.post(address, {"act": "approve"})
    assert result(children, north, tier="approved").number == 80


@pytest.mark.parametrize("name", ["officer", "lead", "editor", "auditor", "city_officer"])
def test_nobody_else_has_the_page(client, address, name, request):
    client.force_login(request.getfixturevalue(name))

    assert client.get(address).status_code == 404
    assert client.post(address, {"act": "approve"}).status_code == 404
