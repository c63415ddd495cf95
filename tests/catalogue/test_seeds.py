"""Loading the seeds: all of it, again and again, and for another city."""

from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from indicators.catalogue.seeds import load_seeds
from indicators.collection import ApprovedWouldMove
from indicators.models import (
    Correction,
    Definition,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Standing,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from indicators.results.rebuild import check
from tests.catalogue.files import add, all_rows, edit, rows, save, told
from tests.measures.shipped import UNITS as SHIPPED

pytestmark = pytest.mark.django_db


def the(code, year=2021, **fields):
    return YearlyValue.objects.get(indicator__code=code, year=year, **fields)


# The first time


def test_the_command_loads_everything_and_says_so():
    out = StringIO()

    call_command("load_seeds", stdout=out)

    # The migrations brought the units of measure, which an empty installation has too.
    units, *others = out.getvalue().splitlines()
    assert units == f"units_of_measure.csv: 0 added, 0 changed, {len(SHIPPED)} as before, 0 left"
    assert others == [
        f"{path}.csv: {number} added, 0 changed, 0 as before, 0 left"
        for path, number in {
            "duty_areas": 11,
            "indicators": 93,
            "chongqing/indicators": 20,
            "definitions": 93,
            "chongqing/definitions": 20,
            "frameworks": 3,
            "chongqing/frameworks": 1,
            "targets": 26,
            "rules": 10,
            "chongqing/rules": 1,
            "chongqing/jurisdictions": 61,
            "chongqing/jurisdiction_changes": 20,
            "chongqing/problems": 30,
            "chongqing/problem_indicators": 32,
            "chongqing/measures": 58,
            "chongqing/achievements": 18,
            "chongqing/figures": 63,
        }.items()
    ]


def test_figures_stand_reported_and_approved_as_the_report_has_them(loaded):
    value = the("skilled_workers_trained_for_enterprises", 2022)

    assert value.number == 420_000
    assert (value.as_entered, value.last_place, value.qualifier) == ("42余万人次", 4, "remainder")
    assert (value.change.origin, value.period_from, value.period_basis) == ("seed", 2021, "stated")
    assert sorted(Standing.objects.filter(value=value).values_list("tier", flat=True)) == [
        "approved",
        "reported",
    ]
    result = YearlyResult.objects.get(revision__value=value, tier="approved")
    assert (result.number, result.basis) == (Decimal(420_000), "stated")


def test_a_statement_keeps_the_words_of_the_report(loaded):
    value = the("security_guards_coverage", 2022)

    assert (value.statement, value.number, value.as_entered) == ("met", None, "全面达标")


def test_units_know_their_parent_and_changes_their_units(loaded):
    qijiang = Jurisdiction.objects.get(code="500110", valid_from=2011)
    change = JurisdictionChange.objects.get(to_units=qijiang)

    assert qijiang.parent == Jurisdiction.objects.get(code="500000")
    assert sorted(unit.name_zh for unit in change.from_units.all()) == ["万盛区", "綦江县"]
    reporting = Jurisdiction.objects.valid_in(2021).exclude(level="city")
    assert reporting.count() == 41


def test_the_check_finds_nothing_after_loading(loaded):
    out = StringIO()

    call_command("check_catalogue", stdout=out)

    assert out.getvalue() == "113 indicators, nothing found\n"
    assert check()[1] == []


def test_the_command_that_checks_fails_on_a_finding(loaded):
    Definition.objects.filter(indicator__code="preschool_public_share").update(formula="1 +")
    out = StringIO()

    with pytest.raises(CommandError, match="1 findings in 113 indicators"):
        call_command("check_catalogue", stdout=out)

    assert out.getvalue() == (
        "preschool_public_share: v1: The formula cannot be read at character 4:"
        " something is missing at the end [formula_unreadable]\n"
    )


# Again


def test_loading_again_changes_nothing(loaded):
    before = list(ValueRevision.objects.values_list("pk", "version"))

    outcomes = load_seeds(loaded)

    assert {(one.added, one.changed, len(one.left)) for one in outcomes} == {(0, 0, 0)}
    assert list(ValueRevision.objects.values_list("pk", "version")) == before


def test_the_command_lists_approved_figures_that_would_change_and_asks_for_a_reason(loaded):
    share = {"indicator": "preschool_public_share"}
    edit(loaded, "figures.csv", share, value="54.5", as_entered="54.5%")
    said = StringIO()

    with pytest.raises(CommandError, match="--reason"):
        call_command("load_seeds", folder=loaded, stderr=said)
    assert "54.45% (Met) → 54.5% (Met)" in said.getvalue()

    call_command("load_seeds", folder=loaded, reason="更正", stdout=StringIO())
    correction = Correction.objects.get()
    assert (correction.number, correction.new_number) == (Decimal("54.45"), Decimal("54.5"))
    assert correction.change.reason == "更正"


def test_what_the_seeds_change_is_changed(loaded):
    share = {"indicator": "preschool_public_share"}
    edit(loaded, "duty_areas.csv", {"code": "safety"}, name_zh="安全")
    edit(loaded, "indicators.csv", {"code": "preschool_total"}, decimals="1")
    edit(loaded, "definitions.csv", {"indicator": "preschool_total"}, meaning_zh="新口径。")
    edit(loaded, "targets.csv", {**share, "level": "national"}, value="55.5")
    edit(loaded, "rules.csv", {"code": "stands_out"}, tolerance="4")
    edit(loaded, "jurisdictions.csv", {"code": "500103"}, note="New.")
    edit(loaded, "jurisdiction_changes.csv", {"year": "1998"}, legal_basis="国函")
    edit(loaded, "figures.csv", share, value="54.5", as_entered="54.5%", qualifier="about")

    with pytest.raises(ApprovedWouldMove):
        load_seeds(loaded)
    outcomes = load_seeds(loaded, reason="更正")

    assert {one.file: one.changed for one in outcomes if one.changed} == {
        "duty_areas.csv": 1,
        "indicators.csv": 1,
        "definitions.csv": 1,
        "targets.csv": 1,
        "rules.csv": 1,
        "chongqing/jurisdictions.csv": 1,
        "chongqing/jurisdiction_changes.csv": 1,
        "chongqing/figures.csv": 1,
    }
    assert not any(one.added or one.left for one in outcomes)
    value = the("preschool_public_share")
    assert (value.number, value.qualifier, value.version) == (Decimal("54.5"), "about", 2)
    result = YearlyResult.objects.get(revision__value=value, tier="approved")
    assert (result.number, result.target.value, result.status) == (
        Decimal("54.5"),
        Decimal("55.5"),
        "near",
    )
    assert check()[1] == []
    assert {(one.changed, len(one.left)) for one in load_seeds(loaded)} == {(0, 0)}


def test_a_new_row_of_the_seeds_is_added(loaded):
    code = {"code": "preschool_kindergartens", "unit": "kindergartens"}
    add(loaded, "indicators.csv", {"code": "preschool_total"}, display_unit="kindergartens", **code)
    add(loaded, "definitions.csv", {"indicator": "preschool_total"}, indicator=code["code"])

    outcomes = load_seeds(loaded)

    assert told(outcomes, "indicators.csv") == (1, 0, {})
    assert told(outcomes, "definitions.csv") == (1, 0, {})


# Another city


def test_another_city_loads_the_catalogue_alone():
    out = StringIO()

    call_command("load_seeds", "--catalogue", stdout=out)

    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == [
        "units_of_measure.csv",
        "duty_areas.csv",
        "indicators.csv",
        "definitions.csv",
        "frameworks.csv",
        "targets.csv",
        "rules.csv",
    ]
    assert (Jurisdiction.objects.count(), YearlyValue.objects.count()) == (0, 0)


def test_another_city_brings_its_own_units_and_figures(tmp_path):
    call_command("load_seeds", "--catalogue", stdout=StringIO())
    chongqing = all_rows("jurisdictions.csv")
    city = {**chongqing[0], "code": "510100", "name_zh": "成都市"}
    district = {**chongqing[1], "code": "510104", "name_zh": "锦江区", "parent": "510100"}
    figure = next(
        row for row in all_rows("figures.csv") if row["indicator"] == "preschool_public_share"
    )
    save(tmp_path / "jurisdictions.csv", [{**district, "valid_to": ""}, city])
    own = {**figure, "jurisdiction": "510100", "value": "51.2", "as_entered": ""}
    save(tmp_path / "figures.csv", [{**own, "period_from": "", "report_offset": ""}])
    out = StringIO()

    call_command("load_seeds", "--from", str(tmp_path), stdout=out)
    call_command("load_seeds", "--from", str(tmp_path), stdout=out)

    assert out.getvalue().splitlines() == [
        "jurisdictions.csv: 2 added, 0 changed, 0 as before, 0 left",
        "figures.csv: 1 added, 0 changed, 0 as before, 0 left",
        "jurisdictions.csv: 0 added, 0 changed, 2 as before, 0 left",
        "figures.csv: 0 added, 0 changed, 1 as before, 0 left",
    ]
    assert the("preschool_public_share").as_entered == "51.2"


def test_columns_that_are_not_needed_may_be_absent(tmp_path):
    call_command("load_seeds", "--catalogue", stdout=StringIO())
    (tmp_path / "jurisdictions.csv").write_text(
        "code,valid_from,name_zh,level,parent\n510100,1981,成都市,city,\n"
        "510104,1981,锦江区,district,510100\n",
        encoding="utf-8",
    )
    (tmp_path / "figures.csv").write_text(
        "indicator,jurisdiction,year,value\npreschool_public_share,510100,2021,51.2\n",
        encoding="utf-8",
    )

    call_command("load_seeds", "--from", str(tmp_path), stdout=StringIO())

    district = Jurisdiction.objects.get(code="510104")
    assert (district.code_scheme, district.confirmed, district.group_zh) == ("gb2260", False, "")
    share = the("preschool_public_share")
    assert (share.as_entered, share.qualifier, share.period_basis) == ("51.2", "exact", "stated")


def test_a_column_that_is_needed_is_asked_for(tmp_path):
    (tmp_path / "jurisdictions.csv").write_text(
        "code,name_zh,level\n510100,成都市,city\n", encoding="utf-8"
    )

    with pytest.raises(CommandError) as caught:
        call_command("load_seeds", "--from", str(tmp_path), stdout=StringIO())

    assert str(caught.value) == (
        "jurisdictions.csv, line 1, column valid_from: the column is missing;"
        " add it to the header row. Nothing was loaded."
    )


# Cost


def test_the_number_of_queries_does_not_grow_with_the_rows(folder):
    def queries():
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            files = load_seeds(folder)
            transaction.set_rollback(True)
        return len(captured), len(files)

    many, files = queries()
    for file, number in (
        ("figures", 5),
        ("targets", 3),
        ("jurisdictions", 5),
        ("jurisdiction_changes", 1),
    ):
        (path,) = folder.rglob(f"{file}.csv")
        save(path, rows(path)[:number])

    # 130 rows fewer; SQLite takes many rows in several batches, and five figures release nothing.
    assert many - queries()[0] < 13
    assert many < 10 * files


def test_a_new_count_without_a_lower_limit_begins_at_zero(loaded):
    add(loaded, "indicators.csv", {"code": "preschool_total"}, code="nurseries", lower_limit="")
    add(loaded, "definitions.csv", {"indicator": "preschool_total"}, indicator="nurseries")
    load_seeds(loaded)

    assert Indicator.objects.get(code="nurseries").lower_limit == 0
