"""Two counties that ended and what began in their stead."""

import pytest

from tests.cast import YEAR, make_indicator, make_unit
from tests.results.test_predecessors import change_of


@pytest.fixture
def old(city):
    return [make_unit(f"50020{n}", f"旧县{n}", parent=city, valid_to=YEAR) for n in range(2)]


@pytest.fixture
def new(city):
    return make_unit("500210", "新区", parent=city, valid_from=YEAR)


@pytest.fixture
def growth(children):
    return make_indicator(
        "growth",
        formula="children / prev(children) * 100 - 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="growth_rate",
    )


@pytest.fixture
def merged(old, new):
    change_of("merge", old, [new])
    return new
