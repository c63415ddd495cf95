"""The first account of an empty installation: with the code that `migrate` printed, once."""

import io
import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from indicators.accounts.first_start import FirstStartForm
from indicators.models import FirstStartCode, User

PAGE = "/first-start/"
PASSWORD = "Correct-Horse-7"


def migrate(verbosity=1):
    printed = io.StringIO()
    call_command("migrate", verbosity=verbosity, stdout=printed, skip_checks=True)
    return re.findall(r"enter, once: (\S+)", printed.getvalue())


@pytest.fixture
def code(db):
    (found,) = migrate()
    return found


def filled(code, **other):
    return {
        "code": code,
        "username": "zhang",
        "full_name": "张三",
        "password1": PASSWORD,
        "password2": PASSWORD,
    } | other


def test_migrate_prints_a_code_with_which_the_first_account_is_made(client, code):
    assert client.get(reverse("accounts:login")).url == PAGE
    assert "migrate" in client.get(PAGE).content.decode()

    response = client.post(PAGE, filled(code), follow=True)
    assert response.redirect_chain == [("/", 302)]
    user = User.objects.get()
    assert (user.username, user.full_name, user.is_staff, user.is_superuser) == (
        "zhang",
        "张三",
        True,
        True,
    )
    assert response.wsgi_request.user == user
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", " ")])
def test_the_code_is_read_however_it_is_typed(client, code, typed):
    assert client.post(PAGE, filled(typed(code))).status_code == 302


def test_there_is_no_page_once_an_account_exists(client, code, officer):
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, filled(code)).status_code == 404
    assert client.get(reverse("accounts:login")).status_code == 200
    assert migrate() == []


def test_there_is_no_page_before_a_code_was_printed(client, db):
    assert migrate(verbosity=0) == []
    assert client.get(PAGE).status_code == 404
    assert client.get(reverse("accounts:login")).status_code == 200


def test_another_code_is_refused_and_what_was_typed_stays(client, code):
    (newer,) = migrate()
    answer = client.post(PAGE, filled(code)).content.decode()

    assert "不是最近一次" in answer
    assert 'value="张三"' in answer
    assert not User.objects.exists()
    assert client.post(PAGE, filled(newer)).status_code == 302


def test_a_weak_password_is_refused_before_the_code_is_used_up(client, code):
    weak = client.post(PAGE, filled(code, password1="123", password2="123"))

    assert "密码太短" in weak.content.decode()
    assert client.post(PAGE, filled(code)).status_code == 302


def test_of_two_with_the_code_at_once_one_makes_an_account(code):
    first, second = FirstStartForm(filled(code)), FirstStartForm(filled(code, username="li"))
    assert first.is_valid()
    assert second.is_valid()

    first.save()
    with pytest.raises(FirstStartCode.DoesNotExist):
        second.save()
    assert User.objects.get().username == "zhang"


def test_the_code_is_not_kept(code):
    assert code not in FirstStartCode.objects.get().digest
