"""Administrators and auditors see who signed in and who failed; administrators lift locks."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from indicators.models import SignInLock, SignInRecord
from tests.accounts.test_sign_ins import HERE, LIMIT, fail, sign_in

RECORDS = "admin:indicators_signinrecord_changelist"
LOCKS = "admin:indicators_signinlock_changelist"


@pytest.fixture
def locked(officer):
    fail(Client(), times=LIMIT)
    fail(Client(), "nobody")
    return SignInLock.objects.get(username="officer")


@pytest.mark.parametrize("role", ["administrator", "auditor", "superuser"])
def test_both_lists_are_read(request, client, locked, role):
    client.force_login(request.getfixturevalue(role))

    records = client.get(reverse(RECORDS)).content.decode()
    locks = client.get(reverse(LOCKS)).content.decode()
    assert records.count("登录失败</td>") == LIMIT + 1
    assert HERE in records
    assert "officer" in records
    assert "（无此账号）" in records
    assert "officer" in locks
    assert "（无此账号）" in locks
    assert "?" not in SignInLock.objects.exclude(pk=locked.pk).get().account
    for english in ("User Agent", "IP Address", "Failed Logins", "Access"):
        assert english not in records + locks


@pytest.mark.parametrize("role", ["officer", "lead", "supervisor", "editor"])
def test_nobody_else_sees_them(request, client, locked, role):
    client.force_login(request.getfixturevalue(role))

    for page in (RECORDS, LOCKS):
        assert client.get(reverse(page)).status_code == 403


def lift(client, lock):
    return client.post(reverse(LOCKS), {"action": "lift", "_selected_action": [lock.pk]})


def test_an_administrator_lifts_a_lock_and_that_is_kept(client, administrator, locked):
    client.force_login(administrator)
    assert lift(client, locked).status_code == 302

    assert not SignInLock.objects.filter(pk=locked.pk).exists()
    assert LogEntry.objects.get(user=administrator).object_repr == f"officer · {HERE}"
    assert sign_in(Client()).status_code == 302


def test_an_auditor_does_not(client, auditor, locked):
    client.force_login(auditor)
    lift(client, locked)

    assert SignInLock.objects.filter(pk=locked.pk).exists()
    assert sign_in(Client()).status_code == 429


def test_records_are_found_by_account_and_address(client, auditor, locked):
    client.force_login(auditor)
    for words, found in {"officer": LIMIT, "10.20.30": LIMIT + 1, "somebody": 0}.items():
        page = client.get(reverse(RECORDS), {"q": words})
        assert page.context["cl"].result_count == found, words
    page = client.get(reverse(RECORDS), {"result__exact": "signed_in"})
    assert (
        page.context["cl"].result_count == SignInRecord.objects.filter(username="auditor").count()
    )


def test_lists_ask_the_same_number_of_queries_for_any_number_of_rows(
    client, administrator, locked, django_assert_max_num_queries
):
    for number in range(10):
        fail(Client(), f"nobody{number}", address=f"10.1.1.{number}")
    client.force_login(administrator)

    for page in (RECORDS, LOCKS):
        with django_assert_max_num_queries(12):
            assert client.get(reverse(page)).status_code == 200
