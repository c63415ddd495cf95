"""The sheet as a form: what it shows, saves, refuses, and never loses."""

from decimal import Decimal as D

import pytest
from django.urls import reverse

from indicators.models import DutyArea, YearlyValue
from tests.cast import (
    YEAR,
    enter,
    make_indicator,
    make_share,
    make_statement,
    make_target,
    make_unit,
)


def address(unit, *, year=YEAR, area="funding"):
    return reverse("entry:sheet", args=[unit.code, year, area])


def boxes(code, value="", *, version=0, state="", note="", **more):
    given = {"value": value, "version": version, "state": state, "note": note, **more}
    return {f"{code}-{name}": text for name, text in given.items()}


@pytest.fixture
def page(client, officer):
    client.force_login(officer)
    return client


def test_a_sheet_shows_two_years_target_unit_definition_and_box(
    page, children, share, children_public, north
):
    make_target(children, "ge", 5, level="county")
    enter(children, north, "12105", year=2019)
    enter(children, north, "12346", year=2020)

    html = page.get(address(north)).content.decode()

    assert "12\u2009105" in html
    assert "12\u2009346" in html
    assert "≥ 5 人" in html
    assert "口径" in html
    assert 'name="children-value"' in html
    assert 'name="share-value"' not in html


def test_the_citys_sheet_has_a_box_for_stated_figures_too(
    client, city_officer, city, north, share, children, children_public
):
    client.force_login(city_officer)

    html = client.get(address(city)).content.decode()

    assert 'name="share-value"' in html
    assert 'name="children-state"' not in html


def test_what_a_city_may_state_besides_is_not_counted_as_due(
    client, city_officer, city, north, share, children, children_public
):
    client.force_login(city_officer)
    assert "本类无必填指标" in client.get(address(city)).content.decode()

    own = make_indicator("own", reporting_level="above")
    page = client.get(address(city))
    assert "已填 0 / 1。" in page.content.decode()
    assert page.context["sheet"].first_left.code == "own"

    enter(own, city, "5")
    assert "已填 1 / 1。" in client.get(address(city)).content.decode()


def test_a_sheet_of_computed_figures_offers_nothing_to_state_to_a_district(page, north):
    area = DutyArea.objects.create(code="computed", name_zh="计算", name_en="Computed", position=9)
    make_indicator("counted")
    make_indicator("twice", formula="counted * 2", duty_area=area)

    html = page.get(address(north, area="computed")).content.decode()
    assert "本类无必填指标：均由系统汇总或计算。" in html
    assert 'name="twice-value"' not in html


def test_saving_a_sheet_saves_the_rows_that_were_touched(page, children, children_public, north):
    posted = boxes("children", "3.62万") | boxes("children_public", "")
    response = page.post(address(north), posted, follow=True)

    assert response.redirect_chain == [(address(north), 302)]
    value = YearlyValue.objects.get()
    assert (value.indicator, value.number, value.as_entered) == (children, D(36200), "3.62万")
    assert "已保存 1 项" in response.content.decode()


def test_a_refused_row_keeps_what_was_typed_and_the_others_are_saved(
    page, children, children_public, north
):
    posted = boxes("children", "12a", note="from the office") | boxes("children_public", "7")
    response = page.post(address(north), posted)

    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="12a"' in html
    assert 'value="from the office"' in html
    assert '<a href="#row_children">' in html
    assert YearlyValue.objects.get().indicator == children_public


@pytest.mark.parametrize("text", ["1" * 1_000_000, "1e400", "NaN", "-3", "123456789012345"])
def test_hostile_input_is_refused_with_nothing_saved_and_nothing_lost(page, children, north, text):
    response = page.post(address(north), boxes("children", text))

    assert response.status_code == 422
    assert f'value="{text}"' in response.content.decode()
    assert not YearlyValue.objects.exists()


