"""A unit that ended is still asked what is of earlier years, and its successor's people tell it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.collection import Refusal
from indicators.entry.sheet import units_of
from indicators.figures import figures_of
from indicators.figures.progress import progress_of_round
from indicators.figures.submissions import queue_for
from indicators.models import Jurisdiction, Membership, Submission, User
from indicators.recording import Entry, locks, save_value
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.reopening import reopen_figures
from indicators.recording.submission import approve, remark, submit
from indicators.results.rebuild import check
from indicators.rounds.forms import units_of as units_to_ask
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user, result
from tests.recording.promises import put
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import days, fresh, make_round

BEFORE = YEAR - 1


def again(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def lagged(db):
    return make_indicator("lagged", lag=-1)


@pytest.fixture
def merged(city, north, south, supervisor, editor, officer, lead, children, lagged):
    """A round of the year in which north and south became one: both are asked last year's."""
    other = make_user("south_officer", "officer", south)
    make_round(city, supervisor, [children, lagged], [north, south])
    record_jurisdiction_change(
        asked_for("merge", [north, south], ("500101", "两江区")), actor=editor, reason="合并"
    )
    return {
        "new": Jurisdiction.objects.get(name_zh="两江区"),
        "officer": again(officer),
        "lead": again(lead),
        "other": again(other),
        "of_north": Submission.objects.select_related("round", "jurisdiction").get(
            jurisdiction=north
        ),
    }


def test_each_submission_asks_what_is_of_its_years(merged, north, supervisor, lagged, children):
    def expected(unit):
        return [one.code for one in figures_of(supervisor, unit, YEAR) if one.is_expected]

    assert expected(north) == ["lagged"]
    assert expected(merged["new"]) == ["children"]
    rows = progress_of_round(supervisor, merged["of_north"].round).rows
    assert {row.unit.name_zh: row.expected for row in rows} == {"北区": 1, "南区": 1, "两江区": 1}


def test_the_successor_s_people_enter_check_and_submit_it(
    merged, north, south, city, supervisor, lagged
):
    for unit, text in ((north, "7"), (south, "5")):
        enter(lagged, unit, text, year=BEFORE, actor=merged["other"])
        answer = Submission.objects.get(jurisdiction=unit)
        submit(answer, actor=merged["lead"], version=answer.version)
        approve(fresh(answer), actor=supervisor, version=fresh(answer).version)

    total = result(lagged, city, year=BEFORE, tier="approved")
    assert (total.number, total.reported, total.expected) == (12, 2, 2)
    assert check()[1] == []


def test_figures_of_its_end_and_after_are_not_entered_for_it(merged, north, children):
    north.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        enter(children, north, "7", year=YEAR, actor=merged["officer"])
    assert refused.value.code == "jurisdiction_closed"


def test_years_that_no_round_asks_are_not_entered_for_it(merged, north, children, client):
    entry = Entry(children, north, BEFORE - 1, version=0, text="7")
    for person in (merged["officer"], make_user("second", "officer", north.parent)):
        with pytest.raises(Refusal) as refused:
            save_value(entry, actor=person, reason="补报")
        assert refused.value.code == "ended_not_asked"
        assert "北区" in str(refused.value.message)
        assert "从未报送过的，请运维人员载入" in str(refused.value.message)
    assert [lock.code for lock in locks([entry])] == ["ended_not_asked"]

    client.force_login(merged["officer"])
    page = reverse("entry:sheet", args=["500101@1997", BEFORE - 1, "funding"])
    text = client.get(page).content.decode()
    assert "北区已于 2021 年撤销" in text
    assert 'name="children-value"' not in text
    assert 'type="submit"' not in text.split("<main")[1]


def test_a_year_that_is_over_is_entered_for_it_where_it_was_reopened(
    merged, north, children, supervisor
):
    put(children, north, "7", year=BEFORE - 1)
    until = timezone.localdate() + days(2)
    reopen_figures(north, BEFORE - 1, [children], actor=supervisor, reason="更正", until=until)
    other = make_indicator("other")

    saved = enter(children, north, "8", year=BEFORE - 1, actor=merged["officer"])
    assert saved.number == 8
    with pytest.raises(Refusal) as refused:
        enter(other, north, "8", year=BEFORE - 1, actor=merged["officer"])
    assert refused.value.code == "ended_not_asked"


