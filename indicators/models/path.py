"""The path of a unit through the tree: the ids from the topmost one down, each followed by a step.

All units below one have paths that begin with its own, so a query carries a prefix, not their ids.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

STEP = "."


def ids_in(path: str) -> list[int]:
    """The units (ids) that a path leads through, its own last."""
    return [int(step) for step in path.split(STEP) if step]


def within(paths: Iterable[str], unit: str = "") -> Q:
    """A filter: units at or below those of the paths. `unit` leads to it, as `jurisdiction__` does;
    without, it is the row itself."""
    found = Q(pk__in=[])
    for path in sorted(set(paths)):
        found |= Q(**{f"{unit}path__startswith": path})
    return found
