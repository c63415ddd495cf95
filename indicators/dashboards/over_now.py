"""What pages say first of figures over the boundaries of today: how many can be told at all."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.dashboards.findings import counted
from indicators.figures.boundaries import FigureNow


def finding_now(found: Sequence[FigureNow]) -> str:
    """Of how many units of today the boundary is what it was, of how many the figure is another
    unit's or worked out, and of how many nothing can be told."""
    refused = sum(bool(one.refused) for one in found)
    worked_out = sum(one.is_worked_out for one in found)
    unchanged = sum(one.is_unchanged for one in found if not one.refused)
    told = counted(
        (unchanged, _("%(n)s unchanged")),
        (len(found) - refused - worked_out - unchanged, _("%(n)s under another name then")),
        (worked_out, _("%(n)s worked out from several units")),
        (refused, _("%(n)s that cannot be worked out")),
    )
    words = ngettext("%(n)s unit of today: %(told)s", "%(n)s units of today: %(told)s", len(found))
    return words % {"n": len(found), "told": told}