def test_the_operator_loads_the_past_of_units_that_ended(merged, north, children):
    assert enter(children, north, "8", year=BEFORE - 1).number == 8


def test_others_do_not_enter_for_it(merged, north, city, lagged):
    stranger = make_user("stranger", "officer", make_unit("500109", "西区", parent=city))
    with pytest.raises(Refusal) as refused:
        enter(lagged, north, "7", year=BEFORE, actor=stranger)
    assert refused.value.code == "out_of_scope"


def test_sheets_are_opened_by_the_name_of_each(merged, client, north):
    officer = merged["officer"]
    names = {unit.slug: unit.name_zh for unit in units_of(officer, YEAR)}
    assert names == {"500101": "两江区", "500101@1997": "北区", "500102@1997": "南区"}

    client.force_login(officer)
    sheet = client.get(reverse("entry:sheet", args=["500101@1997", YEAR, "funding"]))
    text = sheet.content.decode()
    assert "原北区（由两江区填报）" in text
    assert 'id="row_lagged"' in text
    assert 'id="row_children"' not in text
    new = client.get(reverse("entry:sheet", args=["500101", YEAR, "funding"])).content.decode()
    assert 'id="row_children"' in new


def test_a_row_is_saved_from_its_sheet(merged, client, north, lagged):
    client.force_login(merged["officer"])
    page = reverse("entry:sheet", args=["500101@1997", YEAR, "funding"])
    saved = client.post(page, {"lagged-value": "7", "lagged-version": "0", "in_unit": ""})
    assert saved.status_code == 302
    assert lagged.values.get().jurisdiction == north


def test_the_first_page_leads_there(merged, client):
    client.force_login(merged["officer"])
    text = client.get(reverse("home:home")).content.decode()
    assert reverse("entry:sheet", args=["500101@1997", YEAR, "funding"]) in text


def test_the_review_names_both_and_opens_each(merged, client, supervisor):
    assert {one.submission.unit_name for one in queue_for(supervisor).others} == {
        "原北区（由两江区填报）",
        "原南区（由两江区填报）",
        "两江区",
    }
    client.force_login(supervisor)
    page = client.get(reverse("review:submission", args=[YEAR, "500101@1997"]))
    assert "原北区（由两江区填报）" in page.content.decode()
    new = client.get(reverse("review:submission", args=[YEAR, "500101"]))
    assert new.context["submission"].jurisdiction == merged["new"]
    assert "原北区" in client.get(reverse("rounds:progress", args=[YEAR])).content.decode()


def test_the_successor_s_people_are_told_and_answer(merged, north, lagged, supervisor):
    remark(merged["of_north"], lagged, actor=supervisor, text="是否属实")
    for name in ("officer", "other", "lead"):
        assert merged[name].notices.filter(kind="asked").count() == 1
    remark(merged["of_north"], lagged, actor=merged["other"], text="属实")


def test_whom_to_ring_are_the_successor_s_people(merged, supervisor):
    rows = progress_of_round(supervisor, merged["of_north"].round).rows
    contacts = {row.unit.name_zh: len(row.contacts) for row in rows}
    assert contacts == {"北区": 3, "南区": 3, "两江区": 3}


def test_who_leaves_the_successor_leaves_the_ended_unit(merged, north, lagged):
    officer = merged["officer"]
    Membership.objects.filter(user=officer).delete()
    with pytest.raises(Refusal):
        enter(lagged, north, "7", year=BEFORE, actor=again(officer))


def test_a_new_plan_offers_units_that_ended_for_what_is_of_earlier_years(merged, city):
    def names(year):
        return [unit.name_zh for unit in units_to_ask(city, year)]

    assert names(YEAR) == ["山城", "北区", "两江区", "南区"]
    assert names(YEAR + 1) == ["山城", "两江区"]


def test_of_a_renamed_unit_the_past_is_seen_by_its_people(
    north, editor, officer, children, supervisor
):
    enter(children, north, "7", year=BEFORE)
    record_jurisdiction_change(
        asked_for("rename", [north], ("500101", "北城区")), actor=editor, reason="更名"
    )
    new = Jurisdiction.objects.get(name_zh="北城区")
    enter(children, new, "8", year=YEAR)

    figure = next(f for f in figures_of(again(officer), new, YEAR) if f.code == "children")
    assert figure.previous_number == 7
