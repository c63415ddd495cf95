"""The tables of the data package beside the figures: the catalogue and the rounds, field by field.

Goes in: who asks. Comes out: `PackageTable`s, each with its schema and its rows, as far as the
reader may see them. Field names are those of the long format and of the seeds; a name in two
languages is in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from indicators.figures.csv_stream import Cell
from indicators.figures.long_format import CHOICES, COLUMNS
from indicators.models import (
    Definition,
    DutyArea,
    Indicator,
    Jurisdiction,
    Round,
    Target,
    UnitOfMeasure,
    User,
)

Field = dict[str, Any]
ROWS_AT_ONCE = 500
TEXT, WHOLE, NUMBER, YES_NO, DAY, MOMENT = (
    "string",
    "integer",
    "number",
    "boolean",
    "date",
    "datetime",
)


@dataclass(frozen=True)
class PackageTable:
    """A table as the package describes it. `refers` maps fields to (table, field there)."""

    name: str
    title: str
    fields: Sequence[Field]
    key: Sequence[str]
    refers: dict[str, tuple[str, str]]

    @property
    def schema(self) -> dict[str, Any]:
        """The Table Schema of the table."""
        return {
            "fields": list(self.fields),
            "missingValues": [""],
            "primaryKey": list(self.key),
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": there, "fields": [field]}}
                for name, (there, field) in self.refers.items()
            ],
        }


@dataclass(frozen=True)
class StoredTable(PackageTable):
    """A table of rows of a model; each field is read from the path of its name."""

    rows: models.QuerySet[Any]
    paths: Sequence[str]

    def lines(self) -> Iterator[list[Cell]]:
        """The header, then the rows."""
        yield [field["name"] for field in self.fields]
        for row in self.rows.values_list(*self.paths).iterator(ROWS_AT_ONCE):
            yield [_cell(value) for value in row]


def figures_table(name: str, title: str) -> PackageTable:
    """The long format under codes; it is written by itself."""
    kinds = {
        **dict.fromkeys(("year", "definition", "reported", "expected"), WHOLE),
        "value": NUMBER,
        # A number; of a statement, the code of what the units' statements make together.
        "computed": "any",
    }
    needed = ("indicator", "jurisdiction", "year", "tier")
    fields = []
    for column, label in COLUMNS.items():
        choices = CHOICES[column].values if column in CHOICES else ()
        fields.append(
            _field(
                column,
                kinds.get(column, TEXT),
                str(label),
                required=column in needed,
                choices=choices,
            )
        )
    refers = {
        "indicator": ("indicators", "code"),
        "jurisdiction": ("units", "code"),
        "unit": ("units-of-measure", "name_zh"),
    }
    return PackageTable(name, title, fields, ("indicator", "jurisdiction", "year"), refers)


def stored_tables(user: User) -> list[StoredTable]:
    """The catalogue and the rounds, as far as the user sees them."""
    units = Jurisdiction.objects.for_user(user)
    seen = set(units.values_list("pk", flat=True))
    return [
        _table("duty-areas", _("Duty areas"), DutyArea, "code name_zh name_en position:i"),
        _table(
            "units-of-measure",
            _("Units of measure"),
            UnitOfMeasure,
            "code name_zh name_en base factor:n dimension whole:b",
        ),
        _table(
            "indicators",
            _("Indicators"),
            Indicator,
            "code duty_area=duty_area__code name_zh name_en unit display_unit quantity_kind"
            " lower_limit:n upper_limit:n direction decimals:i stage aggregation reporting_level"
            " period_kind lag:i asked_from:i asked_to:i owner_department evidence_required:b"
            " position:i",
            refers={
                "duty_area": ("duty-areas", "code"),
                "unit": ("units-of-measure", "code"),
                "display_unit": ("units-of-measure", "code"),
            },
        ),
        _table(
            "definitions",
            _("Definitions"),
            Definition,
            "indicator=indicator__code version:i valid_from:i meaning_zh meaning_en source_zh"
            " formula",
            key=("indicator", "version"),
            refers={"indicator": ("indicators", "code")},
        ),
        _table(
            "units",
            _("Units"),
            units,
            "code valid_from:i valid_to:i name_zh name_en level parent=parent__code group_zh"
            " group_en code_scheme",
            key=("code", "valid_from"),
        ),
        _table(
            "targets",
            _("Targets"),
            Target.objects.filter(Q(jurisdiction=None) | Q(jurisdiction__in=seen)),
            "id:i indicator=indicator__code framework=framework__code basis=framework__basis level"
            " jurisdiction=jurisdiction__code year:i comparator value:n value_to:n margin:n"
            " principal:b confirmed:b legal_basis source",
            key=("id",),
            refers={"indicator": ("indicators", "code"), "jurisdiction": ("units", "code")},
        ),
        _table(
            "rounds",
            _("Rounds"),
            Round.objects.for_user(user).filter(city__in=seen),
            "id:i city=city__code evaluation_year:i title opens_on:d due_on:d closes_on:d"
            " opened_at:t closed_at:t",
            key=("id",),
            refers={"city": ("units", "code")},
        ),
    ]


KINDS = {"i": WHOLE, "n": NUMBER, "b": YES_NO, "d": DAY, "t": MOMENT}


def _table(
    name: str,
    title: str,
    rows: type[models.Model] | models.QuerySet[Any],
    written: str,
    *,
    key: Sequence[str] = ("code",),
    refers: dict[str, tuple[str, str]] | None = None,
) -> StoredTable:
    """`written` names the fields: `name`, `name=path`, each with `:kind` where it is no text."""
    found = rows if isinstance(rows, models.QuerySet) else rows._default_manager.all()
    fields, paths = [], []
    for word in written.split():
        field, _colon, kind = word.partition(":")
        field, _equals, path = field.partition("=")
        fields.append(_field(field, KINDS.get(kind, TEXT), required=field in key))
        paths.append(path or field)
    return StoredTable(name, title, fields, key, refers or {}, found.order_by(*paths[:2]), paths)


def _field(
    name: str, kind: str, title: str = "", *, required: bool = False, choices: Iterable[str] = ()
) -> Field:
    field: Field = {"name": name, "type": kind}
    if title:
        field["title"] = title
    if kind == NUMBER:
        field["decimalChar"] = "."
    constraints: dict[str, Any] = {"required": True} if required else {}
    if choices := list(choices):
        constraints["enum"] = choices
    if constraints:
        field["constraints"] = constraints
    return field


def _cell(value: Any) -> Cell:
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case None | int():
            return value
    return value if isinstance(value, str) or hasattr(value, "quantize") else value.isoformat()
