"""余 has a code of its own since; what was kept before it is told apart, and nothing else moves."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from indicators.models import Change, ValueRevision, YearlyResult, YearlyValue

pytestmark = pytest.mark.thorough

BEFORE = ("indicators", "0006_change")
TYPED = {2019: "42余万人", 2020: "超过42万人", 2021: "多于50人", 2022: "50多人"}


@pytest.fixture
def kept(transactional_db):
    """Figures said to be more than their number, in two versions, standing."""
    call_command("migrate", *BEFORE, verbosity=0)
    apps = MigrationExecutor(connection).loader.project_state([BEFORE]).apps

    def make(name, **fields):
        return apps.get_model("indicators", name).objects.create(**fields)

    area = make("DutyArea", code="area", name_zh="领域")
    indicator = make(
        "Indicator",
        code="children",
        name_zh="在园幼儿数",
        duty_area=area,
        quantity_kind="count",
        unit="persons",
        period_kind="school_year",
    )
    unit = make("Jurisdiction", code="500101", name_zh="北区", level="district", valid_from=1990)
    first, later = (
        make("Change", at=f"2022-03-0{day}T09:30:00Z", reason="counted", origin="entered")
        for day in (1, 2)
    )
    for year, text in TYPED.items():
        said = {"number": 42, "as_entered": text, "qualifier": "more_than"}
        place = {"indicator": indicator, "jurisdiction": unit, "year": year}
        value = make("YearlyValue", change=first, **place, **said)
        value.change, value.version = later, 2
        value.save()
        latest = value.revisions.get(version=2)  # written by the triggers
        make(
            "YearlyResult",
            **place,
            tier="reported",
            basis="entered",
            number=42,
            qualifier="more_than",
            revision=latest,
            status="no_target",
        )
    yield apps
    call_command("migrate", verbosity=0)


def codes(model, year):
    return {row.qualifier for row in model.objects.all() if year_of(row) == year}


def year_of(row):
    return row.value.year if isinstance(row, ValueRevision) else row.year


def test_a_remainder_has_its_own_code_in_every_version_and_no_version_is_made(kept):
    before = list(Change.objects.values())

    call_command("migrate", verbosity=0)

    for model in (YearlyValue, ValueRevision, YearlyResult):
        assert codes(model, 2019) == codes(model, 2022) == {"remainder"}
        assert codes(model, 2020) == codes(model, 2021) == {"more_than"}
    assert ValueRevision.objects.count() == 2 * len(TYPED)
    assert set(YearlyValue.objects.values_list("version", flat=True)) == {2}
    assert list(Change.objects.values()) == before
    assert {value.year: value.as_entered for value in YearlyValue.objects.all()} == TYPED


def test_it_can_be_taken_back(kept):
    call_command("migrate", verbosity=0)
    call_command("migrate", *BEFORE, verbosity=0)

    assert {*kept.get_model("indicators", "YearlyValue").objects.values_list("qualifier")} == {
        ("more_than",)
    }
