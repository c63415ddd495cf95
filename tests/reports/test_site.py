"""An edition in public: only approved figures, and nothing a unit's figure could be had from."""

import csv
import io
import json
import re

import pytest
from django.core.management import CommandError, call_command
from frictionless import validate

from indicators.models import Definition, ReportAct
from indicators.recording import Entry, save_values
from indicators.recording.binding import bind_figure
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, comment, save_paragraph
from indicators.reports.content import content_of
from indicators.reports.site import HIDDEN, site_of, site_of_year
from tests.cast import YEAR, enter, enter_approved, make_indicator, make_target, make_unit


@pytest.fixture
def text(report):
    return report.paragraphs.get(position=2)


@pytest.fixture
def edition_of(report, text, city_officer, city_lead, supervisor):
    """Freezes the report with a text."""

    def frozen(said):
        save_paragraph(text, actor=city_officer, version=1, level=0, heading="", text=said)
        act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
        act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
        return freeze(
            report,
            actor=supervisor,
            version=3,
            content_of=lambda held: content_of(held, supervisor),
        )

    return frozen


def bind(report, actor, indicator, unit, form="value"):
    return bind_figure(
        report, actor=actor, indicator=indicator, unit=unit, year=YEAR, form=form
    ).mark


def page(edition, path="index.html"):
    return site_of(edition)[path].decode()


def test_text_figures_method_and_data_are_there(edition_of):
    files = site_of(edition_of("共{F1}。"))

    assert set(files) == {
        "index.html",
        "figures.html",
        "method.html",
        "style.css",
        "chart.svg",
        "figures.csv",
        "datapackage.json",
    }
    assert "805亿元</data>" in files["index.html"].decode()
    assert "教育经费" in files["figures.html"].decode()
    assert "口径" in files["method.html"].decode()
    (row,) = csv.DictReader(io.StringIO(files["figures.csv"].decode("utf-8-sig")))
    assert (row["value"], row["text"]) == ("80500000000", "805亿元")


def test_neither_people_nor_comments_are_in_it(edition_of, text, supervisor, city_officer):
    comment(text, actor=supervisor, text="内部意见")
    type(city_officer).objects.filter(pk=city_officer.pk).update(full_name="程文")

    everything = b"".join(site_of(edition_of("共{F1}。")).values()).decode()

    for name in ("内部意见", "程文", "city_officer", "supervisor"):
        assert name not in everything


def test_a_unit_s_own_figure_is_not_published(edition_of, report, city_officer, children, north):
    enter_approved(children, north, "123")
    edition = edition_of(f"北区{bind(report, city_officer, children, north)}。")

    everything = b"".join(site_of(edition).values()).decode()

    assert "北区<data" in page(edition)
    assert HIDDEN in page(edition)
    assert "123" not in everything.replace(edition.digest, "")


def test_a_sum_of_few_units_is_not_published(
    edition_of, report, city, city_officer, children, north, south
):
    """Whoever is one of two knows the other's."""
    enter_approved(children, north, "123")
    enter_approved(children, south, "456")
    edition = edition_of(f"共{bind(report, city_officer, children, city)}。")

    everything = b"".join(site_of(edition).values()).decode()

    assert HIDDEN in page(edition)
    assert "579" not in everything.replace(edition.digest, "")


def test_a_change_is_published_only_with_both_years(
    edition_of, report, city, city_officer, children, north, south
):
    for year, number in ((YEAR - 1, "100"), (YEAR, "200")):
        enter_approved(children, north, number, year=year)
        enter_approved(children, south, number, year=year)
    enter_approved(children, city, "400")  # stated: the city's own word
    mark = bind(report, city_officer, children, city, form="change")

    assert HIDDEN in page(edition_of(f"在园幼儿{mark}。"))


def test_what_was_corrected_since_is_not_published_any_more(edition_of, city, money):
    """The old figure is wrong, and beside the new one it would tell what was corrected."""
    edition = edition_of("共{F1}。")
    enter_approved(money, city, "806亿元")

    assert "805亿元" not in page(edition)
    assert HIDDEN in page(edition)


def test_the_package_is_valid(edition_of, tmp_path):
    for path, content in site_of(edition_of("共{F1}。")).items():
        (tmp_path / path).write_bytes(content)

    checked = validate(str(tmp_path / "datapackage.json"))

    assert checked.valid, checked.to_summary()
    assert json.loads((tmp_path / "datapackage.json").read_text("utf-8"))["title"] == "山城报告"


def test_hostile_text_is_text(edition_of):
    said = page(edition_of("<script>alert(1)</script>{{ 7 }}{F1}"))

    assert "<script>" not in said
    assert "{{ 7 }}" in said


def test_the_command_writes_the_files_once(edition_of, tmp_path, capsys):
    edition = edition_of("共{F1}。")
    folder = tmp_path / "site"

    call_command("publish_edition", edition.digest[:12], folder)

    assert {one.name: one.read_bytes() for one in folder.iterdir()} == site_of(edition)
    with pytest.raises(CommandError, match="not empty"):
        call_command("publish_edition", edition.digest, folder)
    with pytest.raises(CommandError, match="No edition has"):
        call_command("publish_edition", "0" * 64, tmp_path / "other")


# A year's approved figures in public, without a report.


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


def test_figures_stand_in_the_order_of_their_marks_and_only_shares_are_bars(
    report, city, city_officer, edition_of, share, children, children_public, money
):
    growth = make_indicator(
        "growth",
        name_zh="经费增长",
        unit="percent",
        display_unit="percent",
        quantity_kind="growth_rate",
        aggregation="none",
        reporting_level="above",
        lower_limit=None,
    )
    marks = []
    for code in range(8):
        one = make_indicator(
            f"rate_{code}",
            name_zh=f"覆盖率{code}",
            unit="percent",
            display_unit="percent",
            quantity_kind="rate",
            aggregation="none",
            reporting_level="above",
        )
        enter_approved(one, city, f"{50 + code}%")
        marks.append(bind(report, city_officer, one, city))
    enter_approved(growth, city, "6.1%")
    marks.append(bind(report, city_officer, growth, city))
    files = site_of(edition_of("、".join(["{F1}", *marks]) + "。"))

    codes = re.findall(r"<td>(F\d+)</td>", files["figures.html"].decode())
    assert codes == [f"F{number}" for number in range(1, 11)]
    chart = files["chart.svg"].decode()
    assert "覆盖率7" in chart
    assert "经费增长" not in chart
