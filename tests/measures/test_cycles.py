"""A cycle is found where there is one, and only there."""

from hypothesis import given
from hypothesis import strategies as st

from indicators.measures.cycles import cycle_from, cycles

CODES = st.sampled_from("abcdef")
GRAPHS = st.dictionaries(CODES, st.sets(CODES))


def reached(graph, start):
    """All that can be reached from a code, in the plainest way."""
    found = set(graph.get(start, ()))
    for _step in graph:
        found |= {onward for code in found for onward in graph.get(code, ())}
    return found


@given(GRAPHS, CODES)
def test_a_code_lies_on_a_cycle_exactly_when_it_can_be_reached_from_itself(graph, start):
    assert bool(cycle_from(graph, start)) == (start in reached(graph, start))


@given(GRAPHS)
def test_each_step_of_a_cycle_is_one_of_the_graph_and_every_code_on_one_is_told(graph):
    found = list(cycles(graph))
    for way in found:
        for code, onward in zip(way, [*way[1:], way[0]], strict=True):
            assert onward in graph[code]
    on_one = {code for code in graph if code in reached(graph, code)}
    assert {way[0] for way in found} <= on_one
    assert all(any(code in reached(graph, way[0]) for way in found) for code in on_one)
    assert len({frozenset(way) for way in found}) == len(found)


@given(st.permutations("abcdef"))
def test_what_leads_onward_only_has_none(order):
    assert list(cycles({code: order[at + 1 :] for at, code in enumerate(order)})) == []
