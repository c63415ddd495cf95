"""Values with their versions, and batches of them: through the door, whole or not at all."""

import json

import pytest

from indicators.api.schemas import MOST_ROWS
from indicators.models import Change, KeptAnswer, ValueRevision, YearlyResult, YearlyValue
from tests.api.conftest import Program
from tests.cast import YEAR, enter, enter_approved, make_indicator, result


def row(indicator, unit, value="", version=0, year=YEAR, **more):
    place = {"indicator": indicator.code, "jurisdiction": unit.code, "year": year}
    return place | {"version": version, "value": value} | more


def faults(response):
    return [(one["row"], one["code"], one["field"]) for one in response.json()["errors"]]


def test_a_batch_is_entered_as_a_person_would(asks, children, children_public, north, officer):
    response = asks.post(
        [row(children, north, "3.62万", note="含民办"), row(children_public, north, "1,000")]
    )

    assert response.status_code == 200, response.content.decode()
    first, second = response.json()["items"]
    assert (first["value"], first["as_entered"], first["version"]) == ("36200", "3.62万", 1)
    assert (first["note"], first["jurisdiction"], first["indicator"]) == (
        "含民办",
        north.code,
        "children",
    )
    assert second["value"] == "1000"
    change = Change.objects.get(pk=YearlyValue.objects.first().change_id)
    assert (change.actor, change.origin) == (officer, "imported")
    assert result(children, north).number == 36200


def test_values_are_told_with_their_versions(asks, children, north, south, officer):
    enter(children, north, "5", actor=officer)
    enter(children, north, "6", actor=officer)
    enter(children, south, "7")
    (told,) = asks.items("values")

    assert (told["value"], told["version"], told["jurisdiction"]) == ("6", 2, north.code)
    assert asks.items("values", jurisdiction=south.code) == []
    assert asks.items("values", indicator="children", year=YEAR) == [told]
    assert asks.get("values", indicator="nothing").status_code == 404


def test_drafts_are_told_apart(asks, asked, children, children_public, north, officer):
    enter(children_public, north, "3", year=YEAR - 1)
    enter(children, north, "5", actor=officer)

    assert len(asks.items("values")) == 2
    assert [one["indicator"] for one in asks.items("values", drafts=True)] == ["children"]


@pytest.mark.parametrize("role", ["other_officer", "supervisor", "editor", "city_officer"])
def test_whose_drafts_are_told(request, asked, children, north, officer, role):
    enter(children, north, "5", actor=officer)
    program = Program(request.getfixturevalue(role))

    expected = 1 if role == "city_officer" else 0  # enters on behalf of the districts
    assert len(program.items("values")) == expected


def test_pages_of_values_go_on_behind_a_place(asks, children, children_public, north):
    for year in (2019, 2020, 2021):
        for one in (children, children_public):
            enter(one, north, "5", year=year)
    page = asks.get("values", limit=4).json()
    rest = asks.get("values", limit=4, cursor=page["next"]).json()

    assert page["items"] + rest["items"] == asks.items("values")
    assert (len(page["items"]), len(rest["items"]), rest["next"]) == (4, 2, None)


def test_every_wrong_row_is_named_and_nothing_is_saved(
    asks, children, children_public, north, south
):
    limited = make_indicator("limited", upper_limit=10)
    rows = [
        row(children, north, "10"),
        row(children, north, "zehn", year=YEAR - 1),
        row(limited, north, "11"),
        row(children, south, "1"),
        row(children, north, "1", year=2090),
        row(children_public, north, "1", version=3),
        row(children_public, north, state="not_available", year=YEAR - 1),
        row(children, north, "1", year=YEAR - 2) | {"indicator": "nothing"},
        row(children, north, "1", year=YEAR - 2) | {"jurisdiction": "999999"},
        row(children, north, "1", year=YEAR - 3),
        row(children, north, "2", year=YEAR - 3),
    ]
    response = asks.post(rows)

    assert response.status_code == 422
    assert response.json()["code"] == "rows_refused"
    assert faults(response) == [
        (1, "not_a_number", "value"),
        (2, "above_limit", "value"),
        (3, "out_of_scope", None),
        (4, "unknown_year", "year"),
        (5, "stale", None),
        (6, "reason_missing", "state_reason"),
        (7, "indicator_not_found", "indicator"),
        (8, "unit_not_found", "jurisdiction"),
        (9, "given_twice", None),
        (10, "given_twice", None),
    ]
    told = response.json()["errors"]
    assert (told[1]["indicator"], told[1]["jurisdiction"], told[1]["year"]) == (
        "limited",
        north.code,
        YEAR,
    )
    assert told[8]["message"] == "这项数据给出了两次，另见第 10 行，请只留一次。"
    assert not YearlyValue.objects.exists()
    assert not YearlyResult.objects.with_figure().exists()


