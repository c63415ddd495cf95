"""Two people at one row: the later, older page is told what the first did, whatever the row is."""

import pytest
from django.urls import reverse

from indicators.models import JurisdictionChange, Round, Rule
from indicators.recording.catalogue_change import changing_catalogue
from tests.admin_forms import as_shown
from tests.cast import YEAR, make_target

CHANGES = {
    "dutyarea": {"name_zh": "新"},
    "framework": {"name_zh": "新"},
    "rule": {"severity": "warning"},
    "jurisdiction": {"note": "新"},
    "jurisdictionchange": {"note": "新"},
    "indicator": {"owner_department": "新"},
    "definition": {"meaning_zh": "新"},
    "target": {"value": "7"},
}


@pytest.fixture
def rows(children, north, south):
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="new", name_zh="新规则", kind="unchanged", severity="error")
        moved = JurisdictionChange.objects.create(kind="transfer", year=2010)
        moved.from_units.set([north])
        moved.to_units.set([south])
    target = make_target(children, "ge", 5)
    return {
        "dutyarea": children.duty_area,
        "framework": target.framework,
        "rule": rule,
        "jurisdiction": north,
        "jurisdictionchange": moved,
        "indicator": children,
        "definition": children.definitions.get(),
        "target": target,
    }


def address_of(model, row):
    return reverse(f"admin:indicators_{model}_change", args=[row.pk])


@pytest.mark.parametrize("model", CHANGES)
def test_of_the_catalogue(client, editor, rows, model):
    client.force_login(editor)
    address = address_of(model, rows[model])
    older = as_shown(client, address)
    assert client.post(address, older | CHANGES[model]).status_code == 302

    refused = client.post(address, older)
    assert refused.status_code == 200
    assert "其他人已先行修改" in refused.content.decode()
    name, kept = next(iter(CHANGES[model].items()))
    rows[model].refresh_from_db()
    assert str(getattr(rows[model], name)).removesuffix(".0000") == kept


@pytest.mark.parametrize("model", CHANGES)
def test_a_page_that_says_nothing_of_what_was_seen_is_an_old_one(client, editor, rows, model):
    client.force_login(editor)
    address = address_of(model, rows[model])
    sent = as_shown(client, address) | CHANGES[model]
    del sent["seen"]

    assert client.post(address, sent).status_code == 200


def test_of_the_units_that_a_change_names(client, editor, rows, north, south):
    client.force_login(editor)
    address = address_of("jurisdictionchange", rows["jurisdictionchange"])
    older = as_shown(client, address)
    client.post(address, older | {"from_units": [south.pk], "to_units": [north.pk]})

    assert client.post(address, older).status_code == 200
    assert list(rows["jurisdictionchange"].from_units.all()) == [south]


def test_of_a_membership(client, administrator, officer, south):
    membership = officer.memberships.get()
    client.force_login(administrator)
    address = address_of("membership", membership)
    older = as_shown(client, address)
    assert client.post(address, older | {"jurisdiction": south.pk}).status_code == 302

    assert client.post(address, older).status_code == 200
    membership.refresh_from_db()
    assert membership.jurisdiction == south


def test_of_a_plan(client, supervisor, asked):
    client.force_login(supervisor)
    address = reverse("rounds:plan", args=[YEAR])
    form = client.get(address).context["form"]
    older = {name: form[name].value() for name in form.fields}
    for name in ("indicators", "jurisdictions"):
        older[name] = [getattr(one, "pk", one) for one in older[name]]
    assert client.post(address, older | {"title": "甲"}).status_code == 302

    assert client.post(address, older | {"title": "乙"}).status_code == 409
    assert Round.objects.get().title == "甲"
