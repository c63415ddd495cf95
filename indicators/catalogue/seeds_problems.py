"""The shelves of problems, of the figures that show them solved, and of measures.

What the seeds say is compared like every other row. How far a problem has come is no matter of the
seeds: a row that changes changes its words, not its state. A new row is raised, or added, by an
event without a person.
"""

from __future__ import annotations

from collections.abc import Sequence

from indicators.catalogue.seeds_files import Row
from indicators.catalogue.seeds_of_units import UnitShelf, reason_of_seeds
from indicators.catalogue.seeds_stored import Prepared
from indicators.models import (
    Comparator,
    Criterion,
    Measure,
    Problem,
    ProblemSource,
)
from indicators.models.problem import COMPARATORS
from indicators.recording.catalogue_change import Touched
from indicators.recording.seeded_problems import add_seeded, raise_seeded


class ProblemShelf(UnitShelf):
    """One with a place in the report comes from it."""

    def year_of(self, one: Prepared) -> int:
        return int(one.values["year"])

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        for one in all_rows:
            placed = one.values["report_start"] is not None
            one.values["source"] = ProblemSource.REPORT if placed else ProblemSource.OTHER
        raise_seeded(
            [Problem(**one.values) for one in all_rows if one.thing is None], reason_of_seeds()
        )
        self.update([one for one in all_rows if one.thing is not None])


class CriterionShelf(UnitShelf):
    """Figures that show a problem solved; users may choose others."""

    def year_of(self, one: Prepared) -> int:
        return int(one.values["from_year"])

    def prepare(self, row: Row) -> Prepared:
        """As for a supervisor who chooses one: a statement is met, a number is compared. One that
        went along to a unit of the same code stays with it."""
        one = super().prepare(row)
        self._refuse_other_kind(one)
        if one.thing is not None:
            one.values["jurisdiction"] = one.thing.jurisdiction
        return one

    def _refuse_other_kind(self, one: Prepared) -> None:
        statement = one.values["indicator"].is_statement
        if statement is (one.values["comparator"] == Comparator.ALL):
            return
        numbers = ", ".join(one for one in COMPARATORS if one != Comparator.ALL)
        code = one.row.cells["indicator"]
        raise one.row.fault(
            f"{code} is a statement; use all, without a value"
            if statement
            else f"{code} is compared with a number; use one of {numbers}, with a value",
            "comparator",
        )

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        Criterion.objects.bulk_create(
            Criterion(**one.values) for one in all_rows if one.thing is None
        )
        self.update([one for one in all_rows if one.thing is not None])


class MeasureShelf(UnitShelf):
    """Measures, in the year of their problem."""

    column = "unit"

    def year_of(self, one: Prepared) -> int:
        return int(one.values["problem"].year)

    def write(self, all_rows: Sequence[Prepared], change: Touched) -> None:
        add_seeded(
            [Measure(**one.values) for one in all_rows if one.thing is None], reason_of_seeds()
        )
        self.update([one for one in all_rows if one.thing is not None])
