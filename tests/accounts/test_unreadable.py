"""What no browser of ours sends meets a refusal in words, never an error of the server."""

import pytest
from django.urls import reverse

from tests.cast import enter


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
