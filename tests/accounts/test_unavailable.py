"""Where the database is away: a page that says so at once and keeps what was typed."""

import sqlite3

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from education_duty.postgresql.outage import CommitUnanswered
from indicators.entry import views
from indicators.models import YearlyValue
from tests.cast import PASSWORD, YEAR
from tests.entry.test_sheet import address, boxes

pytestmark = pytest.mark.django_db(transaction=True)

LOGIN = {"username": "张三", "password": "Wrong-Horse-7"}
SAID = {"zh-hans": "暂时无法使用", "en": "Not available at the moment"}


@pytest.fixture
def page(officer):
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def go_away(monkeypatch):
    """From now on no connection can be had."""
    connection.close()
    if connection.vendor == "postgresql":
        error = psycopg.OperationalError("connection refused")
    else:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN

    def refuse(_params):
        raise error

    monkeypatch.setattr(connection, "get_new_connection", refuse)


@pytest.fixture
def away(page, monkeypatch):
    go_away(monkeypatch)


@pytest.mark.parametrize("language", SAID)
def test_a_page_says_so_in_the_language_of_its_reader(page, away, language):
    page.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    response = page.get("/overview/?year=2021&tier=reported")
    html = response.content.decode()

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Content-Language"] == language
    assert f"<h1>{SAID[language]}</h1>" in html
    assert f'<html lang="{language}">' in html
    assert 'href="/overview/?year=2021&amp;tier=reported"' in html
    assert "X-Unsaved" not in response.headers


@pytest.mark.parametrize("where", ["/nowhere/", "/admin/", "/login/", "/messages/", "/export/"])
def test_no_address_waits_for_a_page_of_another_error(page, away, where):
    assert page.get(where).status_code == 503


def test_what_was_typed_is_kept_and_can_be_sent_again(page, away, north):
    response = page.post(address(north), boxes("children", '5"><b>', note="两行\n字"))
    html = response.content.decode()

    assert (response.status_code, response.headers["X-Unsaved"]) == (503, "1")
    assert "没有保存" in html
    assert f'<form method="post" action="{address(north)}">' in html
    assert 'name="children-value" value="5&quot;&gt;&lt;b&gt;"' in html
    assert 'name="children-note" value="两行\n字"' in html
    assert "children-value: 5&quot;&gt;&lt;b&gt;" in html
    assert "<b>" not in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_what_is_sent_again_is_saved(page, children, north, monkeypatch):
    with monkeypatch.context() as patch:
        go_away(patch)
        kept = page.post(address(north), boxes("children", "5"))
    assert kept.status_code == 503
    found = next(fields for fields in kept.context if "fields" in fields)["fields"]
    assert page.post(address(north), dict(found)).status_code == 302
    assert YearlyValue.objects.get().number == 5


def test_a_password_is_not_given_back(away, monkeypatch):
    client = Client(raise_request_exception=False)
    html = client.post(reverse("accounts:login"), LOGIN).content.decode()

    assert 'name="username" value="张三"' in html
    assert LOGIN["password"] not in html
    assert "密码和启用码不予保留" in html


def test_the_start_up_code_is_not_given_back(monkeypatch):
    go_away(monkeypatch)
    client = Client(raise_request_exception=False)
    typed = {"code": "ABCDE-FGHJK", "username": "first", "password1": PASSWORD}
    html = client.post(reverse("accounts:first_start"), typed).content.decode()

    assert 'value="first"' in html
    assert "ABCDE" not in html
    assert PASSWORD not in html


def test_what_another_site_made_a_browser_send_is_not_offered_to_be_sent_again(
    officer, monkeypatch, north
):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.force_login(officer)
    client.get(address(north))
    go_away(monkeypatch)
    response = client.post(address(north), boxes("children", "666"))

    assert response.status_code == 503
    assert "666" not in response.content.decode()
    assert "<form" not in response.content.decode()


def test_what_was_saved_before_it_went_is_said_to_be_and_the_rest_is_kept(
    page, monkeypatch, children, children_public, north
):
    """The first row is committed, the second meets nobody."""
    save = views.save_rows

    def save_one(sheet, rows, **by):
        save(sheet, list(rows)[:1], **by)
        go_away(monkeypatch)
        return save(sheet, list(rows)[1:], **by)

    monkeypatch.setattr(views, "save_rows", save_one)
    typed = boxes("children", "5") | boxes("children_public", "3")
    response = page.post(address(north), typed, headers={"Referer": "http://x" + address(north)})
    monkeypatch.undo()
    html = response.content.decode()

    assert (response.status_code, response.headers["X-Saved"]) == (200, "1")
    assert "可能只保存了一部分" in html
    assert "children_public-value: 3" in html
    assert "<form" not in html
    assert YearlyValue.objects.count() == 1


def test_whether_it_was_saved_is_left_open_where_the_commit_had_no_answer(
    page, monkeypatch, children, north
):
    def lost(*_given, **_more):
        raise CommitUnanswered("server closed the connection unexpectedly")

    monkeypatch.setattr("indicators.entry.services.save_value", lost)
    response = page.post(address(north), boxes("children", "5"))
    html = response.content.decode()

    assert response.status_code == 503
    assert "X-Unsaved" not in response.headers
    assert "尚不确定" in html
    assert "children-value: 5" in html
    assert "<form" not in html


@pytest.mark.parametrize(
    "error",
    [ValueError("ours"), OperationalError("no cause"), sqlite3.OperationalError("no table")],
)
def test_an_error_of_ours_stays_one(page, monkeypatch, children, north, error):
    def broken(*_given):
        raise error

    monkeypatch.setattr("indicators.entry.views.validate", broken)
    told = 503 if isinstance(error, OperationalError) else 500
    assert page.get(address(north)).status_code == told


def test_a_table_that_is_missing_is_no_outage(page, monkeypatch, children, north):
    def ask(*_given):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM nowhere")

    monkeypatch.setattr("indicators.entry.views.validate", ask)

    assert page.get(address(north)).status_code == 500


def test_a_lock_that_outlasts_its_timeout_is_the_same(page, monkeypatch, children, north):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows")
    connection.close()
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.1)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        response = page.post(address(north), boxes("children", "5"))
    finally:
        other.close()
        connection.close()

    assert (response.status_code, response.headers["X-Unsaved"]) == (503, "1")
    assert "children-value: 5" in response.content.decode()


def test_a_download_that_cannot_begin_is_a_page(page, monkeypatch, children, north):
    def refuse(*_given, **_more):
        raise OperationalError("connection refused")
        yield

    monkeypatch.setattr("indicators.exchange.views.csv_file", refuse)
    response = page.get(reverse("exchange:figures"), {"year": YEAR})

    assert response.status_code == 503
    assert response.headers["Content-Type"].startswith("text/html")


def test_a_download_that_breaks_off_is_not_ended_as_if_it_were_whole(page, monkeypatch, children):
    def break_off(*_given, **_more):
        yield b"first"
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("indicators.exchange.views.csv_file", break_off)
    response = page.get(reverse("exchange:figures"), {"year": YEAR})

    assert response.status_code == 200
    with pytest.raises(OperationalError):
        b"".join(response.streaming_content)
