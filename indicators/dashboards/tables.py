"""The overview as a table: one row a figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_tables2 as tables
from django.template import Context, Template, engines
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.figures import Figure


class PartialColumn(tables.Column):
    """Drawn by a partial that knows the record alone: no request, so no work a cell."""

    empty_values = ()

    def __init__(self, template: str, **options: Any) -> None:
        # Of something that every figure has: django-tables2 is slow to find that there is nothing.
        super().__init__(accessor="code", **options)
        self.name_of_template = template

    @cached_property
    def template(self) -> Template:
        return engines["django"].engine.get_template(self.name_of_template)  # type: ignore[attr-defined]

    def render(self, record: Figure) -> str:
        # What a template made is safe; strip() alone would make it a text to be escaped.
        return mark_safe(self.template.render(Context({"record": record})).strip())


class StatusColumn(PartialColumn):
    """A light says the same wherever it is the same, so it is drawn once."""

    @cached_property
    def drawn(self) -> dict[tuple[str, str], str]:
        return {}

    def render(self, record: Figure) -> str:
        light = record.status, record.status_reason
        if light not in self.drawn:
            self.drawn[light] = super().render(record)
        return self.drawn[light]


class OverviewTable(tables.Table):
    """Sorts by numbers, not by words; `value_*` methods give the plain text for files."""

    name = PartialColumn("dashboards/_name.html", verbose_name=_("Indicator"), order_by="order")
    previous = tables.Column(
        verbose_name=_("Year before"),
        order_by="previous_number",
        empty_values=(),
    )
    value = PartialColumn("figures/_figure.html", verbose_name=_("Value"), order_by="number")
    change = tables.Column(
        verbose_name=pgettext_lazy("against last year", "Change"),
        order_by="change_number",
        empty_values=(),
    )
    target = PartialColumn(
        "dashboards/_target.html",
        verbose_name=_("Target"),
        order_by="target_number",
    )
    gap = tables.Column(verbose_name=_("Gap"), order_by="gap_number", empty_values=())
    picture = PartialColumn(
        "dashboards/_picture.html",
        verbose_name=_("Value and target"),
        orderable=False,
        exclude_from_export=True,
    )
    status = StatusColumn("figures/_status.html", verbose_name=_("Status"), order_by="status_order")
    period = tables.Column(verbose_name=_("Period"), order_by="year")
    origin = tables.Column(verbose_name=_("Origin"), empty_values=())

    class Meta:
        template_name = "dashboards/_table.html"
        order_by = ("status",)
        attrs = {"class": "figures"}
        empty_text = _("No indicator fits. Choose other filters.")

    def render_previous(self, record: Figure) -> str:
        return str(record.previous or "—")

    def render_change(self, record: Figure) -> str:
        return str(record.change or "—")

    def render_gap(self, record: Figure) -> str:
        return str(record.gap or "—")

    def value_name(self, record: Figure) -> str:
        return record.name

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
    """The overview of a district: the city's value stands beside its own."""

    city = tables.Column(verbose_name=_("City's value"), empty_values=(), orderable=False)

    class Meta(OverviewTable.Meta):
        sequence = ("name", "previous", "value", "city", "...")

    def __init__(self, figures: Sequence[Figure], *, city: Sequence[Figure]) -> None:
        super().__init__(figures)
        self.of_city = {figure.code: figure for figure in city}

    def render_city(self, record: Figure) -> str:
        return self.value_city(record) or "—"

    def value_city(self, record: Figure) -> str:
        figure = self.of_city.get(record.code)
        return str(figure.value or "") if figure else ""