def test_a_figure_that_is_not_available_needs_an_explanation(page, children, north):
    response = page.post(address(north), boxes("children", state="not_available"))
    assert "没有数据时须说明原因" in response.content.decode()

    page.post(address(north), boxes("children", state="not_available", note="机构调整"))
    value = YearlyValue.objects.get()
    assert (value.state, value.state_reason, value.note) == ("not_available", "机构调整", "")


def test_a_statement_is_chosen(page, north):
    covered = make_statement("covered")
    page.post(address(north), boxes("covered", statement="met"))

    assert YearlyValue.objects.get(indicator=covered).statement == "met"


def test_emptying_a_box_withdraws_the_figure(page, children, north):
    enter(children, north, "10")
    page.post(address(north), boxes("children", "", version=1))

    assert YearlyValue.objects.get().state == "blank"


def test_a_conflict_names_the_other_by_name_not_by_account(page, children, north, officer):
    officer.full_name = "沈小平"
    officer.save()
    enter(children, north, "10")
    enter(children, north, "11", actor=officer)
    html = page.post(address(north), boxes("children", "12", version=1)).content.decode()

    assert "对方：沈小平，" in html


def test_a_stale_row_is_a_conflict_page_with_mine_theirs_and_before(page, children, north, officer):
    enter(children, north, "10")
    enter(children, north, "11", actor=officer)
    response = page.post(address(north), boxes("children", "12", version=1))

    html = response.content.decode()
    assert response.status_code == 409
    for side in ("10", "11", "12"):
        assert f"<strong>{side}</strong>" in html
    assert YearlyValue.objects.get().number == D(11)


@pytest.mark.parametrize(("choice", "number"), [("mine", D(12)), ("theirs", D(11))])
def test_a_conflict_is_settled_by_a_choice(page, children, north, choice, number):
    enter(children, north, "10")
    enter(children, north, "11")
    settled = boxes("children", "12", version=2, conflict="1", choice=choice)
    response = page.post(address(north), settled)

    assert response.status_code == 302
    assert YearlyValue.objects.get().number == number


def test_a_conflict_without_a_choice_stays_a_conflict(page, children, north):
    enter(children, north, "11")
    response = page.post(address(north), boxes("children", "12", version=1, conflict="1"))

    assert response.status_code == 409
    assert YearlyValue.objects.get().number == D(11)


def test_a_conflict_settled_too_late_is_a_conflict_again(page, children, north):
    for text in ("10", "11", "13"):
        enter(children, north, text)
    settled = boxes("children", "12", version=2, conflict="1", choice="mine")

    assert page.post(address(north), settled).status_code == 409
    assert YearlyValue.objects.get().number == D(13)


def test_an_untouched_row_is_no_conflict_though_somebody_changed_it(page, children, north):
    enter(children, north, "10")
    enter(children, north, "11")
    response = page.post(address(north), boxes("children", "10", version=1))

    assert response.status_code == 302
    assert YearlyValue.objects.get().number == D(11)


def test_an_old_page_that_is_gone_back_to_overwrites_nothing(
    page, children, children_public, north
):
    """As a browser without JavaScript shows it: of the sheet that was saved from it meanwhile,
    with the versions of then. One row was empty then, one had a figure."""
    enter(children, north, "10")
    old = {"children": 1, "children_public": 0}

    def send(**typed):
        rows = [boxes(code, text, version=old[code]) for code, text in typed.items()]
        return page.post(address(north), rows[0] | rows[1])

    def stored():
        return {one.indicator.code: one.number for one in YearlyValue.objects.all()}

    assert send(children="11", children_public="5").status_code == 302
    now = {"children": D(11), "children_public": D(5)}
    assert send(children="10", children_public="").status_code == 302  # untouched there
    assert stored() == now
    assert send(children="11", children_public="5").status_code == 302  # sent twice
    assert stored() == now
    assert send(children="12", children_public="6").status_code == 409
    assert stored() == now
    assert set(YearlyValue.objects.values_list("version", flat=True)) == {1, 2}


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "7"])
def test_a_forged_version_overwrites_nothing(page, children, north, version):
    enter(children, north, "10")

    assert page.post(address(north), boxes("children", "12", version=version)).status_code == 409
    assert YearlyValue.objects.get().number == D(10)


