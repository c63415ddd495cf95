"""Two years of a unit, or two units, by the boundaries of today: a year before a merger is held
against one after it."""

import re

import pytest
from django.urls import reverse

from indicators.models import Indicator, JurisdictionChange, YearlyResult
from indicators.recording.catalogue_change import changing_catalogue
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user
from tests.dashboards.test_over_now import BEFORE, page, text_of, told, units  # noqa: F401
from tests.results.test_predecessors import change_of

COMPARE, CHANGES = reverse("dashboards:compare"), reverse("dashboards:changes")
YEARS = {"since": BEFORE, "year": YEAR}
NOW = {"boundaries": "now"}
REASON = f"无法按现行区划推算：{YEAR} 年北区部分区域划入南区。"


@pytest.fixture
def both_years(told, north, south, children, children_public):  # noqa: F811
    """What the units of today reported in the year of the changes; of shares more is better."""
    with changing_catalogue(actor=None):
        Indicator.objects.filter(code="share").update(direction="higher_better")
    places = [told["new"], told["renamed"][1], north, south]
    for unit, part, whole in zip(places, (120, 41, 20, 20), (400, 50, 40, 80), strict=True):
        enter(children_public, unit, str(part))
        enter(children, unit, str(whole))
    return told


def pair_of(answer, code="share"):
    [found] = [one for one in answer.context["pairs"] if one.second.code == code]
    return found


def row_of(answer, code="share"):
    [row] = [one for one in text_of(answer).split("<tr>") if f"<code>{code}</code>" in one]
    return row


# --- Two years ----------------------------------------------------------------------------------


def test_a_merged_unit_is_held_against_the_sum_of_its_parts(page, both_years):  # noqa: F811
    answer = page.get(CHANGES, YEARS | NOW | {"jurisdiction": "500203"})
    found = pair_of(answer)

    assert (found.first.number, found.second.number) == (25, 30)  # no average of 10 and 30
    assert (str(found.words), found.verdict, found.of_units) == ("+5.00 个百分点", "better", False)
    assert answer.context["finding"].startswith(f"可以判断的 1 项中，{YEAR} 年有 1 项好于")
    links = "、".join(
        f'<a href="/figures/share/{unit.code}/{BEFORE}/">{unit.name}</a>'
        for unit in both_years["old"]
    )
    assert f"<div>{BEFORE}：由{links}按现行区划推算</div>" in row_of(answer)
    assert f"<div>{YEAR}：区划未变</div>" in row_of(answer)


def test_by_the_boundaries_of_then_it_has_no_year_before(page, both_years):  # noqa: F811
    answer = page.get(CHANGES, YEARS | {"jurisdiction": "500203"})

    assert answer.context["pairs"] == []
    assert "按当时区划" in text_of(answer)
    assert "推算" not in text_of(answer)
    assert f"丙区自 {YEAR} 年起设立，此前年度只能按现行区划对照。" in text_of(answer)
    [link] = re.findall('href="([?]since=.*?)"', text_of(answer))
    assert pair_of(page.get(CHANGES + link.replace("&amp;", "&"))).first.number == 25


def test_a_renamed_unit_is_held_against_the_one_before_it(page, both_years):  # noqa: F811
    answer = page.get(CHANGES, YEARS | NOW | {"jurisdiction": "500205"})
    found = pair_of(answer)

    assert (found.first.number, found.second.number, found.of_units) == (80, 82, False)
    assert f'{BEFORE}：沿用<a href="/figures/share/500204/{BEFORE}/">' in row_of(answer)


def test_where_parts_were_exchanged_the_page_says_so_and_compares_nothing(
    page,  # noqa: F811
    both_years,
):
    for years in (YEARS, {"since": BEFORE, "year": BEFORE}):
        answer = page.get(CHANGES, years | NOW | {"jurisdiction": "500101"})

        assert answer.context["finding"] == REASON
        assert "按现行区划没有可以对照的数据。" in text_of(answer)
        assert "data-number" not in text_of(answer)


