"""The demonstration's district figures, as officers would hand them in: no database here.

What each district would enter (`numbers`, in its `number_formats`), less what the `story` takes
away or spoils. Comes out: `figures()`, and a `version` that tells whether anything about them
changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from indicators.demo import number_formats, story
from indicators.demo.city_totals import BETWEEN, SERIES, STATEMENTS
from indicators.demo.districts import District, districts
from indicators.demo.numbers import SEED, Numbers, numbers
from indicators.demo.series import Series, Shared


@dataclass(frozen=True)
class Change:
    """A later version of a figure: what was typed, by whom, and why."""

    text: str
    officer: str
    reason: str


@dataclass(frozen=True)
class Figure:
    """One figure of a district, its first version, and the changes that followed."""

    indicator: str
    unit: str
    year: int
    evaluation_year: int
    text: str = ""
    statement: str = ""
    state: str = ""
    state_reason: str = ""
    note: str = ""
    period_from: int | None = None
    changes: tuple[Change, ...] = ()

    @property
    def in_round(self) -> bool:
        """Whether its unit hands it in within the round; what was there before stands already."""
        latest = self.evaluation_year == story.EVALUATION_YEAR
        return latest and self.unit not in story.ON_PAPER


def figures() -> list[Figure]:
    """All of them, by evaluation year, in the order of `levels`, then by district."""
    units = districts()
    found = [*_statements(units), *_numbers(units)]
    return sorted(found, key=lambda figure: figure.evaluation_year)


def version(found: Sequence[object]) -> str:
    """Another one as soon as anything of it is told otherwise."""
    return hashlib.sha256("\n".join(map(repr, found)).encode()).hexdigest()


def _statements(units: Sequence[District]) -> Iterator[Figure]:
    for stated in STATEMENTS:
        slow = Random(f"{SEED} {stated.code}").sample([unit.code for unit in units], len(units))
        for year, number in stated.partly.items():
            for unit in units:
                place = (stated.code, unit.code)
                latest = year == story.EVALUATION_YEAR
                if latest and place in story.LATE:
                    continue
                partly = unit.code in slow[:number] or (latest and place in story.PARTLY)
                yield Figure(
                    stated.code,
                    unit.code,
                    year,
                    evaluation_year=year,
                    statement="partly" if partly else "met",
                    text="部分学校未达到" if partly else stated.words,
                    note=_note(place, latest),
                )


def _numbers(units: Sequence[District]) -> Iterator[Figure]:
    found = numbers(units)
    ways = number_formats.ways(units)
    for series in SERIES:
        if series.code in BETWEEN:
            continue
        last = max(found[series.code])
        for year in found[series.code]:
            for at, unit in enumerate(units):
                evaluation_year = year + story.EVALUATION_YEAR - last
                latest = year == last
                if latest and (series.code, unit.code) in story.LATE:
                    continue
                figure = Figure(series.code, unit.code, year, evaluation_year)
                yield _filled(figure, series, found, at, ways[unit.code], latest)


def _filled(
    figure: Figure, series: Series, found: Numbers, at: int, way: str, latest: bool
) -> Figure:
    """The figure with its content: a number as it is typed, or why there is none."""
    place = (figure.indicator, figure.unit)
    if reason := story.NOT_APPLICABLE.get(figure.indicator, {}).get(figure.unit):
        return replace(figure, state="not_applicable", state_reason=reason)
    if latest and place in story.NOT_AVAILABLE:
        reason = story.NOT_AVAILABLE[place]
        return replace(figure, state="not_available", state_reason=reason)
    years = found[figure.indicator]
    number = years[figure.year][at]
    if latest and place in story.TEN_TIMES:
        number *= 10
    if latest and place in story.COPIED:
        number = years[figure.year - 1][at]
    corrected = next(
        (c for c in story.CORRECTIONS if (c.indicator, c.unit) == place and latest), None
    )
    step = series.step if isinstance(series, Shared) else 1

    def typed(per_mille: int) -> str:
        told = number * per_mille // 1000 // step * step
        return number_formats.typed(told, series.unit, way)

    changes: tuple[Change, ...] = ()
    if corrected:
        texts = (typed(corrected.second), typed(1000))
        changes = tuple(
            Change(text, corrected.officer, reason)
            for text, reason in zip(texts, corrected.reasons, strict=True)
        )
    return replace(
        figure,
        text=typed(corrected.first if corrected else 1000),
        note=_note(place, latest),
        # Closed since July 2021, in whichever year they are counted.
        period_from=2021 if figure.indicator == "academic_training_institutions_closed" else None,
        changes=changes,
    )


def _note(place: tuple[str, str], latest: bool) -> str:
    return story.NOTES.get(place, "") if latest else ""