def test_a_row_is_saved_by_itself_and_brings_the_rows_computed_from_it(
    page, share, children, children_public, north
):
    make_share("all_of_it", "children / children * 100")
    enter(children, north, "200")
    one = reverse("entry:row", args=["500101", YEAR, "funding", "children_public"])
    response = page.post(one, boxes("children_public", "50"))

    html = response.content.decode()
    assert (response.status_code, response.headers["X-Sheet-Row"]) == (200, "children_public")
    assert html.count("<tr ") == 2
    assert 'id="row_share"' in html
    assert '<span class="digits">25' in html
    assert "版本 1" in html


def test_a_row_refused_or_stale_says_so_by_status(page, children, north):
    enter(children, north, "10")
    one = reverse("entry:row", args=["500101", YEAR, "funding", "children"])

    assert page.post(one, boxes("children", "ten", version=1)).status_code == 422
    assert page.post(one, boxes("children", "12", version=0)).status_code == 409
    assert page.get(one).status_code == 405


def test_a_lead_reads_the_sheet_and_enters_nothing(client, lead, children, north):
    client.force_login(lead)

    assert 'name="children-value"' not in client.get(address(north)).content.decode()
    assert client.post(address(north), boxes("children", "5")).status_code == 403
    assert not YearlyValue.objects.exists()


def test_an_officer_of_one_duty_area_has_no_other_sheet(page, children, north, officer):
    other = make_indicator("safe", duty_area=_area("safety"))
    officer.memberships.get().duty_areas.add(other.duty_area)

    assert page.get(address(north, area="safety")).status_code == 200
    assert page.get(address(north, area="funding")).status_code == 404
    assert "funding" not in page.get(address(north, area="safety")).content.decode()


def test_another_units_sheet_does_not_exist(page, children, north, south, city):
    for unit in (south, city):
        assert page.get(address(unit)).status_code == 404
        assert page.post(address(unit), boxes("children", "5")).status_code == 404


def test_the_year_that_the_value_is_of_follows_the_lag(page, north, officer):
    make_indicator("lagging", lag=-1)
    page.post(address(north, year=2022), boxes("lagging", "5"))

    assert YearlyValue.objects.get().year == 2021


def test_a_closed_unit_has_no_sheet_after_its_end(client, children, city, officer):
    closed = make_unit("500110", "万盛区", parent=city, valid_to=2011)
    officer.memberships.update(jurisdiction=closed)
    client.force_login(officer)

    assert client.get(address(closed, year=2010)).status_code == 200
    assert client.get(address(closed, year=2011)).status_code == 404


def test_start_opens_the_latest_year_with_figures(page, children, north):
    enter(children, north, "5", year=2019)

    assert page.get(reverse("entry:start")).url == address(north, year=2019)
    make_indicator("left")
    assert page.get(reverse("entry:start")).url == address(north, year=2019) + "#row_left"
    asked = {"year": 2020, "unit": "500101", "area": "funding"}
    assert page.get(reverse("entry:start"), asked).url == address(north, year=2020)
    assert page.get(reverse("entry:start"), {"year": "x"}).status_code == 400


def test_a_sheet_costs_the_same_queries_with_one_row_or_thirty(
    page, children, north, django_assert_max_num_queries
):
    page.get(address(north))
    with django_assert_max_num_queries(18) as one:
        page.get(address(north))
    for number in range(30):
        enter(make_indicator(f"more{number}"), north, "5")
    page.get(address(north))
    with django_assert_max_num_queries(18) as thirty:
        page.get(address(north))

    assert len(thirty) == len(one)


def _area(code):
    return DutyArea.objects.create(code=code, name_zh=code)
