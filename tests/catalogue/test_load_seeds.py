"""Loading the seeds: all of it, again and again, never over what users changed."""

import csv
import shutil
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import (
    Definition,
    DutyArea,
    Framework,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    SeedRecord,
    Standing,
    Target,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from indicators.recording import Entry, save_value
from indicators.recording.catalogue import delete, save_definition, save_indicator, save_target
from indicators.results.rebuild import check
from tests.catalogue.files import SEEDS, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SEEDS, tmp_path / "seeds")


@pytest.fixture
def loaded(folder):
    """The seeds, loaded from a folder that a test can change and load again."""
    load_seeds(folder)
    return folder


def edit(folder, file, key, **cells):
    """Change the cells of the row that has the cells of `key`."""
    path = folder / file
    found = rows(path)
    chosen = [row for row in found if key.items() <= row.items()]
    assert len(chosen) == 1
    chosen[0].update(cells)
    save(path, found)


def add(folder, file, like, **cells):
    """Add a row like another one."""
    found = rows(folder / file)
    template = next(row for row in found if like.items() <= row.items())
    save(folder / file, [*found, {**template, **cells}])


def save(path, found):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, found[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(found)


def told(outcomes, file):
    outcome = next(outcome for outcome in outcomes if outcome.file == file)
    return outcome.added, outcome.changed, outcome.left


def the(code, year=2021, **fields):
    return YearlyValue.objects.get(indicator__code=code, year=year, **fields)


def enter(value, text):
    entry = Entry(value.indicator, value.jurisdiction, value.year, value.version, text=text)
    return save_value(entry, actor=None, reason="corrected")


# The first time


def test_the_command_loads_everything_and_says_so():
    out = StringIO()

    call_command("load_seeds", stdout=out)

    assert out.getvalue().splitlines() == [
        f"{path}.csv: {number} added, 0 changed, 0 as before, 0 left"
        for path, number in {
            "duty_areas": 11,
            "indicators": 97,
            "definitions": 97,
            "frameworks": 4,
            "targets": 26,
            "jurisdictions": 61,
            "jurisdiction_changes": 19,
            "figures": 63,
        }.items()
    ]


def test_figures_stand_reported_and_approved_as_the_report_has_them(loaded):
    value = the("skilled_workers_trained_for_enterprises", 2022)

    assert value.number == 420_000
    assert (value.as_entered, value.last_place, value.qualifier) == ("42余万人次", 4, "more_than")
    assert (value.origin, value.period_from, value.period_basis) == ("seed", 2021, "stated")
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

    assert out.getvalue() == "97 indicators, nothing found\n"
    assert check()[1] == []


def test_the_command_that_checks_fails_on_a_finding(loaded):
    Definition.objects.filter(indicator__code="preschool_public_share").update(formula="1 +")
    out = StringIO()

    with pytest.raises(CommandError, match="1 findings in 97 indicators"):
        call_command("check_catalogue", stdout=out)

    assert out.getvalue() == (
        "preschool_public_share: version 1: the formula cannot be read at position 4:"
        " it ends where something must follow [broken_formula]\n"
    )


# Again


def test_loading_again_changes_nothing(loaded):
    before = list(ValueRevision.objects.values_list("pk", "version"))

    outcomes = load_seeds(loaded)

    assert {(one.added, one.changed, len(one.left)) for one in outcomes} == {(0, 0, 0)}
    assert list(ValueRevision.objects.values_list("pk", "version")) == before


def test_what_the_seeds_change_is_changed(loaded):
    share = {"indicator": "preschool_public_share"}
    edit(loaded, "duty_areas.csv", {"code": "safety"}, name_zh="安全")
    edit(loaded, "indicators.csv", {"code": "preschool_total"}, decimals="1")
    edit(loaded, "definitions.csv", {"indicator": "preschool_total"}, meaning_zh="新口径。")
    edit(loaded, "targets.csv", {**share, "level": "national"}, value="55.5")
    edit(loaded, "jurisdictions.csv", {"code": "500103"}, note="New.")
    edit(loaded, "jurisdiction_changes.csv", {"year": "1998"}, legal_basis="国函")
    edit(loaded, "figures.csv", share, value="54.5", as_entered="54.5%", qualifier="about")

    outcomes = load_seeds(loaded)

    assert [(one.file, one.added, one.changed, one.left) for one in outcomes] == [
        ("duty_areas.csv", 0, 1, {}),
        ("indicators.csv", 0, 1, {}),
        ("definitions.csv", 0, 1, {}),
        ("frameworks.csv", 0, 0, {}),
        ("targets.csv", 0, 1, {}),
        ("jurisdictions.csv", 0, 1, {}),
        ("jurisdiction_changes.csv", 0, 1, {}),
        ("figures.csv", 0, 1, {}),
    ]
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


# What users did


def test_what_users_changed_is_left(loaded):
    indicator = Indicator.objects.get(code="preschool_total")
    indicator.name_zh = "在园儿童"
    save_indicator(indicator, actor=None)
    enter(the("preschool_public_share"), "54.46%")
    edit(loaded, "indicators.csv", {"code": "preschool_total"}, name_zh="在园总数")

    outcomes = load_seeds(loaded)

    assert told(outcomes, "indicators.csv") == (0, 0, {"preschool_total": "changed by users"})
    assert told(outcomes, "figures.csv") == (
        0,
        0,
        {"preschool_public_share|500000|2021": "changed by users"},
    )
    indicator.refresh_from_db()
    assert indicator.name_zh == "在园儿童"
    assert the("preschool_public_share").number == Decimal("54.46")


def test_a_figure_that_users_withdrew_is_left(loaded):
    enter(the("preschool_public_share"), "")

    outcomes = load_seeds(loaded)

    assert list(told(outcomes, "figures.csv")[2].values()) == ["changed by users"]
    assert the("preschool_public_share").state == "blank"


def test_what_users_changed_to_what_the_seeds_say_follows_the_seeds_again(loaded):
    enter(the("preschool_public_share"), "54.46%")
    share = {"indicator": "preschool_public_share"}
    value = the("preschool_public_share")
    edit(
        loaded,
        "figures.csv",
        share,
        value="54.46",
        as_entered="54.46%",
        period_from=str(value.period_from),
        period_basis=value.period_basis,
    )
    assert told(load_seeds(loaded), "figures.csv") == (0, 0, {})
    edit(loaded, "figures.csv", share, value="54.47", as_entered="54.47%")

    assert told(load_seeds(loaded), "figures.csv") == (0, 1, {})


def test_what_users_removed_stays_removed(loaded):
    target = Target.objects.get(indicator__code="preschool_public_share", level="county")
    delete(target, actor=None)

    outcomes = load_seeds(loaded)

    key = "preschool-universal|preschool_public_share|county|"
    assert told(outcomes, "targets.csv") == (0, 0, {key: "removed by users"})
    assert not Target.objects.filter(pk=target.pk).exists()


def test_a_row_that_builds_on_what_users_removed_is_left(loaded):
    framework = Framework.objects.get(code="preschool-universal")
    for target in framework.targets.all():
        delete(target, actor=None)
    delete(framework, actor=None)
    add(
        loaded,
        "targets.csv",
        {"framework": "preschool-universal"},
        indicator="compulsory_retention_rate",
    )

    left = told(load_seeds(loaded), "targets.csv")[2]

    assert left.pop("preschool-universal|compulsory_retention_rate|county|") == (
        "builds on preschool-universal, which users removed or hold otherwise"
    )
    assert set(left.values()) == {"removed by users"}


def test_what_was_there_before_the_seeds_is_left(folder):
    DutyArea.objects.create(code="safety", name_zh="平安", position=1)

    outcomes = load_seeds(folder)

    assert told(outcomes, "duty_areas.csv") == (
        10,
        0,
        {"safety": "there already, and not from the seeds"},
    )
    assert DutyArea.objects.get(code="safety").name_zh == "平安"


def test_the_principal_target_of_users_stays_the_principal_one(loaded):
    own = Framework.objects.get(code="plan-14-chongqing")
    indicator = Indicator.objects.get(code="preschool_public_share")
    save_target(
        Target(
            framework=own,
            indicator=indicator,
            level="county",
            comparator="ge",
            value=60,
            principal=True,
        ),
        actor=None,
    )
    delete_records = SeedRecord.objects.filter(key__startswith="preschool-universal|")
    Target.objects.filter(framework__code="preschool-universal", indicator=indicator).delete()
    delete_records.delete()

    left = told(load_seeds(loaded), "targets.csv")[2]

    assert left["preschool-universal|preschool_public_share|county|"].startswith(
        "does not go with what is there: another row is the principal one"
    )
    assert Target.objects.get(indicator=indicator, level="county").value == 60


def test_a_unit_of_users_with_the_same_code_stays_the_only_one(folder):
    Jurisdiction.objects.create(code="500110", valid_from=2010, name_zh="万盛", level="district")

    outcomes = load_seeds(folder)

    assert told(outcomes, "jurisdictions.csv")[2] == {
        "500110|1997": "does not go with what is there: in these years the code means 万盛;"
        " correct valid_from or valid_to",
        "500110|2011": "does not go with what is there: in these years the code means 万盛;"
        " correct valid_from or valid_to",
    }
    assert told(outcomes, "jurisdiction_changes.csv")[2] == {
        "2011|merge|500110@1997;500222@1997|500110@2011": "builds on 500110@1997,"
        " which users removed or hold otherwise"
    }


def test_changes_alone_can_be_loaded(loaded, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(SEEDS / "jurisdiction_changes.csv", alone)
    edit(alone, "jurisdiction_changes.csv", {"year": "1998"}, to_units="500101@1999")

    with pytest.raises(SeedFault, match="there is no 500101@1999"):
        load_seeds(alone)


def test_a_definition_that_has_figures_keeps_its_formula(loaded):
    city = Jurisdiction.objects.get(code="500000")
    for code, text in {"preschool_public": "5", "preschool_total": "10"}.items():
        entry = Entry(Indicator.objects.get(code=code), city, 2020, 0, text=text)
        save_value(entry, actor=None, reason="")
    formula = "preschool_public / preschool_total * 100 * 1"
    edit(loaded, "definitions.csv", {"indicator": "preschool_public_share"}, formula=formula)

    assert told(load_seeds(loaded), "definitions.csv") == (
        0,
        0,
        {
            "preschool_public_share|1": "it has figures;"
            " the seeds must bring a new version from a later year"
        },
    )


def test_an_indicator_that_has_figures_keeps_its_unit(loaded):
    edit(
        loaded,
        "indicators.csv",
        {"code": "double_leader_studios"},
        unit="places",
        display_unit="places",
    )
    (loaded / "figures.csv").unlink()

    assert told(load_seeds(loaded), "indicators.csv") == (
        0,
        0,
        {"double_leader_studios": "its unit is new, but it has figures in the old one"},
    )


def test_a_new_definition_of_the_seeds_goes_beside_one_of_users(loaded):
    indicator = Indicator.objects.get(code="preschool_total")
    save_definition(
        Definition(indicator=indicator, valid_from=2024, meaning_zh="新口径。"), actor=None
    )
    like = {"indicator": "preschool_total"}
    add(loaded, "definitions.csv", like, version="2", valid_from="2025")
    add(loaded, "definitions.csv", like, version="3", valid_from="2024")

    left = told(load_seeds(loaded), "definitions.csv")[2]

    assert left["preschool_total|2"] == "there already, and not from the seeds"
    assert left["preschool_total|3"].startswith("does not go with what is there: another row")


# Another city


def test_another_city_loads_the_catalogue_alone():
    out = StringIO()

    call_command("load_seeds", "--catalogue", stdout=out)

    assert [line.split(":")[0] for line in out.getvalue().splitlines()] == [
        "duty_areas.csv",
        "indicators.csv",
        "definitions.csv",
        "frameworks.csv",
        "targets.csv",
    ]
    assert (Jurisdiction.objects.count(), YearlyValue.objects.count()) == (0, 0)


def test_another_city_brings_its_own_units_and_figures(tmp_path):
    call_command("load_seeds", "--catalogue", stdout=StringIO())
    chongqing = rows(SEEDS / "jurisdictions.csv")
    city = {**chongqing[0], "code": "510100", "name_zh": "成都市"}
    district = {**chongqing[1], "code": "510104", "name_zh": "锦江区", "parent": "510100"}
    figure = next(
        row for row in rows(SEEDS / "figures.csv") if row["indicator"] == "preschool_public_share"
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


# What cannot be


@pytest.mark.parametrize(
    ("file", "key", "cells", "said"),
    [
        (
            "indicators.csv",
            {"code": "preschool_total"},
            {"duty_area": "nowhere"},
            "column duty_area: there is no 'nowhere'; add it to duty_areas.csv or correct the cell",
        ),
        (
            "definitions.csv",
            {"indicator": "preschool_public_share"},
            {"formula": "preschool_public / nowhere"},
            "column formula: version 1: no indicator has the code nowhere (position 20)",
        ),
        (
            "definitions.csv",
            {"indicator": "preschool_public"},
            {"formula": "prev(preschool_public)"},
            "column formula: it is computed by a formula, so it cannot add up by sum; use none",
        ),
        (
            "definitions.csv",
            {"indicator": "preschool_public_share"},
            {"formula": "preschool_public / preschool_total"},
            "column formula: version 1: it gives ratio, the indicator is kept in percent",
        ),
        (
            "jurisdictions.csv",
            {"code": "500103"},
            {"parent": "599999"},
            "column parent: no unit '599999' exists in 1997 that could hold this one;"
            " add it, or correct the cell",
        ),
        (
            "jurisdictions.csv",
            {"code": "500101", "valid_from": "1997"},
            {"valid_to": "2000"},
            "column valid_from: in these years the code means 万县区;"
            " correct valid_from or valid_to",
        ),
        (
            "jurisdiction_changes.csv",
            {"year": "1998"},
            {"to_units": "500101@1999"},
            "column to_units: there is no 500101@1999;"
            " add it to jurisdictions.csv or correct the cell",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"jurisdiction": "500999"},
            "column jurisdiction: no unit has the code '500999' in 2021;"
            " add it to jurisdictions.csv or correct the cell",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"value": "54.46"},
            "column value: '54.45%' means another value; correct one",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"as_entered": "很多"},
            "column as_entered: '很多' cannot be read in percent (not_a_number);"
            " write digits and unit",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"value": "154.45", "as_entered": "154.45%"},
            "column as_entered: At most 100."
            " If a share above it is right, ask the catalogue editor",
        ),
        (
            "figures.csv",
            {"indicator": "preschool_public_share"},
            {"unit": "persons"},
            "column unit: of the indicator it is percent; write the same",
        ),
        (
            "figures.csv",
            {"indicator": "security_guards_coverage"},
            {"statement": "", "value": "1"},
            "column statement: this indicator takes a statement; give one",
        ),
    ],
)
def test_what_cannot_be_is_told_with_its_place_and_nothing_is_loaded(
    folder, file, key, cells, said
):
    edit(folder, file, key, **cells)
    row = next(row for row in rows(folder / file) if {**key, **cells}.items() <= row.items())
    line = rows(folder / file).index(row) + 2
    if cells.get("valid_to") == "2000":
        line += 1  # the later of the two rows is named

    with pytest.raises(CommandError) as caught:
        call_command("load_seeds", "--from", str(folder), stdout=StringIO())

    assert str(caught.value) == f"{file}, line {line}, {said}. Nothing was loaded."
    for model in (DutyArea, Indicator, Jurisdiction, YearlyValue, YearlyResult, SeedRecord):
        assert model.objects.count() == 0


