"""What no browser of ours sends meets a refusal in words, never an error of the server."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from indicators.models import YearlyValue
from tests.cast import PASSWORD, enter
from tests.entry.test_sheet import address, boxes

FORM = "application/x-www-form-urlencoded"


def test_a_page_too_much_to_read_is_told_in_chinese(client, db):
    too_many = {f"x{number}": "1" for number in range(2000)}
    response = client.post(reverse("accounts:login"), too_many)

    assert response.status_code == 400
    assert "无法处理" in response.content.decode()
    assert "Bad Request" not in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/figures/children/%00/2021/",
        "/entry/500101%00/2021/funding/",
    ],
)
def test_no_character_at_all_in_an_address_is_refused(client, officer, children, north, address):
    enter(children, north, "5")
    client.force_login(officer)

    assert client.get(address).status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "base64", "unicode_escape", "idna"])
def test_a_body_in_another_encoding_is_refused(client, db, charset):
    body = (
        b'--B\r\nContent-Disposition: form-data; name="username"\r\n\r\n+2AA-\\ud800\r\n'
        b'--B\r\nContent-Disposition: form-data; name="password"\r\n\r\nx\r\n--B--\r\n'
    )
    kind = f"multipart/form-data; boundary=B; charset={charset}"
    response = client.generic("POST", reverse("accounts:login"), body, kind)

    assert response.status_code == 400


def test_a_name_that_the_house_does_not_answer_to_is_refused(client, db):
    assert (
        client.get(reverse("accounts:login"), headers={"host": "evil.example"}).status_code == 400
    )


@pytest.mark.parametrize("kind", ["text/plain; charset=UTF-8", "text/plain", ""])
def test_utf_8_is_read_however_it_is_named(client, db, kind):
    assert client.get(reverse("accounts:login"), CONTENT_TYPE=kind).status_code == 200


def multipart(fields, encoding):
    parts = [
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    ]
    return "".join([*parts, "--B--\r\n"]).encode(encoding)


@pytest.mark.parametrize("charset", ["UTF8", "utf8", "UTF-8", "utf_8", "U8", '"utf-8"', ""])
def test_a_form_in_utf_8_is_read_by_whichever_name(client, officer, charset):
    body = urlencode({"username": "officer", "password": PASSWORD})
    kind = f"{FORM}; charset={charset}"

    assert client.generic("POST", reverse("accounts:login"), body, kind).status_code == 302


@pytest.mark.parametrize("charset", ["gbk", "GBK", "gb2312", "GB18030", "cp936"])
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=B"])
def test_a_form_in_gbk_is_read(client, officer, children, north, charset, kind):
    client.force_login(officer)
    typed = boxes("children", "3.62万", note="含民办")
    body = urlencode(typed, encoding="gbk") if kind == FORM else multipart(typed, "gbk")
    answer = client.generic("POST", address(north), body, f"{kind}; charset={charset}")

    assert answer.status_code == 302
    stored = YearlyValue.objects.get()
    assert (stored.number, stored.note) == (36200, "含民办")


def test_who_signs_in_with_a_form_in_gbk_is_known_by_name(client, officer):
    """Also with the token of the form, which is checked before anything else."""
    officer.username = "张三"
    officer.save()
    client = Client(enforce_csrf_checks=True)
    client.get(reverse("accounts:login"))
    typed = {
        "username": "张三",
        "password": PASSWORD,
        "csrfmiddlewaretoken": client.cookies["csrftoken"].value,
    }
    body = urlencode(typed, encoding="gbk")
    kind = f"{FORM}; charset=gbk"

    assert client.generic("POST", reverse("accounts:login"), body, kind).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("big5", b"username=%B1i"),
        ("nonsense", b"username=x"),
        ("gbk", b"username=%FF%FF"),  # no character
        ("gbk", b"username=%D5"),  # half of one
    ],
)
def test_what_cannot_be_read_is_refused_in_words(
    client, officer, charset, body, signed_in, language
):
    if signed_in:
        client.force_login(officer)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    kind = f"{FORM}; charset={charset}"
    response = client.generic("POST", reverse("accounts:login"), body, kind)
    html = response.content.decode()

    assert response.status_code == 400
    assert f'<html lang="{language}">' in html
    said = {"zh-hans": "不是 UTF-8 编码", "en": "not in UTF-8"}[language]
    assert said in html


@pytest.mark.parametrize("back", ["abc", "?q=1", "#table", "渝中"])
def test_the_way_back_after_choosing_a_theme_is_no_name_of_a_page(client, db, back):
    response = client.post(reverse("accounts:theme"), {"theme": "dark", "next": back})

    assert response.status_code == 302
    assert client.cookies["theme"].value == "dark"


@pytest.mark.parametrize("back", ["//elsewhere.example", "https://elsewhere.example/", "/\\x", ""])
def test_choosing_a_theme_leads_nowhere_else(client, db, back):
    response = client.post(reverse("accounts:theme"), {"theme": "dark", "next": back})

    assert response.url == reverse("home:home")


@pytest.mark.parametrize("page", ["home:home", "dashboards:overview", "exchange:export"])
def test_no_proxy_keeps_a_page_made_for_one_person(client, officer, children, north, page):
    enter(children, north, "5")
    client.force_login(officer)

    assert client.get(reverse(page)).headers["Cache-Control"] == "private, no-cache"
