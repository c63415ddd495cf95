"""Accounts and memberships in the admin: what an administrator does there, and what nobody does."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.urls import reverse

from indicators.models import Membership, User
from tests.admin_forms import as_shown
from tests.cast import PASSWORD, enter, make_user

NEW = "Another-Horse-8"


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def url(model, action, thing=None):
    return reverse(f"admin:indicators_{model}_{action}", args=[thing.pk] if thing else [])


def inline(*rows, kept=0):
    """The boxes of the memberships on the page of a user."""
    data = {"memberships-TOTAL_FORMS": len(rows), "memberships-INITIAL_FORMS": kept}
    for number, row in enumerate(rows):
        data |= {f"memberships-{number}-{name}": value for name, value in row.items()}
    return data


def boxes(user, **changed):
    given = {"username": user.username, "full_name": user.full_name, "is_active": "on"}
    return given | inline() | changed


def test_an_account_is_made_with_its_role(admin, north):
    page = {"username": "new", "full_name": "新人", "usable_password": "true"}
    page |= {"password1": NEW, "password2": NEW}
    page |= inline({"jurisdiction": north.pk, "role": "officer"})

    admin.post(url("user", "add"), page)

    user = User.objects.get(username="new")
    assert user.check_password(NEW)
    assert list(user.memberships.values_list("role", "jurisdiction")) == [("officer", north.pk)]


def test_a_weak_password_is_refused_by_djangos_rules(admin):
    page = {"username": "new", "usable_password": "true", "password1": "1", "password2": "1"}

    shown = admin.post(url("user", "add"), page | inline())

    assert "password2" in shown.context["adminform"].form.errors
    assert not User.objects.filter(username="new").exists()


def test_a_password_is_set_anew(admin, officer):
    page = reverse("admin:auth_user_password_change", args=[officer.pk])
    admin.post(
        page, {"password1": NEW, "password2": NEW, "usable_password": "true", "set-password": "1"}
    )

    officer.refresh_from_db()
    assert officer.check_password(NEW)


@pytest.mark.parametrize("role", ["officer", "editor", "auditor"])
def test_nobody_else_sets_passwords(request, client, role, lead):
    client.force_login(request.getfixturevalue(role))
    page = reverse("admin:auth_user_password_change", args=[lead.pk])

    assert client.get(page, follow=True).status_code in (403, 404)
    lead.refresh_from_db()
    assert lead.check_password(PASSWORD)


def test_nobody_is_made_superuser_here(admin, officer):
    everything = {"is_superuser": "on", "is_staff": "on", "user_permissions": ["1"]}
    kept = {"id": officer.memberships.get().pk, "user": officer.pk}
    kept |= {"jurisdiction": officer.memberships.get().jurisdiction_id, "role": "officer"}
    admin.post(url("user", "change", officer), boxes(officer) | inline(kept, kept=1) | everything)

    officer.refresh_from_db()
    assert (officer.is_superuser, officer.is_staff) == (False, False)
    assert not officer.user_permissions.exists()


@pytest.mark.parametrize("who", ["administrator", "superuser"])
def test_nobody_gives_themselves_a_role(request, client, who, north):
    user = request.getfixturevalue(who)
    client.force_login(user)
    before = list(user.memberships.values())
    wanted = {"jurisdiction": north.pk, "role": "lead"}

    client.post(url("user", "change", user), boxes(user) | inline(wanted))
    shown = client.post(url("membership", "add"), wanted | {"user": user.pk})

    assert list(user.memberships.values()) == before
    assert shown.context["adminform"].form.errors.as_data()["user"][0].code == "own_rights"
    assert shown.context["adminform"].form["role"].value() == "lead"


def test_nobody_changes_or_drops_their_own_role(admin, administrator, north):
    own = administrator.memberships.get()
    taken = {"id": own.pk, "user": administrator.pk, "jurisdiction": north.pk, "role": "auditor"}

    admin.post(url("user", "change", administrator), boxes(administrator) | inline(taken, kept=1))
    dropped = taken | {"DELETE": "on"}
    admin.post(url("user", "change", administrator), boxes(administrator) | inline(dropped, kept=1))
    assert admin.post(url("membership", "change", own), taken).status_code == 403
    assert admin.post(url("membership", "delete", own), {"post": "yes"}).status_code == 403

    own.refresh_from_db()
    assert (own.role, own.jurisdiction_id) == ("administrator", north.parent_id)


def test_nobody_locks_themselves_out(admin, administrator):
    data = boxes(administrator)
    del data["is_active"]
    admin.post(url("user", "change", administrator), data)

    administrator.refresh_from_db()
    assert administrator.is_active
    assert admin.get(url("user", "delete", administrator)).status_code == 403


def test_the_role_of_another_is_changed_but_does_not_move_to_somebody_else(admin, officer, lead):
    membership = officer.memberships.get()
    page = url("membership", "change", membership)
    seen = admin.get(page).context["adminform"].form["seen"].value()
    admin.post(
        page,
        {
            "user": lead.pk,
            "jurisdiction": membership.jurisdiction_id,
            "role": "lead",
            "seen": seen,
        },
    )

    membership.refresh_from_db()
    assert (membership.user, membership.role) == (officer, "lead")


@pytest.mark.parametrize("history", ["a role", "a figure", "an act in the admin"])
def test_who_has_a_history_is_not_deleted(admin, administrator, children, north, officer, history):
    user = make_user("leaving", "officer", north)
    if history == "a figure":
        enter(children, north, "5", actor=user)
    if history != "a role":
        user.memberships.all().delete()
    if history == "an act in the admin":
        LogEntry.objects.create(user=user, action_flag=1, object_repr="x")

    question = admin.get(url("user", "delete", user))
    answer = admin.post(url("user", "delete", user), {"post": "yes"})

    assert "指标" not in question.content.decode()
    assert User.objects.filter(pk=user.pk).exists()
    assert answer["Location"] == url("user", "change", user)
    [told] = [str(message) for message in get_messages(answer.wsgi_request)]
    assert told


def test_an_account_that_did_nothing_is_deleted(admin):
    user = User.objects.create_user("mistake")

    admin.post(url("user", "delete", user), {"post": "yes"})

    assert not User.objects.filter(pk=user.pk).exists()


def test_the_first_administrator_is_made_by_a_superuser(client, superuser, city):
    client.force_login(superuser)
    user = User.objects.create_user("first")

    client.post(
        url("membership", "add"),
        {"user": user.pk, "jurisdiction": city.pk, "role": "administrator"},
    )

    assert Membership.objects.get(user=user).role == "administrator"


def test_lists_ask_the_same_number_of_queries_for_any_number_of_rows(
    admin, django_assert_max_num_queries, north
):
    for number in range(30):
        make_user(f"u{number}", "officer", north)

    for model in ("user", "membership"):
        with django_assert_max_num_queries(16):
            assert admin.get(url(model, "changelist")).status_code == 200


def test_a_new_account_is_asked_for_in_chinese_alone(client, administrator):
    client.force_login(administrator)
    page = client.get(reverse("admin:indicators_user_add")).content.decode()

    assert "edit more user options" not in page
    assert "unusable_password_field.js" in page


# Two administrators at one account: a stale save is a conflict, as in the catalogue.


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
