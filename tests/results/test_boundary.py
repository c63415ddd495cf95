"""Of which units of an earlier year a later unit is made; what no change tells is not guessed."""

import hypothesis.strategies as st
import pytest
from hypothesis import given

from indicators.results.boundary import Composition, Span, UnitChange, UnitHistory

A, B, C, D, E = range(1, 6)
NOW = 2026


def history(spans, *changes):
    return UnitHistory(
        [UnitChange(*one) for one in changes], {unit: Span(*years) for unit, years in spans.items()}
    )


def test_what_nothing_changed_is_itself():
    assert history({A: (1997,)}).boundary(A, 2010, NOW) == Composition((A,))


@pytest.mark.parametrize("kind", ["rename", "upgrade"])
def test_a_renamed_unit_is_the_one_before_it_until_the_year_of_the_change(kind):
    found = history({A: (1997, 2014), B: (2014,)}, (2014, kind, (A,), (B,)))

    assert found.boundary(B, 2013, NOW) == Composition((A,))
    assert found.boundary(B, 2014, NOW) == Composition((B,))


def test_a_merged_unit_is_all_that_were_merged():
    found = history({A: (1997, 2011), B: (1997, 2011), C: (2011,)}, (2011, "merge", (A, B), (C,)))

    assert found.boundary(C, 2010, NOW) == Composition((A, B))


def test_one_that_took_in_another_and_went_on_is_both():
    found = history({A: (1997,), B: (1997, 2011)}, (2011, "merge", (B,), (A,)))

    assert found.boundary(A, 2010, NOW) == Composition((A, B))


def test_changes_are_followed_one_after_another():
    found = history(
        {A: (1997, 2011), B: (1997, 2011), C: (2011, 2016), D: (2016,)},
        (2016, "rename", (C,), (D,)),
        (2011, "merge", (A, B), (C,)),
    )

    assert found.boundary(D, 2015, NOW) == Composition((C,))
    assert found.boundary(D, 2010, NOW) == Composition((A, B))


def test_of_what_was_split_off_nothing_is_known_and_together_again_all():
    split = (2005, "split", (A,), (B, C))
    apart = {A: (1997, 2005), B: (2005,), C: (2005,)}

    assert history(apart, split).boundary(B, 2004, NOW).crossing == (UnitChange(*split),)
    again = {A: (1997, 2005), B: (2005, 2015), C: (2005, 2015), D: (2015,)}
    found = history(again, split, (2015, "merge", (B, C), (D,)))
    assert found.boundary(D, 2004, NOW) == Composition((A,))


def test_a_unit_that_went_on_without_a_part_has_no_past_either():
    split = (2005, "split", (A,), (A, B))
    found = history({A: (1997,), B: (2005,)}, split)

    assert found.boundary(A, 2004, NOW).crossing == (UnitChange(*split),)


def test_a_part_that_was_moved_leaves_both_without_a_past_until_both_are_one():
    moved = (2012, "transfer", (A,), (B,))
    found = history({A: (1997,), B: (1997,)}, moved)
    assert found.boundary(A, 2011, NOW).crossing == (UnitChange(*moved),)
    assert found.boundary(B, 2011, NOW).crossing == (UnitChange(*moved),)
    assert found.boundary(A, 2012, NOW) == Composition((A,))

    later = history(
        {A: (1997, 2020), B: (1997, 2020), C: (2020,)}, moved, (2020, "merge", (A, B), (C,))
    )
    assert later.boundary(C, 2011, NOW) == Composition((A, B))


def test_of_a_merger_from_which_a_part_went_elsewhere_the_parts_moved_are_told():
    """As in November 2025: a merger of three, while parts went to a fourth and came from it."""
    spans = {A: (1997, 2025), B: (1997, 2025), C: (2010, 2025), D: (1997,), E: (2025,)}
    merged = (2025, "merge", (A, B, C), (E,))
    went, came = (2025, "transfer", (B,), (D,)), (2025, "transfer", (D,), (E,))
    found = history(spans, merged, went, came)

    for unit in (D, E):
        assert found.boundary(unit, 2024, NOW) == Composition(
            crossing=(UnitChange(*went), UnitChange(*came))
        )
    assert found.before(E, 2024, NOW) == {A, B, C}
    assert found.before(D, 2024, NOW) == {D}
    assert found.after(B, 2024, NOW) == {E}


def test_a_unit_that_begins_with_no_change_has_no_past():
    assert history({A: (2019,)}).boundary(A, 2018, NOW) == Composition(unknown=A)


def test_what_comes_after_now_changes_nothing():
    found = history({A: (1997, 2030), B: (2030,)}, (2030, "rename", (A,), (B,)))

    assert found.boundary(A, 2010, NOW) == Composition((A,))


@st.composite
def clean_histories(draw):
    """Some units of the year 2000 that are renamed and merged in the years after it, never split:
    what each of today was made of is kept beside, step by step."""
    spans = {unit: [2000, None] for unit in range(draw(st.integers(2, 7)))}
    made_of = {unit: {unit} for unit in spans}
    changes = []
    for year in range(2001, 2001 + draw(st.integers(0, 5))):
        taken = draw(
            st.lists(st.sampled_from(sorted(made_of)), min_size=1, max_size=3, unique=True)
        )
        new = len(spans)
        spans[new] = [year, None]
        for unit in taken:
            spans[unit][1] = year
        changes.append((year, "merge" if len(taken) > 1 else "rename", tuple(taken), (new,)))
        made_of[new] = set().union(*(made_of.pop(unit) for unit in taken))
    return spans, draw(st.permutations(changes)), made_of


@given(clean_histories())
def test_where_all_is_clean_every_unit_of_then_is_in_one_of_today(drawn):
    spans, changes, made_of = drawn
    found = history(spans, *changes)

    parts = {unit: found.boundary(unit, 2000, NOW).parts for unit in made_of}
    assert parts == {unit: tuple(sorted(of)) for unit, of in made_of.items()}
    assert sorted(one for of in parts.values() for one in of) == [
        unit for unit, (since, _until) in spans.items() if since == 2000
    ]


@given(clean_histories(), st.data())
def test_one_part_that_was_moved_takes_the_past_of_two_units_at_most(drawn, data):
    spans, changes, made_of = drawn
    one, other = (data.draw(st.sampled_from(sorted(made_of))) for _unit in range(2))
    found = history(spans, *changes, (2020, "transfer", (one,), (other,)))

    without = {unit for unit in made_of if not found.boundary(unit, 2000, NOW).parts}
    assert without == ({one, other} if one != other else set())
