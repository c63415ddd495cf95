"""The page of a unit's answer: what is missing, what was asked, and sending it."""

import pytest
from django.urls import reverse

from indicators.recording.submission import remark, return_submission, submit
from tests.cast import YEAR, enter
from tests.round_cast import fresh, move_days


@pytest.fixture
def page(client, north):
    """Opens the page of North's answer as somebody; with data, posts to it."""

    def open_as(user, name="submission", **data):
        client.force_login(user)
        url = reverse(f"entry:{name}", args=[north.code, YEAR])
        return client.post(url, data) if data else client.get(url)

    return open_as


@pytest.fixture
def sheet(client, north):
    def open_as(user, **data):
        client.force_login(user)
        url = reverse("entry:sheet", args=[north.code, YEAR, "funding"])
        return client.post(url, data) if data else client.get(url)

    return open_as


def text_of(response):
    return response.content.decode()


def what_was_seen(response):
    """The version and the figures that a page of all figures hands on with its button."""
    shown = response.context["page"]
    return {"version": shown.answer.submission.version, "seen": shown.seen}


def test_the_page_names_what_is_missing(of_north, page, officer, children, children_public, north):
    enter(children, north, "100", actor=officer)
    found = page(officer).context["page"]

    assert [figure.code for figure in found.left.missing] == ["children_public"]
    assert (found.reported, len(found.left.expected)) == (1, 2)


def test_the_officer_hands_over_and_the_lead_checks_and_submits(of_north, page, officer, lead):
    assert page(officer).context["page"].acts == ["hand_over"]
    assert page(lead).context["page"].acts == ["check", "submit"]


def test_the_lead_checks_and_submits(
    of_north, page, officer, lead, children, children_public, north
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    checked = page(lead, act="check", version=fresh(of_north).version)
    assert (checked.status_code, fresh(of_north).state) == (302, "checked")
    seen = page(lead, act="submit", version=fresh(of_north).version, reason="齐全")
    assert (seen.status_code, fresh(of_north).state) == (200, "checked")
    sent = page(lead, act="submit", reason="齐全", confirmed=1, **what_was_seen(seen))
    assert (sent.status_code, fresh(of_north).state) == (302, "submitted")


def test_what_is_missing_is_told_and_the_note_is_kept(of_north, page, lead):
    refused = page(lead, act="submit", version=of_north.version, reason="请查收", confirmed=1)
    assert refused.status_code == 409
    assert "还缺 2 项数据" in text_of(refused)
    assert 'value="请查收"' in text_of(refused)


def test_a_second_submission_is_told_who_was_first(submitted, page, lead):
    again = page(lead, act="submit", version=submitted.version - 1)
    assert again.status_code == 409
    assert "已先行操作" in text_of(again)


@pytest.mark.parametrize("name", ["other_officer", "supervisor", "auditor", "editor"])
def test_others_do_not_find_the_page(of_north, page, name, request):
    assert page(request.getfixturevalue(name)).status_code == 404


def test_without_a_round_there_is_no_page(page, officer, children):
    assert page(officer).status_code == 404


def test_an_answer_goes_into_the_thread(submitted, page, officer, supervisor, children):
    remark(submitted, children, actor=supervisor, text="为何高于学籍数？")
    sent = page(officer, "answer", indicator="children", text="含借读生。")
    assert sent.status_code == 302
    thread = page(officer).context["page"].threads[0]
    assert [one.text for one in thread.remarks] == ["为何高于学籍数？", "含借读生。"]
    assert not thread.is_open


def test_what_was_returned_is_answered_on_the_page(submitted, page, officer, supervisor):
    why = {"reason": "核对", "figures": {"children": "与年报不符"}}
    return_submission(submitted, actor=supervisor, version=submitted.version, **why)
    assert "待修改或答复" in text_of(page(officer))
    page(officer, "answer", indicator="children", text="与年报一致。")
    assert "待修改或答复" not in text_of(page(officer))


def test_an_empty_answer_is_told(submitted, page, officer, supervisor, children):
    remark(submitted, children, actor=supervisor, text="为何？")
    refused = page(officer, "answer", indicator="children", text=" ")
    assert refused.status_code == 422
    assert "请先填写内容" in text_of(refused)


def test_boxes_to_answer_and_explain_are_offered_to_whom_the_door_lets(
    usual_rules, submitted, page, officer, lead, city_officer, supervisor, children, north
):
    """An officer of the city enters for the district: its words remain its people's."""
    enter(children, north, "10000", year=YEAR - 1)
    why = {"reason": "核对", "figures": {"children": "与年报不符"}}
    remark(submitted, children, actor=supervisor, text="为何？")
    return_submission(submitted, actor=supervisor, version=submitted.version, **why)
    answer, explain = "answer-question/", "/explain/"

    for person in (officer, lead):
        text = text_of(page(person))
        assert (text.count(answer), text.count(explain)) == (2, 1)
    text = text_of(page(city_officer))
    assert "为何？" in text
    assert "待修改或答复" in text
    assert (text.count(answer), text.count(explain)) == (0, 0)

    move_days(submitted.round, opens=-30, due=-20, closes=-1)
    text = text_of(page(officer))
    assert (text.count(answer), text.count(explain)) == (2, 0)


# --- The sheet in a round -------------------------------------------------------------------------


def rows_of(response):
    return {row.code: row for row in response.context["sheet"].rows}


def test_the_sheet_previews_the_units_own_drafts(
    of_north, sheet, officer, children, children_public, north, share
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    found = sheet(officer)

    assert rows_of(found)["share"].figure.number == 60
    assert found.context["sheet"].filled == (2, 2)


def test_after_submitting_the_sheet_is_shut_and_says_why(submitted, sheet, officer):
    found = sheet(officer)
    assert found.context["sheet"].boxes == []
    assert "数据已报送" in text_of(found)
    assert 'name="children-value"' not in text_of(found)


def test_after_a_return_only_the_returned_figure_has_a_box_with_the_reason(
    submitted, sheet, officer, supervisor
):
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "与年报不符"},
    )
    found = sheet(officer)
    assert [row.code for row in found.context["sheet"].boxes] == ["children"]
    assert "与年报不符" in text_of(found)
    saved = sheet(officer, **{"children-value": "120", "children-version": "1"})
    assert saved.status_code == 302


