"""Failed attempts lock the pair of account and address, are slowed per address, and are kept."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from indicators.accounts import sign_ins
from indicators.models import SignInLock, SignInRecord, User
from tests.cast import PASSWORD

HERE, THERE = "10.20.30.40", "10.20.30.41"
LIMIT = 5


def sign_in(client, username="officer", password=PASSWORD, address=HERE, **headers):
    form = {"username": username, "password": password}
    return client.post(reverse("accounts:login"), form, REMOTE_ADDR=address, **headers)


def fail(client, username="officer", address=HERE, times=1):
    return [sign_in(client, username, "wrong", address) for _time in range(times)]


def later(**passed):
    """As if the time had passed since the failures there are."""
    for one in SignInLock.objects.all():
        one.attempt_time -= timedelta(**passed)
        one.save(update_fields=["attempt_time"])


def kept():
    return list(SignInRecord.objects.order_by("pk").values_list("username", "address", "result"))


# --- The lock of a pair ------------------------------------------------------------------------


def test_the_fifth_failure_locks_and_the_page_says_which_account_until_when_and_whom_to_ask(
    client, officer
):
    assert [page.status_code for page in fail(client, times=LIMIT)] == [200] * 4 + [429]

    page = sign_in(client)
    text = page.content.decode()
    assert page.status_code == 429
    assert 14 * 60 < int(page.headers["Retry-After"]) <= 15 * 60
    assert "账号“officer”在本网络地址连续 5 次登录失败" in text
    assert "请在 15 分钟后" in text
    assert "请联系市教育委员会的系统管理员" in text
    assert 'value="officer"' in text
    assert "_auth_user_id" not in client.session


def test_neither_another_account_nor_another_address_is_locked(client, officer, lead):
    fail(client, times=LIMIT)

    assert sign_in(Client(), "lead").status_code == 302
    assert sign_in(Client(), address=THERE).status_code == 302
    assert sign_in(Client()).status_code == 429


def test_another_browser_does_not_go_around_the_lock(client, officer):
    for number in range(LIMIT):
        sign_in(client, password="wrong", HTTP_USER_AGENT=f"browser {number}")

    assert sign_in(Client(), HTTP_USER_AGENT="fresh").status_code == 429
    assert SignInLock.objects.get().failures_since_start == LIMIT


def test_a_lock_ends_by_itself_and_is_not_prolonged_by_trying(client, officer):
    fail(client, times=LIMIT)
    later(minutes=10)
    page = fail(client)[0]
    assert (page.status_code, int(page.headers["Retry-After"]) <= 5 * 60) == (429, True)

    later(minutes=5)
    assert fail(client)[0].status_code == 200
    assert sign_in(client).status_code == 302


def test_a_success_forgets_the_failures_before_it(client, officer):
    fail(client, times=LIMIT - 1)
    assert sign_in(client).status_code == 302

    assert [page.status_code for page in fail(Client(), times=LIMIT - 1)] == [200] * 4


def test_nothing_tells_an_account_that_exists_from_one_that_does_not(officer):
    User.objects.create_user("closed", password=PASSWORD, is_active=False)
    told = {}
    for name in ("officer", "nobody1", "closed"):
        pages = fail(Client(), name, times=LIMIT + 1)
        told[name] = [
            (page.status_code, "Retry-After" in page.headers, _without(page, name))
            for page in pages
        ]
    assert told["officer"] == told["nobody1"] == told["closed"]


def _without(page, name):
    """What the page says, but for the name, the minute and the token."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|\d\d:\d\d', "", page.content.decode())
    return text.replace(name, "")


def test_an_account_that_exists_costs_no_other_queries(officer):
    asked = {}
    for name in ("officer", "nobody1"):
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            fail(client, name, times=LIMIT + 2)
        asked[name] = len(queries)
    assert asked["officer"] == asked["nobody1"]


def test_marks_in_a_name_do_not_turn_the_sentence_around(client, db):
    page = fail(client, "of\u202eficer", times=LIMIT)[-1]

    assert "账号“officer”" in page.content.decode()


@pytest.mark.parametrize("name", ["x" * 300, "名" * 150, "ﬃ" * 150, " ", "a\x00b"])
def test_whatever_is_typed_as_a_name_is_answered(client, db, name):
    pages = fail(client, name, times=LIMIT + 1)

    assert {page.status_code for page in pages} <= {200, 429}


# --- The address -------------------------------------------------------------------------------


def many_failures(client):
    for number in range(4):
        fail(client, f"nobody{number}", times=4)
    fail(client, "nobody4", times=4)