def test_what_does_not_add_up_is_refused_alone(page, both_years):  # noqa: F811
    rate = make_indicator("rate", aggregation="none")
    enter(rate, both_years["old"][0], "50", year=BEFORE)
    enter(rate, both_years["new"], "60")
    answer = page.get(CHANGES, YEARS | NOW | {"jurisdiction": "500203"})

    assert pair_of(answer, "rate").refused == "指标rate不能由甲县、乙县相加，无法推算。"
    assert (pair_of(answer, "rate").words, pair_of(answer, "rate").verdict) == (None, "")
    assert pair_of(answer).refused == ""
    assert "指标rate不能由甲县、乙县相加，无法推算。" in row_of(answer, "rate")


def test_units_that_did_not_change_are_as_by_the_boundaries_of_then(
    page,  # noqa: F811
    children,
    north,
    city,
):
    for year, number in ((BEFORE, "90"), (YEAR, "100")):
        enter(children, north, number, year=year)
    for code in ("500101", "500000"):
        asked = YEARS | {"jurisdiction": code}
        then, now = page.get(CHANGES, asked), page.get(CHANGES, asked | NOW)

        assert now.context["boundary"] == "区划未变"  # said once, above the table
        assert text_of(now).count("区划未变") == 1
        told_of = [
            [
                (one.second.code, one.first.digits, one.second.digits, str(one.words), one.verdict)
                for one in answer.context["pairs"]
            ]
            for answer in (then, now)
        ]
        assert told_of[0] == told_of[1] != []


def test_its_table_says_by_whose_boundaries_it_is_in_its_name(page, both_years):  # noqa: F811
    asked = YEARS | {"jurisdiction": "500205"}
    now = page.get(CHANGES, asked | NOW)

    assert f'data-name="{now.context["finding"]} 按现行区划"' in text_of(now)
    assert '<th scope="col">\n      区划</th>' in text_of(now)
    then = page.get(CHANGES, {"since": YEAR, "year": YEAR, "jurisdiction": "500205"})
    assert '按当时区划"' in text_of(then).split('data-name="')[1].split(">")[0]
    assert "区划</th>" not in text_of(then)


def test_the_numbers_that_go_into_its_file_are_those_on_the_page(page, both_years):  # noqa: F811
    row = row_of(page.get(CHANGES, YEARS | NOW | {"jurisdiction": "500203"}), "children")

    assert 'data-number="400"' in row  # both years: 100 + 300, and what 丙区 reported
    assert row.count('data-number="400"') == 2


def test_switching_goes_on_with_what_the_unit_became_or_was(page, both_years):  # noqa: F811
    for boundaries, asked, shown in (("now", "500201", "500203"), ("then", "500203", "500201")):
        question = {"year": BEFORE, "boundaries": boundaries, "jurisdiction": asked}
        assert page.get(CHANGES, question).context["unit"].code == shown


def test_nothing_of_it_is_stored_and_it_has_no_light(page, both_years):  # noqa: F811
    stored = YearlyResult.objects.count()
    answer = page.get(CHANGES, YEARS | NOW | {"jurisdiction": "500203"})

    assert YearlyResult.objects.count() == stored
    assert pair_of(answer).first.status == "no_target"
    assert f"/figures/share/500203/{BEFORE}/" not in text_of(answer)


def test_a_boundary_that_there_is_not_is_refused(page, told):  # noqa: F811
    for address in (CHANGES, COMPARE):
        assert page.get(address, {"boundaries": "soon"}).status_code == 400


def test_it_costs_the_same_with_one_merger_or_ten(
    page,  # noqa: F811
    both_years,
    city,
    children,
    django_assert_max_num_queries,
):
    asked = YEARS | NOW | {"jurisdiction": "500203"}
    page.get(CHANGES, asked)
    with django_assert_max_num_queries(16) as one:
        page.get(CHANGES, asked)
    more = [make_unit(f"50030{n}", f"县{n}", parent=city, valid_to=YEAR) for n in range(9)]
    for unit in more:
        enter(children, unit, "5", year=BEFORE)
    JurisdictionChange.objects.filter(kind="merge").delete()
    change_of("merge", [*both_years["old"], *more], [both_years["new"]])
    answer = page.get(CHANGES, asked)
    with django_assert_max_num_queries(16) as ten:
        page.get(CHANGES, asked)

    assert pair_of(answer, "children").first.number == 445
    assert len(one) == len(ten)


