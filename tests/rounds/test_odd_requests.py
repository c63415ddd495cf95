"""What no form of a round's pages sends meets a refusal in words, never an error of the server."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client

from indicators.models import Finding, Remark, SubmissionEvent
from tests.cast import YEAR, enter
from tests.recording.flow import pictured
from tests.round_cast import fresh

ENTRY, REVIEW, ROUND = f"/entry/500101/{YEAR}/", f"/review/{YEAR}/500101/", f"/rounds/{YEAR}/"
SIGN_OFF = f"{ENTRY}sign-off/"
PAGES = {
    "/rounds/": "GET",
    "/rounds/new/": "GET POST",
    ROUND: "GET",
    f"{ROUND}plan/": "GET POST",
    f"{ROUND}progress.csv": "GET",
    f"{ROUND}open/": "POST",
    f"{ROUND}close/": "GET POST",
    f"{ROUND}reopen/": "GET POST",
    f"{ROUND}withdraw/": "GET POST",
    f"{ROUND}delete/": "GET POST",
    "/review/": "GET",
    REVIEW: "GET POST",
    f"{REVIEW}ask/": "POST",
    ENTRY: "GET POST",
    SIGN_OFF: "GET",
    f"{ENTRY}explain/": "POST",
    f"{ENTRY}answer-question/": "POST",
    "/messages/": "GET",
    "/messages/seen/": "POST",
    "/messages/choose/": "POST",
}
ODD_TEXTS = {
    "no character": "核对\x00",
    "half a character": "核对\ud800",
    "a megabyte": "长" * 350_000,
    "markup": "<script>alert(1)</script>",
    "a format": "%(unit)s {who} %s",
}


@pytest.fixture
def people(officer, other_officer, lead, supervisor, auditor, editor, city_officer, administrator):
    return {
        person.username: person
        for person in (
            *(officer, other_officer, lead, supervisor),
            *(auditor, editor, city_officer, administrator),
        )
    }


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def as_form(data):
    """A form as a browser would send it, half characters as the three bytes they would be."""
    return "&".join(
        f"{name}={quote_from_bytes(str(text).encode('utf-8', 'surrogatepass'))}"
        for name, text in data
    )


def post(client, address, *data):
    return client.generic(
        "POST", address, as_form(data), content_type="application/x-www-form-urlencoded"
    )


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_no_method_without_a_form_does_anything(submitted, people, method):
    before = pictured()
    for name in ("lead", "supervisor"):
        client = signed_in(people[name])
        for address in PAGES:
            assert client.generic(method, address).status_code < 500, (name, address)
    assert pictured() == before


@pytest.mark.parametrize("year", ["0", "9" * 30, "-1", "２０２１"])
def test_an_odd_year_is_no_page(submitted, supervisor, lead, year):
    for person in (supervisor, lead):
        client = signed_in(person)
        for address in PAGES:
            if f"/{YEAR}/" in address:
                asked = address.replace(f"/{YEAR}/", f"/{year}/")
                assert client.post(asked, {}).status_code in (403, 404, 405), asked


@pytest.mark.parametrize("code", ["x" * 300, "500101'--", "５００１０１", "500102"])
def test_an_odd_code_is_no_page(submitted, supervisor, lead, code):
    client = signed_in(lead)
    for address in PAGES:
        if "/500101/" in address:
            asked = address.replace("/500101/", f"/{code}/")
            for response in (client.get(asked), client.post(asked, {})):
                assert response.status_code in (404, 405), asked


@pytest.mark.parametrize("kind", ODD_TEXTS)
def test_odd_texts_are_kept_as_they_are_or_refused(usual_rules, submitted, children, people, kind):
    odd = ODD_TEXTS[kind]
    version = str(submitted.version)
    codes = [("chosen", "children"), ("reason_children", odd)]
    tries = [
        (REVIEW, [("act", "return"), ("version", version), ("reason", odd), *codes]),
        (REVIEW, [("act", "return"), ("version", version), ("reason", "核对"), *codes]),
        (REVIEW, [("act", "return"), ("version", version), ("reason", "核"), ("chosen", odd)]),
        (REVIEW, [("act", odd), ("version", odd), ("reason", odd), ("until", odd)]),
        (f"{REVIEW}ask/", [("indicator", odd), ("text", odd)]),
        (f"{REVIEW}ask/", [("indicator", "children"), ("text", odd)]),
        (ENTRY, [("act", "submit"), ("version", version), ("reason", odd)]),
        (ENTRY, [("act", "submit"), ("version", version), ("seen", odd), ("confirmed", odd)]),
        (ENTRY, [("act", odd), ("version", odd)]),
        (f"{ENTRY}explain/", [("rule", odd), ("indicator", "children"), ("text", "x")]),
        (f"{ENTRY}explain/", [("rule", "unit_slip"), ("indicator", odd), ("text", "x")]),
        (f"{ENTRY}explain/", [("rule", "unit_slip"), ("indicator", "children"), ("text", odd)]),
        (f"{ENTRY}answer-question/", [("indicator", odd), ("text", "x")]),
        (f"{ENTRY}answer-question/", [("indicator", "children"), ("text", odd)]),
        (f"{ROUND}open/", [("version", odd)]),
        (f"{ROUND}close/", [("version", odd)]),
        (f"{ROUND}plan/", [("version", odd), ("title", odd), ("opens_on", odd)]),
        ("/rounds/new/", [("version", odd), ("title", odd), ("indicators", odd)]),
        ("/messages/seen/", [("latest", odd)]),
        ("/messages/choose/", [("kinds", odd)]),
    ]
    clients = {name: signed_in(people[name]) for name in ("lead", "supervisor")}
    for address, data in tries:
        client = clients["lead" if address.startswith(ENTRY) else "supervisor"]
        response = post(client, address, *data)
        assert response.status_code < 500, (address, data)
        assert b"<script>alert" not in response.content, (address, data)
    said = [*Remark.objects.values_list("text", flat=True)]
    said += SubmissionEvent.objects.values_list("change__reason", flat=True)
    assert all("\x00" not in text and len(text) <= 1000 for text in said)


@pytest.mark.parametrize("version", ["", "-1", "1.0", "9" * 5000, "²"])
def test_an_odd_version_is_none(submitted, lead, supervisor, version):
    before = pictured()
    for address in (f"{ROUND}open/", f"{ROUND}close/", REVIEW):
        response = post(signed_in(supervisor), address, ("act", "approve"), ("version", version))
        assert 400 <= response.status_code < 500, address
    assert (
        400
        <= post(signed_in(lead), ENTRY, ("act", "submit"), ("version", version)).status_code
        < 500
    )
    assert pictured() == before


def test_a_figure_chosen_twice_is_returned_once(submitted, supervisor):
    twice = [("chosen", "children"), ("chosen", "children")]
    reasons = [("reason_children", "一"), ("reason_children", "二")]
    response = post(
        signed_in(supervisor),
        REVIEW,
        *(("act", "return"), ("version", submitted.version), ("reason", "核对")),
        *(*twice, *reasons),
    )
    assert response.status_code == 302
    event = submitted.events.latest("pk")
    assert [(one.indicator.code, one.reason) for one in event.figures.all()] == [("children", "二")]


def test_a_form_sent_twice_is_done_once(submitted, supervisor):
    form = [("act", "approve"), ("version", submitted.version), ("confirmed", "1")]
    first, second = (post(signed_in(supervisor), REVIEW, *form) for _tab in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "已通过" in second.content.decode()
    assert fresh(submitted).version == submitted.version + 1


def test_two_tabs_submit_once(of_north, children, children_public, north, officer, lead):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    form = [("act", "submit"), ("version", fresh(of_north).version), ("confirmed", "1")]
    first, second = (post(signed_in(lead), ENTRY, *form) for _tab in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert fresh(of_north).times_submitted == 1


def test_a_rule_of_other_figures_explains_nothing(usual_rules, submitted, officer):
    for rule in ("unit_slip", "part_not_above_whole", "nowhere"):
        data = [("rule", rule), ("indicator", "share"), ("text", "真的")]
        assert post(signed_in(officer), f"{ENTRY}explain/", *data).status_code in (404, 409, 422)
    assert Finding.objects.exclude(explanation="").count() == 0


def test_everybody_but_those_whose_page_it_is_is_turned_away(submitted, people):
    """By role: pages that open; all the others answer 403, 404 or 405."""
    opens = {
        "officer": {ENTRY, SIGN_OFF, ROUND},
        "other_officer": {ROUND},
        "lead": {ENTRY, SIGN_OFF, ROUND},
        "supervisor": {
            *("/rounds/", "/rounds/new/", ROUND, "/review/", REVIEW),
            *(f"{ROUND}{way}/" for way in ("plan", "close", "reopen", "withdraw", "delete")),
        },
        "auditor": {"/rounds/", ROUND, "/review/", REVIEW},
        "city_officer": {"/rounds/", ROUND, "/review/", REVIEW, ENTRY, SIGN_OFF},
        "editor": set(),
        "administrator": set(),
    }
    csv = f"{ROUND}progress.csv"
    found = {
        name: {
            address
            for address in PAGES
            if address != csv and signed_in(person).get(address).status_code == 200
        }
        - {"/messages/"}
        for name, person in people.items()
    }
    assert found == opens
    for name, person in people.items():
        response = signed_in(person).get(csv)
        assert (response.status_code == 200) == (ROUND in opens[name]), name


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (REVIEW, [("act", "approve")]),
        (REVIEW, [("act", "return"), ("reason", "x"), ("chosen", "children"),
                  ("reason_children", "x")]),
        (f"{ROUND}close/", []),
        (f"{REVIEW}ask/", [("indicator", "children"), ("text", "为何？")]),
    ],
)  # fmt: skip
def test_who_is_no_supervisor_decides_nothing(submitted, people, address, form):
    before = pictured()
    for name in set(people) - {"supervisor"}:
        data = [("version", submitted.version), *form]
        response = post(signed_in(people[name]), address, *data)
        if name in ("officer", "lead") and address.endswith("ask/"):
            continue
        assert response.status_code in (403, 404, 409, 422), name
    assert pictured() == before
