"""Loading the seeds never goes over what users changed, removed or had before."""

import shutil
from decimal import Decimal

import pytest

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import (
    Definition,
    DutyArea,
    Framework,
    Indicator,
    Jurisdiction,
    SeedRecord,
    Target,
    YearlyValue,
)
from indicators.recording import Entry, save_value
from indicators.recording.catalogue import delete, save_definition, save_indicator, save_target
from tests.catalogue.files import OWN, add, edit, told

pytestmark = pytest.mark.django_db


def the(code, year=2021, **fields):
    return YearlyValue.objects.get(indicator__code=code, year=year, **fields)


def enter(value, text):
    entry = Entry(value.indicator, value.jurisdiction, value.year, value.version, text=text)
    return save_value(entry, actor=None, reason="corrected")


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

    assert told(load_seeds(loaded, reason="更正"), "figures.csv") == (0, 1, {})


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

    assert told(outcomes, "jurisdictions.csv")[2] == dict.fromkeys(
        ("500110|1997", "500110|2011"),
        "does not go with what is there: Code 500110 already means 万盛 in some of these years.",
    )
    assert told(outcomes, "jurisdiction_changes.csv")[2] == {
        "2011|merge|500110@1997;500222@1997|500110@2011": "builds on 500110@1997,"
        " which users removed or hold otherwise",
        "2011|transfer|500110@1997|995003@2011": "builds on 500110@1997, which users removed or"
        " hold otherwise",
    }


def test_changes_alone_can_be_loaded(loaded, tmp_path):
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(OWN / "jurisdiction_changes.csv", alone)
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
    (loaded / OWN.name / "figures.csv").unlink()

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
    assert left["preschool_total|3"] == (
        "does not go with what is there: Another version of this definition begins in that year."
    )
