"""The files of the seeds: their columns, what each may hold, and the rules that hold for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import models

from indicators.catalogue.row_validation import Fault, formula_faults, row_faults
from indicators.catalogue.seeds_cells import (
    Cell,
    Codes,
    Day,
    Exact,
    Measure,
    Units,
    Whole,
    YesNo,
    choice,
    year,
)
from indicators.catalogue.seeds_validation import (
    Across,
    Cells,
    figure_faults,
    figure_in_full,
    no_code_twice,
    one_definition_a_year,
    one_principal,
    own_base,
    units_that_there_are,
    usual_limits,
)
from indicators.models import (
    Aggregation,
    Comparator,
    Definition,
    Direction,
    DutyArea,
    Framework,
    FrameworkBasis,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    PeriodBasis,
    PeriodKind,
    Qualifier,
    QuantityKind,
    ReportingLevel,
    Rule,
    RuleComparator,
    RuleKind,
    Severity,
    Stage,
    Statement,
    Target,
    TargetLevel,
    UnitOfMeasure,
    YearlyValue,
)


@dataclass(frozen=True)
class Column:
    """`USUAL` says what its cells are where a file does without the column."""

    name: str
    cell: Cell
    stored: bool = True

    @property
    def absent(self) -> str | None:
        """The cell of each row where the file has no such column; None if it must have it."""
        must = self.stored and self.cell.needed
        return USUAL.get(self.name, None if must else "")


@dataclass(frozen=True)
class Table:
    """A file. `catalogue` marks what another city loads as well; `key` finds a row again.

    What a row must be is the model's to say, but for references, which the database knows; `across`
    looks at all rows together, `fill` writes what the door would fill in.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    catalogue: bool = True
    fill: Callable[[Cells], None] | None = None
    own_faults: Callable[[Cells], Iterable[Fault]] | None = None
    across: tuple[Across, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def stored(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.stored)

    def faults(self, cells: Cells) -> Iterator[Fault]:
        """What is wrong with a row by itself; of figures the rest is asked by the door."""
        if self.own_faults is not None:
            yield from self.own_faults(cells)
            return
        values = self.values(cells)
        named = {f.name for f in self.model._meta.get_fields() if f.is_relation}
        thing = self.model(**{name: it for name, it in values.items() if name not in named})
        if isinstance(thing, Jurisdiction) and values["parent"]:
            thing.parent = Jurisdiction(code=str(values["parent"]))
        yield from row_faults(thing, without=named)
        yield from formula_faults(thing)

    def values(self, cells: Cells) -> dict[str, object]:
        """The Python values of a row's stored cells."""
        return {c.name: c.cell.read(cells[c.name]) for c in self.columns if c.stored}


def _columns(**cells: Cell) -> tuple[Column, ...]:
    return tuple(Column(name, cell) for name, cell in cells.items())


def _shown(**cells: Cell) -> tuple[Column, ...]:
    return tuple(Column(name, cell, stored=False) for name, cell in cells.items())


# What a row means that says nothing of it: a base unit, measured; a whole city's figure, exact, of
# a full year, and as yet looked up by nobody.
USUAL = {
    "code_scheme": "gb2260",
    "confirmed": "no",
    "decimals": "0",
    "evidence_required": "no",
    "factor": "1",
    "lag": "0",
    "part_of_year": "no",
    "period_basis": "stated",
    "principal": "yes",
    "qualifier": "exact",
    "whole": "no",
}

NEEDED = Cell(needed=True)
YEAR = Whole(needed=True)


TABLES = (
    Table(
        "units_of_measure",
        UnitOfMeasure,
        ("code",),
        _columns(
            code=NEEDED,
            name_zh=NEEDED,
            name_en=Cell(),
            base=Cell(),
            factor=Exact(needed=True),
            dimension=Cell(),
            whole=YesNo(),
            words=Cell(),
        ),
        fill=own_base,
        across=(units_that_there_are,),
    ),
    Table(
        "duty_areas",
        DutyArea,
        ("code",),
        _columns(
            code=NEEDED,
            kind=choice(DutyArea.Kind.values),
            name_zh=NEEDED,
            name_en=Cell(),
            position=Whole(needed=True),
        ),
    ),
    Table(
        "indicators",
        Indicator,
        ("code",),
        _columns(
            code=NEEDED,
            duty_area=NEEDED,
            name_zh=NEEDED,
            name_en=Cell(),
            aliases=Cell(),
            unit=Measure(),
            display_unit=Measure(),
            quantity_kind=choice(QuantityKind.values),
            lower_limit=Exact(),
            upper_limit=Exact(),
            direction=choice(Direction.values),
            decimals=Whole(needed=True),
            stage=choice(Stage.values),
            aggregation=choice(Aggregation.values),
            reporting_level=choice(ReportingLevel.values),
            period_kind=choice(PeriodKind.values),
            lag=Whole(needed=True),
            owner_department=Cell(),
            evidence_required=YesNo(),
            position=Whole(needed=True),
        ),
        fill=usual_limits,
    ),
    Table(
        "definitions",
        Definition,
        ("indicator", "version"),
        _columns(
            indicator=NEEDED,
            version=Whole(needed=True, least=1),
            valid_from=YEAR,
            meaning_zh=NEEDED,
            meaning_en=Cell(),
            source_zh=Cell(),
            formula=Cell(),
        ),
        across=(one_definition_a_year,),
    ),
    Table(
        "frameworks",
        Framework,
        ("code",),
        _columns(
            code=NEEDED,
            name_zh=NEEDED,
            name_en=Cell(),
            basis=choice(FrameworkBasis.values),
        ),
    ),
    Table(
        "targets",
        Target,
        ("framework", "indicator", "level", "year"),
        _columns(
            framework=NEEDED,
            indicator=NEEDED,
            level=choice(TargetLevel.values),
            year=Whole(),
            comparator=choice(Comparator.values),
            value=Exact(),
            value_to=Exact(),
            margin=Exact(),
            principal=YesNo(),
            legal_basis=Cell(),
            confirmed=YesNo(),
            source=Cell(),
            note=Cell(),
        ),
        across=(one_principal,),
    ),
    Table(
        "rules",
        Rule,
        ("code",),
        _columns(
            code=NEEDED,
            name_zh=NEEDED,
            name_en=Cell(),
            kind=choice(RuleKind.values),
            severity=choice(Severity.values),
            indicators=Codes(),
            unit=Measure(),
            left=Cell(),
            comparator=choice(RuleComparator.values, needed=False),
            right=Cell(),
            lower=Exact(),
            upper=Exact(),
            tolerance=Exact(),
            message_zh=Cell(),
            message_en=Cell(),
            legal_basis=Cell(),
            valid_from=YEAR,
            valid_to=Whole(),
        ),
    ),
    Table(
        "jurisdictions",
        Jurisdiction,
        ("code", "valid_from"),
        _columns(
            code=NEEDED,
            valid_from=YEAR,
            valid_to=Whole(),
            name_zh=NEEDED,
            name_en=Cell(),
            level=choice(Jurisdiction.Level.values),
            parent=Cell(),
            group_zh=Cell(),
            group_en=Cell(),
            subgroup_zh=Cell(),
            subgroup_en=Cell(),
            tile_column=Whole(),
            tile_row=Whole(),
            code_scheme=choice(Jurisdiction.CodeScheme.values),
            confirmed=YesNo(),
            source=Cell(),
            note=Cell(),
        ),
        catalogue=False,
        across=(no_code_twice,),
    ),
    Table(
        "jurisdiction_changes",
        JurisdictionChange,
        ("year", "kind", "from_units", "to_units"),
        _columns(
            year=YEAR,
            kind=choice(JurisdictionChange.Kind.values),
            from_units=Units(),
            to_units=Units(),
            legal_basis=Cell(),
            event_date=Day(),
            confirmed=YesNo(),
            source=Cell(),
            note=Cell(),
        ),
        catalogue=False,
    ),
    Table(
        "figures",
        YearlyValue,
        ("indicator", "jurisdiction", "year"),
        _columns(
            indicator=NEEDED,
            jurisdiction=NEEDED,
            year=year(),
            value=Exact(),
            statement=choice(Statement.values, needed=False),
            qualifier=choice(Qualifier.values),
            as_entered=Cell(longest=100),
            period_from=year(needed=False),
            period_basis=choice(PeriodBasis.values),
            as_of=Day(),
            part_of_year=YesNo(),
            note=Cell(),
        )
        + _shown(
            unit=Measure(),
            period_kind=choice(PeriodKind.values),
            report_offset=Whole(most=2_147_483_647),
        ),
        catalogue=False,
        fill=figure_in_full,
        own_faults=figure_faults,
    ),
)
