"""The overview as a table: one row a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from decimal import Decimal
from typing import Any

import django_tables2 as tables
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_tables2.data import TableListData
from django_tables2.utils import OrderBy, OrderByTuple

from indicators.dashboards import rows
from indicators.figures import Figure
from indicators.figures.csv_stream import Cell
from indicators.models import Status

Annotated = Callable[[Sequence[Figure]], Set[tuple[int, ...]]]


class FigureData(TableListData):
    """Figures that sort with blanks last, up or down; numbers among those of the same unit only.

    A column is sorted by an attribute of a figure. A pair there is the group, which keeps its
    order, and what is sorted within it.
    """

    data: list[Figure]

    def order_by(self, aliases: OrderByTuple) -> None:
        for alias in reversed(aliases):
            order = OrderBy(alias)
            name = self.table.columns[order.bare].order_by[0].lstrip("-")
            found = [(getattr(figure, name), figure) for figure in self.data]
            filled = [pair for pair in found if pair[0] is not None]
            filled.sort(key=lambda pair: _within(pair[0]), reverse=order.is_descending)
            filled.sort(key=lambda pair: _group(pair[0]))
            self.data = [f for _key, f in filled] + [f for key, f in found if key is None]


def worst_first(figure: Figure) -> tuple[int, Decimal]:
    """By what needs attention, and of one status the furthest from its target."""
    short = figure.status in (Status.MISSED, Status.NEAR)
    return figure.status_order, -figure.relative_gap if short else Decimal(0)


def _group(key: object) -> str:
    return key[0] if isinstance(key, tuple) and isinstance(key[0], str) else ""


def _within(key: Any) -> Any:
    return key[1] if isinstance(key, tuple) and isinstance(key[0], str) else key


class OverviewTable(tables.Table):
    """Sorts by numbers, not by words; `cells` is its file.

    On the page a row is drawn as a whole, by `rows.of_overview`, as one of `lines`: cell by cell
    django-tables2 takes longer to find out how to draw a cell than to draw it. `annotated` gives
    the places of those on the page that are marked.
    """

    name = tables.Column(verbose_name=_("Indicator"), order_by="order")
    previous = tables.Column(
        verbose_name=_("Year before"), order_by="previous_order", empty_values=()
    )
    value = tables.Column(verbose_name=_("Value"), order_by="number_order", empty_values=())
    change = tables.Column(
        verbose_name=pgettext_lazy("against last year", "Change"),
        order_by="change_order",
        empty_values=(),
    )
    target = tables.Column(verbose_name=_("Target"), order_by="target_order", empty_values=())
    gap = tables.Column(verbose_name=_("Gap"), order_by="gap_order", empty_values=())
    picture = tables.Column(
        verbose_name=_("Value and target"), orderable=False, exclude_from_export=True
    )
    status = tables.Column(verbose_name=_("Status"), order_by="status_order")
    period = tables.Column(verbose_name=_("Period"), order_by="year")
    origin = tables.Column(verbose_name=_("Origin"), empty_values=())

    class Meta:
        template_name = "dashboards/_table.html"
        order_by = ("status",)
        attrs = {"class": "figures"}
        empty_text = _("No indicator fits. Choose other filters.")

    def __init__(self, figures: Sequence[Figure], *, annotated: Annotated) -> None:
        # The worst first, and of one status the furthest from its target.
        super().__init__(FigureData(sorted(figures, key=worst_first)))
        self.annotated = annotated

    @cached_property
    def labels(self) -> dict[str, str]:
        """The columns' headers by name."""
        return {column.name: str(column.header) for column in self.columns}

    @property
    def lines(self) -> list[SafeString]:
        """The figures on the page, drawn, each with the one that stands beside it."""
        shown = [row.record for row in self.paginated_rows]
        annotated = self.annotated(shown)
        return [
            rows.of_overview(figure, self.figure_beside(figure), self.labels, annotated)
            for figure in shown
        ]

    def figure_beside(self, figure: Figure) -> Figure | None:
        return None

    def cells(self) -> Iterator[list[Cell]]:
        """The table as a file: numbers as numbers, their units in columns of their own."""
        yield [
            *(gettext("Indicator"), gettext("Indicator code"), gettext("Unit of measure")),
            *(self.labels["previous"], self.labels["value"]),
            *(self.labels[name] for name in ("city",) if name in self.labels),
            *(gettext("Qualifier"), gettext("Reported"), gettext("Expected")),
            *(self.labels["change"], gettext("Unit of the change")),
            *(gettext("Comparison"), self.labels["target"], self.labels["gap"]),
            *(gettext("Unit of the gap"), self.labels["status"]),
            *(gettext("Doubt"), gettext("Doubt about the year before")),
            *(self.labels["period"], self.labels["origin"]),
        ]
        for row in self.rows:
            figure = row.record
            yield [
                *(figure.name, figure.code, figure.display_unit),
                *(figure.previous_plain, figure.plain),
                *self.beside_cells(figure),
                *(
                    figure.qualifier_label,
                    figure.result and figure.result.reported,
                    figure.result and figure.result.expected,
                ),
                *(figure.change_number, figure.change.unit if figure.change else ""),
                *(figure.comparator_words, figure.target_plain, figure.gap_plain),
                *(figure.gap.unit if figure.gap else "", figure.status_label),
                *(figure.doubt, figure.previous_doubt),
                *(figure.period, figure.origin),
            ]

    def beside_cells(self, figure: Figure) -> list[Cell]:
        """What stands beside the figure's own value."""
        return []


class UnitTable(OverviewTable):
    """The overview of a district: the city's value stands beside its own.

    `of_city` gives the city's figures of some of the district's, those that are on the page.
    """

    city = tables.Column(verbose_name=_("City's value"), empty_values=(), orderable=False)

    class Meta(OverviewTable.Meta):
        sequence = ("name", "previous", "value", "city", "...")

    def __init__(
        self,
        figures: Sequence[Figure],
        *,
        annotated: Annotated,
        of_city: Callable[[list[Figure]], list[Figure]],
    ) -> None:
        super().__init__(figures, annotated=annotated)
        self.of_city = of_city

    @cached_property
    def beside(self) -> dict[str, Figure]:
        """The city's figures by code."""
        figures = [row.record for row in self.paginated_rows]
        return {figure.code: figure for figure in self.of_city(figures)}

    def figure_beside(self, figure: Figure) -> Figure | None:
        return self.beside.get(figure.code)

    def beside_cells(self, figure: Figure) -> list[Cell]:
        city = self.figure_beside(figure)
        return [None if city is None or city.is_partial else city.plain]
