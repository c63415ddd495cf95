"""What the rules find in a submission is stored, explained or cleared; errors hold it back."""

import re

import pytest

from indicators.collection import Refusal
from indicators.models import Finding, Indicator, Rule
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.findings import explain
from indicators.recording.submission import return_submission, submit
from tests.cast import YEAR, enter, make_indicator, make_share
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
    found = Finding.objects.current().select_related("rule", "indicator")
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
    assert standing() == [("unit_slip", "children", "新纳入两所大校")]


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


def test_what_a_colleague_said_meanwhile_is_not_overwritten_unseen(
    entered, children, officer, lead, north, client
):
    rule = Rule.objects.get(code="unit_slip")
    explain(entered, rule, children, actor=officer, text="新纳入两所大校")
    refusal = refused(explain, entered, rule, children, actor=lead, text="别的话")
    assert (refusal.code, refusal.params["said"]) == ("explained_meanwhile", "新纳入两所大校")

    client.force_login(lead)
    url = f"/entry/{north.code}/{YEAR}/explain/"
    said = {"rule": rule.code, "indicator": children.code, "text": "别的话", "seen": ""}
    page = client.post(url, said).content.decode()
    assert 'value="别的话"' in page
    seen = re.search(r'name="seen" value="([^"]*)"', page)[1]
    assert client.post(url, said | {"seen": seen}).status_code == 302
    assert Finding.objects.get().explanation == "别的话"


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


def test_what_was_left_in_the_box_from_an_earlier_figure_explains_nothing(
    entered, children, north, officer, lead
):
    """The reason for "not available" stays in the box while the figure becomes ten times last
    year's."""
    enter(
        children, north, "", state="not_available", state_reason="学校搬迁，暂未统计", actor=officer
    )
    enter(children, north, "100000", note="学校搬迁，暂未统计", actor=officer)
    assert refused(send, entered, lead).code == "explanations_missing"
    assert standing() == []  # a refused act leaves no trace

    enter(children, north, "100000", note="新纳入两所大校", actor=officer)
    assert send(entered, lead).state == "submitted"
    assert standing() == [("unit_slip", "children", "新纳入两所大校")]


def test_a_note_added_to_the_figure_later_explains_it(entered, children, north, officer, lead):
    enter(children, north, "100000", note="新纳入两所大校", provisional=True, actor=officer)
    enter(children, north, "100000", note="新纳入两所大校", actor=officer)
    assert send(entered, lead).state == "submitted"


@pytest.fixture
def ten_times(usual_rules, of_north, children, children_public, share, north, officer):
    """Both years are there, and the share is ten times last year's because its part is."""
    enter(children, north, "10000", year=YEAR - 1)
    enter(children_public, north, "600", year=YEAR - 1)
    enter(children, north, "10001", actor=officer)
    enter(children_public, north, "6000", actor=officer)
    return of_north


def test_figures_that_are_worked_out_have_findings_of_their_own(ten_times, lead):
    refusal = refused(send, ten_times, lead)
    assert refusal.code == "explanations_missing"
    assert refusal.params["names"] == "指标children_public、指标share"


def test_what_explains_the_input_explains_what_is_worked_out_from_it(
    ten_times, children_public, officer, lead
):
    explain(
        ten_times, Rule.objects.get(code="unit_slip"), children_public, actor=officer, text="转公办"
    )
    assert send(ten_times, lead).state == "submitted"
    assert set(standing()) == {
        ("unit_slip", "children_public", "转公办"),
        ("unit_slip", "share", "转公办"),
    }


def test_a_new_version_of_the_input_takes_the_explanation_of_what_is_worked_out_back(
    ten_times, children_public, share, north, officer, lead, supervisor
):
    rule = Rule.objects.get(code="unit_slip")
    explain(ten_times, rule, children_public, actor=officer, text="转公办")
    explain(ten_times, rule, share, actor=officer, text="同上")
    sent = send(ten_times, lead)
    figures = {"children_public": "错"}
    return_submission(sent, actor=supervisor, version=sent.version, reason="核", figures=figures)
    enter(children_public, north, "6001", actor=officer)
    names = refused(send, ten_times, lead).params["names"]
    assert names == "指标children_public、指标share"


def test_a_figure_worked_out_from_nothing_that_was_asked_is_not_found(
    usual_rules, of_north, north, officer, lead, children, children_public
):
    make_indicator("other")
    make_indicator("other_half")
    make_share("other_share", "other_half / other * 100")
    for year, half in ((YEAR - 1, "100"), (YEAR, "5000")):
        enter(Indicator.objects.get(code="other"), north, "10000", year=year)
        enter(Indicator.objects.get(code="other_half"), north, half, year=year)
    for indicator in (children, children_public):
        enter(indicator, north, "60", actor=officer)
    assert send(of_north, lead).state == "submitted"
    assert standing() == []
