"""A unit goes on with the figures of those before it: last year, growth, lights and doubts."""

import hypothesis.strategies as st
import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings

from indicators.collection import ApprovedWouldMove
from indicators.figures import figures_of
from indicators.models import Jurisdiction, JurisdictionChange
from indicators.recording.catalogue import save_jurisdiction
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results import RuleInputs, current_snapshot, inputs_with_drafts
from indicators.results import check as check_rules
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_indicator, make_share, make_target, make_unit, result
from tests.recording.promises import put

BEFORE = YEAR - 1


def change_of(kind, ended, began, *, year=YEAR):
    with changing_catalogue(actor=None):
        change = JurisdictionChange.objects.create(year=year, kind=kind)
        change.from_units.set(ended)
        change.to_units.set(began)
    return change


@pytest.fixture
def growth(children):
    return make_indicator(
        "growth",
        formula="children / prev(children) * 100 - 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="growth_rate",
    )


@pytest.fixture
def old(city):
    return [make_unit(f"50020{n}", f"旧县{n}", parent=city, valid_to=YEAR) for n in range(2)]


@pytest.fixture
def new(city):
    return make_unit("500210", "新区", parent=city, valid_from=YEAR)


@pytest.mark.parametrize("kind", ["rename", "upgrade"])
def test_growth_goes_on_over_a_new_name(kind, old, new, north, children, growth):
    change_of(kind, old[:1], [new])
    for unit, year, text in [
        (old[0], BEFORE, "200"),
        (new, YEAR, "230"),
        (north, BEFORE, "200"),
        (north, YEAR, "230"),
    ]:
        enter(children, unit, text, year=year)

    assert result(growth, new).number == result(growth, north).number == 15


def test_what_the_unit_before_it_corrects_moves_its_growth(old, new, children, growth):
    change_of("rename", old[:1], [new])
    enter(children, new, "230")
    assert result(growth, new).number is None

    enter(children, old[0], "100", year=BEFORE)
    assert result(growth, new).number == 130
    enter(children, old[0], "115", year=BEFORE)
    assert result(growth, new).number == 100
    assert check()[1] == []


def test_the_sum_of_merged_units_is_last_year(old, new, children, growth):
    change_of("merge", old, [new])
    enter(children, old[0], "60", year=BEFORE)
    enter(children, new, "110")
    light = result(growth, new)
    assert (light.number, light.reason["code"]) == (None, "no_past_merge")
    assert light.reason["names"] == ["500200|1997", "500201|1997"]

    enter(children, old[1], "40", year=BEFORE)
    assert result(growth, new).number == 10
    assert check()[1] == []


def test_a_share_of_merged_units_is_worked_out_from_their_parts(
    old, new, children, children_public, share
):
    of_share = make_indicator(
        "of_share",
        formula="share - prev(share)",
        unit="percentage_points",
        display_unit="percentage_points",
        quantity_kind="percentage_points",
    )
    change_of("merge", old, [new])
    for unit, year, part, whole in [
        (old[0], BEFORE, "10", "100"),
        (old[1], BEFORE, "90", "100"),
        (new, YEAR, "150", "200"),
    ]:
        enter(children_public, unit, part, year=year)
        enter(children, unit, whole, year=year)

    assert result(of_share, new).number == 25
    assert check()[1] == []


def test_what_does_not_add_up_says_so_by_name(old, new, supervisor):
    rank = make_indicator("size", aggregation="none")
    make_target(rank, "not_below_last_year", level="county")
    change_of("merge", old, [new])
    for unit in old:
        enter(rank, unit, "50", year=BEFORE)
    enter(rank, new, "50")

    light = result(rank, new)
    assert (light.status, light.status_reason["code"]) == ("no_data", "no_past_merge")
    figure = next(f for f in figures_of(supervisor, new, YEAR) if f.code == "size")
    assert "旧县0、旧县1" in figure.why_no_change.replace(", ", "、")


def test_after_a_split_nothing_is_compared(old, new, city, children, growth):
    other = make_unit("500211", "新县", parent=city, valid_from=YEAR)
    change_of("split", old[:1], [new, other])
    enter(children, old[0], "60", year=BEFORE)
    enter(children, new, "40")

    assert result(growth, new).reason["code"] == "no_past_split"
    assert check()[1] == []


def test_where_a_part_went_elsewhere_nothing_is_compared(old, new, north, children, growth):
    change_of("merge", old, [new])
    change_of("transfer", old[:1], [north])
    for unit in old:
        enter(children, unit, "50", year=BEFORE)
    enter(children, new, "100")

    assert result(growth, new).reason["code"] == "no_past_merge"


