"""Who brings files in these tests, unless a test says otherwise, and a share to read."""

import pytest

from tests.cast import make_indicator


@pytest.fixture
def at_work(client, officer, children):
    client.force_login(officer)
    return client


@pytest.fixture
def percent(db):
    return make_indicator(
        "percent",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        aggregation="none",
        upper_limit=100,
    )
