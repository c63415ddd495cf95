"""Two administrators at one account: a stale save is a conflict, as in the catalogue."""

import pytest
from django.urls import reverse

from indicators.models import Membership
from tests.admin_forms import as_shown


@pytest.fixture
def page(client, administrator, officer):
    client.force_login(administrator)
    return reverse("admin:indicators_user_change", args=[officer.pk])


def test_a_stale_save_of_an_account_is_a_conflict(client, page, officer):
    older = as_shown(client, page)
    assert client.post(page, older | {"full_name": "甲"}).status_code == 302

    answer = client.post(page, older | {"full_name": "乙"})
    officer.refresh_from_db()
    assert (answer.status_code, officer.full_name) == (200, "甲")
    assert "甲" in str(answer.context["adminform"].form.non_field_errors())

    again = as_shown(client, page) | {"full_name": "乙"}
    again["seen"] = answer.context["adminform"].form["seen"].value()
    assert client.post(page, again).status_code == 302
    officer.refresh_from_db()
    assert officer.full_name == "乙"


def test_so_is_one_after_its_rights_changed(client, page, officer):
    older = as_shown(client, page)
    Membership.objects.filter(user=officer).update(role="lead")

    answer = client.post(page, older | {"full_name": "乙"})
    officer.refresh_from_db()
    assert (answer.status_code, officer.full_name) == (200, "")
    assert Membership.objects.get(user=officer).role == "lead"
