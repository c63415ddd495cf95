"""Over the boundaries of today nobody is told a figure that their scope does not show by name."""

import pytest

from indicators.models import JurisdictionChange, User
from tests.cast import YEAR, enter, make_user
from tests.figures.test_boundaries import now
from tests.results.test_predecessors import change_of

BEFORE = YEAR - 1


@pytest.fixture
def both_reported(merged, old, children):
    for unit, text in zip(old, ("60", "40"), strict=True):
        enter(children, unit, text, year=BEFORE)
    return merged


def test_a_district_is_not_told_a_sum_with_what_it_does_not_see(both_reported, old, children):
    """By taking their own off, its people would have the other's."""
    user = make_user("of_new", "officer", both_reported)
    found = now(user, children, both_reported)

    assert found.refused == "无权查看并入前各单位的数据。"
    assert (found.figure.number, found.figure.result, list(found.parts)) == (None, None, [])

    # Those of one of the parts see that one only.
    user = make_user("of_old", "officer", old[0])
    assert now(user, children, both_reported).refused == "无权查看并入前各单位的数据。"


def test_nor_a_share_that_could_be_taken_apart(
    both_reported, old, children, share, children_public
):
    for unit in old:
        enter(children_public, unit, "20", year=BEFORE)
    user = make_user("of_new", "officer", both_reported)

    assert now(user, share, both_reported).figure.number is None


def test_those_who_answer_for_the_units_that_ended_see_their_own_past(both_reported, old, children):
    JurisdictionChange.objects.update(answered_by=both_reported)
    user = User.objects.get(pk=make_user("of_new", "officer", both_reported).pk)
    assert user.scope.own == {both_reported.pk, *(unit.pk for unit in old)}

    assert now(user, children, both_reported).figure.number == 100


@pytest.mark.parametrize(
    ("name", "number"),
    [("supervisor", 100), ("auditor", 100), ("city_officer", 100), ("editor", None)],
)
def test_of_the_city_those_who_see_units_by_name_see_it(
    name, number, both_reported, children, request
):
    assert now(request.getfixturevalue(name), children, both_reported).figure.number == number


def test_drafts_of_the_parts_are_not_in_it(both_reported, children, supervisor):
    assert now(supervisor, children, both_reported, tier="approved").figure.number is None


def test_of_parts_moved_its_people_are_told_without_the_names_of_other_units(
    north, south, old, children, officer, supervisor
):
    change_of("transfer", [north], [south])
    change_of("transfer", old[:1], [north])

    assert now(officer, children, north).refused == (
        f"无法按现行区划推算：{YEAR} 年北区部分区域划入其他单位，{YEAR} 年旧县0部分区域划入北区。"
    )
    assert "划入南区" in now(supervisor, children, north).refused
