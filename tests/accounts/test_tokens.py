"""The page on which a person makes and revokes tokens; administrators revoke anybody's."""

import re
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from indicators.accounts.tokens import make_token
from indicators.models import ApiToken
from indicators.recording.leaving import leave

PAGE = reverse("accounts:tokens")
LIST = reverse("admin:indicators_apitoken_changelist")


@pytest.fixture
def desk(client, officer):
    client.force_login(officer)
    return client


def made(response):
    return re.findall(r"edt_[\w-]{43}", response.content.decode())


def test_a_new_token_is_shown_this_once(desk, officer):
    answer = desk.post(PAGE, {"name": "取数程序", "days": 90})
    token = ApiToken.objects.get()

    assert answer.status_code == 200
    assert len(made(answer)) == 1
    assert "no-store" in answer.headers["Cache-Control"]
    assert ApiToken.objects.with_text(made(answer)[0]) == token
    assert (token.owner, token.name) == (officer, "取数程序")
    assert token.expires_at - token.made_at == timedelta(days=90)
    page = desk.get(PAGE)
    assert made(page) == []
    assert token.begins in page.content.decode()
    assert token.digest not in page.content.decode()


@pytest.mark.parametrize(
    "given",
    [
        {"name": "", "days": 30},
        {"name": "x" * 101, "days": 30},
        {"name": "乱\u202e", "days": 30},
        {"name": "久", "days": 366},
        {"name": "无", "days": ""},
        {"name": "\x00", "days": 30},
    ],
)
def test_what_is_wrong_with_it_is_said(desk, given):
    answer = desk.post(PAGE, given)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_the_owner_revokes_it(desk, officer):
    token, text = make_token(officer, "旧程序", 30)
    answer = desk.post(reverse("accounts:revoke_token", args=[token.pk]), follow=True)

    assert "令牌“旧程序”已撤销。" in answer.content.decode()
    assert ApiToken.objects.with_text(text) is None
    assert ApiToken.objects.get().revoked_by == officer
    at = ApiToken.objects.get().revoked_at
    desk.post(reverse("accounts:revoke_token", args=[token.pk]))
    assert ApiToken.objects.get().revoked_at == at


def test_nobody_sees_or_revokes_another_persons(desk, lead, supervisor):
    token, text = make_token(lead, "别人的程序", 30)

    assert "别人的程序" not in desk.get(PAGE).content.decode()
    assert desk.post(reverse("accounts:revoke_token", args=[token.pk])).status_code == 404
    assert ApiToken.objects.with_text(text) == token


def revoke(token):
    return {"action": "revoke", "_selected_action": [token.pk]}


def test_an_administrator_revokes_it_and_sees_no_secret(administrator, officer):
    token, text = make_token(officer, "旧程序", 30)
    client = Client()
    client.force_login(administrator)
    page = client.get(LIST).content.decode()

    assert "旧程序" in page
    assert token.begins in page
    assert token.digest not in page
    detail = reverse("admin:indicators_apitoken_change", args=[token.pk])
    assert token.digest not in client.get(detail).content.decode()
    answer = client.post(LIST, revoke(token), follow=True)
    assert "已撤销 1 个令牌。" in answer.content.decode()
    assert ApiToken.objects.with_text(text) is None
    assert ApiToken.objects.get().revoked_by == administrator
    assert LogEntry.objects.filter(user=administrator, object_id=str(token.pk)).count() == 1
    client.post(LIST, revoke(token))
    assert LogEntry.objects.count() == 1


def test_an_auditor_reads_the_list_and_revokes_nothing(auditor, officer):
    token, text = make_token(officer, "旧程序", 30)
    client = Client()
    client.force_login(auditor)

    assert "旧程序" in client.get(LIST).content.decode()
    client.post(LIST, revoke(token))
    assert ApiToken.objects.with_text(text) == token


def test_it_ends_with_the_password(desk, officer):
    token, text = make_token(officer, "取数程序", 30)
    officer.set_password("一个新的-密码-2026")
    officer.save()
    assert ApiToken.objects.with_text(text) is None
    assert not ApiToken.objects.get(pk=token.pk).is_good


def test_it_ends_with_who_leaves_though_the_account_is_opened_again(officer, lead, administrator):
    _token, text = make_token(officer, "取数程序", 30)
    leave(officer, successor=lead, actor=administrator, reason="调离")
    officer.refresh_from_db()
    officer.is_active = True
    officer.save()
    assert ApiToken.objects.with_text(text) is None
