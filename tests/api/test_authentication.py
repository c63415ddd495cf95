"""Who is let in with a token, and who is not any more."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from indicators.models import ApiToken
from indicators.models.api_token import REQUESTS_A_MINUTE
from tests.api.conftest import Program


def test_a_token_has_the_rights_of_its_owner(asks, north, city):
    assert [unit["code"] for unit in asks.items("units")] == [city.code, north.code]


def test_of_a_token_a_digest_is_kept_and_how_it_begins(asks):
    kept = ApiToken.objects.values().get()

    assert asks.text.startswith(kept["begins"])
    assert len(kept["begins"]) == 12
    assert not [name for name, text in kept.items() if asks.text in str(text)]


def refused(response):
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    return response.json()["code"] == "no_token"


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer x", "Bearer \x00", "Basic dXNlcjp4", "Bearer édt", "x" * 999],
)
def test_without_a_token_nothing_is_told(db, header):
    headers = {} if header is None else {"Authorization": header}

    assert refused(Client().get("/api/v1/units", headers=headers))


def test_one_sign_more_or_less_is_another_token(asks):
    for text in (asks.text[:-1], asks.text + "x", asks.text.upper(), asks.token.digest):
        asks.headers = {"Authorization": f"Bearer {text}"}
        assert refused(asks.get("units"))


def test_a_session_opens_nothing(client, officer, supervisor):
    client.force_login(supervisor)

    assert refused(client.get("/api/v1/units"))
    assert refused(client.post("/api/v1/values", "{}", content_type="application/json"))


def test_a_token_that_has_run_out_is_refused(asks):
    ApiToken.objects.update(
        made_at=timezone.now() - datetime.timedelta(days=2), expires_at=timezone.now()
    )

    assert refused(asks.get("units"))


def test_a_revoked_token_is_refused(asks):
    ApiToken.objects.update(revoked_at=timezone.now())

    assert refused(asks.get("units"))


def test_the_token_of_an_account_that_is_not_active_is_refused(asks, officer):
    officer.is_active = False
    officer.save()

    assert refused(asks.get("units"))


def test_the_token_of_an_account_that_has_to_choose_a_password_is_refused(asks, officer):
    officer.set_unusable_password()
    officer.save()

    assert refused(asks.get("units"))


def test_its_last_use_is_kept(asks):
    assert ApiToken.objects.get().last_used_at is None
    asks.get("units")

    assert timezone.now() - ApiToken.objects.get().last_used_at < datetime.timedelta(minutes=1)


def test_too_many_requests_in_a_minute_wait(asks, officer):
    asks.get("units")
    minute = timezone.now().replace(second=0, microsecond=0)
    ApiToken.objects.update(counted=REQUESTS_A_MINUTE, counted_since=minute)
    response = asks.get("units", headers={"Accept-Language": "en"})
    other = Program(officer).get("units")
    # The test may run over the end of a minute, after which nothing is left to wait for.
    if timezone.now().replace(second=0, microsecond=0) == minute:
        assert response.status_code == 429
        assert 1 <= int(response.headers["Retry-After"]) <= 60
        assert response.json()["message"].startswith("More than 300 requests in a minute.")
        assert other.status_code == 200

    ApiToken.objects.update(counted_since=minute - datetime.timedelta(minutes=1))
    assert asks.get("units").status_code == 200


@pytest.mark.parametrize("role", ["administrator", "superuser"])
def test_who_sees_no_figures_is_told_of_none(request, role, north):
    program = Program(request.getfixturevalue(role))

    for path in ("catalogue/areas", "catalogue/indicators", "catalogue/units", "units", "figures"):
        assert program.get(path).status_code == 403, path
    for path in ("rounds", "submissions", "values"):
        assert program.get(path).json()["code"] == "not_allowed", path
    row = {"indicator": "children", "jurisdiction": north.code, "year": 2021, "version": 0}
    assert program.post([row]).status_code == 403


def test_a_request_costs_a_fixed_number_of_questions(asks, children, children_public):
    asks.items("catalogue/indicators")
    with CaptureQueriesContext(connection) as asked:
        asks.items("catalogue/indicators")

    assert len(asked) == 7, [one["sql"][:100] for one in asked]
