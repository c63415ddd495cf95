"""Measures two acts turn about, so that a busy machine slows both."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Clock = Callable[[], float]


@dataclass(frozen=True)
class Pair:
    """Medians of an act and of its floor, in seconds."""

    act: float
    floor: float

    @property
    def ratio(self) -> float:
        return self.act / self.floor

    def in_milliseconds(self) -> dict[str, float]:
        return {
            "act": round(self.act * 1000, 2),
            "floor": round(self.floor * 1000, 2),
            "ratio": round(self.ratio, 2),
        }


def timed(act: Callable[[], object], clock: Clock = time.perf_counter) -> float:
    """How many seconds it took, as the clock tells them."""
    start = clock()
    act()
    return clock() - start


def pair(
    act: Callable[[], object],
    floor: Callable[[], object],
    *,
    times: int,
    warm: int = 3,
    before: Callable[[], object] | None = None,
    clock: Clock = time.perf_counter,
) -> Pair:
    """Medians of `times` repetitions each, after `warm` ones; `before` each act, not measured."""
    acts, floors = [], []
    gc.collect()
    for turn in range(warm + times):
        if before:
            before()
        pair = timed(act, clock), timed(floor, clock)
        if turn >= warm:
            acts.append(pair[0])
            floors.append(pair[1])
    return Pair(median(acts), median(floors))
