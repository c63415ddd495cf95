"""The overview as a table: one row a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import django_tables2 as tables
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.figures import Figure


class OverviewTable(tables.Table):
    """Sorts by numbers, not by words; `value_*` methods give the plain text for files.

    On the page a row is drawn as a whole, by dashboards/_row.html, from one of `lines`: cell by
    cell django-tables2 takes longer to find out how to draw a cell than to draw it.
    """

    name = tables.Column(verbose_name=_("Indicator"), order_by="order")
    previous = tables.Column(
        verbose_name=_("Year before"), order_by="previous_number", empty_values=()
    )
    value = tables.Column(verbose_name=_("Value"), order_by="number", empty_values=())
    change = tables.Column(
        verbose_name=pgettext_lazy("against last year", "Change"),
        order_by="change_number",
        empty_values=(),
    )
    target = tables.Column(verbose_name=_("Target"), order_by="target_number", empty_values=())
    gap = tables.Column(verbose_name=_("Gap"), order_by="gap_number", empty_values=())
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

    def __init__(self, figures: Sequence[Figure]) -> None:
        # django-tables2 sorts stably and slowly; what is in order already it leaves as it is.
        super().__init__(sorted(figures, key=lambda figure: figure.status_order))

    @cached_property
    def labels(self) -> dict[str, str]:
        """The columns' headers by name."""
        return {column.name: str(column.header) for column in self.columns}

    @property
    def lines(self) -> list[tuple[Figure, Figure | None]]:
        """The figures on the page, each with the one that stands beside it."""
        return [(row.record, None) for row in self.paginated_rows]

    def value_value(self, record: Figure) -> str:
        return str(record.value or "")

    def value_target(self, record: Figure) -> str:
        return record.target_words

    def value_status(self, record: Figure) -> str:
        return record.status_label

    def value_previous(self, record: Figure) -> str:
        return str(record.previous or "")

    def value_change(self, record: Figure) -> str:
        return str(record.change or "")

    def value_gap(self, record: Figure) -> str:
        return str(record.gap or "")


class UnitTable(OverviewTable):
    """The overview of a district: the city's value stands beside its own.

    `of_city` gives the city's figures of some of the district's, those that are on the page.
    """

    city = tables.Column(verbose_name=_("City's value"), empty_values=(), orderable=False)

    class Meta(OverviewTable.Meta):
        sequence = ("name", "previous", "value", "city", "...")

    def __init__(
        self, figures: Sequence[Figure], *, of_city: Callable[[list[Figure]], list[Figure]]
    ) -> None:
        super().__init__(figures)
        self.of_city = of_city

    @cached_property
    def beside(self) -> dict[str, Figure]:
        """The city's figures by code."""
        figures = [row.record for row in self.paginated_rows]
        return {figure.code: figure for figure in self.of_city(figures)}

    @property
    def lines(self) -> list[tuple[Figure, Figure | None]]:
        return [(figure, self.beside.get(figure.code)) for figure, _nothing in super().lines]

    def value_city(self, record: Figure) -> str:
        figure = self.beside.get(record.code)
        return str(figure.value or "") if figure else ""
