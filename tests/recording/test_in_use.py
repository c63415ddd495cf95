"""What others name is not deleted: in_use, and what holds it.

Lists of others (plans, changes of units, rules) and formulas have no foreign key that protects what
they name.
"""

import pytest
from django.urls import reverse

from indicators.collection import Refusal
from indicators.models import DutyArea, Indicator, JurisdictionChange, Round, Rule, User
from indicators.recording.catalogue import delete
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.round import close_round, withdraw_round
from tests.admin_forms import as_shown
from tests.cast import YEAR, enter, make_indicator, make_share, make_unit
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import make_round


def refused_as_in_use(thing, editor):
    with pytest.raises(Refusal) as caught:
        delete(thing, actor=editor)
    return caught.value.code == "in_use"


@pytest.fixture
def bare(children):
    """An indicator that has no definition yet; one that has is held by it."""
    with changing_catalogue(actor=None):
        return Indicator.objects.create(
            code="bare",
            name_zh="新指标",
            duty_area=DutyArea.objects.get(),
            unit="persons",
            quantity_kind="count",
            aggregation="sum",
            period_kind="calendar_year",
        )


def test_a_unit_of_a_plan(city, north, children, supervisor, editor):
    """Else the supervisor's plan would ask one unit less, at the same version."""
    east = make_unit("500109", "东区", parent=city)
    make_round(city, supervisor, [children], [north, east], opened=False)
    assert refused_as_in_use(east, editor)


def test_an_indicator_of_a_plan(city, north, children, bare, supervisor, editor):
    make_round(city, supervisor, [children, bare], [north], opened=False)
    assert refused_as_in_use(bare, editor)


def test_a_unit_that_was_renamed(north, editor):
    """Else the act would say that the new unit came from none."""
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    north.refresh_from_db()
    assert refused_as_in_use(north, editor)


def test_an_indicator_in_a_formula(children, bare, editor):
    """Else `check_catalogue` would find formula_unknown_code."""
    make_share("of_it", "bare / children * 100")
    assert refused_as_in_use(bare, editor)


def test_the_only_indicator_of_a_rule(bare, editor):
    """Else it would name none, and so look at all."""
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="new", name_zh="新", kind="unchanged", severity="error")
        rule.indicators.set([bare])
    assert refused_as_in_use(bare, editor)


def test_an_indicator_in_the_formula_of_a_rule(bare, editor):
    with changing_catalogue(actor=None):
        Rule.objects.create(
            code="new",
            name_zh="新",
            kind="comparison",
            severity="error",
            left="bare",
            comparator="ge",
            right="0",
        )
    assert refused_as_in_use(bare, editor)


def test_what_only_begins_alike_is_not_held(bare, children, editor):
    make_indicator("bare_ones")
    make_share("of_it", "bare_ones / children * 100")
    delete(bare, actor=editor)
    assert not Indicator.objects.filter(code="bare").exists()


@pytest.fixture
def merged(city, north, south, supervisor, editor):
    """The old units are still asked a figure of the year before the merger."""
    lagged = make_indicator("lagged", lag=-1)
    asked = make_round(city, supervisor, [lagged], [north, south])
    merger = asked_for("merge", [north, south], ("500188", "两江区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")
    return asked


def test_the_change_that_names_who_reports_for_units_that_ended(merged, north, officer, editor):
    """Else nobody could enter what the round still asks of the old units."""
    assert refused_as_in_use(JurisdictionChange.objects.get(), editor)
    lagged = Indicator.objects.get(code="lagged")
    enter(lagged, north, "5", year=YEAR - 1, actor=User.objects.get(pk=officer.pk))


def test_nor_is_it_emptied_of_who_reports(client, merged, north, editor):
    client.force_login(editor)
    change = JurisdictionChange.objects.get()
    page = reverse("admin:indicators_jurisdictionchange_change", args=[change.pk])
    for left_out in ({"answered_by": ""}, {"from_units": [north.pk]}):
        answer = client.post(page, as_shown(client, page) | left_out)
        assert "正在向" in str(answer.context["errors"])
    change.refresh_from_db()
    assert change.answered_by.name_zh == "两江区"
    assert change.from_units.count() == 2


def test_once_the_round_is_closed_it_may_be(merged, supervisor, editor):
    now = Round.objects.get()
    close_round(now, actor=supervisor, version=now.version, reason="到期")
    delete(JurisdictionChange.objects.get(), actor=editor)
    assert not JurisdictionChange.objects.exists()


def test_an_indicator_that_only_a_withdrawn_round_asked_is_deleted(
    bare, city, children, north, editor, supervisor
):
    """The round stands on no page, and nobody could take it out there."""
    asked = make_round(city, supervisor, [children, bare], [north])
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="误开")
    delete(bare, actor=editor)
    assert not Indicator.objects.filter(code="bare").exists()