def test_a_cycle_that_the_seeds_would_close_is_refused(loaded):
    edit(
        loaded,
        "definitions.csv",
        {"indicator": "education_share_of_public_expenditure"},
        formula="education_share_of_public_expenditure_change",
    )

    with pytest.raises(SeedFault) as caught:
        load_seeds(loaded)

    assert "it gives percentage_points, the indicator is kept in percent" in str(caught.value)
    edit(
        loaded,
        "definitions.csv",
        {"indicator": "education_share_of_public_expenditure"},
        formula="prev(education_share_of_public_expenditure)",
    )
    with pytest.raises(SeedFault) as caught:
        load_seeds(loaded)
    assert "it is computed from itself" in str(caught.value)


# Cost


def test_the_number_of_queries_does_not_grow_with_the_rows(folder):
    def queries():
        with transaction.atomic(), CaptureQueriesContext(connection) as captured:
            load_seeds(folder)
            transaction.set_rollback(True)
        return len(captured)

    many = queries()
    for file, number in (
        ("figures", 5),
        ("targets", 3),
        ("jurisdictions", 5),
        ("jurisdiction_changes", 1),
    ):
        save(folder / f"{file}.csv", rows(folder / f"{file}.csv")[:number])

    # 130 rows fewer; only that SQLite takes many rows in several batches makes a difference.
    assert many - queries() < 12
    assert many < 100
