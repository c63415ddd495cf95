"""The files of the seeds: their columns, what each may hold, and the rules that hold for them."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.catalogue import seeds_validation as rules
from indicators.catalogue.seeds_cells import (
    Cell,
    Code,
    Codes,
    Day,
    Exact,
    Units,
    Whole,
    YesNo,
    choice,
    year,
)
from indicators.measures.units import UNITS
from indicators.models import (
    Aggregation,
    Comparator,
    Direction,
    DutyArea,
    FrameworkBasis,
    Jurisdiction,
    JurisdictionChange,
    PeriodBasis,
    PeriodKind,
    Qualifier,
    QuantityKind,
    ReportingLevel,
    RuleComparator,
    RuleKind,
    Severity,
    Stage,
    Statement,
    TargetLevel,
)


@dataclass(frozen=True)
class Column:
    name: str
    cell: Cell
    stored: bool = True


@dataclass(frozen=True)
class Table:
    """A file. `catalogue` marks what another city loads as well; `key` finds a row again.

    A rule of `each` looks at one row, one of `across` at all rows together.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    catalogue: bool = True
    each: tuple[rules.Rule, ...] = ()
    across: tuple[rules.Across, ...] = ()

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def stored(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.stored)

    def values(self, cells: dict[str, str]) -> dict[str, object]:
        """The Python values of a row's stored cells."""
        return {c.name: c.cell.read(cells[c.name]) for c in self.columns if c.stored}


def _columns(**cells: Cell) -> tuple[Column, ...]:
    return tuple(Column(name, cell) for name, cell in cells.items())


def _shown(**cells: Cell) -> tuple[Column, ...]:
    return tuple(Column(name, cell, stored=False) for name, cell in cells.items())


NAME = Cell(needed=True, longest=200)
NAME_EN = Cell(longest=200)
CODE = Code(needed=True)
UNIT_CODE = Cell(needed=True, longest=12)
BASE_UNITS = [code for code, unit in UNITS.items() if unit.base == code]
LEVELS = [level for level in Jurisdiction.Level.values if level != Jurisdiction.Level.CITY_OWN]


TABLES = (
    Table(
        "duty_areas",
        ("code",),
        _columns(
            code=CODE,
            kind=choice(DutyArea.Kind.values),
            name_zh=NAME,
            name_en=NAME_EN,
            position=Whole(needed=True),
        ),
    ),
    Table(
        "indicators",
        ("code",),
        _columns(
            code=CODE,
            duty_area=CODE,
            name_zh=NAME,
            name_en=NAME_EN,
            unit=choice(BASE_UNITS, needed=False),
            display_unit=choice(UNITS, needed=False),
            quantity_kind=choice(QuantityKind.values),
            lower_limit=Exact(),
            upper_limit=Exact(),
            direction=choice(Direction.values),
            decimals=Whole(needed=True, most=4),
            stage=choice(Stage.values),
            aggregation=choice(Aggregation.values),
            reporting_level=choice(ReportingLevel.values),
            period_kind=choice(PeriodKind.values),
            lag=Whole(needed=True, least=-5, most=0),
            owner_department=Cell(longest=100),
            evidence_required=YesNo(),
            position=Whole(needed=True),
        ),
        each=(rules.indicator_units, rules.indicator_adds_up, rules.usual_limits, rules.limits),
    ),
    Table(
        "definitions",
        ("indicator", "version"),
        _columns(
            indicator=CODE,
            version=Whole(needed=True, least=1),
            valid_from=year(),
            meaning_zh=Cell(needed=True),
            meaning_en=Cell(),
            source_zh=Cell(),
            formula=Cell(longest=1000),
        ),
        each=(rules.formula,),
        across=(rules.one_definition_a_year,),
    ),
    Table(
        "frameworks",
        ("code",),
        _columns(
            code=Cell(needed=True, longest=80),
            name_zh=NAME,
            name_en=NAME_EN,
            basis=choice(FrameworkBasis.values),
        ),
    ),
    Table(
        "targets",
        ("framework", "indicator", "level", "year"),
        _columns(
            framework=Cell(needed=True, longest=80),
            indicator=CODE,
            level=choice(TargetLevel.values),
            year=year(needed=False),
            comparator=choice(Comparator.values),
            value=Exact(),
            value_to=Exact(),
            margin=Exact(),
            principal=YesNo(),
            legal_basis=Cell(longest=500),
            confirmed=YesNo(),
            source=Cell(),
            note=Cell(),
        ),
        each=(rules.threshold,),
        across=(rules.one_principal,),
    ),
    Table(
        "rules",
        ("code",),
        _columns(
            code=CODE,
            name_zh=NAME,
            name_en=NAME_EN,
            kind=choice(RuleKind.values),
            severity=choice(Severity.values),
            indicators=Codes(),
            unit=choice(BASE_UNITS, needed=False),
            left=Cell(longest=1000),
            comparator=choice(RuleComparator.values, needed=False),
            right=Cell(longest=1000),
            lower=Exact(),
            upper=Exact(),
            tolerance=Exact(),
            message_zh=Cell(longest=500),
            message_en=Cell(longest=500),
            legal_basis=Cell(longest=500),
            valid_from=year(),
            valid_to=year(needed=False),
        ),
        each=(rules.comparison,),
    ),
    Table(
        "jurisdictions",
        ("code", "valid_from"),
        _columns(
            code=UNIT_CODE,
            valid_from=year(),
            valid_to=year(needed=False),
            name_zh=NAME,
            name_en=NAME_EN,
            level=choice(LEVELS),
            parent=Cell(longest=12),
            group_zh=Cell(longest=100),
            group_en=Cell(longest=100),
            subgroup_zh=Cell(longest=100),
            subgroup_en=Cell(longest=100),
            tile_column=Whole(least=1),
            tile_row=Whole(least=1),
            code_scheme=choice(Jurisdiction.CodeScheme.values),
            confirmed=YesNo(),
            source=Cell(),
            note=Cell(),
        ),
        catalogue=False,
        each=(rules.validity,),
        across=(rules.no_code_twice,),
    ),
    Table(
        "jurisdiction_changes",
        ("year", "kind", "from_units", "to_units"),
        _columns(
            year=year(),
            kind=choice(JurisdictionChange.Kind.values),
            from_units=Units(),
            to_units=Units(),
            legal_basis=Cell(longest=300),
            event_date=Day(),
            confirmed=YesNo(),
            source=Cell(),
            note=Cell(),
        ),
        catalogue=False,
    ),
    Table(
        "figures",
        ("indicator", "jurisdiction", "year"),
        _columns(
            indicator=CODE,
            jurisdiction=UNIT_CODE,
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
            unit=choice(BASE_UNITS, needed=False),
            period_kind=choice(PeriodKind.values),
            report_offset=Whole(most=2_147_483_647),
        ),
        catalogue=False,
        each=(rules.one_figure, rules.fill_in_figure),
    ),
)
