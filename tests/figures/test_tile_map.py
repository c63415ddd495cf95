"""Units as tiles about where they lie, with the shade of their light or their place."""

import pytest
from django.urls import reverse

from tests.cast import enter, make_indicator, make_unit

PAGE = reverse("dashboards:indicator", args=["rate"])
PLACES = {"甲区": (4, 2), "乙区": (5, 2), "名字特别长的自治县": (4, 4)}


@pytest.fixture
def page(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def told(city):
    rate = make_indicator(
        "rate",
        aggregation="none",
        direction="higher_better",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
    )
    for number, (name, (column, row)) in enumerate(PLACES.items()):
        unit = make_unit(f"50011{number}", name, parent=city, tile_column=column, tile_row=row)
        if number < 2:
            enter(rate, unit, str(10 + 80 * number))


def test_each_lies_at_its_place(page, told):
    answer = page.get(PAGE)
    tiles = {tile.name: (tile.x, tile.y, tile.shade) for tile in answer.context["tile_map"].tiles}

    assert tiles == {
        "甲区": (1, 1, "fifth1"),
        "乙区": (89, 1, "fifth5"),
        "名字特别长…": (1, 101, "missing"),
    }
    html = answer.content.decode()
    assert 'viewBox="0 0 174 148"' in html
    assert "名字特别长的自治县" in html


def test_without_places_there_is_no_map(page, city, north, south):
    rate = make_indicator("rate", aggregation="none")
    enter(rate, north, "5")

    assert page.get(PAGE).context["tile_map"] is None
