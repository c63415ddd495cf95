"""The list of achievements as a table, and as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import django_tables2 as tables
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from indicators.figures.csv_stream import Cell
from indicators.models import AchievementVersion


class AchievementTable(tables.Table):
    """Sorted by the database; a row is drawn by `achievements/_line.html`."""

    class Meta:
        model = AchievementVersion
        fields = ("title", "kind", "level", "issued_by", "issued_on")
        sequence = (
            "title",
            "kind",
            "level",
            "issued_by",
            "issued_on",
            "unit",
            "area",
            "year",
            "standing",
        )
        template_name = "achievements/_table.html"
        empty_text = gettext_lazy("No achievement fits. Choose other filters.")

    title = tables.Column(verbose_name=pgettext_lazy("achievement", "Title"))
    kind = tables.Column(verbose_name=pgettext_lazy("achievement", "Kind"))
    level = tables.Column(verbose_name=pgettext_lazy("achievement", "Level"))
    issued_by = tables.Column(verbose_name=gettext_lazy("Awarded or issued by"))
    issued_on = tables.Column(verbose_name=gettext_lazy("Date"))
    unit = tables.Column(
        verbose_name=gettext_lazy("Unit"),
        empty_values=(),
        order_by=("achievement__jurisdiction__code", "achievement__code"),
    )
    area = tables.Column(
        verbose_name=gettext_lazy("Duty area"),
        empty_values=(),
        order_by=("achievement__duty_area__position", "achievement__code"),
    )
    year = tables.Column(
        verbose_name=gettext_lazy("Evaluation year"),
        empty_values=(),
        order_by=("achievement__evaluation_year", "achievement__code"),
    )
    standing = tables.Column(verbose_name=gettext_lazy("State"), empty_values=(), orderable=False)


def rows_of(versions: Iterable[AchievementVersion]) -> Iterator[list[Cell]]:
    """The heading, then a row an achievement."""
    yield [
        *(_("Code"), pgettext("achievement", "Title"), pgettext("achievement", "Kind")),
        *(pgettext("achievement", "Level"), _("Awarded or issued by")),
        *(_("Number of the document or certificate"), _("Date")),
        *(_("Unit"), _("Duty area"), _("Evaluation year"), _("State")),
        *(_("Proof, and where it is kept"), _("Short narrative")),
    ]
    for one in versions:
        of = one.achievement
        yield [
            *(of.code, one.title, one.get_kind_display(), one.get_level_display()),
            *(one.issued_by, one.number, f"{one.issued_on:%Y-%m-%d}" if one.issued_on else None),
            *(of.jurisdiction.name, of.duty_area.name, of.evaluation_year, one.standing),
            *(one.proof, one.description),
        ]
