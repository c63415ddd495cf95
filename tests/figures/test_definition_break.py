"""A change of definition is a break: nothing is compared across it, and the page says so."""

import pytest
from django.utils import translation

from indicators.figures import figures_of
from indicators.models import Definition, Indicator, Rule
from indicators.recording.catalogue import save_definition
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results import RuleInputs, current_snapshot
from indicators.results import check as find
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_indicator, make_share, make_target, result

BREAK = f"口径自 {YEAR} 年起变更，与上年不可比。"


@pytest.fixture
def redefine(supervisor):
    def act(indicator, year=YEAR, formula=""):
        save_definition(
            Definition(indicator=indicator, valid_from=year, meaning_zh="新口径", formula=formula),
            actor=None,
        )

    return act


@pytest.fixture
def figure(supervisor):
    def look(indicator, unit, year=YEAR):
        with translation.override("zh-hans"):
            found = next(f for f in figures_of(supervisor, unit, year) if f.code == indicator.code)
            return found, str(found.change or ""), found.why_no_change, found.status_reason

    return look


def test_a_change_across_it_is_not_computed(children, north, figure, redefine):
    enter(children, north, "100", year=YEAR - 1)
    enter(children, north, "200")
    enter(children, north, "220", year=YEAR + 1)
    redefine(children)

    assert figure(children, north)[1:3] == ("", BREAK)
    assert figure(children, north, YEAR + 1)[1:3] == ("+10.00%", "")


def test_a_share_breaks_with_its_parts(children, share, north, figure, redefine):
    for year in (YEAR - 1, YEAR):
        enter(children, north, "100", year=year)
        enter(make_or_get("children_public"), north, "50", year=year)
    redefine(children)

    assert figure(share, north)[1:3] == ("", BREAK)


def test_not_below_last_year_lights_nothing_across_it(children, north, figure, redefine):
    make_target(children, "not_below_last_year", level="county")
    enter(children, north, "100", year=YEAR - 1)
    enter(children, north, "99")
    assert result(children, north).status == "missed"

    redefine(children)

    found, _change, _why, reason = figure(children, north)
    assert (found.status, reason, found.gap, found.bullet) == ("no_data", BREAK, None, None)
    assert check()[1] == []


def test_a_growth_across_it_is_missing_and_says_why(children, north, figure, redefine):
    growth = make_share("growth", "children / prev(children) * 100 - 100")
    enter(children, north, "100", year=YEAR - 1)
    enter(children, north, "200")
    assert figure(growth, north)[0].number == 100

    redefine(children)

    found = figure(growth, north)[0]
    with translation.override("zh-hans"):
        assert (found.number, found.why_none) == (None, BREAK)
    assert check()[1] == []


def test_a_rule_of_growth_does_not_look_across_it(children, north, redefine):
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="g", kind="growth", severity="warning", upper=50)
        rule.indicators.add(children)
    numbers = {YEAR - 1: 100, YEAR: 200}
    given = RuleInputs(
        lambda pk, year: numbers.get(year) if pk == children.pk else None,
        lambda pk, year: True,
        lambda pk, year: (),
        lambda pk, year: None,
    )
    found = [b.code for b in find(current_snapshot(), north.pk, YEAR, given)]
    assert found == ["grew_too_much"]

    redefine(children)

    assert find(current_snapshot(), north.pk, YEAR, given) == []


def make_or_get(code):
    return Indicator.objects.filter(code=code).first() or make_indicator(code)


def test_last_year_s_figure_beside_the_box_says_so(client, officer, children, north, redefine):
    enter(children, north, "100", year=YEAR - 1)
    page = f"/entry/500101/{YEAR}/funding/"
    client.force_login(officer)
    assert "口径变更" not in client.get(page).content.decode()
    redefine(children)

    assert "口径变更" in client.get(page).content.decode()


def test_so_does_the_table_of_a_review(client, supervisor, submitted, children, north, redefine):
    enter(children, north, "100", year=YEAR - 1)
    page = f"/review/{YEAR}/500101/"
    client.force_login(supervisor)
    assert "口径变更" not in client.get(page).content.decode()
    redefine(children)

    assert "口径变更" in client.get(page).content.decode()