def test_many_failures_slow_their_address_by_seconds_and_lock_nobody(client, officer, lead):
    many_failures(client)

    page = sign_in(Client())
    assert (page.status_code, page.headers["Retry-After"]) in [(429, "1"), (429, "2")]
    assert "秒后重试" in page.content.decode()
    assert sign_in(Client(), address=THERE).status_code == 302

    later(seconds=2)
    assert sign_in(Client()).status_code == 302
    assert sign_in(Client(), "lead").status_code == 302


def test_what_is_asked_to_come_again_is_neither_checked_nor_counted(client, officer):
    many_failures(client)
    before = kept()

    assert {page.status_code for page in fail(client, times=LIMIT + 1)} == {429}
    later(seconds=2)
    assert sign_in(client).status_code == 302
    assert len(kept()) == len(before) + 1


def test_a_browser_that_the_account_knows_is_not_slowed_for_it(officer, lead):
    own = Client()
    sign_in(own)
    own.post(reverse("accounts:logout"))
    many_failures(Client())

    assert sign_in(own, "lead").status_code == 429
    assert sign_in(own).status_code == 302
    cookie = own.cookies["known_browser"]
    assert cookie["httponly"]
    assert "officer" not in cookie.value


def test_a_made_up_cookie_does_not_count(client, officer):
    many_failures(client)
    own = Client()
    own.cookies["known_browser"] = sign_ins._digest("officer")

    assert sign_in(own).status_code == 429


# --- What is kept ------------------------------------------------------------------------------


def test_failures_successes_and_ends_are_kept(client, officer):
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/90.0.4430.212 Safari/537.36"
    fail(client)
    sign_in(client, HTTP_USER_AGENT=agent)
    client.post(reverse("accounts:logout"), REMOTE_ADDR=HERE)

    assert kept() == [
        ("officer", HERE, "failed"),
        ("officer", HERE, "signed_in"),
        ("officer", HERE, "signed_out"),
    ]
    assert SignInRecord.objects.get(result="signed_in").browser == "Chrome 90 · Windows"


def test_who_goes_on_against_a_lock_is_kept_once_a_minute(client, officer):
    fail(client, times=LIMIT + 10)

    assert [result for *_who, result in kept()] == ["failed"] * LIMIT + ["locked"]


def test_nothing_that_was_typed_is_kept_but_the_name_of_an_account(client, officer):
    secret = "My-Secret-9"
    form = {"username": secret, "password": secret, "next": secret, "Password": secret}
    client.post(f"{reverse('accounts:login')}?q={secret}", form, REMOTE_ADDR=HERE)
    sign_in(client, password=secret)

    assert kept() == [("", HERE, "failed"), ("officer", HERE, "failed")]
    for model in (SignInLock, SignInRecord):
        for row in model.objects.all():
            assert secret not in str(vars(row))
    assert {(row.get_data, row.post_data) for row in SignInLock.objects.all()} == {("", "")}


def test_what_is_old_is_dropped_by_the_hourly_command(client, officer):
    fail(client)
    SignInRecord.objects.update(at=timezone.now() - sign_ins.KEPT + timedelta(hours=1))
    call_command("send_reminders")
    assert (len(kept()), SignInLock.objects.count()) == (1, 1)

    SignInRecord.objects.update(at=timezone.now() - sign_ins.KEPT - timedelta(hours=1))
    later(minutes=15)
    for _twice in range(2):
        call_command("send_reminders")
    assert (kept(), SignInLock.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_wrong_attempts_at_once_are_all_counted(transactional_db):
    User.objects.create_user("officer", password=PASSWORD)
    start, found = Barrier(4), []

    def attempt():
        start.wait()
        found.append(fail(Client())[0].status_code)
        connection.close()

    threads = [Thread(target=attempt) for _one in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == [200] * 4
    assert SignInLock.objects.get().failures_since_start == 4
    assert fail(Client())[0].status_code == 429


def test_an_error_of_the_page_after_a_failure_is_none_of_a_done_save(client, officer, monkeypatch):
    """What is kept of sign-ins is nobody's work: the page does not say that something was saved."""

    def broken(*_args, **_kwargs):
        raise ConnectionError("the line was cut")

    monkeypatch.setattr("indicators.accounts.views.SignIn.form_invalid", broken)
    quiet = Client(raise_request_exception=False)
    assert fail(quiet)[0].status_code == 500


# --- Whom to ring ------------------------------------------------------------------------------


def test_the_page_says_whom_to_ring(client, db, settings):
    assert "请联系市教育委员会的系统管理员" in client.get("/login/").content.decode()

    settings.HELP_CONTACT = "市教委信息中心 023-6000 0000"
    text = client.get("/login/").content.decode()
    assert "登录遇到问题，请联系：市教委信息中心 023-6000 0000" in text


def test_nobody_signs_in_without_a_request(officer):
    from axes.exceptions import AxesBackendRequestParameterRequired

    with pytest.raises(AxesBackendRequestParameterRequired):
        authenticate(username="officer", password=PASSWORD)
