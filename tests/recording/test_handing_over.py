"""An officer tells the unit's leads that the figures are ready to be checked."""

import pytest

from indicators.figures.notices import wording_of as in_words
from indicators.models import Membership, Notice, User
from indicators.recording.submission import check_submission, hand_over, return_submission, submit
from tests.cast import enter, make_user
from tests.recording.test_submission import refused
from tests.round_cast import fresh, move_days


def hands_over(submission, officer, **given):
    given = {"version": fresh(submission).version} | given
    return hand_over(submission, actor=officer, **given)


def test_the_leads_of_the_unit_are_told_and_nobody_else(
    of_north, officer, lead, north, south, other_officer
):
    make_user("second_lead", "lead", north)
    make_user("lead_of_south", "lead", south)
    Notice.objects.all().delete()
    hands_over(of_north, officer, reason="公用经费待核")

    found = Notice.objects.order_by("pk").select_related("recipient")
    assert [(one.recipient.username, one.kind) for one in found] == [
        ("lead", "to_check"),
        ("second_lead", "to_check"),
    ]
    assert in_words(found[0]).sentence.endswith("北区的数据已填好，请初审。公用经费待核")
    assert in_words(found[0]).url.endswith("/sign-off/")


def test_it_is_in_the_history_and_locks_nothing(of_north, officer, lead, children, north):
    enter(children, north, "5", actor=officer)
    handed = hands_over(of_north, officer)

    event = handed.events.latest("pk")
    assert (event.act, event.from_state, event.to_state) == ("hand_over", "draft", "draft")
    enter(children, north, "6", actor=officer)
    assert check_submission(handed, actor=lead, version=fresh(handed).version).state == "checked"


def test_after_a_return_it_is_handed_over_again(
    submitted, officer, lead, supervisor, children, north
):
    back = return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "偏大"},
    )
    enter(children, north, "120", actor=officer)
    handed = hands_over(back, officer)
    assert handed.state == "returned"
    assert submit(handed, actor=lead, version=fresh(handed).version).state == "submitted"


def test_a_unit_without_a_lead_is_told_so(of_north, officer, lead):
    User.objects.filter(pk=lead.pk).update(is_active=False)
    assert refused(hands_over, of_north, officer) == "no_lead"
    Membership.objects.filter(user=lead).delete()
    assert refused(hands_over, of_north, officer) == "no_lead"


def test_of_two_clicks_the_second_is_told(of_north, officer, lead):
    seen = fresh(of_north).version
    hands_over(of_north, officer, version=seen)

    assert refused(hands_over, of_north, officer, version=seen) == "submission_moved"


def test_what_is_submitted_or_shut_is_not_handed_over(submitted, officer, asked):
    assert refused(hands_over, submitted, officer) == "not_in_this_state"


def test_when_entry_has_ended_it_is_not_handed_over(of_north, officer, asked):
    move_days(asked, opens=-20, due=-1, closes=10)

    assert refused(hands_over, of_north, officer) == "past_due"


@pytest.mark.parametrize("name", ["lead", "other_officer", "supervisor", "auditor"])
def test_only_the_units_officers_hand_over(of_north, lead, name, request):
    assert refused(hands_over, of_north, request.getfixturevalue(name)) == "not_your_act"
