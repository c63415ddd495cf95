"""A supervisor plans, opens, follows and closes a round on its pages."""

import csv
import io
from decimal import Decimal as D

import pytest
from django.urls import reverse
from django.utils import timezone

from indicators.figures.progress import progress_of_round
from indicators.models import Round, Submission
from indicators.recording.submission import submit
from indicators.rounds import views
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user
from tests.round_cast import days, fresh, make_round, move_days


@pytest.fixture
def visit(client):
    def as_user(user, name, *args, data=None, query=None):
        client.force_login(user)
        url = reverse(f"rounds:{name}", args=args, query=query)
        return client.get(url) if data is None else client.post(url, data)

    return as_user


def text_of(response):
    return response.content.decode()


def planned(children, units, **fields):
    today = timezone.localdate()
    return {
        "version": 0,
        "evaluation_year": YEAR,
        "title": "年度填报",
        "instructions": "按口径填报",
        "opens_on": today,
        "due_on": today + days(10),
        "closes_on": today + days(20),
        "indicators": [children.pk],
        "jurisdictions": [unit.pk for unit in units],
    } | fields


def test_a_new_plan_begins_with_all_indicators_and_the_units_that_enter_any(
    visit, supervisor, children, north, south, city
):
    initial = visit(supervisor, "new").context["form"].initial
    assert set(initial["indicators"]) == {children}
    assert set(initial["jurisdictions"]) == {north, south}, "of the city all is summed"

    make_indicator("own", reporting_level="above")
    initial = visit(supervisor, "new").context["form"].initial
    assert set(initial["jurisdictions"]) == {city, north, south}


def test_a_later_plan_begins_with_last_years_indicators(visit, supervisor, children, north, city):
    make_indicator("more")
    make_round(city, supervisor, [children], [north])
    assert set(visit(supervisor, "new").context["form"].initial["indicators"]) == {children}


def test_a_plan_is_saved_opened_and_closed(visit, supervisor, children, north, south):
    saved = visit(supervisor, "new", data=planned(children, [north, south]))
    assert saved.status_code == 302
    found = Round.objects.get()
    assert (found.is_planned, Submission.objects.count()) == (True, 0)
    visit(supervisor, "open", YEAR, data={"version": found.version})
    assert Submission.objects.count() == 2
    found.refresh_from_db()
    asks = visit(supervisor, "close", YEAR)
    assert "北区" in text_of(asks)
    assert visit(supervisor, "close", YEAR, data={"version": found.version}).status_code == 422
    visit(supervisor, "close", YEAR, data={"version": found.version, "reason": "到期"})
    found.refresh_from_db()
    assert found.is_closed

    visit(supervisor, "reopen", YEAR, data={"version": found.version, "reason": "补报"})
    found.refresh_from_db()
    assert found.is_open
    visit(supervisor, "withdraw", YEAR, data={"version": found.version, "reason": "误开"})
    assert not Round.objects.exists()


def test_a_plan_is_deleted_on_its_page(visit, supervisor, children, north):
    visit(supervisor, "new", data=planned(children, [north]))
    found = Round.objects.get()
    assert visit(supervisor, "delete", YEAR).status_code == 200
    visit(supervisor, "delete", YEAR, data={"version": found.version})
    assert not Round.with_withdrawn.exists()


@pytest.mark.parametrize("way", ["open", "close", "reopen", "withdraw", "delete"])
def test_no_button_is_offered_that_the_door_refuses(visit, supervisor, submitted, way):
    """Of an open round with a submission that waits: only what concerns neither is left."""
    page = visit(supervisor, "progress", YEAR).content.decode()
    assert f"/rounds/{YEAR}/{way}/" not in page


