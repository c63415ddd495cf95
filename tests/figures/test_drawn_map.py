"""Units within boundaries that an operator has loaded; without those of all, as tiles."""

import pytest
from django.urls import reverse

from indicators.models import Boundary
from tests.cast import enter, make_indicator, make_unit

PAGE = reverse("dashboards:indicator", args=["rate"])


def square(unit, at, size=1000):
    return Boundary(
        jurisdiction=unit,
        path=f"M{at} 0l{size} 0 0 {size} -{size} 0z",
        left=at,
        top=0,
        right=at + size,
        bottom=size,
        approval_number="渝S(2024)001号",
        source="测绘院",
    )


@pytest.fixture
def units(city):
    rate = make_indicator(
        "rate",
        aggregation="none",
        direction="higher_better",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
    )
    names = ("甲区", "乙区", "丙区")
    found = [make_unit(f"50011{at}", name, parent=city) for at, name in enumerate(names)]
    for at, unit in enumerate(found[:2]):
        enter(rate, unit, str(10 + 80 * at))
    return found


@pytest.fixture
def page(client, supervisor, units):
    client.force_login(supervisor)
    return client


def test_each_is_drawn_in_its_shade_with_the_review_number_below(page, units):
    Boundary.objects.bulk_create(square(unit, 1000 * at) for at, unit in enumerate(units))
    answer = page.get(PAGE)
    found = answer.context["drawn_map"]
    html = answer.content.decode()

    shades = {area.figure.jurisdiction.name_zh: area.shade for area in found.areas}
    assert shades == {"甲区": "fifth1", "乙区": "fifth5", "丙区": "missing"}
    assert found.box == "0 0 3000 1000"
    assert {label.words for label in found.labels} == {"甲区", "乙区", "丙区"}
    assert "审图号：渝S(2024)001号 · 测绘院" in html
    assert "M1000 0l1000 0 0 1000 -1000 0z" in html


def test_no_word_lies_over_another(page, units):
    Boundary.objects.bulk_create(square(unit, at) for at, unit in enumerate(units))

    assert len(page.get(PAGE).context["drawn_map"].labels) == 1


def test_where_one_is_missing_none_is_drawn(page, units):
    Boundary.objects.bulk_create(square(unit, 1000 * at) for at, unit in enumerate(units[:2]))

    assert page.get(PAGE).context["drawn_map"] is None


def test_who_sees_one_unit_sees_no_map(client, officer, units):
    Boundary.objects.bulk_create(square(unit, 1000 * at) for at, unit in enumerate(units))
    client.force_login(officer)

    assert "审图号" not in client.get(PAGE).content.decode()
