"""Names take no control or direction marks: what nobody sees makes a name look like another's."""

import pytest
from django.core.exceptions import ValidationError

from indicators.models import User
from tests.accounts.test_admin import boxes, inline, url
from tests.accounts.test_first_start import PAGE, code, filled  # noqa: F401
from tests.cast import PASSWORD

SAID = "不得含有控制字符或文字方向标记"
MARKS = ["\u202e", "\u200b", "\u2066", "\u00ad", "\ufeff", "\u0007", "\n", "\u2028"]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("field", ["username", "full_name", "telephone"])
def test_the_model_refuses_them(field, mark):
    given = {"username": "zhang", "full_name": "张三"} | {field: f"a{mark}b"}
    with pytest.raises(ValidationError) as refused:
        User(**given).clean()

    assert set(refused.value.message_dict) == {field}


@pytest.mark.parametrize("name", ["张 三", "欧阳　修", "阿·买买提", "O’Neil-Smith", "é", "👩"])
def test_names_as_people_have_them_are_taken(name):
    User(username="zhang", full_name=name).clean()


@pytest.mark.parametrize("field", ["username", "full_name"])
def test_a_new_account_with_them_is_refused(client, administrator, field):
    client.force_login(administrator)
    page = {"username": "zhang", "full_name": "张三", "usable_password": "true"}
    page |= {"password1": PASSWORD, "password2": PASSWORD, field: "zh\u202eang"}
    shown = client.post(url("user", "add"), page | inline()).content.decode()

    assert f"{SAID}：U+202E。" in shown
    assert not User.objects.filter(pk__gt=administrator.pk).exists()


@pytest.mark.parametrize("field", ["username", "full_name"])
def test_an_account_does_not_get_them_later(client, administrator, officer, field):
    client.force_login(administrator)
    shown = client.post(url("user", "change", officer), boxes(officer, **{field: "a\u2067b"}))

    assert SAID in shown.content.decode()
    officer.refresh_from_db()
    assert (officer.username, officer.full_name) == ("officer", "")


@pytest.mark.parametrize("field", ["username", "full_name"])
def test_neither_does_the_first_account(client, code, field):  # noqa: F811
    shown = client.post(PAGE, filled(code, **{field: "a\u200fb"})).content.decode()

    assert SAID in shown
    assert not User.objects.exists()
