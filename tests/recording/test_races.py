"""Two hundred at once on one submission, over HTTP against gunicorn and PostgreSQL.

Exactly one act wins, every loser is told, and no save is lost: it is part of what was submitted, or
it was refused.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from threading import Barrier, Thread
from time import sleep
from urllib.parse import quote, urlencode

import pytest
from django.db import connection

from indicators.benchmark.server import serving
from indicators.models import (
    Indicator,
    Standing,
    Submission,
    Tier,
    ValueRevision,
    YearlyValue,
)
from indicators.recording.submission import remark, return_submission, submit
from indicators.results.rebuild import check
from tests.cast import PASSWORD, YEAR, enter, make_indicator, make_user
from tests.round_cast import fresh, make_round

pytestmark = pytest.mark.thorough

AT_ONCE = 200
FIGURES = 25
TIMEOUT = 240  # seconds; the machine may be busy
ENTRY, REVIEW = f"/entry/500101/{YEAR}/", f"/review/{YEAR}/500101/"


@dataclass
class Visitor:
    """One browser's session: its cookies, and the token that its forms carry."""

    port: int
    name: str
    cookies: dict[str, str] = field(default_factory=dict)

    def asks(self, address: str, form: dict[str, object] | None = None) -> tuple[int, str]:
        """Status and body. Each call has a connection of its own, so calls may go on at once."""
        called = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
            body = urlencode(token | form, doseq=True)
        try:
            called.request("GET" if form is None else "POST", address, body, headers)
            answer = called.getresponse()
            text = answer.read().decode()
        finally:
            called.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = cookie.partition(";")[0].partition("=")
            if name in ("sessionid", "csrftoken"):
                self.cookies[name] = value
        return answer.status, text

    def signs_in(self) -> Visitor:
        assert self.asks("/login/")[0] == 200
        assert self.asks("/login/", {"username": self.name, "password": PASSWORD})[0] == 302
        return self


