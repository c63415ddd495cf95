"""Who may open which page: role × page, the superuser included."""

import pytest
from django.urls import reverse

from indicators.models import User
from tests.cast import PASSWORD, enter

ROLES = [
    "officer",
    "lead",
    "city_officer",
    "supervisor",
    "editor",
    "auditor",
    "administrator",
    "superuser",
]
# What each page answers to the roles in the order above.
PAGES = {
    "home:home": (200, 200, 200, 200, 200, 200, 200, 200),
    "accounts:password": (200, 200, 200, 200, 200, 200, 200, 200),
    "dashboards:overview": (200, 200, 200, 200, 200, 200, 403, 403),
    "dashboards:overview_csv": (200, 200, 200, 200, 200, 200, 403, 403),
    "entry:start": (302, 302, 302, 403, 403, 403, 403, 403),
    "exchange:export": (200, 200, 200, 200, 200, 200, 403, 403),
    "exchange:figures": (200, 200, 200, 200, 200, 200, 403, 403),
}


@pytest.mark.parametrize(
    ("page", "role", "answer"),
    [
        (page, role, answer)
        for page, answers in PAGES.items()
        for role, answer in zip(ROLES, answers, strict=True)
    ],
)
def test_pages_answer_by_role(client, request, children, north, page, role, answer):
    enter(children, north, "5")
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse(page)).status_code == answer


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, db, page):
    response = client.get(reverse(page))

    assert response.status_code == 302
    assert response.url.startswith(reverse("accounts:login"))


def test_what_a_supervisor_sees_of_a_district_a_stranger_does_not(
    client, supervisor, other_officer, children, north, south
):
    enter(children, north, "424242")
    address = reverse("dashboards:overview")
    client.force_login(supervisor)
    assert "424\u2009242" in client.get(address, {"jurisdiction": "500101"}).content.decode()

    client.force_login(other_officer)
    assert client.get(address, {"jurisdiction": "500101"}).status_code == 404


def test_signing_in_begins_with_what_is_to_be_done(client, officer, children, north):
    form = {"username": "officer", "password": PASSWORD}
    response = client.post(reverse("accounts:login"), form, follow=True)

    assert response.redirect_chain == [("/", 302)]
    assert client.cookies["sessionid"]["max-age"] == 12 * 60 * 60  # computers are shared


def test_a_wrong_password_is_told_in_words_and_the_name_is_kept(client, officer):
    form = {"username": "officer", "password": "wrong"}
    response = client.post(reverse("accounts:login"), form)

    assert response.status_code == 200
    assert 'value="officer"' in response.content.decode()
    assert 'role="alert"' in response.content.decode()


def test_the_own_password_is_changed(client, officer):
    client.force_login(officer)
    new = "A-better-Horse-9"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    client.post(reverse("accounts:password"), form)

    assert User.objects.get(pk=officer.pk).check_password(new)


def test_signing_out_takes_a_post(client, officer):
    client.force_login(officer)
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))

    assert client.get(reverse("dashboards:overview")).status_code == 302


def test_somebody_without_a_role_is_told_whom_to_ask(client, db):
    client.force_login(User.objects.create_user("new", password=PASSWORD))

    assert "请联系系统管理员" in client.get(reverse("home:home")).content.decode()


def test_an_account_that_was_switched_off_sees_nothing(client, officer):
    client.force_login(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert client.get(reverse("dashboards:overview")).status_code == 302


@pytest.mark.parametrize("language", ["", "en-US", "fr"])
def test_pages_are_chinese_whatever_the_browser_prefers(client, db, language):
    response = client.get(reverse("accounts:login"), headers={"accept-language": language})

    assert 'lang="zh-hans"' in response.content.decode()


def test_every_page_carries_the_strict_policy(client, db):
    policy = client.get(reverse("accounts:login")).headers["Content-Security-Policy"]

    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
