"""The weights of the demonstration: every resident of the census once."""

import csv

from indicators.demo.districts import SEEDS, districts

CENSUS_2020 = 32_054_159


def test_the_file_holds_the_census_and_three_zones() -> None:
    with (SEEDS / "demonstration_weights.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert sum(int(row["residents"]) for row in rows if not row["part_of"]) == CENSUS_2020
    assert {row["unit"]: row["part_of"] for row in rows if row["part_of"]} == {
        "995001": "500105;500109;500112",
        "995002": "500106;500107",
        "995003": "500110",
    }
    assert {row["confidence"] for row in rows} == {"confirmed", "memory", "assumed"}
    assert all(row["source"] for row in rows if row["confidence"] == "confirmed")


def test_a_zones_residents_are_taken_off_the_districts_it_lies_in() -> None:
    residents = {district.code: district.residents for district in districts()}

    assert sum(residents.values()) == CENSUS_2020
    assert residents["500110"] == 1_011_334 - 235_927
    # In proportion: 500106 had 1477345 and 500107 1526821 of whom 500000 live in the zone.
    assert (residents["500106"], residents["500107"]) == (1_231_462, 1_272_704)


def test_forty_one_units_of_four_kinds_report() -> None:
    found = districts()

    assert len(found) == 41
    assert {district.setting for district in found} == {"centre", "ring", "northeast", "southeast"}
    assert [district.code for district in found] == sorted(district.code for district in found)
