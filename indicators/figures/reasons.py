"""Why there is no figure or no light, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    "not_reported": gettext_lazy("Not reported yet."),
    "withdrawn": gettext_lazy("Withdrawn."),
    "nobody_reported": gettext_lazy("No unit has reported yet."),
    "input_missing": gettext_lazy("Missing: {names}."),
    "input_not_applicable": gettext_lazy("Not applicable: {names}."),
    "division_by_zero": gettext_lazy("The divisor is 0."),
    "too_large": gettext_lazy("The result has more digits than can be kept."),
    "before_base_year": gettext_lazy("The year lies before the base year."),
    "part_of_year": gettext_lazy("Part of a year is not compared with a whole one."),
    "units_differ": gettext_lazy("The parts come from different units; missing: {names}."),
    "partial_sum": gettext_lazy("Not all units have reported."),
    "definition_break": gettext_lazy(
        "The definition changed from {year} on: not comparable with the year before."
    ),
    "no_past_merge": gettext_lazy("Before the merger {names}: no figure to compare with."),
    "no_past_split": gettext_lazy("Before the split {names}: no figure to compare with."),
    "no_past_rename": gettext_lazy("{names} before, changed in part: no figure to compare with."),
    "no_past_upgrade": gettext_lazy("{names} before, changed in part: no figure to compare with."),
    "no_last_year": gettext_lazy("Last year's figure is missing."),
    "statement_against_number": gettext_lazy("A statement is not compared with a number."),
    "lights_statements_only": gettext_lazy("The target sets no number; it lights statements only."),
}
# Not a reason of the result: who does not see the units has none to look at.
NOT_RELEASED = gettext_lazy("Told once the round is closed and all units are approved.")


def sentence(reason: Mapping[str, Any], name_of: Callable[[str], str]) -> str:
    """The sentence for a stored reason; empty for none. `name_of` turns a code into a name."""
    if not reason:
        return ""
    named = dict.fromkeys(_named(name, name_of) for name in reason.get("names", []))
    names = _(", ").join(named)
    return str(SENTENCES[reason["code"]]).format(names=names, year=reason.get("year", ""))


def _named(name: str, name_of: Callable[[str], str]) -> str:
    """An indicator with another year; a unit that ended comes with its first year and a bar."""
    code, _at, year = name.partition("@")
    return f"{name_of(code)} {year}".strip()
