"""All, none or a duty area of a plan is ticked on the server; nothing that was typed is lost."""

import pytest
from django.urls import reverse

from indicators.models import DutyArea, Round
from tests.cast import YEAR, make_indicator, make_unit
from tests.round_cast import make_round


@pytest.fixture
def more(children):
    """Beside the children of `funding`, an indicator of another duty area."""
    area = DutyArea.objects.create(code="safety", name_zh="安全")
    return make_indicator("drills", duty_area=area)


@pytest.fixture
def press(client, supervisor, city, north, south):
    """What stands in the form after a button was pressed over what was typed."""

    def of(tick, *, year=None, **typed):
        client.force_login(supervisor)
        url = reverse("rounds:new") if year is None else reverse("rounds:plan", args=[year])
        typed = {"evaluation_year": YEAR, "version": 0} | typed
        response = client.post(url, typed | {"tick": tick})
        assert response.status_code == 200
        return response

    return of


def boxes(response, name):
    """Labels of the ticked boxes."""
    found = response.context["form"][name].subwidgets
    return {box.choice_label for box in found if box.data["selected"]}


def test_all_indicators_and_none(press, children, more):
    assert boxes(press("indicators+all"), "indicators") == {children.name, more.name}
    none = press("indicators-all", indicators=[children.pk])
    assert boxes(none, "indicators") == set()


def test_a_duty_area_is_ticked_beside_what_is_ticked_and_cleared(press, children, more):
    added = press("indicators+safety", indicators=[children.pk])
    assert boxes(added, "indicators") == {children.name, more.name}
    cleared = press("indicators-safety", indicators=[children.pk, more.pk])
    assert boxes(cleared, "indicators") == {children.name}


def test_all_units_of_the_year_that_was_typed(press, city, north, south, children):
    make_unit("500109", "旧区", parent=city, valid_to=YEAR - 5)

    assert boxes(press("jurisdictions+all"), "jurisdictions") == {"山城", "北区", "南区"}
    earlier = press("jurisdictions+all", evaluation_year=YEAR - 6)
    assert "旧区" in boxes(earlier, "jurisdictions")


def test_nothing_typed_is_lost_and_nothing_is_complained_of(press, children, north):
    typed = {
        "title": "特别的标题",
        "instructions": "按口径",
        "opens_on": "明天",
        "due_on": "2021-10-01",
        "jurisdictions": [north.pk],
    }
    shown = press("indicators+all", **typed)
    text = shown.content.decode()

    assert boxes(shown, "jurisdictions") == {"北区"}
    for word in ("特别的标题", "按口径", 'value="明天"', 'value="2021-10-01"', f'value="{YEAR}"'):
        assert word in text
    assert "has-error" not in text
    assert not Round.objects.exists()


def test_a_unit_that_is_not_of_the_year_stays_ticked_to_be_seen(press, city, children):
    old = make_unit("500109", "旧区", parent=city, valid_to=YEAR - 5)

    assert boxes(press("indicators+all", jurisdictions=[old.pk]), "jurisdictions") == {"旧区"}


def test_the_plan_of_a_round_that_is_there_changes_only_when_it_is_saved(
    press, city, north, supervisor, children, more
):
    asked = make_round(city, supervisor, [children], [north], opened=False)
    shown = press("indicators+all", year=YEAR, version=asked.version, title="改名")

    assert boxes(shown, "indicators") == {children.name, more.name}
    assert "改名" in shown.content.decode()
    assert f'name="version" value="{asked.version}"' in shown.content.decode()
    assert [one.code for one in asked.indicators.all()] == ["children"]


@pytest.mark.parametrize(
    "tick", ["", "x", "indicators", "indicators*all", "indicators+nowhere", "jurisdictions+safety"]
)
def test_an_odd_button_changes_nothing(press, children, north, tick):
    odd = {"indicators": [children.pk, "x", "9" * 40], "jurisdictions": [north.pk, "x", "9" * 40]}
    shown = press(tick, evaluation_year="二〇二一", **odd)

    assert boxes(shown, "indicators") == {children.name}
    assert boxes(shown, "jurisdictions") == {"北区"}


def test_enter_in_a_box_saves_and_does_not_tick(press):
    text = press("indicators+all").content.decode()
    form = text[text.index('class="panel plan"') :]

    assert form.index("<button hidden>") < form.index('name="tick"')
