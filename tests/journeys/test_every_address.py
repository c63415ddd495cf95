"""Every address that gives a page, as every role that gets it: access, width, language, on white
and on dark paper. The table of addresses says who gets one, so that a new page is looked at too."""

import re

import pytest

from indicators.models import CatalogueProposal, ProposalAct, Target, User
from indicators.recording.proposal import propose
from indicators.recording.saved_question import pin_question, save_question
from indicators.recording.seen import digest_of_row
from tests.browser import access_violations
from tests.house.test_urls import ROLES, expected
from tests.journeys.looking import faults_in_every_window
from tests.journeys.under_way import REOPENED, RETURNED, WAITING

pytestmark = [pytest.mark.thorough, pytest.mark.page]

# Of the table's cast those of this one; a second officer sees nothing that the first does not.
PEOPLE = ("officer", "lead", "city_officer", "supervisor", "editor", "auditor", "administrator")
# Between them they get every page; what the others get of it is looked at on white paper.
ON_DARK = ("officer", "supervisor", "editor", "administrator")
PLACES = {
    "code": RETURNED,
    "unit": RETURNED,
    "year": "2022",
    "area": "quality",
}
INDICATOR = {"code": "preschool_total", "year": "2021"}
NO_PAGE = (".csv", ".xlsx", ".pdf", ".zip", ".json", "healthz", "readyz")
OF_INDICATOR = {"indicators/<slug:code>/", "figures/<slug:code>/<str:unit>/<year:year>/"}
TABLE = (
    f"indicator=preschool_total&indicator=gone&unit=500000&unit={RETURNED}&year=2022"
    "&rows=units&columns=indicators&tier=reported"
)
# Other states of the same pages.
MORE = {
    "officer": ["/entry/?year=2022", f"/custom-table/?{TABLE}"],
    "city_officer": [f"/review/2022/{WAITING}/", "/entry/500000/2022/"],
    "supervisor": [
        "/rounds/2023/",
        "/rounds/2023/plan/",
        f"/review/2022/{WAITING}/",
        f"/review/2022/{REOPENED}/",
        "/review/2022/500000/",
        "/indicators/preschool_public_share/?year=2021&boundaries=now",
        "/heat-map/?year=2022&area=quality&boundaries=now",
        "/profile/?year=2022&jurisdiction=500103&boundaries=now",
        "/profile/?year=2022&jurisdiction=995004&boundaries=now",
        f"/custom-table/?{TABLE}",
    ],
    "auditor": ["/overview/?tier=approved"],
}


@pytest.fixture
def proposed(whole_city, under_way):
    """A change of a target that would turn an approved light."""
    target = Target.objects.get(indicator__code="preschool_public_share", level="county")
    target.comparator = "le"
    seen = digest_of_row(Target.objects.get(pk=target.pk))
    editor = whole_city["editor"]
    return propose(target, act=ProposalAct.SAVE, actor=editor, reason="依据有变", seen=seen)


@pytest.fixture
def pinned(whole_city):
    """A table that each has on the first page."""
    for role in ("officer", "supervisor"):
        person = whole_city[role]
        saved = save_question(actor=person, name="在园幼儿", query=TABLE)
        pin_question(saved.pk, actor=person, pinned=True)


def addresses_of(role: str) -> list[str]:
    """Of each pattern that gives the role a page by the table, one address."""
    at = ROLES.index(role)
    found = []
    for (method, pattern), codes in expected().items():
        if method == "get" and codes[at] == "200" and not pattern.endswith(NO_PAGE):
            places = PLACES | (INDICATOR if pattern in OF_INDICATOR else {})
            if pattern.startswith("accounts/"):
                places |= {"pk": str(User.objects.get(username="officer").pk)}
            found.append("/" + re.sub(r"<\w+:(\w+)>", lambda one: places[one[1]], pattern))  # noqa: B023
    return [*found, *MORE.get(role, [])]


def faults_on_either_paper(page, *, dark=True):
    found = faults_in_every_window(page)
    if not dark:
        return found
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in access_violations(page)]
    page.emulate_media(color_scheme="light")
    return found


@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_of_every_role_can_be_used(visitor, sign_in, proposed, pinned, role):
    page = sign_in(visitor(), role)
    faults = {}
    for address in addresses_of(role):
        answer = page.goto(address)
        if not answer.ok:
            faults[address] = [answer.status]
        elif found := faults_on_either_paper(page, dark=role in ON_DARK):
            faults[address] = found
    assert faults == {}


def test_what_is_asked_before_an_act_can_be_used(visitor, sign_in, proposed):
    """Pages that are posted to, or that wait for a proposal: the table has no address of them."""
    supervisor = sign_in(visitor(), "supervisor")
    supervisor.goto(f"/catalogue/proposals/{CatalogueProposal.objects.get().pk}/")
    assert supervisor.locator("button[value=confirm]").count() == 1
    assert faults_on_either_paper(supervisor) == []
    supervisor.goto(f"/review/2022/{WAITING}/")
    supervisor.click("button[value=approve]")
    supervisor.wait_for_selector("[name=confirmed]", state="attached")
    assert faults_on_either_paper(supervisor) == []


def test_each_step_of_a_change_of_units_can_be_used(visitor, sign_in, whole_city):
    page = sign_in(visitor(), "editor")
    page.goto("/catalogue/units/change/")
    page.check("[name=kind][value=merge]")
    for code in ("500229", "500238"):
        page.check(f"label:has-text('{code}') input")
    page.fill("[name=day]", "2026-05-01")
    page.fill("[name=legal_basis]", "国函〔2026〕9号")
    page.fill("[name=reason]", "两县合并")
    page.click("button[value=preview]")
    page.wait_for_selector(".error")
    assert faults_on_either_paper(page) == []

    page.fill("[name=begun-0-code]", "500250")
    page.fill("[name=begun-0-name_zh]", "城巫区")
    page.click("button[value=preview]")
    page.wait_for_selector("button[value=edit]")
    assert faults_on_either_paper(page) == []

    page.click("button[value=confirm]")
    page.wait_for_selector(".messagelist")
    assert "已办理：城巫区" in page.locator(".messagelist").inner_text()
