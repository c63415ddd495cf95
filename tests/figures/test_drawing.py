"""Figures as HTML: what is drawn, and that nothing anybody wrote is taken for markup."""

import pytest
from django.urls import reverse
from django.utils import translation

from indicators.figures import drawing, figures_of
from indicators.figures.formatting import Words
from indicators.models import Status
from tests.cast import YEAR, enter, make_indicator, make_target, make_unit

MARKUP = '<i a="b">&'
ESCAPED = "&lt;i a=&quot;b&quot;&gt;&amp;"


@pytest.fixture(autouse=True)
def in_chinese():
    with translation.override("zh-hans"):
        yield


def test_digits_stand_out_and_units_are_small():
    drawn = Words("3.6", "万人", before="超过 ", after="余", note="1 / 2").drawn

    assert drawn == (
        '<small>超过 </small><span class="digits">3.6</span>余'
        '<small class="unit">万人</small><small class="note">（1 / 2）</small>'
    )


@pytest.mark.parametrize("status", Status)
def test_each_light_has_a_word_and_a_shape_of_its_own(status):
    drawn = drawing.status(status)

    assert str(status.label) in drawn
    assert drawn.count("<svg") == 1
    others = [drawing.status(other).split("svg")[1] for other in Status if other != status]
    assert drawn.split("svg")[1] not in others


@pytest.fixture
def odd(city):
    """A unit, an indicator and all that people write about them, full of markup."""
    unit = make_unit("500101", f"区{MARKUP}", parent=city)
    indicator = make_indicator("odd", name_zh=f"名{MARKUP}", display_unit="wan_persons")
    make_target(indicator, "ge", 10, level="county", legal_basis=f"条{MARKUP}")
    make_target(indicator, "ge", 10, legal_basis=f"条{MARKUP}")
    return unit, indicator


@pytest.mark.parametrize(
    "given", [{"text": "5"}, {"state": "not_available", "state_reason": f"因{MARKUP}"}]
)
def test_what_people_write_is_text_on_every_page_that_draws_it(client, odd, supervisor, given):
    unit, indicator = odd
    enter(indicator, unit, **given)
    client.force_login(supervisor)
    pages = [
        reverse("dashboards:overview") + f"?jurisdiction={unit.code}&year={YEAR}",
        reverse("dashboards:indicator", args=[indicator.code]),
        reverse("dashboards:figure", args=[indicator.code, unit.code, YEAR]),
    ]

    for page in pages:
        html = client.get(page).content.decode()
        assert MARKUP not in html
        assert f"名{ESCAPED}" in html


def test_a_figure_that_is_missing_says_why(odd, supervisor):
    unit, indicator = odd
    enter(indicator, unit, state="not_available", state_reason=f"因{MARKUP}")

    figure = next(f for f in figures_of(supervisor, unit, YEAR) if f.code == "odd")

    assert figure.drawn == f'<span class="none" title="暂无数据：因{ESCAPED}">暂无数据</span>'