# --- Two units ----------------------------------------------------------------------------------


def test_two_units_of_today_in_a_year_before_they_were_there(page, both_years):  # noqa: F811
    asked = NOW | {"year": BEFORE, "jurisdiction": "500203", "other": "500205"}
    answer = page.get(COMPARE, asked)
    found = pair_of(answer)

    assert (found.first.number, found.second.number, found.of_units) == (80, 25, True)
    assert (str(found.words), found.verdict) == ("−55.00 个百分点", "worse")
    assert pair_of(answer, "children").verdict == ""  # the larger unit has more
    assert "丙区：由<a" in row_of(answer)
    assert "东区：沿用<a" in row_of(answer)


def test_one_of_both_that_cannot_be_told_is_named(page, both_years):  # noqa: F811
    asked = NOW | {"year": BEFORE, "jurisdiction": "500203", "other": "500101"}
    answer = page.get(COMPARE, asked)

    assert answer.context["finding"] == REASON
    assert "data-number" not in text_of(answer)


def test_units_of_then_stand_for_what_they_became(page, both_years):  # noqa: F811
    asked = {"year": BEFORE, "jurisdiction": "500201", "other": "500204"}
    then, now = page.get(COMPARE, asked).context, page.get(COMPARE, asked | NOW).context

    assert (then["unit"].code, then["other"].code) == ("500201", "500204")
    assert (now["unit"].code, now["other"].code) == ("500203", "500205")


def test_two_that_are_one_today_are_not_compared(page, both_years):  # noqa: F811
    answer = page.get(COMPARE, NOW | {"year": BEFORE, "jurisdiction": "500201", "other": "500202"})

    assert answer.context["finding"] == "两者现同属丙区。"
    assert "data-number" not in text_of(answer)


# --- Those who do not see the parts -------------------------------------------------------------


@pytest.fixture
def stated(both_years, city, share):
    """The city's own figure, which everybody sees, so that pages of the year open for all."""
    for year in (BEFORE, YEAR):
        enter(share, city, "27", year=year)
    return both_years


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (CHANGES, YEARS | {"jurisdiction": "500203"}),
        (COMPARE, {"year": BEFORE, "jurisdiction": "500203", "other": "500000"}),
    ],
)
def test_a_district_is_told_no_figure_of_units_that_it_does_not_see(client, stated, address, asked):
    client.force_login(make_user("of_new", "officer", stated["new"]))
    answer = client.get(address, asked | NOW)

    assert answer.status_code == 200
    assert answer.context["finding"] == "无权查看并入前各单位的数据。"
    for secret in ("25%", "25.00", "10.00", "100", "300", "北区", "南区", "东区", "甲县"):
        assert secret not in text_of(answer).split("<main")[1]


def test_of_its_own_past_it_is_told_once_it_answers_for_the_units_that_ended(client, stated):
    people = make_user("of_new", "officer", stated["new"])
    JurisdictionChange.objects.filter(kind="merge").update(answered_by=stated["new"])
    client.force_login(people)
    answer = client.get(CHANGES, YEARS | NOW | {"jurisdiction": "500203"})

    assert (pair_of(answer).first.number, pair_of(answer).second.number) == (25, 30)


def test_the_switch_opens_no_unit_that_is_not_theirs(client, stated, officer):
    client.force_login(officer)

    for asked in ({"jurisdiction": "500201"}, {"jurisdiction": "500203"}):
        assert client.get(CHANGES, YEARS | NOW | asked).status_code == 404
    assert client.get(COMPARE, NOW | {"year": BEFORE, "other": "500203"}).status_code == 404


# --- From the profile ---------------------------------------------------------------------------


def test_the_profile_hands_the_switch_on(page, both_years):  # noqa: F811
    asked = NOW | {"year": BEFORE, "jurisdiction": "500203"}
    html = text_of(page.get(reverse("dashboards:profile"), asked))

    [link] = [one for one in html.split('"') if one.startswith(CHANGES)]
    assert link.endswith("&amp;boundaries=now")
    assert page.get(link.replace("&amp;", "&")).context["over_now"]
