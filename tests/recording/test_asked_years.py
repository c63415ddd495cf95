"""An indicator has a first and a last year asked; before and after nobody is asked for it."""

import pytest
from django.urls import reverse

from indicators.collection import Refusal
from indicators.figures import figures_of, progress_of_units, tallies
from indicators.models import Target, Tier, User
from indicators.recording.catalogue import (
    delete,
    save_definition,
    save_indicator,
    save_jurisdiction,
)
from tests.cast import YEAR, enter, make_target, make_unit, result
from tests.recording.test_submission import refused
from tests.round_cast import make_round


@pytest.fixture
def retired(children, north, editor):
    """Asked until the year before, with a figure of then."""
    enter(children, north, "100", year=YEAR - 1)
    children.asked_to = YEAR - 1
    return save_indicator(children, actor=editor)


def codes(user, unit, year):
    return {figure.code for figure in figures_of(user, unit, year)}


def test_what_is_retired_keeps_its_past_and_is_asked_no_more(retired, supervisor, north, city):
    assert retired.code in codes(supervisor, north, YEAR - 1)
    assert retired.code not in codes(supervisor, north, YEAR)
    counts = {year: tallies(figures_of(supervisor, north, year))[-1] for year in (YEAR - 1, YEAR)}
    assert (counts[YEAR - 1].total, counts[YEAR].no_data) == (1, 0)
    of_units = progress_of_units(supervisor, YEAR, tier=Tier.REPORTED)
    assert {one.expected for one in of_units} == {0}


def test_before_the_first_year_it_is_not_asked_either(children, editor, supervisor, north):
    children.asked_from = YEAR
    save_indicator(children, actor=editor)
    assert children.code in codes(supervisor, north, YEAR)
    assert children.code not in codes(supervisor, north, YEAR - 1)


def test_its_years_are_evaluation_years_whatever_its_lag(children, editor, supervisor, north):
    children.lag, children.asked_from = -1, YEAR
    save_indicator(children, actor=editor)
    assert [f.year for f in figures_of(supervisor, north, YEAR)] == [YEAR - 1]
    assert figures_of(supervisor, north, YEAR - 1) == []


def test_the_sheet_does_not_show_it_and_the_door_refuses_it(retired, client, officer, north):
    client.force_login(officer)
    page = client.get(reverse("entry:sheet", args=[north.code, YEAR, "funding"]))
    assert f'name="{retired.code}-value"' not in page.content.decode()
    with pytest.raises(Refusal) as refusal:
        enter(retired, north, "5", actor=officer)
    assert refusal.value.code == "not_asked_in_year"
    assert f"至 {YEAR - 1} 年" in str(refusal.value.message)


def test_years_that_have_figures_are_not_left_out(children, north, editor):
    enter(children, north, "100")
    children.asked_to = YEAR - 1
    with pytest.raises(Refusal) as refusal:
        save_indicator(children, actor=editor)
    assert (refusal.value.code, refusal.value.field) == ("figures_outside_years", "asked_to")
    assert str(YEAR) in str(refusal.value.message)


def test_what_an_open_round_asks_is_not_retired_under_it(children, city, north, supervisor, editor):
    make_round(city, supervisor, [children], [north])
    children.asked_to = YEAR - 1
    with pytest.raises(Refusal) as refusal:
        save_indicator(children, actor=editor)
    assert refusal.value.code == "asked_in_round"


def test_a_round_of_another_year_cannot_ask_it_and_its_plan_does_not_offer_it(
    retired, children_public, client, city, north, supervisor
):
    with pytest.raises(Refusal) as refusal:
        make_round(city, supervisor, [retired, children_public], [north])
    assert refusal.value.code == "indicators_not_asked"
    assert retired.name in str(refusal.value.message)
    client.force_login(supervisor)
    page = client.get(reverse("rounds:new"), {"evaluation_year": YEAR}).content.decode()
    assert f'name="indicators" value="{children_public.pk}"' in page
    assert f'name="indicators" value="{retired.pk}"' not in page


