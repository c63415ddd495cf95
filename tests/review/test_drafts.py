"""A unit's drafts are named, counted and guessed by nobody outside it until they are submitted."""

import pytest
from django.test import Client

from indicators.figures.review import review_of
from indicators.models import Finding, Rule
from indicators.recording.findings import explain
from indicators.recording.round import close_round
from indicators.recording.submission import check_submission, reopen, return_submission, submit
from tests.cast import YEAR, enter, make_user
from tests.recording.flow import IN_WORK
from tests.round_cast import days, fresh

SECRET = "77777"  # a draft, eleven times last year's figure
SHOWN = {SECRET, "77 777", "77\u202f777", "77,777"}
PAGES = [
    "/",
    "/messages/",
    f"/rounds/{YEAR}/",
    f"/rounds/{YEAR}/progress.csv",
    "/review/",
    f"/review/{YEAR}/500101/",
    f"/overview/?year={YEAR}",
    f"/overview/?year={YEAR}&jurisdiction=500101",
    f"/overview/table.csv?year={YEAR}&jurisdiction=500101",
    f"/units/?year={YEAR}",
    f"/indicators/children/?year={YEAR}",
    f"/figures/children/500101/{YEAR}/",
    f"/export/figures.csv?year={YEAR}",
]


@pytest.fixture
def last_year(children, children_public, north):
    enter(children, north, "7070", year=YEAR - 1)
    enter(children_public, north, "60", year=YEAR - 1)


@pytest.fixture
def outsiders(supervisor, city, other_officer):
    """Who may see the submission, and must not see the draft."""
    return [supervisor, make_user("city_lead", "lead", city), other_officer]


def seen_by(person):
    """What all pages say to the person, whatever the time of day is in their forms."""
    client = Client()
    client.force_login(person)
    texts = {}
    for address in PAGES:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        lines = body.decode().splitlines()
        texts[address] = [line for line in lines if "csrfmiddlewaretoken" not in line]
    return texts


def is_reported(texts):
    return [
        address
        for address, lines in texts.items()
        if any(shown in line for shown in SHOWN for line in lines)
    ]


@pytest.fixture
def doubted(usual_rules, last_year, of_north, children, children_public, north, officer, lead):
    """A draft that a rule doubts; the lead has checked it, so that the doubt is stored."""
    enter(children, north, SECRET, actor=officer)
    enter(children_public, north, "61", actor=officer)
    check_submission(of_north, actor=lead, version=fresh(of_north).version)
    assert Finding.objects.current().exists()
    return of_north


def test_a_doubted_draft_is_told_to_its_own_people_alone(doubted, outsiders):
    for person in outsiders:
        assert is_reported(seen_by(person)) == []


def test_pages_count_no_doubts_of_a_draft(doubted, supervisor):
    before = seen_by(supervisor)
    Finding.objects.all().delete()
    assert seen_by(supervisor) == before


def test_a_correction_after_a_return_stays_with_the_unit(
    submitted, usual_rules, last_year, children, north, officer, outsiders, supervisor
):
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "错"},
    )
    before = [seen_by(person) for person in outsiders]
    enter(children, north, SECRET, actor=officer)
    slip = Rule.objects.get(code="unit_slip")
    explain(submitted, slip, children, actor=officer, text="新纳入两所大校")
    assert [seen_by(person) for person in outsiders] == before


def test_a_correction_that_the_closing_cut_off_stays_with_the_unit(
    approved, usual_rules, last_year, children, north, officer, outsiders, supervisor
):
    reopen(
        approved,
        actor=supervisor,
        version=approved.version,
        reason="更正",
        until=approved.round.closes_on + days(1),
        figures={"children": "错"},
    )
    enter(children, north, SECRET, actor=officer)
    explain(approved, Rule.objects.get(code="unit_slip"), children, actor=officer, text="真的")
    close_round(approved.round, actor=supervisor, version=approved.round.version, reason="到期")
    assert fresh(approved).state == "frozen"
    for person in outsiders:
        assert is_reported(seen_by(person)) == []


@pytest.fixture
def doubted_and_returned(doubted, lead, children, officer, supervisor):
    """Submitted with an explanation of what the rule doubts, and returned for another figure."""
    explain(doubted, Rule.objects.get(code="unit_slip"), children, actor=officer, text="真的")
    sent = submit(doubted, actor=lead, version=fresh(doubted).version)
    figures = {"children_public": "错"}
    return return_submission(
        sent, actor=supervisor, version=sent.version, reason="核对", figures=figures
    )


def found_in_review(submission, user):
    rows = review_of(user, fresh(submission))
    return {row.code: [one.explanation for one in row.findings] for row in rows if row.findings}


def test_what_was_found_in_the_submission_is_shown_while_it_is_returned(
    doubted_and_returned, supervisor
):
    assert found_in_review(doubted_and_returned, supervisor) == {"children": ["真的"]}


def test_what_the_unit_says_after_a_return_waits_for_the_next_submission(
    doubted_and_returned, children, officer, supervisor
):
    rule = Rule.objects.get(code="unit_slip")
    explain(doubted_and_returned, rule, children, actor=officer, text="另有原因")
    assert found_in_review(doubted_and_returned, supervisor) == {}


def test_of_a_submission_in_work_nothing_but_its_state_is_shown(doubted, supervisor):
    client = Client()
    client.force_login(supervisor)
    page = client.get(f"/review/{YEAR}/500101/")
    assert fresh(doubted).state in IN_WORK
    assert [(row.now, row.findings, row.thread) for row, *_ in page.context["rows"]] == [
        (None, [], None)
    ] * len(page.context["rows"])
