"""The schema keeps its promises, whatever is asked; and a client made from it reads a figure."""

import importlib
import json
import re
import subprocess
import sys

import httpx
import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode, openapi
from schemathesis.specs.openapi.checks import positive_data_acceptance

from indicators.api.documentation import schema
from indicators.api.schemas import FaultOut, FigureOut, ValueIn
from tests.api.conftest import Program
from tests.cast import YEAR, enter

OPERATIONS = [
    (method, path)
    for path, methods in schema()["paths"].items()
    for method in methods
    if method in ("get", "post")
]
# A code that means nothing fits the schema as well as one that does, and is refused.
WITHOUT = [positive_data_acceptance]


@pytest.fixture
def application(monkeypatch):
    """As a server would ask it, but for what a test does with connections: it keeps its own."""
    monkeypatch.setattr("indicators.models.api_token.REQUESTS_A_MINUTE", 10**6)
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.thorough
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_whatever_is_asked_the_answer_is_as_the_schema_says(
    application, asked, children, share, north, city_officer, method, path, mode
):
    enter(children, north, "5", actor=city_officer, reason="代填")
    headers = Program(city_officer).headers
    operation = openapi.from_wsgi("/api/v1/openapi.json", application)[path][method]

    @settings(
        max_examples=100,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        if mode == GenerationMode.POSITIVE and method == "post":
            # Let the door see more than codes that mean nothing.
            for row in case.body["rows"]:
                row |= {"indicator": children.code, "jurisdiction": north.code}
        case.call_and_validate(headers=headers, excluded_checks=WITHOUT)

    ask()


@pytest.fixture
def client_made(tmp_path, monkeypatch):
    """A client package generated from the schema, imported."""
    (tmp_path / "schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    (tmp_path / "settings.json").write_text(json.dumps({"post_hooks": []}), encoding="utf-8")
    command = "generate --meta none --path schema.json --config settings.json --output-path duties"
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *command.split()],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    yield importlib.import_module("duties")
    for name in [name for name in sys.modules if name.split(".")[0] == "duties"]:
        del sys.modules[name]


@pytest.mark.thorough
def test_a_client_made_from_the_schema_enters_a_value_and_reads_the_figure(
    application, client_made, children, north, officer
):
    models = importlib.import_module("duties.models")
    enter = importlib.import_module("duties.api.default.enter")
    figures = importlib.import_module("duties.api.default.figures")
    client = client_made.AuthenticatedClient(
        base_url="http://testserver",
        token=Program(officer).text,
        httpx_args={"transport": httpx.WSGITransport(application)},
    )
    row = models.ValueIn(
        indicator="children", jurisdiction=north.code, year=YEAR, version=0, value="3.00001万"
    )
    refused = enter.sync(client=client, body=models.BatchIn(rows=[row]), idempotency_key="a")
    row.value = "3.62万"
    saved = enter.sync(client=client, body=models.BatchIn(rows=[row]), idempotency_key="b")
    page = figures.sync(client=client, indicator="children", year=YEAR)
    unknown = figures.sync(client=client, indicator="nothing")

    assert [(one.row, one.code) for one in refused.errors] == [(0, "not_whole")]
    assert (saved.items[0].value, saved.items[0].version) == ("36200", 1)
    assert [(one.jurisdiction, one.value, one.as_entered) for one in page.items] == [
        (north.code, "36200", "3.62万")
    ]
    assert page.next_ is None
    assert unknown.code == "not_found"


def test_the_schema_is_in_the_language_asked_for(client):
    chinese = client.get("/api/v1/openapi.json").json()
    english = client.get("/api/v1/openapi.json", headers={"Accept-Language": "en"}).json()

    assert chinese["openapi"].startswith("3.1")
    assert chinese["info"]["title"] == "教育履职监测：程序接口"
    assert english["info"]["title"] == "Education duties: figures for programs"
    assert english["paths"].keys() == chinese["paths"].keys()


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_each_address_says_what_it_may_answer(method, path):
    operation = schema()["paths"][path][method]

    assert {200, 400, 401, 403, 422, 429} <= set(operation["responses"])
    assert operation["security"] == [{"PersonalToken": []}]
    assert all(parameter["description"] for parameter in operation["parameters"])


def test_the_page_tells_of_every_address_and_needs_no_script(client, officer):
    for signed_in in (False, True):
        if signed_in:
            client.force_login(officer)
        page = client.get("/api/docs/").content.decode()

        for _method, path in OPERATIONS:
            assert f"{path}</code>" in page
        for kind in (FigureOut, ValueIn, FaultOut):
            for name in kind.model_fields:
                assert f"<code>{name}</code>" in page
        assert "<style" not in page
        assert "/static/" in page
        text = re.sub(r"<code[^>]*>.*?</code>|<[^>]+>", " ", page, flags=re.S)
        words = set(re.findall(r"[A-Za-z]{3,}", text)) - {"English", officer.username}
        assert words == set()
