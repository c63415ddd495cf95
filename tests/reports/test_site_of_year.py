"""A year's approved figures in public, without a report."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from frictionless import validate

from indicators.models import Definition
from indicators.recording import Entry, save_values
from indicators.reports.site import site_of_year
from tests.cast import YEAR, enter, enter_approved, make_target, make_unit


def rows_of(files):
    return list(csv.DictReader(io.StringIO(files["figures.csv"].decode("utf-8-sig"))))


def test_what_is_approved_and_the_units_own_is_there(city, money, children):
    enter_approved(money, city, "805亿元")
    enter(children, city, "7")
    files = site_of_year(city, YEAR)

    assert [(row["indicator"], row["text"]) for row in rows_of(files)] == [("money", "805亿元")]
    page = files["index.html"].decode()
    assert f"{city.name}{YEAR}年度教育履职数据" in page
    assert "805亿元" in page
    assert "第1版" not in page
    assert "口径" in files["method.html"].decode()
    assert set(json.loads(files["datapackage.json"])["resources"][0]) >= {"hash", "schema"}


def test_a_sum_of_few_and_what_is_made_up_are_not(city, north, south, money, children):
    for unit, number in ((north, "1"), (south, "2")):
        enter_approved(children, unit, number)
    entry = Entry(money, city, YEAR, 0, text="805亿元")
    tiers = ("reported", "approved")
    save_values([entry], actor=None, reason="", origin="demonstration", tiers=tiers)

    assert rows_of(site_of_year(city, YEAR)) == []


def test_a_sum_that_was_released_is_and_its_second_figure_is_not(city, north, south, children):
    units = [north, south, *(make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(7))]
    for number, unit in enumerate(units):
        enter_approved(children, unit, str(1000 + number))
    assert [row["value"] for row in rows_of(site_of_year(city, YEAR))] == ["9036"]

    enter_approved(children, city, "9100")
    everything = b"".join(site_of_year(city, YEAR).values()).decode()
    assert "9036" not in everything


def test_neither_people_nor_notes_are_in_it(city, money):
    enter_approved(money, city, "805亿元", note="内部说明")

    everything = b"".join(site_of_year(city, YEAR).values()).decode()
    assert "内部说明" not in everything


def test_source_and_target_are_sentences_apart(city, money):
    Definition.objects.filter(indicator=money).update(source_zh="部门台账")
    make_target(money, "ge", 5)
    enter_approved(money, city, "805亿元")

    assert "来源：部门台账。目标：" in site_of_year(city, YEAR)["method.html"].decode()


def test_it_is_written_into_a_folder_as_a_valid_package(city, money, tmp_path, capsys):
    enter_approved(money, city, "805亿元")
    folder = tmp_path / "public"
    call_command("publish_figures", city.code, str(YEAR), str(folder))

    assert "6 files" in capsys.readouterr().out
    assert validate(str(folder / "datapackage.json")).valid
    with pytest.raises(CommandError, match="not empty"):
        call_command("publish_figures", city.code, str(YEAR), str(folder))


@pytest.mark.parametrize(
    ("unit", "said"), [("999999", "No unit has the code"), ("500000", "has no figure")]
)
def test_what_cannot_be_published_is_said(city, tmp_path, unit, said):
    with pytest.raises(CommandError, match=said):
        call_command("publish_figures", unit, str(YEAR), str(tmp_path / "public"))
