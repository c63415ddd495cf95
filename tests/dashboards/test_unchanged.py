"""A page that nothing was written since is not made again; one that anything was, is."""

import datetime

import pytest
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from indicators.dashboards import unchanged
from indicators.models.database_state import database_state
from tests.cast import YEAR, enter

OVERVIEW = reverse("dashboards:overview")


@pytest.fixture
def told(transactional_db, children, north, supervisor, officer):
    enter(children, north, "12")


@pytest.fixture
def page(told, supervisor, monkeypatch):
    """A supervisor's browser, which has its cookies: asks for an address, with what it has of it.
    Nothing is written as long as it asks."""
    monkeypatch.setattr(unchanged, "database_state", lambda session=None: "as it was")
    browser = Client()
    browser.force_login(supervisor)
    browser.get(OVERVIEW)

    def ask(address=OVERVIEW, etag="", **cookies):
        browser.cookies.load(cookies)
        return browser.get(address, headers={"if-none-match": etag} if etag else {})

    return ask


def test_it_is_the_same_as_long_as_nothing_is_written(page, django_assert_num_queries):
    first = page()
    with django_assert_num_queries(0):  # but for the database's state
        again = page(etag=first["ETag"])

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "private, no-cache"


def test_another_address_language_colour_day_person_or_release_has_another(
    page, officer, monkeypatch
):
    etag = page()["ETag"]
    assert page(f"{OVERVIEW}?year={YEAR}", etag).status_code == 200
    assert page(etag=etag, theme="dark").status_code == 200
    assert page(etag=etag, theme="", django_language="en").status_code == 200
    assert page(etag=etag, django_language="zh-hans").status_code == 304
    with monkeypatch.context() as other:
        other.setattr(unchanged, "RELEASE", "the next one")
        assert page(etag=etag).status_code == 200
    with monkeypatch.context() as other:
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        other.setattr(timezone, "localdate", lambda: tomorrow)
        assert page(etag=etag).status_code == 200
    assert page(etag=etag, csrftoken="").status_code == 200  # whose forms would be refused

    other = Client()
    other.force_login(officer)
    assert other.get(OVERVIEW, headers={"if-none-match": etag}).status_code == 200
    assert Client().get(OVERVIEW, headers={"if-none-match": etag}).status_code == 302


def test_a_page_that_tells_something_once_is_not_kept(page, rf):
    etag = page()["ETag"]
    told = CookieStorage(rf.get("/"))._encode([Message(SUCCESS, "已保存")])
    answer = page(etag=etag, messages=told)

    assert answer.status_code == 200
    assert "已保存" in answer.content.decode()
    assert "ETag" not in answer.headers


def test_a_session_that_is_over_has_no_state(told, supervisor):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no mark of writing that connections share")
    browser = Client()
    browser.force_login(supervisor)
    session = Session.objects.get()
    assert database_state(session.session_key)
    assert not database_state("of nobody")

    session.expire_date = timezone.now()
    session.save()
    assert not database_state(session.session_key)


def test_who_has_a_mark_and_no_session_signs_in(page):
    etag = page()["ETag"]

    assert Client().get(OVERVIEW, headers={"if-none-match": etag}).status_code == 302
    assert page(etag=etag, sessionid="").status_code == 302


def test_what_is_refused_is_not_kept(page):
    answer = page(f"{OVERVIEW}?year=1")

    assert answer.status_code == 400
    assert "ETag" not in answer.headers


def test_every_page_of_the_dashboards_is_so(page, children):
    for name in (
        *("overview", "brief", "outlook", "compare", "changes", "days", "heat_map"),
        *("only_increase", "profile", "reliability", "units", "doubts", "indicators"),
        "custom_table",
    ):
        address = reverse(f"dashboards:{name}")
        assert page(address, page(address)["ETag"]).status_code == 304, name
    place = reverse("dashboards:figure", args=["children", "500101", YEAR])
    for address in (reverse("dashboards:indicator", args=["children"]), place):
        assert page(address, page(address)["ETag"]).status_code == 304


def test_any_write_makes_it_anew(told, children, north):
    before = database_state()
    enter(children, north, "13")

    assert (database_state() != before) == (connection.vendor == "postgresql")


def test_reading_changes_nothing(told, supervisor):
    """Other tests may write meanwhile, on other databases of the server: then it is tried again."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no mark of writing that connections share")
    browser = Client()
    browser.force_login(supervisor)
    browser.get(OVERVIEW)
    answers = (
        browser.get(OVERVIEW, headers={"if-none-match": browser.get(OVERVIEW)["ETag"]})
        for _turn in range(200)
    )

    assert any(answer.status_code == 304 for answer in answers)


def test_without_such_a_mark_pages_are_made_each_time(told, supervisor, monkeypatch):
    monkeypatch.setattr(unchanged, "database_state", lambda session=None: "")
    browser = Client()
    browser.force_login(supervisor)

    assert "ETag" not in browser.get(OVERVIEW).headers
