"""A round under way in the city of the seeds."""

import pytest
from django.utils import timezone

from indicators.models import User
from indicators.recording.submission import approve, remark, reopen, return_submission, submit
from tests.cast import enter, make_user
from tests.journeys.sheet import indicator, unit, year_of
from tests.round_cast import days, fresh, make_round

WAITING, REOPENED, RETURNED = "500103", "500105", "500106"


@pytest.fixture
def under_way(whole_city: dict[str, User]) -> None:
    """A round that has come another way with each unit, and the next one planned."""
    supervisor = whole_city["supervisor"]
    asked = [indicator(code) for code in ("preschool_total", "preschool_public")]
    units = [unit(code) for code in ("500000", WAITING, REOPENED, RETURNED)]
    city = units[0]
    share = indicator("preschool_public_share")
    this = make_round(
        city, supervisor, [*asked, share], units, evaluation_year=2022, title="2022 年度填报"
    )
    make_round(
        city, supervisor, asked, units, evaluation_year=2023, title="2023 年度填报", opened=False
    )
    sent = {}
    for district in units[1:]:
        officer = make_user(f"officer_{district.code}", "officer", district, full_name="田宝")
        lead = make_user(f"lead_{district.code}", "lead", district, full_name="黎平")
        for one in asked:
            year = year_of(one.code)
            enter(one, district, "9000", year=year - 1)  # a rule doubts ten times as many
            enter(one, district, "9.12万", year=year, actor=officer, note="新增")
        one = fresh(this.submissions.get(jurisdiction=district))
        sent[district.code] = submit(one, actor=lead, version=one.version, reason="首次报送")
        remark(one, asked[0], actor=supervisor, text="附设班是否计入？")

    why = {"actor": supervisor, "reason": "核对", "figures": {"preschool_total": "与年报不符"}}
    return_submission(sent[RETURNED], version=sent[RETURNED].version, **why)
    done = approve(sent[REOPENED], actor=supervisor, version=sent[REOPENED].version)
    until = timezone.localdate() + days(3)
    reopen(done, version=done.version, until=until, **why)
