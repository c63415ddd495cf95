"""No coalition that is told a total tells another's figure to within five per cent.

The reader of the test knows all wholes, the own figures, the total, and that nothing is below 0 and
no part above its whole.
"""

from decimal import Decimal as D
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.disclosure import NARROW, quartiles_tell, safe_at_limit, safe_for_sum

numbers = st.lists(st.integers(0, 2000).map(D), min_size=1, max_size=7)
pairs = st.lists(
    st.tuples(st.integers(0, 500), st.integers(0, 40)).map(lambda p: (D(p[0]), D(p[0] + p[1]))),
    min_size=1,
    max_size=7,
)


def is_narrow(figure, least, most):
    return most - least <= figure * NARROW


def coalitions(count, of):
    """Whoever knows `count` of the places, with each place that they do not know."""
    for known in combinations(range(of), count):
        yield from ((known, other) for other in range(of) if other not in known)


def told_of_sum(parts, known, other):
    """Bounds of the other's figure; it is one of a few that make what is left."""
    left = sum(parts) - sum(parts[at] for at in known)
    alone = len(known) == len(parts) - 1
    # The least is 0, but of the largest it is taken to be known: that is the stricter reading.
    return (parts[other], parts[other] if alone else left)


def told_of_share(parts, known, other):
    left = sum(whole - part for part, whole in parts)
    left -= sum(parts[at][1] - parts[at][0] for at in known)
    part, whole = parts[other]
    alone = len(known) == len(parts) - 1
    return (part if alone else whole - left, part if alone else whole)


@given(numbers)
def test_who_is_told_a_sum_tells_no_other_figure(parts):
    safe = safe_for_sum(parts)

    for count in range(1, safe + 1):
        for known, other in coalitions(count, len(parts)):
            if parts[other]:
                assert not is_narrow(parts[other], *told_of_sum(parts, known, other))


@given(numbers)
def test_one_more_would_tell_a_figure_of_the_sum(parts):
    more = safe_for_sum(parts) + 1

    assert more >= len(parts) or any(
        is_narrow(parts[other], *told_of_sum(parts, known, other))
        for known, other in coalitions(more, len(parts))
    )


@given(pairs)
def test_who_is_told_a_share_tells_no_other_part(parts):
    safe = safe_at_limit([(part, whole - part) for part, whole in parts])

    for count in range(1, safe + 1):
        for known, other in coalitions(count, len(parts)):
            assert not is_narrow(parts[other][0], *told_of_share(parts, known, other))


@given(pairs)
def test_one_more_would_tell_a_part_of_the_share(parts):
    more = safe_at_limit([(part, whole - part) for part, whole in parts]) + 1

    assert more >= len(parts) - 1 or any(
        is_narrow(parts[other][0], *told_of_share(parts, known, other))
        for known, other in coalitions(more, len(parts))
    )


@given(st.lists(st.integers(0, 5000).map(D), min_size=9, max_size=12), st.integers(0, 8))
def test_quartiles_beside_a_sum_leave_the_largest_open(parts, at):
    """The reader knows one figure, where each quarter begins, and that nothing is below 0."""
    *others, largest = sorted(parts)
    starts = [-(-len(others) * part // 4) for part in (1, 2, 3)]
    known = dict.fromkeys(range(len(others)), D(0))
    for start in starts:
        known |= dict.fromkeys(range(start, len(others)), others[start])
    known[at % len(others)] = others[at % len(others)]
    most = sum(parts) - sum(known.values())

    if not quartiles_tell(parts):
        assert most - largest > largest * NARROW


def test_of_none_one_or_some_below_nothing_quartiles_tell_nothing():
    assert not any(map(quartiles_tell, ([], [D(5)], [D(-1), D(5), D(6)])))


def test_a_sum_of_none_of_one_or_of_nothing_is_safe_for_nobody():
    assert [*map(safe_for_sum, ([], [D(5)], [D(0)] * 9))] == [0, 0, 0]
