"""A forgotten password by e-mail: asked for, sent, chosen; and what tells nothing."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from indicators.accounts.codes import new_start_codes
from indicators.accounts.password_mail import FROM_AN_ADDRESS, OF_AN_ACCOUNT
from indicators.models import SignInRecord, StartCode, User
from tests.cast import PASSWORD

ASK = "/password/mail/"
ADDRESS = "li@example.cn"
CHOSEN = "Another-Horse-8"


@pytest.fixture(autouse=True)
def set_up(settings):
    settings.EMAIL_HOST = "mail.example.cn"


@pytest.fixture
def li(officer):
    officer.email, officer.full_name = ADDRESS, "李四"
    officer.save()
    return officer


def ask(client, address=ADDRESS, **extra):
    return client.post(ASK, {"email": address}, **extra)


def link():
    (found,) = re.findall(r"http\S+", mail.outbox[-1].body)
    return found


def choose(client, address, password=CHOSEN):
    page = client.get(address, follow=True)
    given = {"new_password1": password, "new_password2": password}
    return page, client.post(page.request["PATH_INFO"], given)


def test_a_person_gets_a_link_and_chooses_a_password(client, li):
    assert ASK in client.get("/login/").content.decode()

    assert ask(client).headers["Location"] == "/password/mail/sent/"
    (sent,) = mail.outbox
    assert sent.to == [ADDRESS]
    assert sent.subject == "教育履职监测：设置新密码"
    assert "李四" in sent.body
    assert "officer" in sent.body
    page, answer = choose(client, link())

    assert page.status_code == 200
    assert answer.headers["Location"] == "/login/"
    assert client.login(username="officer", password=CHOSEN, request=page.wsgi_request)


def test_the_link_leads_to_where_the_application_is_reached(client, li, settings):
    settings.SITE_URL = "https://duty.example.cn/"

    ask(client)

    assert link().startswith("https://duty.example.cn/password/mail/")


def test_a_link_is_good_once_and_for_two_hours(client, li, monkeypatch):
    ask(client)
    address = link()
    choose(client, address)
    page = client.get(address, follow=True)
    assert "链接已使用或已过期" in page.content.decode()

    ask(client)
    late = timezone.make_naive(timezone.now()) + timedelta(hours=2, minutes=1)
    monkeypatch.setattr(
        "django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: late
    )
    assert "链接已使用或已过期" in client.get(link(), follow=True).content.decode()


def test_a_weak_password_is_refused_in_words(client, li):
    ask(client)
    _page, answer = choose(client, link(), "12345")

    assert answer.status_code == 200
    assert "至少须有 10 个字符" in answer.content.decode()
    assert User.objects.get(username="officer").check_password(PASSWORD)


def test_the_answer_is_the_same_whether_there_is_an_account(client, li):
    there, nobody = ask(client), ask(client, "nobody@example.cn")

    assert (there.status_code, there.headers["Location"]) == (302, nobody.headers["Location"])
    assert len(mail.outbox) == 1
    names = SignInRecord.objects.filter(result="asked_by_mail").order_by("pk")
    assert list(names.values_list("username", flat=True)) == ["officer", ""]


def test_a_deactivated_account_gets_nothing(client, li):
    li.is_active = False
    li.save()

    assert ask(client).status_code == 302
    assert mail.outbox == []


def test_who_was_handed_a_code_starts_with_it_and_not_by_mail(client, li):
    """The first password is chosen with the code that the administrator handed out."""
    new_start_codes([li])

    assert ask(client).status_code == 302
    assert mail.outbox == []
    assert StartCode.objects.filter(user=li).exists()


def test_a_code_handed_out_meanwhile_ends_the_link(client, li):
    ask(client)
    new_start_codes([li])

    assert "链接已使用或已过期" in client.get(link(), follow=True).content.decode()


def test_an_account_closed_meanwhile_ends_the_link(client, li):
    ask(client)
    before = li.password
    User.objects.update(is_active=False)
    choose(client, link())
    li.refresh_from_db()
    assert li.password == before


def test_an_account_gets_a_few_mails_an_hour(client, li):
    for _time in range(OF_AN_ACCOUNT + 2):
        assert ask(client).status_code == 302
    assert len(mail.outbox) == OF_AN_ACCOUNT

    SignInRecord.objects.update(at=timezone.now() - timedelta(hours=1))
    ask(client)
    assert len(mail.outbox) == OF_AN_ACCOUNT + 1


def test_who_asks_often_from_one_address_is_told_to_wait(client, li):
    for number in range(FROM_AN_ADDRESS):
        ask(client, f"{number}@example.cn")

    answer = ask(client)
    assert answer.status_code == 429
    assert "请一小时后再试" in answer.content.decode()
    assert mail.outbox == []
    assert ask(client, REMOTE_ADDR="10.0.0.9").status_code == 302


def test_a_server_that_does_not_answer_changes_nothing_of_the_answer(client, li, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert ask(client).status_code == 302


def test_without_a_mail_server_there_is_no_such_page(client, li, settings):
    settings.EMAIL_HOST = ""

    assert ASK not in client.get("/login/").content.decode()
    for page in (ASK, "/password/mail/sent/", "/password/mail/MQ/token/"):
        assert client.get(page).status_code == 404
        assert client.post(page, {"email": ADDRESS}).status_code == 404
    assert mail.outbox == []


@pytest.mark.parametrize("page", [ASK, "/password/mail/sent/", "/password/mail/MQ/token/"])
def test_its_pages_speak_chinese(client, db, page):
    text = re.sub(r"<[^>]+>", " ", client.get(page).content.decode())

    assert re.findall(r"[A-Za-z]{3,}", text.replace("English", "")) == []