def test_withdrawing_is_not_offered_once_the_citys_own_offices_or_a_merged_unit_submitted(
    visit, supervisor, asked, submitted, merge_both, city
):
    """Of the units that are counted now none has submitted; the door counts all: it may be closed,
    and not withdrawn."""
    merge_both()
    page = visit(supervisor, "progress", YEAR)
    assert page.context["progress"].submitted == 0
    assert f"/rounds/{YEAR}/withdraw/" not in text_of(page)

    own = fresh(asked.submissions.get(jurisdiction=city))
    type(own).objects.filter(pk=submitted.pk).update(times_submitted=0)
    assert f"/rounds/{YEAR}/withdraw/" in text_of(visit(supervisor, "progress", YEAR))
    submit(own, actor=make_user("city_lead", "lead", city), version=own.version)
    assert f"/rounds/{YEAR}/withdraw/" not in text_of(visit(supervisor, "progress", YEAR))


def test_a_refused_plan_keeps_what_was_typed(visit, supervisor, children, north):
    today = timezone.localdate()
    wrong = planned(children, [north], due_on=today - days(1), title="特别的标题")
    refused = visit(supervisor, "new", data=wrong)
    assert refused.status_code == 422
    assert "日期须依次" in text_of(refused)
    assert "特别的标题" in text_of(refused)


def test_a_double_opening_is_told(visit, supervisor, asked):
    again = visit(supervisor, "open", YEAR, data={"version": asked.version})
    assert again.status_code == 409
    assert "已开启" in text_of(again)


@pytest.mark.parametrize("name", ["officer", "lead", "auditor", "editor", "city_officer"])
def test_only_supervisors_plan_and_open(visit, asked, name, request):
    person = request.getfixturevalue(name)
    assert visit(person, "new").status_code == 403
    refused = visit(person, "close", YEAR, data={"version": asked.version})
    assert refused.status_code in (404, 409)
    asked.refresh_from_db()
    assert asked.is_open


def test_progress_counts_what_was_submitted_and_no_drafts(
    submitted, children, south, other_officer, supervisor
):
    enter(children, south, "5", actor=other_officer)
    found = progress_of_round(supervisor, submitted.round)

    rows = {row.unit.code: (row.reported, row.expected, row.rate) for row in found.rows}
    assert rows == {
        "500000": (0, 0, None),
        "500101": (2, 2, D("100.00")),
        "500102": (0, 2, D("0.00")),
    }
    assert (found.reported, found.expected, found.rate) == (2, 4, D("50.00"))


def test_a_unit_that_has_not_submitted_has_submitted_nothing(
    asked, children, north, supervisor, officer
):
    enter(children, north, "5", year=YEAR)  # as the operator loads it: it stands at once
    found = progress_of_round(supervisor, asked)

    assert {row.unit.code: row.reported for row in found.rows}["500101"] == 0


def test_the_citys_own_submission_is_not_counted_among_its_units(submitted, supervisor, visit):
    found = progress_of_round(supervisor, submitted.round)

    assert (found.submitted, len(found.units), found.timeliness) == (1, 2, D("50.00"))
    text = text_of(visit(supervisor, "progress", YEAR))
    assert "2 个区县中 1 个已报送" in text
    assert "山城市级数据：未开始" in text


def test_what_needs_something_stands_first(submitted, supervisor):
    rows = progress_of_round(supervisor, submitted.round).rows
    assert [row.unit.code for row in rows] == ["500102", "500000", "500101"]


def test_no_rate_of_nothing_is_told(city, north, supervisor, visit):
    alone = make_indicator("city_alone", reporting_level="above")
    make_round(city, supervisor, [alone], [north])
    text = text_of(visit(supervisor, "progress", YEAR))

    assert "没有应报数据" in text
    assert "—%" not in text


def test_punctual_late_and_not_due_yet(submitted, supervisor):
    asked = submitted.round
    words = {row.unit.code: row.punctual for row in progress_of_round(supervisor, asked).rows}
    assert words == {"500000": None, "500101": True, "500102": None}

    move_days(asked, opens=-30, due=-1, closes=20)
    asked.refresh_from_db()
    words = {row.unit.code: row.punctual for row in progress_of_round(supervisor, asked).rows}
    assert words == {"500000": False, "500101": False, "500102": False}