def test_a_late_sheet_says_so(of_north, sheet, officer):
    move_days(of_north.round, opens=-9, due=-1, closes=20)
    assert "填报已于" in text_of(sheet(officer))


def test_what_was_typed_into_a_sheet_that_was_shut_meanwhile_is_not_saved_but_told(
    of_north, client, sheet, officer, lead, children, children_public, north
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    submit(of_north, actor=lead, version=fresh(of_north).version)
    client.force_login(officer)
    url = reverse("entry:row", args=[north.code, YEAR, "funding", "children"])
    late = client.post(url, {"children-value": "120", "children-version": "1"})
    assert late.status_code == 422
    assert "数据已报送" in text_of(late)
    assert "120" in text_of(late)


def test_entry_begins_with_the_open_round_though_no_figure_is_there_yet(
    of_north, client, officer, children, north
):
    enter(children, north, "5", year=YEAR - 3)
    client.force_login(officer)
    found = client.get(reverse("entry:start"))
    sheet = reverse("entry:sheet", args=[north.code, YEAR, "funding"])
    assert found.url == f"{sheet}#row_children"


def test_entry_opens_where_work_is_left(
    of_north, client, officer, lead, supervisor, children, children_public, north
):
    def opens_at():
        client.force_login(officer)
        return client.get(reverse("entry:start")).url.partition("#")[2]

    enter(children, north, "100", actor=officer)
    assert opens_at() == "row_children_public"
    enter(children_public, north, "60", actor=officer)
    assert opens_at() == ""
    sent = submit(of_north, actor=lead, version=fresh(of_north).version)
    why = {"reason": "核对", "figures": {"children_public": "与年报不符"}}
    back = return_submission(sent, actor=supervisor, version=sent.version, **why)
    assert opens_at() == "row_children_public"
    remark(back, children_public, actor=officer, text="与年报一致。")
    assert opens_at() == ""


def test_entry_opens_at_what_a_rule_doubts(
    usual_rules, of_north, client, officer, children, children_public, north
):
    enter(children_public, north, "20", year=YEAR - 1)
    enter(children, north, "500", actor=officer)
    enter(children_public, north, "200", actor=officer)
    client.force_login(officer)
    assert client.get(reverse("entry:start")).url.endswith("#row_children_public")


def test_the_sheet_leads_to_the_first_that_is_empty(of_north, sheet, officer, children, north):
    enter(children, north, "100", actor=officer)
    assert 'href="#row_children_public"' in text_of(sheet(officer))


def test_it_still_does_after_a_row_was_saved_by_itself(
    of_north, client, officer, children, children_public, north
):
    client.force_login(officer)
    one = reverse("entry:row", args=[north.code, YEAR, "funding", "children"])
    saved = client.post(one, {"children-value": "100", "children-version": 0})
    assert 'href="#row_children_public"' in text_of(saved)


# --- Handing over to the lead ---------------------------------------------------------------------


def test_the_officer_hands_over_and_sees_that_it_was_done(of_north, page, officer, lead):
    done = page(officer, act="hand_over", version=of_north.version, reason="请审核")
    assert done.status_code == 302
    shown = page(officer)
    assert shown.context["page"].acts == []
    assert "送审核人初审。" in text_of(shown)
    assert page(lead).context["page"].acts == ["check", "submit"]


def test_without_a_lead_it_is_told_and_the_note_is_kept(of_north, page, officer):
    refused = page(officer, act="hand_over", version=of_north.version, reason="请审核")
    assert refused.status_code == 409
    assert "还没有审核人" in text_of(refused)
    assert 'value="请审核"' in text_of(refused)


def test_when_the_days_are_over_no_button_is_offered(of_north, page, officer, lead):
    move_days(of_north.round, opens=-20, due=-1, closes=10)
    for person in (officer, lead):
        shown = page(person)
        assert shown.context["page"].acts == []
        assert "延期" in text_of(shown)


# --- Taking it back -------------------------------------------------------------------------------


def test_the_lead_takes_back_what_was_submitted(submitted, page, officer, lead):
    assert page(officer).context["page"].acts == []
    assert page(lead).context["page"].acts == ["take_back"]
    done = page(lead, act="take_back", version=submitted.version, reason="漏报")
    assert (done.status_code, fresh(submitted).state) == (302, "draft")
    assert "撤回报送" in text_of(page(officer))  # in the history


def test_once_review_has_begun_the_page_says_so_instead(
    submitted, page, lead, supervisor, children
):
    remark(submitted, children, actor=supervisor, text="为何？")
    shown = page(lead)
    assert shown.context["page"].acts == []
    assert "市级已开始审核" in text_of(shown)
    refused = page(lead, act="take_back", version=submitted.version)
    assert (refused.status_code, fresh(submitted).state) == (409, "submitted")
