"""Places with ties, and places that one case more or less would change."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.ranking import places_of, turn_on_one_case

numbers = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=12)


@given(numbers)
def test_a_place_says_how_many_are_better(some):
    places = places_of(some)

    assert places == [1 + sum(other > one for other in some) for one in some]


@given(numbers)
def test_lowest_first_is_its_mirror(some):
    assert places_of(some, lowest_first=True) == places_of([-one for one in some])


@given(numbers, st.permutations(range(12)))
def test_the_order_in_which_units_come_does_not_matter(some, order):
    moved = [at for at in order if at < len(some)]

    assert places_of([some[at] for at in moved]) == [places_of(some)[at] for at in moved]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 30)), min_size=2, max_size=8))
def test_what_is_called_turning_is_turned_by_one_case(units):
    shares = [D(100) * part / whole for part, whole in units]
    turns = turn_on_one_case(shares, [D(whole) for _part, whole in units])
    for at, (part, whole) in enumerate(units):
        if turns[at]:
            before = places_of(shares)
            others = range(len(units))
            assert any(
                places_of([*shares[:i], D(100) * moved / units[i][1], *shares[i + 1 :]]) != before
                for i in others
                for moved in (units[i][0] - 1, units[i][0] + 1)
            ), (part, whole)


def test_equal_shares_and_unknown_wholes_turn_on_nothing():
    assert turn_on_one_case([D(50), D(50)], [D(2), D(2)]) == [False, False]
    assert turn_on_one_case([D(50), D(51)], [None, D(0)]) == [False, False]
    assert turn_on_one_case([D(50), D(51)], [None, D(50)]) == [True, True]
    assert turn_on_one_case([D(50), D(52)], [None, D(50)]) == [False, False]


def test_equal_shares_are_each_held_against_what_lies_next():
    assert turn_on_one_case([D(50), D(50), D(51)], [D(20)] * 3) == [True, True, True]
    assert turn_on_one_case([D(50), D(50), D(51)], [D(20), D(10**6), D(10**6)]) == [
        True,
        False,
        True,
    ]
