"""A paper is as what stands where its number is; else each thing that differs is named."""

import pytest

from indicators.confirmations.comparison import Changed, compare
from indicators.confirmations.services import issue
from indicators.models import Indicator, Jurisdiction
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.submission import submit
from tests.cast import YEAR, enter
from tests.round_cast import fresh


@pytest.fixture
def paper(submitted, lead):
    return issue(submitted, actor=lead)


@pytest.fixture
def page(client, lead, paper):
    """What the page says of the paper's number now."""

    def look_up():
        client.force_login(lead)
        return client.get("/confirmations/", {"number": paper.number})

    return look_up


def test_a_unit_that_got_another_code_is_named(page, north):
    with changing_catalogue(actor=None):
        Jurisdiction.objects.filter(pk=north.pk).update(code="500999")
    said = page()
    assert said.context["compared"].is_same is False
    (place,) = said.context["compared"].changed
    assert place.name == "单位编码"
    assert (place.then[:6], place.now[:6]) == ("500101", "500999")
    assert "与现在的上报数据一致" not in said.text


def test_an_indicator_that_got_another_code_is_named_by_both(page, children):
    with changing_catalogue(actor=None):
        Indicator.objects.filter(pk=children.pk).update(code="pupils")
    line = f'[{YEAR}, "1000", "exact", "", "", "", ""]'
    assert page().context["compared"].changed == [
        Changed(children.name, "—", "1\u2009000 人"),
        Changed("指标编码 children", line, "—"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "then", "now"),
    [
        ({"text": "约120"}, {"text": "120"}, "约120 人", "120 人"),
        ({"text": "120"}, {"text": "120", "note": "甲"}, "120 人", "120 人（甲）"),
        (
            {"state": "not_available", "state_reason": "甲", "note": "乙"},
            {"state": "not_available", "state_reason": "甲", "note": "丙"},
            "暂无数据（甲；乙）",
            "暂无数据（甲；丙）",
        ),
    ],
)
def test_all_that_a_line_says_is_told(
    submission, north, children, officer, lead, supervisor, before, after, then, now
):
    enter(children, north, actor=officer, **before)
    submit(submission, actor=lead, version=fresh(submission).version)
    paper = issue(fresh(submission), actor=lead)
    enter(children, north, actor=None, reason="更正", **after)
    assert compare(paper).changed == [Changed(children.name, then, now)]


def test_what_words_do_not_tell_apart_is_shown_as_it_is_written(paper, children):
    paper.rows[1][1] = YEAR - 1
    paper.digest = "0" * 64
    (one,) = compare(paper).changed
    assert (one.then, one.now) == (
        f'[{YEAR - 1}, "1000", "exact", "", "", "", ""]',
        f'[{YEAR}, "1000", "exact", "", "", "", ""]',
    )