def test_a_share_of_years_in_which_it_is_not_asked_is_on_no_page_and_in_no_file(
    client, share, children, children_public, north, city, supervisor, editor
):
    for year in (YEAR - 1, YEAR):
        enter(children, north, "100", year=year)
        enter(children_public, north, "60", year=year)
    share.lag = -1
    share.asked_to = YEAR
    save_indicator(share, actor=editor)

    assert {year: share.code in codes(supervisor, north, year) for year in (YEAR, YEAR + 1)} == {
        YEAR: True,
        YEAR + 1: False,
    }
    client.force_login(supervisor)
    answer = client.get(reverse("exchange:figures"), {"header": "codes"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    shares = [line.split(",")[2:5] for line in lines if line.startswith("share,")]
    assert sorted({line[2] for line in shares}) == [str(YEAR - 1)]
    counted = [line for line in lines if line.startswith("children,")]
    assert len(counted) == 4


def test_a_share_whose_years_an_editor_ends_is_a_change_of_what_was_approved(
    published, share, editor
):
    share.asked_to = YEAR - 1
    with pytest.raises(Refusal) as refusal:
        save_indicator(share, actor=editor)
    assert refusal.value.code == "approved_would_move"


# --- What holds a thing that cannot be deleted --------------------------------------------------


def test_a_refusal_to_delete_says_what_holds_it_and_names_no_unit(children, north, editor):
    enter(children, north, "100")
    make_target(children, "ge", 5)
    with pytest.raises(Refusal) as refusal:
        delete(children, actor=editor)
    said = str(refusal.value.message)
    assert refusal.value.code == "in_use"
    assert f"{Target._meta.verbose_name_plural} 1 项" in said
    assert "北区" not in said


def test_the_only_definition_stays(children, editor):
    with pytest.raises(Refusal) as refusal:
        delete(children.definitions.get(), actor=editor)
    assert refusal.value.code == "only_definition"


def test_a_definition_that_a_later_one_follows_says_so(children, editor):
    first = children.definitions.get()
    later = type(first)(indicator=children, valid_from=YEAR, meaning_zh="新口径")
    save_definition(later, actor=editor)
    with pytest.raises(Refusal) as refusal:
        delete(first, actor=editor)
    assert refusal.value.code == "in_use"
    assert "1 项" in str(refusal.value.message)


# A unit, or one above it, is put below another city while a round asks it: refused as its end is.
#
# Else the round would not be found any more, and what waits for review would be saved over.


@pytest.fixture
def elsewhere(submitted, city, north, editor):
    """Another city beside the one whose round asks north; both lie in a province now."""
    city.parent = make_unit("510000", "某省", "province")
    save_jurisdiction(city, actor=editor)
    north.refresh_from_db()
    return make_unit("510200", "他城", "city", parent=city.parent)


def test_what_was_submitted_stays_locked(elsewhere, north, children, officer, editor):
    north.parent = elsewhere

    assert refused(save_jurisdiction, north, actor=editor) == "unit_in_round"
    with pytest.raises(Refusal):
        enter(children, north, "200", actor=User.objects.get(pk=officer.pk))
    assert result(children, north).number == 100


def test_a_level_between_that_would_keep_rounds_of_its_own(elsewhere, city, north, editor):
    north.level = "city"
    assert save_jurisdiction(north, actor=editor).parent == city  # the city's round still asks it


def test_what_lies_between_moves_no_unit_out_of_its_round(
    city, children, supervisor, editor, north
):
    part = make_unit("500190", "片区", parent=city)
    town = make_unit("500191", "镇", parent=part)
    make_round(city, supervisor, [children], [town])
    part.parent = make_unit("600000", "外市", "city")

    assert refused(save_jurisdiction, part, actor=editor) == "unit_in_round"
    part.refresh_from_db()
    part.level = "city"
    assert refused(save_jurisdiction, part, actor=editor) == "unit_in_round"