@pytest.mark.parametrize(("now", "status"), [("99", "missed"), ("100", "met")])
def test_not_below_last_year_looks_at_the_units_before_it(now, status, old, new, children):
    make_target(children, "not_below_last_year", level="county")
    change_of("merge", old, [new])
    enter(children, new, now)
    assert result(children, new).status == "no_data"

    for unit in old:
        enter(children, unit, "50", year=BEFORE)
    assert result(children, new).status == status
    assert check()[1] == []


def test_pages_show_the_year_before_of_the_unit_before_it(old, new, children, supervisor):
    change_of("rename", old[:1], [new])
    enter(children, old[0], "200", year=BEFORE)
    enter(children, new, "230")

    figure = next(f for f in figures_of(supervisor, new, YEAR) if f.code == "children")
    assert (str(figure.previous), figure.change_number) == ("200 人", 15)


def test_rules_compare_with_the_unit_before_it(old, new, children, usual_rules):
    change_of("rename", old[:1], [new])
    enter(children, old[0], "2000", year=BEFORE)
    enter(children, new, "20000")

    snapshot = current_snapshot()
    given: RuleInputs = inputs_with_drafts(snapshot, new.pk, YEAR, [])
    assert "slip_up" in {one.code for one in check_rules(snapshot, new.pk, YEAR, given)}


def test_a_year_far_back_is_found_through_two_changes(city, old, new, children, growth):
    newest = make_unit("500212", "又一区", parent=city, valid_from=YEAR + 1)
    with changing_catalogue(actor=None):
        new.valid_to = YEAR + 1
        new.save()
    change_of("upgrade", old[:1], [new])
    change_of("rename", [new], [newest], year=YEAR + 1)
    since = make_share("since", f"children / base_year(children, {BEFORE}) * 100")
    enter(children, old[0], "50", year=BEFORE)
    enter(children, newest, "75", year=YEAR + 1)

    assert result(since, newest, year=YEAR + 1).number == 150
    assert check()[1] == []


NUMBERS = st.lists(st.integers(1, 10_000), min_size=4, max_size=4)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(numbers=NUMBERS, order=st.permutations(range(6)))
def test_a_renamed_unit_grows_as_one_that_kept_its_name(
    numbers, order, old, new, north, children, growth
):
    """And a merged one as its parts would together, whatever was entered when."""
    with transaction.atomic():
        change_of("rename", old[:1], [new])
        entries = [
            (old[0], BEFORE, numbers[0]),
            (new, YEAR, numbers[1]),
            (north, BEFORE, numbers[0]),
            (north, YEAR, numbers[1]),
            (old[0], BEFORE, numbers[2]),
            (north, BEFORE, numbers[2]),
        ]
        for place in order:
            unit, year, number = entries[place]
            enter(children, unit, str(number), year=year)
        for unit in (old[0], north):
            enter(children, unit, str(numbers[3]), year=BEFORE)

        assert result(growth, new).number == result(growth, north).number
        assert check()[1] == []
        transaction.set_rollback(True)


# An approved figure that goes back through a unit which has none itself.
#
# A change of the unit between that cuts the way back is listed and refused unless it is confirmed,
# as where that unit has figures.


@pytest.fixture
def middle(city, children):
    """一区 became 二区, of which no figure is kept, and that 三区."""
    first = make_unit("500201", "一区", parent=city, valid_to=2019)
    middle = make_unit("500202", "二区", parent=city, valid_from=2019, valid_to=YEAR)
    last = make_unit("500203", "三区", parent=city, valid_from=YEAR)
    with changing_catalogue(actor=None):
        for before, after in ((first, middle), (middle, last)):
            change = JurisdictionChange.objects.create(kind="rename", year=after.valid_from)
            change.from_units.set([before])
            change.to_units.set([after])
    since = make_share("since", "children / base_year(children, 2018) * 100")
    put(children, first, "50", year=2018)
    put(children, last, "75")
    assert result(since, last, tier="approved").number == 150
    return Jurisdiction.objects.get(pk=middle.pk)


def test_the_way_back_is_not_cut_in_silence(middle, editor):
    middle.valid_from = 2020
    with pytest.raises(ApprovedWouldMove) as caught:
        save_jurisdiction(middle, actor=editor)

    moved = {(one.key.unit_id, one.before.number) for one in caught.value.moved}
    assert (Jurisdiction.objects.get(name_zh="三区").pk, 150) in moved
    assert check()[1] == []


def test_nor_by_a_part_that_is_said_to_have_moved(client, south, middle, editor):
    """A transfer is written down of the year in which 一区 became 二区, so that nothing goes on."""
    client.force_login(editor)
    sent = {"year": 2019, "kind": "transfer", "from_units": [south.pk], "to_units": [middle.pk]}
    client.post(reverse("admin:indicators_jurisdictionchange_add"), sent)

    assert check()[1] == []
