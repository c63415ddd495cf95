"""What a confirmation says on paper.

Goes in: a confirmation and who prints it. Comes out: the data that the layout asks for, in words.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from indicators.confirmations.canonical import written
from indicators.figures import Figure, figures_of
from indicators.figures.findings import (
    Said,
    asked_or_derived,
    findings_as_reported,
    with_explanations,
)
from indicators.figures.formatting import together
from indicators.models import Confirmation, Submission, SubmissionEvent, User


def content_of(confirmation: Confirmation, *, user: User) -> dict[str, Any]:
    """What the layout asks for. The figures are those that stand as reported, as the user sees
    them; what the number does not cover says so."""
    submission = confirmation.submission
    year = submission.round.evaluation_year
    figures = figures_of(user, submission.jurisdiction, year)
    asked = set(submission.round.indicators.values_list("pk", flat=True))
    found = findings_as_reported(submission.jurisdiction_id, year)
    said = with_explanations(user, submission, figures, found)
    shown = [
        figure
        for figure in asked_or_derived(figures, year, asked)
        if figure.indicator.pk in asked or figure.has_figure
    ]
    names = {"unit": submission.unit_name, "year": year}
    covered = {str(line[0]) for line in confirmation.rows[1:]}
    title = _("%(unit)s: confirmation of the figures reported for %(year)s") % names
    return {
        "lang": "zh" if (get_language() or "zh").startswith("zh") else "en",
        "title": title,
        "facts": _facts(submission, [one for one in shown if one.is_expected]),
        "heads": [
            _("Indicator"),
            _("Year before"),
            _("Now"),
            pgettext("against last year", "Change"),
            _("Findings and explanations"),
        ],
        "areas": [
            {"name": str(area), "rows": [_row(figure, said, covered) for figure in several]}
            for area, several in groupby(shown, lambda figure: figure.indicator.duty_area)
        ],
        "signatures": [
            pgettext("signature", "Entered by"),
            pgettext("signature", "Checked by"),
            pgettext("signature", "Head of the unit"),
            pgettext("signature", "Date and seal"),
        ],
        "number": _("Check number %(number)s") % {"number": confirmation.number},
        "covers": _(
            "The number covers this year's entered figures as reported, with their notes; not what "
            "is computed, last year, changes, findings and explanations."
        ),
        "digest": f"SHA-256 {confirmation.digest}  {written(confirmation.rows[0])}",
        "page": _("Page {page} of {pages}"),
    }


def _facts(submission: Submission, expected: Sequence[Figure]) -> list[list[str]]:
    given = sum(figure.is_reported for figure in expected)
    event = _submitted(submission)
    by = event.change.actor if event else None
    day = timezone.localtime(submission.submitted_at) if submission.submitted_at else None
    return [
        [_("Round"), submission.round.title],
        [_("Submitted at"), f"{day:%Y-%m-%d %H:%M}" if day else "—"],
        [_("Submitted by"), by.get_full_name() if by else "—"],
        [_("Figures"), _("%(given)s of %(asked)s") % {"given": given, "asked": len(expected)}],
    ]


def _submitted(submission: Submission) -> SubmissionEvent | None:
    submitted = submission.events.filter(act="submit").select_related("change__actor")
    return submitted.order_by("-pk").first()


def _row(
    figure: Figure, said: dict[tuple[str, int], list[Said]], covered: Set[str]
) -> dict[str, Any]:
    """The cells, and a mark behind the name of a figure that nobody entered."""
    words = []
    if not figure.has_figure:
        words.append(figure.why_none)
    for one in said.get((figure.code, figure.year), []):
        words.append(one.sentence)
        if one.explanation:
            words.append(_("Explanation: %(text)s") % {"text": one.explanation})
    computed = {"note": _("computed automatically")}
    by_itself = figure.has_figure and figure.code not in covered
    return {
        "name": figure.name,
        "mark": pgettext("note behind a number", " (%(note)s)") % computed if by_itself else "",
        "cells": [
            str(figure.previous or "—"),
            str(figure.value or "—"),
            str(figure.change or figure.why_no_change or "—"),
            together(words) if words else "",
        ],
    }
