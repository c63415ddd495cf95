"""Assigns what the labels of an office's own table mean, and keeps it for the next file.

Decided: nothing is guessed that decides a figure. A label that is not known, or names two things,
is left out until somebody chooses; where nothing but units can stand in an axis, an unknown label
is an unknown unit, never the unit of the whole file; a total is of no unit unless somebody says of
which. Where column and row contradict each other the figure is left out. Titles only propose: the
unit and year that the user chose for the file go before them.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from indicators.imports.crosstab import Crosstab
from indicators.imports.label_words import BETWEEN, is_total
from indicators.imports.labels import (
    LEAVE_OUT,
    YEARS,
    Meaning,
    Words,
    meaning_of,
    said_of_units,
    sheet_says,
    titles_say,
)
from indicators.imports.layout import KINDS
from indicators.measures.words import plain_word, year_of
from indicators.models import (
    UNITS,
    CellKind,
    DutyArea,
    Import,
    ImportMapping,
    ImportRow,
    Indicator,
    Jurisdiction,
    User,
)
from indicators.spreadsheets import cell_address

EXAMPLES = 3
SHEET_NAME, SAID_UNIT = 100, 200  # characters that a row keeps
NO_LABEL = "—"
REMARKS = re.compile("备注|附注|说明|remarks?|notes?")
PARTS = ("indicator", "unit", "year", "measure")


@dataclass
class Label:
    """A label of an axis with its meaning, and some of what stands there."""

    text: str
    meaning: Meaning
    examples: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Names its fields on the page; of the label alone, so that a page that is sent twice says
        the same, whatever was answered between."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def is_total(self) -> bool:
        return is_total(self.text)

    @property
    def asks(self) -> bool:
        """Whether nobody has said yet what it means."""
        unsaid = self.meaning.is_open or self.meaning.says_nothing
        return unsaid and not self.is_total and not self.is_left_out

    @property
    def is_left_out(self) -> bool:
        """Whether it was said so, or nothing else was and remarks stand there."""
        unsaid = self.meaning.is_open and not self.meaning.proposed
        remarks = unsaid and REMARKS.fullmatch(plain_word(self.text.split(BETWEEN)[-1]))
        return self.meaning.indicator == LEAVE_OUT or bool(remarks)

    @property
    def offered(self) -> str:
        """The indicator that stands on the page: the one said, else the one proposed."""
        if self.is_left_out:
            return LEAVE_OUT
        return self.meaning.indicator or self.meaning.proposed


def words_for(user: User, mapping: str = "") -> Words:
    """The words of the catalogue, and those that the user chose before: of the mapping of the name,
    or of all."""
    kept = ImportMapping.objects.filter(owner=user)
    chosen: dict[str, Any] = {}
    for one in kept.filter(name=mapping) if mapping else kept:
        chosen |= one.words
    areas = [name for area in DutyArea.objects.all() for name in (area.name_zh, area.name_en)]
    return Words(Indicator.objects.all(), Jurisdiction.objects.all(), chosen, areas)


def begin_mapping(of_import: Import, tables: Sequence[Crosstab], words: Words) -> list[ImportRow]:
    """The rows of the tables, with what their labels say by themselves."""
    figures = [figure for table in tables for figure in table.figures]
    names = names_of(tables)
    of_import.mapping = {
        "columns": {
            _named(one.column_label): words.read(one.column_label).kept() for one in figures
        },
        "rows": {one.row_label: words.read(one.row_label).kept() for one in figures},
        "sheets": {
            name: sheet_says(words, table).kept() for name, table in zip(names, tables, strict=True)
        },
        "titles": {
            name: titles_say(words, table).kept() for name, table in zip(names, tables, strict=True)
        },
    }
    _propose_no_year(of_import.mapping)
    rows = [
        ImportRow(
            sheet=name,
            cell=cell_address(figure.row, figure.column),
            row_label=figure.row_label,
            column_label=_named(figure.column_label),
            text=figure.cell.text,
            cell_kind=KINDS.get(figure.cell.kind, CellKind.TEXT),
        )
        for name, table in zip(names, tables, strict=True)
        for figure in table.figures
    ]
    assign(of_import, rows)
    return rows


def names_of(tables: Sequence[Crosstab]) -> list[str]:
    """What the rows of each table call it: its sheet, numbered where a sheet holds several."""
    found: list[str] = []
    for table in tables:
        name, number = table.sheet[:SHEET_NAME], 1
        while name in found:
            number += 1
            name = f"{table.sheet[: SHEET_NAME - 6]} ({number})"
        found.append(name)
    return found


def _propose_no_year(mapping: Mapping[str, Any]) -> None:
    """Where the other axis names the indicators, all that an open label could be asked for is its
    year; one that stands there already would look like an answer."""
    for axis, other in (("columns", "rows"), ("rows", "columns")):
        if any(kept.get("indicator") or kept.get("proposed") for kept in mapping[other].values()):
            for kept in mapping[axis].values():
                if kept.get("is_open"):
                    kept.pop("year", None)


def assign(of_import: Import, rows: Sequence[ImportRow]) -> None:
    """Say of each row what its labels mean together: the column first, then the row, the sheet."""
    axes = {
        axis: {label: meaning_of(kept) for label, kept in of_import.mapping.get(axis, {}).items()}
        for axis in ("columns", "rows", "sheets", "titles")
    }
    columns, rows_say = axes["columns"].values(), axes["rows"].values()
    units_in_rows = any(one.unit for one in rows_say)
    units_in_columns = any(one.unit for one in columns)
    only_units = not units_in_columns and not any(one.indicator or one.year for one in rows_say)
    named = len(axes["columns"]) > 1
    base = dict(Indicator.objects.values_list("code", "unit"))
    for row in rows:
        column = axes["columns"].get(row.column_label, Meaning())
        if named and row.column_label == NO_LABEL and column.says_nothing:
            column = Meaning(is_open=True)
        beside = axes["rows"].get(row.row_label, Meaning())
        if not row.row_label and beside.says_nothing and len(axes["rows"]) > 1:
            beside = Meaning(is_open=True)
        sheet = axes["sheets"].get(row.sheet, Meaning())
        titles = axes["titles"].get(row.sheet, Meaning())
        said = column.or_else(beside)
        total = (is_total(row.row_label) and not beside.indicator) or (
            is_total(row.column_label) and not column.indicator
        )
        unit, left_out = said.unit, total and not said.unit
        left_out |= LEAVE_OUT in (column.indicator, beside.indicator) or column.contradicts(beside)
        if beside.is_open and row.row_label and (units_in_rows or only_units):
            unit = row.row_label
        elif beside.is_open:
            left_out = True
        if column.is_open and units_in_columns:
            unit = row.column_label
        elif column.is_open:
            left_out = True
        whole = said.or_else(sheet)
        indicator = whole.indicator or titles.indicator
        row.indicator_said = "" if left_out else indicator
        row.unit_said = unit or sheet.unit or ("" if of_import.jurisdiction_id else titles.unit)
        row.unit_said = row.unit_said[:SAID_UNIT]
        row.year_said = whole.year or ("" if of_import.evaluation_year else titles.year)
        row.in_unit = _own(said.measure, base.get(indicator, "")) or _fitting(
            sheet.measure or titles.measure, base.get(indicator, "")
        )


def labels_of(of_import: Import, axis: str) -> list[Label]:
    """The labels of an axis, `columns` or `rows`, in the order of the file; those that say nothing
    first."""
    name = "column_label" if axis == "columns" else "row_label"
    examples: dict[str, list[str]] = defaultdict(list)
    for label, text in of_import.rows.order_by("position").values_list(name, "text"):
        if len(examples[label]) < EXAMPLES:
            examples[label].append(text)
    found = [
        Label(label, meaning_of(of_import.mapping[axis].get(label, {})), several)
        for label, several in examples.items()
    ]
    return sorted(found, key=lambda one: not one.asks)


def parts_of(of_import: Import) -> dict[str, list[str]]:
    """What is to be said in each axis: what some of its labels say, and what nothing says."""
    said = {
        axis: {
            "indicator" if part == "proposed" else part
            for kept in of_import.mapping.get(axis, {}).values()
            for part in kept
        }
        for axis in ("columns", "rows", "sheets", "titles")
    }
    given = said["sheets"] | said["titles"]
    given |= {"unit"} if of_import.jurisdiction_id else set()
    given |= {"year"} if of_import.evaluation_year else set()
    nowhere = set(PARTS) - said["columns"] - said["rows"] - given - {"measure"}
    wanted = {
        "columns": said["columns"] | nowhere | {"indicator", "measure"} - said["rows"],
        "rows": said["rows"] | nowhere,
    }
    return {axis: [part for part in PARTS if part in parts] for axis, parts in wanted.items()}


def choose_meanings(of_import: Import, data: Mapping[str, Any]) -> None:
    """Put on the import what was chosen on the page: `columns-KEY-indicator` and the like. What
    the page does not offer is not taken."""
    offered = _offered()
    for axis, parts in parts_of(of_import).items():
        for label in labels_of(of_import, axis):
            chosen = {
                part: said
                for part in parts
                if (name := f"{axis}-{label.key}-{part}") in data
                and offered[part](said := str(data[name]).strip())
            }
            of_import.mapping[axis][label.text] = _answered(label.meaning, chosen).kept()


def _answered(before: Meaning, chosen: Mapping[str, Any]) -> Meaning:
    """With what was chosen. An open label is closed by an indicator, a unit or another year than
    the one it proposed; one of which all is taken back is open again."""
    now = replace(before, **chosen)
    says = now.indicator or now.unit or now.year
    if before.is_open:
        answered = now.indicator or now.unit or (now.year and now.year != before.year)
        return replace(now, is_open=not answered, proposed="" if answered else now.proposed)
    return replace(now, is_open=not says and bool(before.indicator or before.unit or before.year))


def _offered() -> dict[str, Callable[[str], bool]]:
    """Whether an answer to each part is one that the page offers; none is always."""
    indicators = {"", LEAVE_OUT, *Indicator.objects.values_list("code", flat=True)}
    all_units = list(Jurisdiction.objects.all())
    slugs = {unit.slug for unit in all_units}
    units = {"", *slugs, *(said for _word, said in said_of_units(all_units))}
    measures = {"", *(unit.zh for unit in UNITS.values())}
    return {
        "indicator": indicators.__contains__,
        "unit": units.__contains__,
        "year": lambda said: not said or (year_of(said) in YEARS and len(said) == 4),
        "measure": measures.__contains__,
    }


def keep_mapping(of_import: Import, user: User, name: str) -> None:
    """Keep what the labels mean under a name; one of this name is replaced."""
    words = {
        label: kept
        for axis in ("columns", "rows")
        for label, kept in of_import.mapping[axis].items()
        if kept and not kept.get("is_open")
    }
    ImportMapping.objects.update_or_create(owner=user, name=name, defaults={"words": words})


def _named(label: str) -> str:
    """The label of a column; a column without one can be said the meaning of as well."""
    return label or NO_LABEL


def _own(measure: str, base: str) -> str:
    """The unit of measure as that of the indicator is called: 元 of a figure per head is 元/人."""
    unit = UNITS.get(base)
    return unit.zh if unit is not None and measure in unit.words else measure


def _fitting(measure: str, base: str) -> str:
    """The table's unit of measure, for an indicator that can be given in it."""
    fits = any(unit.base == base and measure == unit.zh for unit in UNITS.values())
    return measure if fits else ""
