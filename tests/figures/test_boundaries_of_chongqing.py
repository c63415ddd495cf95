"""Over the boundaries of today with the changes that the seeds keep: 2011, when codes were reused,
and November 2025, when two districts and a zone became one and parts were exchanged."""

from decimal import Decimal

import pytest

from indicators.catalogue.seeds import load_seeds
from indicators.figures import indicator_for
from indicators.figures.boundaries import Boundaries, figures_across_now, figures_now, units_now
from indicators.figures.custom_table import custom_tables
from indicators.figures.pairs import pairs_of_units, pairs_of_years, why_none_paired
from indicators.figures.queries import figures_across, figures_at
from indicators.models import Jurisdiction, JurisdictionChange, User
from tests.cast import enter, make_user
from tests.catalogue.files import SEEDS

WHOLE, PART, SHARE = "preschool_total", "preschool_public", "preschool_public_share"
# Units of 2010 (code, first year), with children in all and in public kindergartens.
OF_2010 = {
    ("500110", 1997): (8_001, 5_000),  # 万盛区
    ("500222", 1997): (24_002, 9_000),  # 綦江县
    ("500111", 1997): (2_003, 900),  # 双桥区
    ("500225", 1997): (30_004, 8_100),  # 大足县
    ("500227", 1997): (12_005, 8_000),  # 璧山县
    ("500103", 1997): (15_006, 9_000),  # 渝中区
}
OF_2024 = {
    ("500105", 1997): 20_001,  # 江北区
    ("500112", 1997): 40_002,  # 渝北区
    ("995001", 2010): 10_003,  # 两江新区（功能区）
    ("500109", 1997): 18_004,  # 北碚区
    ("500110", 2011): 25_005,  # 綦江区
}


@pytest.fixture
def chongqing(db):
    load_seeds(SEEDS)
    return Jurisdiction.objects.get(code="500000")


@pytest.fixture
def user(chongqing):
    return make_user("supervisor", "supervisor", chongqing)


@pytest.fixture
def reported(user):
    whole, part = (indicator_for(user, code) for code in (WHOLE, PART))
    for place, (children, public) in OF_2010.items():
        enter(whole, unit(*place), str(children), year=2010)
        enter(part, unit(*place), str(public), year=2010)
    for place, children in OF_2024.items():
        enter(whole, unit(*place), str(children), year=2024)


def unit(code, since):
    return Jurisdiction.objects.get(code=code, valid_from=since)


def now(user, code, since, year, indicator=WHOLE):
    places = [(indicator_for(user, indicator), unit(code, since), year)]
    [found] = figures_now(user, places, tier="reported")
    return found


def test_a_code_of_2010_and_of_today_is_not_one_unit(user, reported):
    parts = [("500111", 1997), ("500225", 1997)]
    found = now(user, "500111", 2011, 2010)

    assert found.figure.number == sum(OF_2010[part][0] for part in parts)
    assert [(one.code, one.valid_from) for one in found.parts] == parts
    assert found.how == "由双桥区、大足县按现行区划推算"
    share = now(user, "500111", 2011, 2010, SHARE).figure.number
    whole, public = (sum(OF_2010[part][at] for part in parts) for at in (0, 1))
    assert share == (Decimal(public) / whole * 100).quantize(Decimal("0.0001"))
    assert now(user, "500111", 2011, 2011).is_unchanged


@pytest.mark.parametrize("code", ["500110", "995003"])
def test_what_reports_by_itself_since_is_not_added_to_the_district_around_it(code, user, reported):
    """The area of the former 万盛区 lies in 綦江区 and is told of by the zone 万盛经开区."""
    found = now(user, code, 2011, 2010)

    assert found.refused == "无法按现行区划推算：2011 年万盛区部分区域划入万盛经济技术开发区。"
    assert found.figure.number is None
    assert now(user, code, 2011, 2011).is_unchanged


def test_a_county_that_became_a_district_has_its_past(user, reported):
    found = now(user, "500120", 2014, 2010)

    assert (found.figure.number, found.how) == (12_005, "沿用璧山县数据，辖区相同")


@pytest.mark.parametrize(("code", "since"), [("995004", 2025), ("500109", 1997)])
def test_where_parts_were_exchanged_the_transfers_are_named(code, since, user, reported):
    for year in (2010, 2024):
        found = now(user, code, since, year)
        assert found.refused == (
            "无法按现行区划推算：2025 年渝北区部分区域划入北碚区，"
            "2025 年北碚区部分区域划入两江新区。"
        )
        assert (found.figure.number, found.figure.result) == (None, None)
    assert now(user, code, since, 2025).is_unchanged


def test_before_a_zone_was_set_up_nothing_is_kept_of_it(user, reported):
    assert now(user, "995002", 2019, 2018).refused == (
        "西部科学城重庆高新区自 2019 年起设立，此前辖区归属未作记录。"
    )


