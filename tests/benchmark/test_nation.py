"""The made-up nation is filled through the door, and the benchmark says what it is asked for."""

import pytest
from django.db import connection

from indicators.benchmark.city import Size
from indicators.benchmark.nation import BOUNDS, DASHBOARDS, DASHBOARDS_BOUNDS, SIZE, fill
from indicators.models import Jurisdiction, YearlyResult, YearlyValue
from indicators.results.rebuild import check
from tests.benchmark.running import ran

TINY = Size(units=4, indicators=3, years=2)


def test_the_nation_of_the_issue_has_three_million_values():
    assert SIZE.values == 3_000 * 100 * 10


def test_sums_rise_over_provinces_whichever_years_come_first(db, monkeypatch):
    if connection.vendor == "postgresql":
        pytest.skip("VACUUM needs no transaction around it; the command's test runs there")
    monkeypatch.setattr("indicators.benchmark.nation.PROVINCES", 2)
    for years in (range(1, 2), range(1)):
        fill("nation", TINY, years)

    assert Jurisdiction.objects.count() == 1 + 2 + 4
    assert YearlyValue.objects.count() == TINY.values
    sums = YearlyResult.objects.filter(basis="summed")
    assert sums.count() == (1 + 2) * TINY.indicators * TINY.years
    assert not sums.exclude(missing_units=[]).exists()
    assert check()[1] == []


@pytest.mark.thorough
def test_the_last_line_is_one_object_with_the_ratios(db):
    found, told = ran("nation", TINY)
    assert set(BOUNDS) < set(found)
    assert set(found["pages"]) == {"home", "overview", "units", "indicator", "figure"}
    assert set(found["rebuild_peaks_mib"]) == {"1", "2"}
    assert "figures, " in told


@pytest.mark.thorough
def test_each_page_of_the_dashboards_is_asked_and_then_whether_it_changed(db):
    found, _told = ran("dashboards", TINY)
    assert set(DASHBOARDS_BOUNDS) < set(found)
    assert set(found["pages"]) == {*DASHBOARDS, "days", "indicator", "figure"}
    assert all(page["unchanged_over_page"] > 0 for page in found["pages"].values())
