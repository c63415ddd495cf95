"""The made-up city is the same on every run, and the benchmark says what it is asked for."""

import pytest

from indicators.benchmark.city import Size, entries, make_city
from indicators.benchmark.run import BOUNDS
from indicators.models import Origin, YearlyResult, YearlyValue
from indicators.recording import save_values
from indicators.results.rebuild import check
from tests.benchmark.running import ran

TINY = Size(units=3, indicators=4, years=2)


def test_the_city_of_the_issue_has_61500_values():
    assert Size().values == 41 * 150 * 10 == 61_500


def test_the_made_up_city_is_the_same_every_time(db):
    city = make_city(TINY)
    once, again = list(entries(city)), list(entries(city))

    assert [entry.text for entry in once] == [entry.text for entry in again]
    assert [entry.text for entry in once[:2]] == ["339598", "35.32万"]
    assert len(once) == TINY.values


def test_its_figures_pass_the_door_and_light_sums_and_shares(db):
    city = make_city(TINY)
    save_values(list(entries(city)), actor=None, reason="", origin=Origin.SEED)

    assert YearlyValue.objects.count() == TINY.values
    sums = YearlyResult.objects.filter(jurisdiction=city.top, basis="summed")
    shares = YearlyResult.objects.filter(indicator__code="share_000", basis="computed")
    assert sums.count() == TINY.indicators * TINY.years
    assert shares.count() == (TINY.units + 1) * TINY.years
    assert not shares.filter(status__in=["no_data", "no_target"]).exists()
    assert check()[1] == []


@pytest.mark.thorough
def test_the_last_line_is_one_object_with_the_ratios(db):
    found, told = ran("city", TINY)
    assert set(BOUNDS) < set(found)
    assert set(found["medians"]) == {
        *("overview page", "district page", "indicator page", "save", "export", "load"),
        "load, keyed",
    }
    assert told.count("--- floor of the overview page") > 3
    assert told.count("COPY bare FROM STDIN") == 2
    assert told.count("ALTER TABLE bare ADD FOREIGN KEY") == 3
    assert told.count("UPDATE indicators_yearlyvalue SET number = number + 1") == 1
    assert found["row_save_statements"] <= BOUNDS["row_save_statements"]
    assert found["save_statements"] <= BOUNDS["save_statements"]
