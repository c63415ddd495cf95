"""Every page that a round adds, as its role sees it: policy, accessibility, width, language."""

import pytest
from django.utils import timezone

from indicators.recording.submission import approve, remark, reopen, return_submission, submit
from tests.cast import enter, make_user
from tests.journeys.looking import faults_of
from tests.journeys.sheet import indicator, unit, year_of
from tests.round_cast import days, fresh, make_round

WAITING, REOPENED, RETURNED = "500103", "500105", "500106"
OF_CITY = [
    "/",
    "/rounds/",
    "/rounds/2022/",
    "/review/",
    f"/review/2022/{WAITING}/",
    "/messages/",
    "/guide/states/",
]
OF_UNIT = ["/", f"/entry/{RETURNED}/2022/", "/rounds/2022/", "/messages/", "/guide/states/"]
PAGES = {
    "officer": [*OF_UNIT, f"/entry/{RETURNED}/2022/quality/"],
    "lead": OF_UNIT,
    "city_officer": [*OF_CITY, "/entry/500000/2022/"],
    "supervisor": [
        *OF_CITY,
        "/rounds/new/",
        "/rounds/2022/plan/",
        "/rounds/2023/",
        "/rounds/2023/plan/",
        f"/review/2022/{REOPENED}/",
        f"/review/2022/{RETURNED}/",
        "/review/2022/500000/",
        f"/figures/preschool_total/{RETURNED}/2021/",
    ],
    "auditor": [*OF_CITY, f"/review/2022/{RETURNED}/"],
    "editor": ["/messages/", "/guide/states/"],
    "administrator": ["/messages/", "/guide/states/"],
}


@pytest.fixture
def under_way(whole_city):
    """A round that has come another way with each unit, and the next one planned."""
    supervisor = whole_city["supervisor"]
    asked = [indicator(code) for code in ("preschool_total", "preschool_public")]
    units = [unit(code) for code in ("500000", WAITING, REOPENED, RETURNED)]
    city = units[0]
    share = indicator("preschool_public_share")
    this = make_round(city, supervisor, [*asked, share], units, evaluation_year=2022)
    make_round(city, supervisor, asked, units, evaluation_year=2023, opened=False)
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


@pytest.mark.parametrize("role", PAGES)
def test_pages_of_a_round_are_accessible_fit_the_window_and_speak_chinese(
    visitor, sign_in, under_way, role
):
    page = sign_in(visitor(), role)
    for address in PAGES[role]:
        assert page.goto(address).ok, address
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            assert faults_of(page, width) == [], (address, width)