def test_who_submitted_late_is_not_overdue_any_more(submitted, supervisor, visit):
    move_days(submitted.round, opens=-30, due=-1, closes=20)

    found = progress_of_round(supervisor, fresh(submitted).round)
    assert (len(found.units), found.submitted, found.on_time, found.overdue) == (2, 1, 0, 1)
    assert "2 个区县中 1 个已报送，1 个逾期未报" in text_of(visit(supervisor, "progress", YEAR))


def test_a_district_sees_its_own_row_only(submitted, officer, visit):
    page = visit(officer, "progress", YEAR)
    assert [row.unit.code for row in page.context["progress"].rows] == ["500101"]
    assert f'href="{reverse("rounds:start")}"' not in page.content.decode()


def test_many_units_are_paged_the_most_pressing_first(submitted, supervisor, visit, monkeypatch):
    monkeypatch.setattr(views, "ROWS_PER_PAGE", 2)
    page = visit(supervisor, "progress", YEAR)
    assert [row.unit.code for row in page.context["page"]] == ["500102", "500000"]
    assert "2 个区县中 1 个已报送" in text_of(page)
    assert 'href="?page=2"' in text_of(page)
    second = visit(supervisor, "progress", YEAR, query={"page": 2})
    assert [row.unit.code for row in second.context["page"]] == ["500101"]


def test_closing_says_what_waits_for_review_and_offers_no_button_yet(submitted, supervisor, visit):
    page = visit(supervisor, "close", YEAR)
    assert [one.pk for one in page.context["left_out"].waiting] == [submitted.pk]
    assert "1 份报送待审核" in text_of(page)
    assert 'name="reason"' not in page.content.decode()


def test_whom_to_ring_stands_beside_the_unit(asked, officer, lead, supervisor):
    officer.full_name, officer.telephone = "沈小平", "023-6000 0000"
    officer.save()
    rows = {row.unit.code: row for row in progress_of_round(supervisor, asked).rows}
    assert [(one.name, one.telephone) for one in rows["500101"].contacts] == [
        ("lead", ""),
        ("沈小平", "023-6000 0000"),
    ]


def test_the_file_holds_what_the_page_shows(submitted, visit, supervisor):
    body = b"".join(visit(supervisor, "progress_csv", YEAR).streaming_content)
    heading, *rows = csv.reader(io.StringIO(body.decode("utf-8-sig")))
    north = dict(zip(heading, next(row for row in rows if row[1] == "500101"), strict=True))
    assert (north["已报送"], north["应报"], north["报送率（%）"]) == ("2", "2", "100")


def test_progress_costs_the_same_with_1_3_and_41_units(
    city, supervisor, children, children_public, django_assert_num_queries
):
    for year, count in ((YEAR, 1), (YEAR - 1, 3), (YEAR - 2, 41)):
        units = [make_unit(f"51{year % 100}{n:02}", f"区{n}", parent=city) for n in range(count)]
        asked = make_round(
            city, supervisor, [children, children_public], units, evaluation_year=year
        )
        user = type(supervisor).objects.get(pk=supervisor.pk)
        assert user.scope.by_name is not None  # read once a request
        with django_assert_num_queries(6):
            progress_of_round(user, asked)
    assert fresh(asked.submissions.first()).state == "not_started"


def test_another_year_asks_its_own_units_and_is_not_given_old_instructions(
    visit, supervisor, city, children, north
):
    gone = make_unit("500109", "旧区", parent=city, valid_to=YEAR)
    make_round(city, supervisor, [children], [north], instructions="按去年口径填报")
    assert visit(supervisor, "new").context["form"].initial["instructions"] == ""

    refused = visit(
        supervisor,
        "new",
        data=planned(children, [north, gone]) | {"evaluation_year": YEAR + 1},
    )
    assert refused.status_code == 422
    assert "旧区" in text_of(refused)
