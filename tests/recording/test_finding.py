"""What the rules find in a submission is stored, explained or cleared; errors hold it back."""

import pytest

from indicators.collection import Refusal
from indicators.models import Finding, Rule
from indicators.recording.catalogue import changing_catalogue
from indicators.recording.findings import explain
from indicators.recording.submission import return_submission, submit
from tests.cast import YEAR, enter
from tests.round_cast import fresh


def refused(act, *args, **kwargs):
    with pytest.raises(Refusal) as caught:
        act(*args, **kwargs)
    assert caught.value.message
    return caught.value


@pytest.fixture
def entered(usual_rules, of_north, children, children_public, north, officer):
    """Ten times last year's children, without a word of explanation."""
    enter(children, north, "10000", year=YEAR - 1)
    enter(children, north, "100000", actor=officer)
    enter(children_public, north, "60", actor=officer)
    return of_north


def send(submission, lead):
    return submit(submission, actor=lead, version=fresh(submission).version)


def standing():
    found = Finding.objects.standing().select_related("rule", "indicator")
    return [(one.rule.code, one.indicator.code, one.explanation) for one in found]


def test_an_error_holds_the_submission_back(entered, children_public, north, officer, lead):
    enter(children_public, north, "100001", actor=officer)
    refusal = refused(send, entered, lead)
    assert (refusal.code, refusal.params["names"]) == ("rules_broken", "指标children_public")
    assert fresh(entered).state == "draft"


def test_a_warning_needs_an_explanation(entered, lead):
    refusal = refused(send, entered, lead)
    assert (refusal.code, refusal.params["names"]) == ("explanations_missing", "指标children")


def test_a_note_explains_and_travels_with_the_figure(entered, children, north, officer, lead):
    enter(children, north, "100000", note="新纳入两所大校", actor=officer)
    assert send(entered, lead).state == "submitted"
    assert standing() == [("unit_slip", "children", "")]


def test_what_is_said_to_the_finding_explains_too(entered, children, officer, lead):
    rule = Rule.objects.get(code="unit_slip")
    explain(entered, rule, children, actor=officer, text="新纳入两所大校")
    assert send(entered, lead).state == "submitted"
    assert standing() == [("unit_slip", "children", "新纳入两所大校")]


def test_another_version_has_to_be_explained_again(
    entered, children, north, officer, lead, supervisor
):
    explain(entered, Rule.objects.get(code="unit_slip"), children, actor=officer, text="真的")
    sent = send(entered, lead)
    return_submission(
        sent, actor=supervisor, version=sent.version, reason="核", figures={"children": "错"}
    )
    enter(children, north, "100001", actor=officer)
    assert refused(send, entered, lead).code == "explanations_missing"


def test_what_is_no_longer_found_is_cleared_and_kept(entered, children, north, officer, lead):
    explain(entered, Rule.objects.get(code="unit_slip"), children, actor=officer, text="真的")
    enter(children, north, "10100", actor=officer)
    send(entered, lead)
    assert standing() == []
    assert Finding.objects.get().cleared_at is not None


def test_only_the_units_own_people_explain(entered, children, other_officer, supervisor):
    rule = Rule.objects.get(code="unit_slip")
    for person in (other_officer, supervisor):
        refusal = refused(explain, entered, rule, children, actor=person, text="x")
        assert refusal.code == "not_your_act"


def test_there_is_nothing_to_say_to_what_was_not_found(entered, children_public, officer):
    rule = Rule.objects.get(code="unit_slip")
    refusal = refused(explain, entered, rule, children_public, actor=officer, text="x")
    assert refusal.code == "nothing_found"
    refusal = refused(explain, entered, rule, children_public, actor=officer, text=" ")
    assert refusal.code == "remark_empty"
    assert Finding.objects.count() == 0


def test_a_rule_switched_off_finds_nothing_more(entered, lead):
    with changing_catalogue(actor=None):
        Rule.objects.update(valid_to=YEAR - 1)
    assert send(entered, lead).state == "submitted"


def test_what_was_submitted_is_not_explained_otherwise(entered, children, officer, lead):
    rule = Rule.objects.get(code="unit_slip")
    explain(entered, rule, children, actor=officer, text="新纳入两所大校")
    send(entered, lead)
    refusal = refused(explain, entered, rule, children, actor=officer, text="别的话")
    assert refusal.code == "submitted_waits"
    assert standing() == [("unit_slip", "children", "新纳入两所大校")]
