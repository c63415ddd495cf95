"""Measures two acts turn about, so that a busy machine slows both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """Medians of an act and of its floor, in seconds."""

    act: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.act / self.floor


def timed(act: Callable[[], object]) -> float:
    """How long it took, in seconds."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def pair(
    act: Callable[[], object],
    floor: Callable[[], object],
    *,
    times: int,
    warm: int = 3,
    before: Callable[[], object] | None = None,
) -> Pair:
    """Medians of `times` repetitions each, after `warm` ones; `before` each act, not measured."""
    acts, floors = [], []
    gc.collect()
    for turn in range(warm + times):
        if before:
            before()
        pair = timed(act), timed(floor)
        if turn >= warm:
            acts.append(pair[0])
            floors.append(pair[1])
    return Pair(median(acts), median(floors))
