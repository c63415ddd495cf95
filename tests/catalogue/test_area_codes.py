"""The list of codes: what is found in it, what lies below, and what it knows of changes."""

from collections import Counter

import pytest

from indicators.catalogue.area_codes import all_areas, areas_below, find, parent_of
from tests.catalogue.files import OWN, rows


def the(text):
    (found,) = find(text)
    return found


def names(areas, year):
    return [area.name for area in areas if area.valid_in(year)]


def told(changes):
    return [
        (one.year, str(one.kind), [a.at for a in one.from_areas], [a.at for a in one.to_areas])
        for one in changes
    ]


def test_the_list_holds_every_province_city_and_county_of_today():
    today = [area for area in all_areas() if area.valid_to is None]

    kinds = Counter(
        "province" if area.is_province else "city" if area.is_prefecture else "county"
        for area in today
    )
    assert kinds == {"province": 34, "city": 333, "county": 2846}
    assert len({area.code for area in today}) == len(today)
    assert all(area.is_province or parent_of(area) for area in today)


@pytest.mark.parametrize(
    ("text", "code"), [("杭州市", "330100"), ("杭州", "330100"), ("330782", "330782")]
)
def test_an_area_is_found_by_its_name_the_beginning_of_it_and_its_code(text, code):
    assert the(text).code == code


def test_a_name_that_several_have_finds_all_of_them():
    assert len(find("鼓楼区")) == 4
    assert find("") == find("没有这个市") == []


@pytest.mark.parametrize(
    ("code", "above"),
    [("330102", "330100"), ("330100", "330000"), ("429004", "420000"), ("500101", "500000")],
)
def test_what_lies_right_above(code, above):
    assert parent_of(the(code)).code == above


def test_a_city_has_its_districts_of_today_and_those_that_ended_since():
    units, changes = areas_below(the("330100"), since=2020)

    assert len(names(units, 2026)) == 13
    assert set(names(units, 2020)) - set(names(units, 2026)) == {"下城区", "江干区"}
    assert set(names(units, 2026)) - set(names(units, 2020)) == {"临平区", "钱塘区"}
    # The state council's approval of 2021: 江干 went to 上城, and its east to the new 钱塘.
    assert told(changes) == [
        (2021, "merge", ["330102@1983", "330104@1983"], ["330102@2021"]),
        (2021, "merge", ["330103@1983", "330105@1983"], ["330105@2021"]),
        (2021, "transfer", ["330104@1983"], ["330114@2021"]),
        (2021, "transfer", ["330109@2001"], ["330114@2021"]),
        (2021, "transfer", ["330110@2001"], ["330113@2021"]),
    ]


def test_nothing_is_told_of_what_ended_before():
    units, changes = areas_below(the("330100"), since=2021)

    assert (len(units), changes) == (13, [])


def test_a_county_that_went_to_two_districts_is_no_split_where_others_went_there_too():
    _units, changes = areas_below(the("邢台市"), since=2019)

    assert (2020, "transfer", ["130521@1986"], ["130503@2020"]) in told(changes)
    assert (2020, "merge", ["130502@1983", "130521@1986"], ["130502@2020"]) in told(changes)
    assert "split" not in {kind for _year, kind, *_sides in told(changes)}


def test_of_chongqing_it_knows_what_was_put_together_by_hand():
    """The seeds of the city, made from other sources, are the check, from 2002 to 2024."""
    known = [
        (int(row["year"]), row["kind"], row["from_units"].split(";"), row["to_units"].split(";"))
        for row in rows(OWN / "jurisdiction_changes.csv")
        if row["kind"] != "transfer" and 2001 < int(row["year"]) < 2025
    ]

    _units, changes = areas_below(the("重庆市"), since=2001)

    assert sorted(told(changes)) == sorted(known)


@pytest.mark.thorough
def test_no_city_has_two_units_of_one_code_in_one_year():
    cities = [area for area in all_areas() if area.valid_to is None and area.code.endswith("00")]
    for city in cities:
        units, _changes = areas_below(city, since=2000)
        by_code = {}
        for unit in units:
            assert not any(unit.overlaps(other) for other in by_code.get(unit.code, [])), city
            by_code.setdefault(unit.code, []).append(unit)