def test_the_units_of_then_and_of_today_stand_each_in_their_place(user, reported, chongqing):
    [figure] = figures_at(user, [(indicator_for(user, WHOLE), chongqing, 2024)], tier="reported")
    then = {one.jurisdiction.code for one in figures_across(user, figure)}
    today = {one.unit.code for one in figures_across_now(user, figure)}

    assert then - today == {"500105", "500112", "995001"}
    assert today - then == {"995004"}
    assert (len(then), len(today)) == (41, 39)
    assert [one.code for one in units_now(user, chongqing, 2024)] == sorted(today)


def test_all_but_the_exchanged_add_up_to_the_units_of_then(user, reported, chongqing):
    [figure] = figures_at(user, [(indicator_for(user, WHOLE), chongqing, 2010)], tier="reported")
    told = [one.figure.number for one in figures_across_now(user, figure) if one.figure.has_figure]

    assert figure.number == sum(children for children, _public in OF_2010.values())
    in_qijiang = sum(OF_2010[code, 1997][0] for code in ("500110", "500222"))
    assert sum(told) == figure.number - in_qijiang


def test_the_people_of_the_new_district_see_its_parts_as_far_as_they_answer_for_them(
    chongqing, reported
):
    people = make_user("of_dazu", "officer", unit("500111", 2011))
    assert now(people, "500111", 2011, 2010).figure.number == 2_003 + 30_004

    JurisdictionChange.objects.update(answered_by=None)
    found = now(User.objects.get(pk=people.pk), "500111", 2011, 2010)
    assert (found.refused, found.figure.number) == ("无权查看并入前各单位的数据。", None)


def test_their_neighbours_are_told_nothing(chongqing, reported):
    people = make_user("of_qijiang", "officer", unit("500110", 2011))

    assert now(people, "500111", 2011, 2010).figure.number is None
    assert now(people, "500120", 2014, 2010).figure.number is None
    assert [one.code for one in units_now(people, chongqing, 2010)] == ["500110"]


# --- Beside each other --------------------------------------------------------------------------

NOW = {"tier": "reported", "boundaries": Boundaries.NOW}
EXCHANGED = (
    "无法按现行区划推算：2025 年渝北区部分区域划入北碚区，2025 年北碚区部分区域划入两江新区。"
)


def of(pairs, code=WHOLE):
    [found] = [one for one in pairs if one.second.code == code]
    return found


def test_a_year_before_2011_is_held_against_one_after_it(user, reported):
    """The number is of the children at the beginning of the school year, so of the year before."""
    dazu, whole = unit("500111", 2011), indicator_for(user, WHOLE)
    enter(whole, dazu, "33000", year=2011)
    pairs = pairs_of_years(user, dazu, 2011, 2012, **NOW)

    assert (of(pairs).first.number, of(pairs).second.number) == (2_003 + 30_004, 33_000)
    assert of(pairs, SHARE).first.number == now(user, "500111", 2011, 2010, SHARE).figure.number
    # By then the code 500111 was another unit's, and the year before is not the same unit's.
    assert pairs_of_years(user, dazu, 2011, 2012, tier="reported") == []


@pytest.mark.parametrize(("code", "since"), [("995004", 2025), ("500109", 1997)])
def test_years_before_the_exchange_are_held_against_nothing(code, since, user, reported):
    enter(indicator_for(user, WHOLE), unit(code, since), "90000", year=2025)
    found = pairs_of_years(user, unit(code, since), 2025, 2026, **NOW)

    assert of(found).second.number == 90_000
    assert why_none_paired([of(found)]) == EXCHANGED
    assert (of(found).words, of(found).verdict) == (None, "")


def test_two_units_of_today_in_2010(user, reported):
    found = pairs_of_units(user, unit("500111", 2011), unit("500120", 2014), 2011, **NOW)

    assert (of(found).first.number, of(found).second.number) == (12_005, 32_007)
    apart = pairs_of_units(user, unit("500111", 2011), unit("500109", 1997), 2011, **NOW)
    assert why_none_paired(apart) == EXCHANGED


def test_a_table_of_the_readers_own_through_both(user, reported):
    units = [unit("500111", 2011), unit("500120", 2014), unit("995004", 2025)]
    asked = ([indicator_for(user, WHOLE)], units, [2011, 2025])
    [table] = custom_tables(user, *asked, rows="units", columns="years", **NOW)

    cells = [[(one.figure.number, one.now.refused) for one in line.cells] for line in table.lines]
    assert cells == [
        [(32_007, ""), (None, "")],
        [(12_005, ""), (None, "")],
        [(None, EXCHANGED), (None, EXCHANGED)],
    ]
    assert [one.how for one in table.over_now] == [
        "由双桥区、大足县按现行区划推算",
        "沿用璧山县数据，辖区相同",
        EXCHANGED,
    ]
