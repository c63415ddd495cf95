"""What the districts reported the units report, what the city did the level above; both ways."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = pytest.mark.thorough

BEFORE, NOW = ("indicators", "0022_examination_follows"), ("indicators", "0023_level_above")


def models_at(state):
    apps = MigrationExecutor(connection).loader.project_state([state]).apps
    names = ("Indicator", "SeedRecord", "CatalogueProposal", "DutyArea", "User")
    return [apps.get_model("indicators", name) for name in names]


@pytest.fixture
def before(transactional_db):
    call_command("migrate", *BEFORE, verbosity=0)
    indicator, record, proposal, area, user = models_at(BEFORE)
    of = area.objects.create(code="area", name_zh="领域")
    for code, level in (("pupils", "district"), ("rank", "city")):
        indicator.objects.create(
            code=code,
            name_zh=code,
            duty_area=of,
            quantity_kind="count",
            unit="persons",
            period_kind="school_year",
            reporting_level=level,
        )
        record.objects.create(table="indicators", key=code, row={"reporting_level": level})
    record.objects.create(table="frameworks", key="plan", row={"basis": "city"})
    rows = [
        {"model": "indicators.indicator", "fields": {"code": "排名", "reporting_level": "city"}}
    ]
    proposal.objects.create(
        act="save",
        title="排名",
        content=json.dumps(rows),
        made_by=user.objects.create(username="editor"),
        made_at="2022-03-01T09:30:00Z",
    )
    yield
    call_command("migrate", verbosity=0)


def levels(state):
    indicator, record, proposal, _area, _user = models_at(state)
    return (
        dict(indicator.objects.values_list("code", "reporting_level")),
        {one.key: one.row for one in record.objects.all()},
        json.loads(proposal.objects.get().content)[0]["fields"],
    )


def test_levels_are_renamed_where_they_are_kept_and_back_again(before):
    old = levels(BEFORE)
    call_command("migrate", *NOW, verbosity=0)

    assert levels(NOW) == (
        {"pupils": "units", "rank": "above"},
        {
            "pupils": {"reporting_level": "units"},
            "rank": {"reporting_level": "above"},
            "plan": {"basis": "city"},
        },
        {"code": "排名", "reporting_level": "above"},
    )
    call_command("migrate", *BEFORE, verbosity=0)
    assert levels(BEFORE) == old
