"""The list of all indicators, and how one is found in it."""

import pytest
from django.urls import reverse

from tests.cast import make_indicator, make_share

PAGE = reverse("dashboards:indicators")


@pytest.fixture
def page(client, officer):
    make_indicator("children_total", name_zh="在园幼儿总数", aliases="幼儿人数；入园儿童")
    make_share("coverage", "children_total / children_total * 100")
    client.force_login(officer)
    return client


def codes(answer):
    return [one.code for one in answer.context["found"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["children_total", "coverage"]),
        ("幼儿 总数", ["children_total"]),
        ("入园", ["children_total"]),
        ("CHILDREN", ["children_total"]),
        ("coverage", ["coverage"]),
        ("没有的", []),
    ],
)
def test_it_is_found_by_name_code_and_other_names(page, words, found):
    assert codes(page.get(PAGE, {"q": words})) == found


def test_each_leads_to_its_page(page):
    html = page.get(PAGE).content.decode()

    assert reverse("dashboards:indicator", args=["coverage"]) in html
    assert 'aria-current="page">指标</a>' in html


def test_hostile_words_are_words(page):
    answer = page.get(PAGE, {"q": "<script>'\"%"})

    assert codes(answer) == []
    assert "<script>'" not in answer.content.decode()
