"""What may not fall follows the units before: through a new name, and as the sum of merged ones."""

import pytest

from indicators.models import Jurisdiction
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from tests.cast import YEAR, enter, make_indicator, make_target
from tests.dashboards.views.test_only_increase import PAGE, changes
from tests.recording.test_jurisdiction_change import asked_for


@pytest.fixture
def money(north, south):
    money = make_indicator("money", unit="yuan", display_unit="wan_yuan", quantity_kind="amount")
    make_target(money, "not_below_last_year")
    for unit, before in ((north, "300万"), (south, "500万")):
        enter(money, unit, before, year=YEAR - 1)
    return money


def test_a_renamed_unit_is_held_against_what_it_was(
    client, money, north, south, supervisor, editor
):
    rename = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(rename, actor=editor, reason="更名")
    enter(money, Jurisdiction.objects.get(code="500188"), "290万")
    enter(money, south, "520万")
    client.force_login(supervisor)

    found = changes(client.get(PAGE))
    assert found == {"山城": ["+1.25%"], "新区": ["−3.33%"], "南区": ["+4.00%"]}


def test_a_merged_one_against_the_sum_of_theirs(client, money, north, south, supervisor, editor):
    merger = asked_for("merge", [north, south], ("500188", "两江区"))
    record_jurisdiction_change(merger, actor=editor, reason="合并")
    enter(money, Jurisdiction.objects.get(code="500188"), "780万")
    client.force_login(supervisor)

    assert changes(client.get(PAGE))["两江区"] == ["−2.50%"]