def test_stale_versions_alone_are_a_conflict_that_tells_what_there_is(asks, children, north):
    enter(children, north, "5")
    enter(children, north, "6")
    response = asks.post([row(children, north, "7", version=1)])

    assert response.status_code == 409
    assert response.json()["code"] == "stale_versions"
    (told,) = response.json()["errors"]
    assert (told["code"], told["row"]) == ("stale", 0)
    assert (told["current"]["value"], told["current"]["version"]) == ("6", 2)
    assert YearlyValue.objects.get().number == 6


def test_of_anothers_figure_nothing_is_told_by_its_version(
    asks, asked, children, south, other_officer
):
    enter(children, south, "5", actor=other_officer)
    there = asks.post([row(children, south, "7", version=1)], key="a").json()
    elsewhere = asks.post([row(children, south, "7", version=9)], key="b").json()

    assert there == elsewhere
    assert there["errors"][0]["code"] == "out_of_scope"
    assert there["errors"][0]["current"] is None


def test_what_says_the_same_makes_no_new_version(asks, children, north):
    enter(children, north, "5")
    response = asks.post([row(children, north, "5", version=1)])

    assert response.json()["items"][0]["version"] == 1
    assert ValueRevision.objects.count() == 1


def test_nothing_withdraws_a_figure_and_is_nothing_where_none_is(asks, children, north):
    enter(children, north, "5")
    response = asks.post([row(children, north, version=1), row(children, north, year=YEAR - 1)])
    withdrawn, nothing = response.json()["items"]

    assert (withdrawn["state"], withdrawn["value"], withdrawn["version"]) == ("blank", None, 2)
    assert nothing is None


def test_the_window_of_a_round_holds(asks, submitted, children, north):
    response = asks.post([row(children, north, "7", version=1)])

    assert faults(response) == [(0, "submitted_waits", None)]
    assert response.status_code == 422


def test_what_is_approved_stays(asks, children, north):
    enter_approved(children, north, "5")
    response = asks.post([row(children, north, "7", version=1)])

    assert faults(response) == [(0, "approved_locked", None)]
    assert asks.post([row(children, north, "5", version=1)], key="same").status_code == 200


def test_what_is_entered_on_behalf_needs_a_reason(city_officer, children, north):
    program = Program(city_officer)
    without = program.post([row(children, north, "7")], key="a")
    assert faults(without) == [(0, "reason_needed_on_behalf", "reason")]

    assert program.post([row(children, north, "7")], key="b", reason="代填").status_code == 200
    assert Change.objects.get(pk=YearlyValue.objects.get().change_id).on_behalf


