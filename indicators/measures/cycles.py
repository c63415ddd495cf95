"""Finds what leads back to itself: formulas that a figure would be computed from itself by."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

Graph = Mapping[str, Collection[str]]


def cycle_from(graph: Graph, start: str) -> list[str]:
    """A way from `start` back to itself, which is not told twice; empty where there is none.

    >>> cycle_from({"a": {"b"}, "b": {"c"}, "c": {"a"}}, "a")
    ['a', 'b', 'c']
    """
    waiting = [[start]]
    seen: set[str] = set()
    while waiting:
        way = waiting.pop()
        for code in sorted(graph.get(way[-1], ())):
            if code == start:
                return way
            if code not in seen:
                seen.add(code)
                waiting.append([*way, code])
    return []


def cycles(graph: Graph) -> Iterator[list[str]]:
    """One cycle through each code that lies on one, each told once, from its first code on.

    >>> list(cycles({"b": {"a"}, "a": {"b"}, "c": {"c"}, "d": {"a"}}))
    [['a', 'b'], ['c']]
    """
    found_before: set[frozenset[str]] = set()
    for start in sorted(graph):
        way = cycle_from(graph, start)
        if way and frozenset(way) not in found_before:
            found_before.add(frozenset(way))
            yield way
