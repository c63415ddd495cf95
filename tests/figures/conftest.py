"""Two counties that ended and what began in their stead."""

import pytest

from tests.results.test_predecessors import change_of, growth, new, old  # noqa: F401


@pytest.fixture
def merged(old, new):  # noqa: F811
    change_of("merge", old, [new])
    return new
