"""The page's finding in one sentence, made from the data by rules."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.figures import Figure, Tally
from indicators.models import Status


def of_overview(figures: Sequence[Figure], total: Tally) -> str:
    """How many figures meet their targets, and the one furthest from its own."""
    if not any(figure.has_figure for figure in figures):
        return _("Nothing has been reported for this year yet.")
    if not total.with_target:
        return _("No figure of this year can be held against a target yet.")
    sentence = ngettext(
        "Of %(n)s figure with a target, %(met)s is met, %(near)s near, %(missed)s missed.",
        "Of %(n)s figures with a target, %(met)s are met, %(near)s near, %(missed)s missed.",
        total.with_target,
    ) % {"n": total.with_target, "met": total.met, "near": total.near, "missed": total.missed}
    furthest = _furthest(figures)
    if furthest is None:
        return sentence
    return sentence + _(" %(name)s is %(gap)s from its target.") % {
        "name": furthest.name,
        "gap": str(furthest.gap).lstrip("+−"),
    }


def of_chart(tallies: Sequence[Tally]) -> str:
    """Where targets are not reached, or that they all are."""
    areas = [tally for tally in tallies if tally.area]
    short = [tally for tally in areas if tally.missed or tally.near]
    if not any(tally.with_target for tally in areas):
        return _("No duty area has a figure held against a target")
    if not short:
        return _("All figures held against a target meet it")
    if len(short) == 1:
        return _("%(area)s has figures short of a target") % {"area": short[0].area}
    worst = max(short, key=lambda tally: (tally.missed, tally.near))
    return _("%(n)s areas have figures short of a target, most of them in %(area)s") % {
        "n": len(short),
        "area": worst.area,
    }


def _furthest(figures: Sequence[Figure]) -> Figure | None:
    """Of the missed, else of the near, the one whose gap is the largest part of its target."""
    for status in (Status.MISSED, Status.NEAR):
        found = [f for f in figures if f.status == status and f.gap_number is not None]
        if found:
            return max(found, key=lambda f: f.relative_gap)
    return None
