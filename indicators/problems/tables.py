"""The ledger as a table: one row a problem; and as a file, with what proves each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from indicators.figures.csv_stream import Cell
from indicators.models import Problem
from indicators.problems.queries import Line


class LedgerTable(tables.Table):
    """Sorted by the database; a row is drawn by `problems/_line.html`, from its `Line`."""

    class Meta:
        model = Problem
        fields = ("code", "title", "jurisdiction", "duty_area", "state", "source")
        sequence = (
            "title",
            "code",
            "jurisdiction",
            "duty_area",
            "state",
            "measures",
            "due",
            "figures",
            "source",
        )
        template_name = "problems/_ledger.html"
        order_by = ("code",)
        empty_text = gettext_lazy("No problem fits. Choose other filters.")

    code = tables.Column(
        verbose_name=pgettext_lazy("of a problem", "Number"), order_by=("-year", "code")
    )
    title = tables.Column(verbose_name=gettext_lazy("Problem"))
    jurisdiction = tables.Column(
        verbose_name=gettext_lazy("Concerns"), order_by=("jurisdiction__code", "code")
    )
    duty_area = tables.Column(
        verbose_name=gettext_lazy("Duty area"), order_by=("duty_area__position", "code")
    )
    state = tables.Column(order_by=("state", "code"))
    measures = tables.Column(
        verbose_name=gettext_lazy("Measures accepted"), empty_values=(), orderable=False
    )
    due = tables.Column(
        verbose_name=gettext_lazy("Next deadline"), empty_values=(), orderable=False
    )
    figures = tables.Column(
        verbose_name=gettext_lazy("Figures that show it"), empty_values=(), orderable=False
    )
    source = tables.Column(
        verbose_name=pgettext_lazy("of a problem", "Source"), order_by=("source", "code")
    )


def rows_of(lines: Iterable[Line]) -> Iterator[list[Cell]]:
    """The heading, then a row a measure, or a problem that has none; counts in columns of their
    own, since a spreadsheet would take 3/5 for a day."""
    yield [
        *(pgettext("of a problem", "Number"), _("Problem"), _("Description"), _("Concerns")),
        *(_("Duty area"), _("Group")),
        *(_("Year raised"), _("Source"), _("State"), _("Figures that show it"), _("Figures")),
        *(_("What would show it solved"), _("Number of the measure"), _("Measure")),
        *(_("Responsible unit"), _("Responsible department"), _("Deadline")),
        *(_("State of the measure"), _("Overdue")),
    ]
    for line in lines:
        problem = line.problem
        of_problem: list[Cell] = [
            *(problem.code, problem.title, problem.description, problem.jurisdiction.name),
            *(problem.duty_area.name, problem.group_title, problem.year),
            *(problem.get_source_display(), problem.get_state_display()),
            *(line.shown, len(line.courses)),
            "；".join(f"{one.name} {one.goal}" for one in line.courses),
        ]
        measures = line.measures
        for measure in measures:
            yield [
                *of_problem,
                *(measure.number, measure.title, measure.unit.name, measure.department),
                f"{measure.due_on:%Y-%m-%d}" if measure.due_on else None,
                *(measure.get_state_display(), _("yes") if measure.is_overdue else ""),
            ]
        if not measures:
            yield [*of_problem, *[None] * 7]
