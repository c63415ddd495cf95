"""A paper shows the figures that its number is of, and says what the number does not cover."""

from threading import Thread

import pytest
from django.db import OperationalError, connection, connections, transaction

from indicators.confirmations import services
from indicators.confirmations.paper import content_of
from indicators.confirmations.services import issue, print_paper
from indicators.models import Confirmation, Submission
from indicators.recording.submission import submit
from tests.cast import YEAR, enter, make_share
from tests.confirmations.test_services import ask_again
from tests.round_cast import fresh

PAGE = f"/confirmations/500101/{YEAR}/"


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something happen between the number and the figures of a paper."""

    def happens(act):
        def content(confirmation, *, user):
            act()
            return content_of(confirmation, user=user)

        monkeypatch.setattr(services, "content_of", content)

    return happens


@pytest.fixture
def postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")


def rows_of(content):
    return {row["name"]: row for area in content["areas"] for row in area["rows"]}


def test_figures_that_moved_after_the_number_was_made_are_not_printed_under_it(
    client, lead, submitted, north, children, meanwhile
):
    meanwhile(lambda: enter(children, north, "1200", actor=None, reason="更正"))
    client.force_login(lead)
    answer = client.post(PAGE)
    assert answer.status_code == 409
    assert answer.context["error"] == "生成确认表期间数据有变动，请重新生成。"
    assert Confirmation.objects.count() == 0


def test_nobody_acts_on_the_submission_while_it_is_printed(postgresql, lead, submitted, meanwhile):
    told = []

    def wants_it():
        try:
            with transaction.atomic():
                Submission.objects.select_for_update(nowait=True).get(pk=submitted.pk)
        except OperationalError as error:
            told.append(error)
        finally:
            connections.close_all()

    def another():
        thread = Thread(target=wants_it)
        thread.start()
        thread.join(timeout=30)

    meanwhile(another)
    assert print_paper(submitted, actor=lead).startswith(b"%PDF-")
    assert len(told) == 1


def test_what_is_computed_is_marked_and_what_was_entered_is_not(
    lead, submitted, children, children_public
):
    share = make_share("share", "children_public / children * 100")
    rows = rows_of(content_of(issue(submitted, actor=lead), user=lead))
    assert {name: row["mark"] for name, row in rows.items()} == {
        children.name: "",
        children_public.name: "",
        share.name: "（自动计算）",
    }


def test_the_foot_says_what_the_number_covers_and_its_first_line(lead, submitted):
    paper = issue(submitted, actor=lead)
    content = content_of(paper, user=lead)
    assert content["covers"] == (
        "校验码涵盖本年度已上报的填报数据及其备注，不涵盖自动计算的数据、上年数、变化、校验与说明。"
    )
    assert content["digest"] == (
        f'SHA-256 {paper.digest}  ["500101@1997",{YEAR},{submitted.round_id}]'
    )


def test_drafts_are_not_on_the_paper(lead, officer, supervisor, submitted, north, children):
    before = rows_of(content_of(issue(submitted, actor=lead), user=lead))
    ask_again(submitted, supervisor, officer, north, children)
    returned = fresh(submitted)
    assert rows_of(content_of(issue(returned, actor=lead), user=lead)) == before

    submit(returned, actor=lead, version=fresh(returned).version)
    after = rows_of(content_of(issue(fresh(returned), actor=lead), user=lead))
    assert after[children.name]["cells"][1] == "1\u2009200 人"
