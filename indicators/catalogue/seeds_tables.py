"""The files of the seeds: their columns, what each may hold, and the rules over a whole row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from indicators.catalogue.check import formula_in_words
from indicators.catalogue.seeds_cells import (
    BadCell,
    Cell,
    Code,
    Day,
    Exact,
    Units,
    Whole,
    YesNo,
    choice,
    year,
)
from indicators.measures.formula import FormulaError, parse
from indicators.measures.units import UNITS
from indicators.models import (
    Aggregation,
    Comparator,
    Direction,
    DutyArea,
    Framework,
    Jurisdiction,
    JurisdictionChange,
    PeriodBasis,
    PeriodKind,
    Qualifier,
    QuantityKind,
    ReportingLevel,
    Stage,
    Statement,
    TargetLevel,
)

Rule = Callable[[dict[str, str]], None]


@dataclass(frozen=True)
class Column:
    name: str
    cell: Cell
    stored: bool = True


@dataclass(frozen=True)
class Table:
    """A file. `catalogue` marks what another city loads as well; `key` finds a row again."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    catalogue: bool = True
    rules: tuple[Rule, ...] = ()

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


def _indicator_units(cells: dict[str, str]) -> None:
    statement = cells["quantity_kind"] == QuantityKind.STATEMENT
    if statement and (cells["unit"] or cells["display_unit"]):
        raise BadCell("a statement has no unit; leave unit and display_unit empty", "unit")
    if statement:
        return
    if not cells["unit"]:
        raise BadCell("the cell is empty; only a statement has no unit", "unit")
    shown = cells["display_unit"]
    if shown and UNITS[shown].base != cells["unit"]:
        raise BadCell(
            f"{shown} does not hold {cells['unit']}; use a unit that does", "display_unit"
        )


def _indicator_adds_up(cells: dict[str, str]) -> None:
    statement = cells["quantity_kind"] == QuantityKind.STATEMENT
    rule = cells["aggregation"]
    if statement and rule not in (Aggregation.ALL, Aggregation.NONE):
        raise BadCell(f"a statement has no {rule}; use all or none", "aggregation")
    if not statement and rule == Aggregation.ALL:
        raise BadCell("all is for statements; use sum, max, min or none", "aggregation")


def _limits(cells: dict[str, str]) -> None:
    lower, upper = cells["lower_limit"], cells["upper_limit"]
    if lower and upper and Decimal(lower) > Decimal(upper):
        raise BadCell(f"below the lower limit {lower}", "upper_limit")


def _formula(cells: dict[str, str]) -> None:
    if not cells["formula"]:
        return
    try:
        parse(cells["formula"])
    except FormulaError as error:
        raise BadCell(formula_in_words(error), "formula") from error


def _threshold(cells: dict[str, str]) -> None:
    without = (Comparator.ALL, Comparator.NOT_BELOW_LAST_YEAR)
    if not cells["value"] and cells["comparator"] not in without:
        raise BadCell(f"{cells['comparator']} compares with a value; give one", "value")
    is_range = cells["comparator"] == Comparator.RANGE
    if is_range and not cells["value_to"]:
        raise BadCell("a range has two ends; give the upper one", "value_to")
    if not is_range and cells["value_to"]:
        raise BadCell("only a range has an upper value; leave it empty", "value_to")
    if is_range and Decimal(cells["value_to"]) < Decimal(cells["value"]):
        raise BadCell("below the lower end of the range", "value_to")
    if cells["margin"] and Decimal(cells["margin"]) < 0:
        raise BadCell("a margin is not negative", "margin")


def _validity(cells: dict[str, str]) -> None:
    if cells["valid_to"] and int(cells["valid_to"]) <= int(cells["valid_from"]):
        raise BadCell("not after valid_from; it is the first year without the unit", "valid_to")
    if (cells["level"] == Jurisdiction.Level.CITY) != (not cells["parent"]):
        raise BadCell("a city has no parent, every other unit has one", "parent")


def _one_figure(cells: dict[str, str]) -> None:
    if bool(cells["value"]) == bool(cells["statement"]):
        raise BadCell("a figure has either a value or a statement; fill one of the two", "value")
    if cells["period_from"] and int(cells["period_from"]) > int(cells["year"]):
        raise BadCell("after the year in which the period ends", "period_from")


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
        rules=(_indicator_units, _indicator_adds_up, _limits),
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
        rules=(_formula,),
    ),
    Table(
        "frameworks",
        ("code",),
        _columns(
            code=Cell(needed=True, longest=80),
            name_zh=NAME,
            name_en=NAME_EN,
            basis=choice(Framework.Basis.values),
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
        rules=(_threshold,),
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
        rules=(_validity,),
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
        rules=(_one_figure,),
    ),
)