@pytest.mark.parametrize("role", ["lead", "supervisor", "editor", "auditor"])
def test_who_enters_nothing_by_page_enters_nothing_here(request, children, north, role):
    response = Program(request.getfixturevalue(role)).post([row(children, north, "7")])

    assert faults(response) == [(0, "out_of_scope", None)]
    assert not YearlyValue.objects.exists()


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"year": "zwanzig"}, (0, "not_read", "year")),
        ({"year": 10**30}, (0, "less_than_equal", "year")),
        ({"year": str(YEAR)}, (0, "not_read", "year")),
        ({"version": True}, (0, "not_read", "version")),
        ({"provisional": "yes"}, (0, "not_read", "provisional")),
        ({"part_of_year": 1}, (0, "not_read", "part_of_year")),
        ({"as_of": 0}, (0, "not_read", "as_of")),
        ({"as_of": "1640995200"}, (0, "not_read", "as_of")),
        ({"version": -1}, (0, "greater_than_equal", "version")),
        ({"version": 2**63}, (0, "less_than_equal", "version")),
        ({"value": 5}, (0, "not_read", "value")),
        ({"value": None}, (0, "not_read", "value")),
        ({"indicator": "chi\x00ldren"}, (0, "not_read", "indicator")),
        ({"extra": 1}, (0, "extra_forbidden", "extra")),
        ({"as_of": "2021-02-30"}, (0, "not_read", "as_of")),
        ({"qualifier": "roughly"}, (0, "enum", "qualifier")),
    ],
)
def test_what_is_not_as_the_schema_says_is_named(asks, children, north, change, place):
    response = asks.post([row(children, north, "5") | change])

    assert response.status_code == 422
    assert response.json()["code"] == "invalid"
    assert place in faults(response)
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("text", ["5\x00", "5\ud800", "9" * 10_000, "1e400", "NaN", "∞", "\u202e5"])
def test_odd_texts_are_refused_or_read_but_never_an_error(asks, children, north, text):
    response = asks.post([row(children, north, text), row(children, north, note=text, year=2020)])

    assert response.status_code in (200, 422)
    assert json.loads(response.content)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"", "application/json", 422),
        (b"{", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"rows": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"null", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"rows": []}', "application/json", 422),
        (b'{"rows": [null]}', "application/json", 422),
        (b"rows=1", "application/x-www-form-urlencoded", 400),
        (b"{}", "application/json; charset=gbk", 422),
        (b"{}", "application/json; charset=klingon", 400),
        (b"x", "multipart/form-data", 400),
        (b'{"rows": "' + b"x" * 3_000_000 + b'"}', "application/json", 413),
    ],
)
def test_no_body_is_an_error_of_the_server(asks, body, kind, status):
    headers = asks.headers | {"Idempotency-Key": "k"}
    response = asks.client.generic(
        "POST", "/api/v1/values", body, content_type=kind, headers=headers
    )

    assert response.status_code == status
    assert set(response.json()) == {"code", "message", "errors"}


@pytest.mark.parametrize("key", [None, "x" * 256, "mit Leerzeichen", "键"])
def test_a_batch_needs_a_key_of_plain_signs(asks, children, north, key):
    if key == "键":
        key = key.encode().decode("latin-1")
    response = asks.post([row(children, north, "5")], key=key)

    assert response.status_code == 422
    assert response.json()["errors"][0]["row"] is None
    assert not YearlyValue.objects.exists()


def test_a_sum_that_would_not_fit_is_of_its_row(asks, children, north, south):
    response = asks.post([row(children, north, "9" * 14)])

    assert faults(response) == [(0, "total_too_large", "value")]


def test_errors_are_in_the_language_asked_for(asks, children, north):
    rows = [row(children, north, "zehn")]
    chinese = asks.post(rows, key="zh")
    asks.headers["Accept-Language"] = "en-GB, de;q=0.5"
    english = asks.post(rows, key="en")

    assert chinese.headers["Content-Language"] == "zh-hans"
    assert english.headers["Content-Language"] == "en"
    assert chinese.json()["message"] == "有 1 行无法保存，本次未保存任何内容。"
    assert english.json()["message"] == "1 rows cannot be saved; nothing was saved."
    assert english.json()["errors"][0]["message"].startswith("“zehn” cannot be read here.")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("get", "/api/v1/nothing", 404, "not_found"),
        ("get", "/api/v1/values/\x00", 400, "bad_request"),
        ("put", "/api/v1/values", 405, "method_not_allowed"),
        ("delete", "/api/v1/figures", 405, "method_not_allowed"),
    ],
)
def test_what_is_no_address_is_told_in_the_same_form(asks, method, path, status, code):
    response = getattr(asks.client, method)(path, headers=asks.headers)

    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["errors"] == []
    if status == 405:
        assert response.headers["Allow"]


def test_as_many_rows_as_may_be_are_saved_at_once(asks, north):
    indicators = [make_indicator(f"many_{number}") for number in range(80)]
    rows = [row(one, north, "5", year=1997 + n) for one in indicators for n in range(25)]

    assert len(rows) == MOST_ROWS
    more = asks.post([*rows, rows[0]], key="more")
    assert (more.status_code, more.json()["errors"][0]["code"]) == (422, "too_long")
    assert not YearlyValue.objects.exists()
    assert asks.post(rows).status_code == 200
    assert YearlyValue.objects.count() == MOST_ROWS
    wrong = asks.post([one | {"version": 1, "value": "zehn"} for one in rows], key="wrong")
    assert len(wrong.json()["errors"]) == MOST_ROWS
