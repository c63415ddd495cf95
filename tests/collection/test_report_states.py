"""What may be done with a report: all states, acts and people, from the one table."""

import pytest

from indicators.collection import REPORT_TABLE, Refusal, next_report_state, report_acts
from indicators.models import Report, ReportAct, ReportState
from tests.cast import YEAR

# What each person is towards the city's report, and towards the northern district's.
ROLES = {
    "city_officer": ({"officer"}, set()),
    "city_lead": ({"lead"}, set()),
    "supervisor": ({"supervisor"}, {"supervisor"}),
    "officer": (set(), {"officer"}),
    "lead": (set(), {"lead"}),
    "other_officer": (set(), set()),
    "editor": (set(), set()),
    "auditor": (set(), set()),
    "administrator": (set(), set()),
    "superuser": (set(), set()),
}


@pytest.mark.parametrize("person", ROLES)
@pytest.mark.parametrize("state", ReportState.values)
@pytest.mark.parametrize("act", ReportAct.values)
def test_the_table_says_what_everybody_may_do(request, city, north, person, state, act):
    actor = request.getfixturevalue(person)
    for unit, roles in zip((city, north), ROLES[person], strict=True):
        report = Report(jurisdiction=unit, evaluation_year=YEAR, state=state)
        allowed = [
            row
            for row in REPORT_TABLE
            if (row.state, row.act) == (state, act) and row.role in roles
        ]
        has_role = any(row.act == act and row.role in roles for row in REPORT_TABLE)
        try:
            answer = next_report_state(report, ReportAct(act), actor)
        except Refusal as refusal:
            answer = refusal.code
        refused = "report_not_in_this_state" if has_role else "not_your_act"

        assert answer == (allowed[0].next if allowed else refused)
        assert (act in report_acts(report, actor)) is bool(allowed)


def test_no_state_and_act_leads_to_two_states():
    to = {(row.state, row.act): row.next for row in REPORT_TABLE}

    assert all(to[row.state, row.act] == row.next for row in REPORT_TABLE)
