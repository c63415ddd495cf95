"""The benchmark of files runs to its end and says every ratio that it promises."""

import pytest

from indicators.benchmark.city import Size, entries, make_city
from indicators.benchmark.exchange import AT_LEAST, AT_MOST, LARGE_UNITS
from indicators.benchmark.libraries import import_export
from indicators.models import Change, YearlyValue
from tests.benchmark.running import ran

TINY = Size(units=3, indicators=4, years=2)


def test_the_large_city_has_three_million_values():
    assert LARGE_UNITS * Size().indicators * Size().years == 3_000_000


def test_the_library_beside_it_reads_the_same_figures_and_leaves_nothing(db):
    city = make_city(TINY)
    assert import_export(city) > 0
    assert not YearlyValue.objects.exists()
    assert Change.objects.count() == 1
    assert len(list(entries(city))) == TINY.values


@pytest.mark.thorough
def test_the_last_line_is_one_object_with_the_ratios(db):
    found, _told = ran("exchange", TINY, "--large-units=4")
    assert set(AT_MOST) | set(AT_LEAST) < set(found)
    assert found["large_values"] == 4 * TINY.indicators * TINY.years
