"""All figures on one page beside last year's: the lead is asked before anything is submitted."""

import pytest
from django.urls import reverse

from indicators.recording.submission import check_submission, remark, return_submission
from tests.cast import YEAR, enter, make_indicator
from tests.round_cast import fresh


@pytest.fixture
def page(client, north):
    """Opens the page of all figures; with data, posts to the submission."""

    def open_as(user, **data):
        client.force_login(user)
        place = [north.code, YEAR]
        if data:
            return client.post(reverse("entry:submission", args=place), data)
        return client.get(reverse("entry:sign_off", args=place))

    return open_as


@pytest.fixture
def filled(of_north, children, children_public, north, officer):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, "60", actor=officer)
    return fresh(of_north)


def text_of(response):
    return response.content.decode()


def confirmed(response):
    shown = response.context["page"]
    version = shown.answer.submission.version
    return {"act": "submit", "confirmed": 1, "version": version, "seen": shown.seen}


def test_to_submit_is_asked_first_and_the_note_goes_along(filled, page, lead):
    asked = page(lead, act="submit", version=filled.version, reason="请查收")

    assert (asked.status_code, fresh(filled).state) == (200, "draft")
    assert "确认报送" in text_of(asked)
    assert 'value="请查收"' in text_of(asked)


def test_confirmed_it_is_submitted(filled, page, lead):
    asked = page(lead, act="submit", version=filled.version)
    assert page(lead, **confirmed(asked)).status_code == 302
    assert fresh(filled).state == "submitted"


def test_figures_that_changed_since_they_were_seen_are_looked_at_again(
    filled, page, lead, officer, children, north
):
    """The version of the submission says nothing of it: a draft stays a draft."""
    asked = confirmed(page(lead))
    enter(children, north, "101", actor=officer)
    assert fresh(filled).version == asked["version"]

    refused = page(lead, **asked)
    assert (refused.status_code, fresh(filled).state) == (409, "draft")
    assert "其间有 1 项数据被修改：指标children" in text_of(refused)
    assert page(lead, **confirmed(refused)).status_code == 302


def test_over_a_version_that_moved_on_it_is_told(filled, page, lead, officer):
    asked = confirmed(page(lead))
    check_submission(filled, actor=lead, version=filled.version)

    refused = page(lead, **asked)
    assert (refused.status_code, fresh(filled).state) == (409, "checked")
    assert "已先行操作" in text_of(refused)


def test_what_it_still_lacks_is_named_and_no_button_is_offered(
    of_north, page, lead, children, north, officer
):
    enter(children, north, "100", actor=officer)
    asked = page(lead, act="submit", version=fresh(of_north).version)

    assert [figure.code for figure in asked.context["page"].left.missing] == ["children_public"]
    assert "#row_children_public" in text_of(asked)
    assert "确认报送" not in text_of(asked)


def test_what_there_is_none_of_is_told_with_its_reason(
    of_north, page, lead, children, children_public, north, officer
):
    enter(children, north, "100", actor=officer)
    enter(children_public, north, state="not_available", state_reason="停办", actor=officer)
    shown = text_of(page(lead))

    assert "没有数据的 1 项：" in shown
    assert "指标children_public（暂无数据：停办）" in shown
    assert "确认报送" in shown


def test_a_figure_stands_beside_last_years_with_its_change_and_what_was_found(
    usual_rules, of_north, page, lead, children, children_public, north, officer
):
    enter(children, north, "20", year=YEAR - 1)
    enter(children, north, "200", actor=officer, note="两校并入")
    enter(children_public, north, "60", actor=officer)
    shown = page(lead)
    row = next(row for row in shown.context["page"].rows if row.figure.code == "children")

    assert (str(row.figure.previous), str(row.figure.value)) == ("20 人", "200 人")
    assert row.figure.change
    assert row.said
    assert {one.explanation for one in row.said} == {"两校并入"}
    assert "指标children（两校并入）" in text_of(shown)


def test_a_warning_that_is_not_explained_holds_it_back(
    usual_rules, of_north, page, lead, children, children_public, north, officer
):
    enter(children, north, "20", year=YEAR - 1)
    enter(children, north, "200", actor=officer)
    enter(children_public, north, "60", actor=officer)
    shown = page(lead)

    assert [figure.code for figure in shown.context["page"].left.unexplained] == ["children"]
    assert "确认报送" not in text_of(shown)


def test_what_changed_since_the_last_submission_says_what_was_sent(
    submitted, page, lead, officer, supervisor, children, north
):
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "与年报不符"},
    )
    shown = page(lead)
    assert [figure.code for figure in shown.context["page"].left.waiting] == ["children"]
    assert "确认报送" not in text_of(shown)

    enter(children, north, "120", actor=officer)
    shown = page(lead)
    assert [row.figure.code for row in shown.context["page"].changed] == ["children"]
    assert "上次报送 100 人" in text_of(shown)
    assert "确认报送" in text_of(shown)


def test_an_open_question_holds_it_back(
    submitted, page, lead, officer, supervisor, children, north
):
    remark(submitted, children, actor=supervisor, text="为何？")
    return_submission(
        submitted,
        actor=supervisor,
        version=submitted.version,
        reason="核对",
        figures={"children": "与年报不符"},
    )
    enter(children, north, "120", actor=officer)

    assert "#thread_children" in text_of(page(lead))
    assert "确认报送" not in text_of(page(lead))


def test_the_officer_reads_the_page_and_signs_nothing_off(filled, page, officer):
    shown = text_of(page(officer))

    assert "确认报送" not in shown
    assert 'name="confirmed"' not in shown


def test_what_is_submitted_is_read_there_without_a_button(submitted, page, lead):
    assert 'name="confirmed"' not in text_of(page(lead))


@pytest.mark.parametrize("name", ["other_officer", "supervisor", "auditor", "editor"])
def test_others_do_not_find_the_page(filled, page, name, request):
    assert page(request.getfixturevalue(name)).status_code == 404


def test_computed_rows_are_shown_where_the_round_asks_for_a_part_of_them(
    asked, client, officer, north
):
    make_indicator("not_asked")
    make_indicator("of_not_asked", formula="not_asked * 2")
    client.force_login(officer)
    sheet = client.get(f"/entry/{north.code}/{asked.evaluation_year}/funding/").context["sheet"]
    codes = {row.code for row in sheet.rows}
    assert codes == {"children", "children_public", "share"}