@pytest.fixture
def port(transactional_db: None) -> Iterator[int]:
    """The application under gunicorn, on the database of this test."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    given = connection.settings_dict
    place = f"{quote(given['HOST'], safe='')}:{given['PORT'] or 5432}"
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    url = f"postgresql://{who}@{place}/{given['NAME']}"
    with serving(workers=4, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="tests.settings") as found:
        yield found[0]


@pytest.fixture
def of_north(transactional_db, city, north, supervisor, officer):
    """A round of many figures, all of them entered."""
    figures = [make_indicator(f"count_{n:02}") for n in range(FIGURES)]
    asked = make_round(city, supervisor, figures, [north])
    for figure in figures:
        enter(figure, north, "1000", actor=officer)
    return Submission.objects.get(round=asked)


@pytest.fixture
def visitors(port, of_north, city, north, lead):
    """Two sessions each of two people at every desk."""
    for name, role, unit in [
        *(("officer_2", "officer", north), ("lead_2", "lead", north)),
        ("supervisor_2", "supervisor", city),
    ]:
        make_user(name, role, unit)
    names = ["officer", "officer_2", "lead", "lead_2", "supervisor", "supervisor_2"]
    return {name: [Visitor(port, name).signs_in() for _each in range(2)] for name in names}


def at_once(calls: list[Callable[[], tuple[int, str]]]) -> list[tuple[int, str]]:
    """The answers, in the order of the calls, which start together."""
    start = Barrier(len(calls))
    answers: list[tuple[int, str]] = [(0, "never answered")] * len(calls)

    def run(place: int) -> None:
        start.wait(timeout=60)
        answers[place] = calls[place]()

    threads = [Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=TIMEOUT)
    return answers


def is_reported(answer: tuple[int, str]) -> bool:
    """Refused, with the sentence that says so: on the page, or at the row of a sheet."""
    status, text = answer
    mark = 'class="notice error" role="alert"' if "<html" in text else "refused"
    return status in (409, 422) and mark in text


@pytest.mark.parametrize("later", [0, 2, 5])
def test_of_submits_and_saves_at_once_one_submit_wins_and_no_save_is_lost(
    visitors, of_north, later
):
    """The submits come `later` (seconds), so that some saves are ahead of them."""
    officers = visitors["officer"] + visitors["officer_2"]
    leads = visitors["lead"] + visitors["lead_2"]
    version = fresh(of_north).version
    kinds = ["submit", "save"] * (AT_ONCE // 2)
    random.Random(later).shuffle(kinds)
    calls: list[Callable[[], tuple[int, str]]] = []
    typed: dict[int, tuple[str, str]] = {}
    for place, kind in enumerate(kinds):
        if kind == "submit":
            lead = leads[place % len(leads)]
            form = {"act": "submit", "version": version, "confirmed": 1}
            calls.append(lambda who=lead, form=form: sleep(later) or who.asks(ENTRY, form))
            continue
        code, text = f"count_{place % FIGURES:02}", str(2000 + place)
        typed[place] = code, text
        form = {f"{code}-value": text, f"{code}-version": 1, f"{code}-note": ""}
        officer, address = officers[place % len(officers)], f"{ENTRY}funding/{code}/"
        calls.append(lambda who=officer, to=address, form=form: who.asks(to, form))

    answers = at_once(calls)

    statuses = Counter((kind, status) for kind, (status, _) in zip(kinds, answers, strict=True))
    assert statuses["submit", 302] == 1, statuses
    assert {status for _kind, status in statuses} <= {200, 302, 409, 422}, statuses
    for kind, answer in zip(kinds, answers, strict=True):
        assert answer[0] == (302 if kind == "submit" else 200) or is_reported(answer), answer
    assert later == 0 or statuses["save", 200] > 0, statuses
    kept = set(
        ValueRevision.objects.filter(version__gt=1).values_list(
            "value__indicator__code", "as_entered"
        )
    )
    saved = [typed[place] for place in typed if answers[place][0] == 200]
    assert kept == set(saved)
    assert len(saved) == len(kept)
    submitted = Standing.objects.current().filter(tier=Tier.REPORTED)
    stands = dict(submitted.values_list("value_id", "revision__version"))
    assert stands == dict(YearlyValue.objects.values_list("pk", "version"))
    assert (fresh(of_north).state, fresh(of_north).times_submitted) == ("submitted", 1)
    assert check()[1] == []


def test_of_decisions_at_once_one_wins(visitors, of_north, lead):
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)
    supervisors = visitors["supervisor"] + visitors["supervisor_2"]
    chosen = {"chosen": ["count_00", "count_01"], "reason_count_00": "核", "reason_count_01": "核"}
    forms = [
        {"act": "return", "version": sent.version, "reason": "请核对", **chosen},
        {"act": "approve", "version": sent.version, "confirmed": 1},
    ]
    answers = at_once(
        [
            lambda who=supervisors[n % 4], form=forms[n // 4 % 2]: who.asks(REVIEW, form)
            for n in range(AT_ONCE)
        ]
    )

    assert Counter(status for status, _text in answers) == {302: 1, 409: AT_ONCE - 1}
    assert all(is_reported(answer) for answer in answers if answer[0] != 302)
    events = of_north.events.order_by("pk").values_list("act", flat=True)
    assert list(events)[:-1] == ["open", "enter", "submit"]
    assert fresh(of_north).state == {"return": "returned", "approve": "approved"}[events.last()]
    assert check()[1] == []


def test_of_submits_after_a_return_at_once_one_wins(visitors, of_north, lead, supervisor):
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)
    back = return_submission(
        sent, actor=supervisor, version=sent.version, reason="核", figures={"count_00": "核"}
    )
    remark(back, Indicator.objects.get(code="count_00"), actor=lead, text="已核对")
    leads = visitors["lead"] + visitors["lead_2"]
    form = {"act": "submit", "version": back.version, "confirmed": 1}
    answers = at_once([lambda who=leads[n % 4]: who.asks(ENTRY, form) for n in range(AT_ONCE)])

    assert Counter(status for status, _text in answers) == {302: 1, 409: AT_ONCE - 1}
    assert fresh(of_north).times_submitted == 2


def test_of_approvals_and_taking_back_at_once_one_wins(visitors, of_north, lead):
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)
    forms = [
        ("supervisor", REVIEW, {"act": "approve", "version": sent.version, "confirmed": 1}),
        ("lead", ENTRY, {"act": "take_back", "version": sent.version}),
    ]
    calls: list[Callable[[], tuple[int, str]]] = []
    for place in range(AT_ONCE):
        name, address, form = forms[place % 2]
        who = (visitors[name] + visitors[f"{name}_2"])[place // 2 % 4]
        calls.append(lambda who=who, to=address, form=form: who.asks(to, form))
    answers = at_once(calls)

    assert Counter(status for status, _text in answers) == {302: 1, 409: AT_ONCE - 1}
    assert all(is_reported(answer) for answer in answers if answer[0] != 302)
    last = of_north.events.order_by("pk").values_list("act", flat=True).last()
    assert fresh(of_north).state == {"take_back": "draft", "approve": "approved"}[last]
    approved = Standing.objects.current().filter(tier=Tier.APPROVED).count()
    assert approved == (FIGURES if last == "approve" else 0)
    assert check()[1] == []
