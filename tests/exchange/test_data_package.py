"""The data package: valid by its own description, exact, and no more than the reader may see."""

import csv
import gc
import io
import json
import tracemalloc
import zipfile
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from frictionless import Package, system

from indicators.benchmark.city import Size, entries, make_city
from indicators.models import Indicator, YearlyResult
from indicators.recording import save_values
from tests.cast import (
    YEAR,
    enter,
    enter_approved,
    make_indicator,
    make_share,
    make_statement,
    make_target,
    make_unit,
)
from tests.round_cast import make_round


@pytest.fixture
def filled(city, north, south, children, supervisor):
    """Figures of every kind, a unit whose code was used before, targets and a round."""
    old = make_unit("500103", "旧区", parent=city, valid_to=2010)
    new = make_unit("500103", "新区", parent=city, valid_from=2010)
    enter(children, old, "1", year=2008)
    enter_approved(children, new, "12345678901234", year=2012)
    money = make_indicator("money", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    done = make_statement("done", reporting_level="units")
    share = make_share("share", "children / children * 100")
    for unit in (north, south):
        enter(children, unit, "约120")
        enter(money, unit, "=3+4", note='说明，"引号"\n第二行')
        enter(done, unit, statement="partly")
    enter(children, south, state="not_available", state_reason="未统计", year=YEAR - 1)
    enter(done, city, statement="met")
    make_target(share, "range", Decimal("90.5"), value_to=95)
    make_target(children, "ge", 5, level="", jurisdiction=south, basis="city_plan", year=YEAR)
    make_round(city, supervisor, [children], [north])


def package(client, user):
    client.force_login(user)
    answer = client.get(reverse("exchange:package"))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def table(found, name):
    text = found.read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("reader", ["supervisor", "auditor", "editor", "city_officer"])
def test_the_package_is_valid_by_its_own_description(request, client, filled, tmp_path, reader):
    package(client, request.getfixturevalue(reader)).extractall(tmp_path)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["resourceName", "type", "note"]) == []
    assert report.valid


def test_a_wrong_cell_would_be_found(client, filled, supervisor, tmp_path):
    """What the description says is checked at all: kinds, keys, sizes."""
    package(client, supervisor).extractall(tmp_path)
    file = tmp_path / "figures-reported.csv"
    file.write_text(file.read_text("utf-8").replace("children,", "strangers,", 1), "utf-8")
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    found = {kind for (kind,) in report.flatten(["type"])}
    assert found >= {"foreign-key", "hash-count", "byte-count"}


def test_every_figure_is_in_it_exactly(client, filled, supervisor):
    found = package(client, supervisor)
    for tier in ("reported", "approved"):
        stored = {
            (one.indicator.code, one.jurisdiction.code, one.year): one.number
            for one in YearlyResult.objects.with_figure()
            .in_tier(tier)
            .select_related("indicator", "jurisdiction")
        }
        given = {
            (row["indicator"], row["jurisdiction"], int(row["year"])): (
                Decimal(row["value"]) if row["value"] else None
            )
            for row in table(found, f"figures-{tier}")
        }
        assert given == stored
        assert stored


def test_the_catalogue_and_the_rounds_are_in_it(client, filled, supervisor):
    found = package(client, supervisor)
    assert {row["code"] for row in table(found, "indicators")} == set(
        Indicator.objects.values_list("code", flat=True)
    )
    [share] = [row for row in table(found, "definitions") if row["indicator"] == "share"]
    assert share["formula"] == "children / children * 100"
    [goal] = [row for row in table(found, "targets") if row["indicator"] == "share"]
    assert (goal["value"], goal["value_to"], goal["principal"]) == ("90.5", "95", "true")
    units = [(row["code"], row["valid_from"]) for row in table(found, "units")]
    assert ("500103", "1997") in units
    assert ("500103", "2010") in units
    assert [row["evaluation_year"] for row in table(found, "rounds")] == [str(YEAR)]


def test_an_editor_gets_the_city_alone(client, filled, editor):
    found = package(client, editor)
    assert {row["jurisdiction"] for row in table(found, "figures-reported")} == {"500000"}
    assert [row["code"] for row in table(found, "units")] == ["500000"]
    text = "".join(found.read(name).decode() for name in found.namelist())
    assert "南区" not in text


def test_a_reader_finds_source_and_licence(client, filled, supervisor, settings):
    settings.SITE_URL = "https://duty.example.gov.cn"
    said = json.loads(package(client, supervisor).read("datapackage.json"))
    assert said["name"] == "education-duty-500000"
    assert said["sources"] == [{"title": "山城教育履职数据", "path": "https://duty.example.gov.cn"}]
    assert said["licenses"][0]["name"] == "other-closed"
    [value] = [one for one in said["resources"][0]["schema"]["fields"] if one["name"] == "value"]
    assert value == {"name": "value", "type": "number", "title": "数值", "decimalChar": "."}


def test_it_is_made_piece_by_piece(client, filled, supervisor):
    """No piece holds a whole file, and the first leaves before the last is made."""
    client.force_login(supervisor)
    pieces = list(client.get(reverse("exchange:package")).streaming_content)
    assert len(pieces) > len(json.loads(_descriptor(pieces))["resources"])


def _descriptor(pieces):
    return zipfile.ZipFile(io.BytesIO(b"".join(pieces))).read("datapackage.json")


@pytest.mark.thorough
def test_a_city_of_many_figures_is_sent_in_bounded_memory(client, db):
    """61,500 figures and what is computed from them took 13 MiB."""
    city = make_city(Size())
    with transaction.atomic():
        save_values(list(entries(city)), actor=None, reason="")
    client.force_login(city.supervisor)
    gc.collect()
    tracemalloc.start()
    try:
        before, _peak = tracemalloc.get_traced_memory()
        answer = client.get(reverse("exchange:package"))
        size = sum(map(len, answer.streaming_content))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 500_000
    assert peak - before < 32 << 20
