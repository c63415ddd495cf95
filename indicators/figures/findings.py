"""What the rules find in figures, in words: while they are typed, and as it was stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.figures.figure import Figure
from indicators.figures.formatting import (
    difference_words,
    digits,
    exact_words,
    grouped_words,
    place_of,
    typed_words,
)
from indicators.measures.exact import CONTEXT, fits, plain, round_once
from indicators.models import UNITS, Finding, Indicator, Rule, Severity, Submission, User
from indicators.results import (
    Broken,
    Explanation,
    RuleInputs,
    Snapshot,
    asked_with_derived,
    check,
    current_snapshot,
    inherited,
    inputs_with_drafts,
    notes_and_versions,
    others_of,
    replaced_numbers,
    sizes_beside,
    version_of,
)

CodeYear = tuple[str, int]
SENTENCES = {
    "not_le": gettext_lazy("{left} should be at most {right}."),
    "not_ge": gettext_lazy("{left} should be at least {right}."),
    "not_eq": gettext_lazy("{left} should be equal to {right}."),
    "above_whole": gettext_lazy("More than {name} ({mine} > {other}). Check both."),
    "pair_missing": gettext_lazy("Missing, while {name} is given."),
    "below_last_year": gettext_lazy(
        "Below last year's {before}, which the target forbids. Check and explain."
    ),
    "grew_too_little": gettext_lazy(
        "{change} per cent on last year's {before}. Check and explain."
    ),
    "grew_too_much": gettext_lazy("{change} per cent on last year's {before}. Check and explain."),
    "fell": gettext_lazy("{size} percentage points below last year. Check and explain."),
    "rose": gettext_lazy("{size} percentage points above last year. Check and explain."),
    "below_range": gettext_lazy("Less than {limit}. Check the number."),
    "above_range": gettext_lazy("More than {limit}. Check the number."),
    "slip_up": gettext_lazy("About {times} times last year's {before}. Check unit and digits."),
    "slip_down": gettext_lazy("About 1/{times} of last year's {before}. Check unit and digits."),
    "times_up": gettext_lazy("{times} times last year's {before}. Check the number."),
    "times_down": gettext_lazy("1/{times} of last year's {before}. Check the number."),
    "nothing_left": gettext_lazy("0 after {before} last year. If there is no figure, choose why."),
    "slip_up_replaced": gettext_lazy(
        "About {times} times the {before} that it replaces. Check unit and digits."
    ),
    "slip_down_replaced": gettext_lazy(
        "About 1/{times} of the {before} that it replaces. Check unit and digits."
    ),
    "times_up_replaced": gettext_lazy("{times} times the {before} that it replaces. Check it."),
    "times_down_replaced": gettext_lazy("1/{times} of the {before} that it replaces. Check it."),
    "nothing_left_replaced": gettext_lazy(
        "0 in place of {before}. If there is no figure, choose why."
    ),
    "slip_to_fraction": gettext_lazy("Is it a part of 1? Here it is per cent: 95.6, not 0.956."),
    "doubted_above": gettext_lazy(
        "There is no figure of last year, and {name}, worked out from it, looks odd. Check it."
    ),
    "apart_above": gettext_lazy(
        "Far above the other districts for its size ({name}). Check unit and digits."
    ),
    "apart_below": gettext_lazy(
        "Far below the other districts for its size ({name}). Check unit and digits."
    ),
    "stands_out_above": gettext_lazy("Far above the other districts. Check and explain."),
    "stands_out_below": gettext_lazy("Far below the other districts. Check and explain."),
    "unchanged": gettext_lazy("Exactly last year's {before}. Check whether it was copied."),
    "total_differs": gettext_lazy(
        "The units' figures give {computed}, {difference} off what is stated. Check and explain."
    ),
}
# In the unit of the figure; `other` is in the other's, and the rest are plain numbers.
IN_ITS_UNIT = {"mine", "before", "limit", "computed"}


@dataclass(frozen=True)
class Said:
    """One finding in words, with what the unit said to it. An error has to be put right, a warning
    explained."""

    rule: Rule
    sentence: str
    severity: str
    indicator: Indicator
    explanation: str = ""
    mend: Decimal | None = None

    @property
    def mend_text(self) -> str:
        """What was probably meant after a slip of units, as it would be typed; else nothing."""
        return typed_words(self.mend, self.indicator) if self.mend is not None else ""

    @property
    def mend_words(self) -> str:
        """The same as it is read: 335 000 万元."""
        return grouped_words(self.mend, self.indicator) if self.mend is not None else ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    def __str__(self) -> str:
        return self.sentence


def findings_among(
    figures: Sequence[Figure],
    numbers: Mapping[CodeYear, Decimal],
    reported: Set[CodeYear],
    evaluation_year: int,
    *,
    about: Set[int] | None = None,
) -> dict[CodeYear, list[Said]]:
    """What the rules find among a unit's `numbers`, by code and year; all of the indicators (ids)
    that it is `about`, where only they are shown.

    `figures` are all of the unit in the evaluation year: they know last year's numbers, and the
    whole of a part may lie in another duty area. `reported` are places with a figure or a state.
    """
    if not figures or not figures[0].snapshot.rules:
        return {}
    snapshot = figures[0].snapshot
    unit = figures[0].jurisdiction
    known = {(figure.indicator.pk, figure.year): figure for figure in figures}
    code_of = {pk: indicator.code for pk, indicator in snapshot.indicators.items()}

    def number(pk: int, year: int) -> Decimal | None:
        if (pk, year) in known:
            return numbers.get((code_of[pk], year))
        figure = known.get((pk, year + 1))
        before = figure.before if figure else None
        return None if before is None or before.part_of_year else before.whole_number

    def computed(pk: int, year: int) -> Decimal | None:
        result = known[pk, year].result if (pk, year) in known else None
        return None if result is None else result.whole_computed

    replaced = replaced_numbers(snapshot, unit.pk, evaluation_year)
    rule_inputs = RuleInputs(
        number=number,
        is_reported=lambda pk, year: (code_of[pk], year) in reported,
        others=others_of(snapshot, unit.pk, evaluation_year, about=about),
        computed=computed,
        replaced=lambda pk, year: replaced(pk, year, number(pk, year)),
        beside=sizes_beside(snapshot, unit.pk, evaluation_year),
    )
    return findings_by(rule_inputs, snapshot, unit.pk, evaluation_year, about=about)


def findings_by(
    rule_inputs: RuleInputs,
    snapshot: Snapshot,
    unit_id: int,
    evaluation_year: int,
    *,
    about: Set[int] | None = None,
) -> dict[CodeYear, list[Said]]:
    """What the rules find in a unit's numbers, by code and year; `about` as above."""
    found: dict[CodeYear, list[Said]] = {}
    for broken in check(snapshot, unit_id, evaluation_year, rule_inputs, about=about):
        indicator = snapshot.indicators[broken.indicator_id]
        other = snapshot.indicators[broken.other] if broken.other else indicator
        sentence = sentence_of(broken.rule, broken.code, broken.numbers, indicator, other)
        mend = _mend(broken, rule_inputs.number(indicator.pk, broken.year), indicator)
        said = Said(broken.rule, sentence, broken.rule.severity, indicator, mend=mend)
        found.setdefault((indicator.code, broken.year), []).append(said)
    return found


def _mend(broken: Broken, number: Decimal | None, indicator: Indicator) -> Decimal | None:
    """The number with the factor of a slip taken back, where it is one that can be entered."""
    times = broken.numbers.get("times")
    if number is None or times is None or not broken.code.startswith("slip_"):
        return None
    with localcontext(CONTEXT):
        meant = number / times if broken.code.startswith("slip_up") else number * times
    whole = UNITS[indicator.unit].whole
    if not fits(meant) or meant != (round_once(meant) if not whole else meant.to_integral_value()):
        return None
    return round_once(meant)


def findings_in(figures: Sequence[Figure], evaluation_year: int) -> dict[CodeYear, list[Said]]:
    """What the rules find in a unit's figures as they are."""
    numbers = {
        (figure.code, figure.year): figure.number
        for figure in figures
        if figure.number is not None and not figure.is_partial
    }
    reported = {(figure.code, figure.year) for figure in figures if figure.is_reported}
    return findings_among(figures, numbers, reported, evaluation_year)


def findings_as_reported(unit_id: int, evaluation_year: int) -> dict[CodeYear, list[Said]]:
    """What the rules find in what stands as reported of a unit."""
    snapshot = current_snapshot()
    rule_inputs = inputs_with_drafts(snapshot, unit_id, evaluation_year, [])
    return findings_by(rule_inputs, snapshot, unit_id, evaluation_year)


def said(finding: Finding) -> Said:
    """A stored finding in words; its rule and indicator are at hand."""
    sentence = sentence_kept(finding.rule, finding.indicator, finding.details)
    return Said(finding.rule, sentence, finding.severity, finding.indicator, finding.explanation)


def sentence_kept(rule: Rule, indicator: Indicator, details: Mapping[str, Any]) -> str:
    """What was found, by the details that were kept of it."""
    snapshot = current_snapshot()
    numbers = {name: Decimal(text) for name, text in details.get("numbers", {}).items()}
    other = snapshot.by_code.get(details.get("other", ""), indicator.pk)
    code = details.get("code", "")
    return sentence_of(rule, code, numbers, indicator, snapshot.indicators[other])


def with_explanations(
    user: User,
    submission: Submission,
    figures: Sequence[Figure],
    found: Mapping[CodeYear, Sequence[Said]],
) -> dict[CodeYear, list[Said]]:
    """What was found, with what the unit said to it as it is now: to the finding, in a note written
    with the figure, or to all that is odd below it. `figures` are the unit's."""
    if not found:
        return {}
    snapshot, unit = figures[0].snapshot, submission.jurisdiction_id
    places = {(snapshot.by_code[code], year): (code, year) for code, year in found}
    notes, versions = notes_and_versions(unit, {figure.year for figure in figures})
    kept = Finding.objects.for_user(user).current().filter(submission=submission)
    written = {
        (finding.rule_id, finding.indicator_id, finding.year): finding.explanation
        for finding in kept
        if finding.value_version
        == version_of(snapshot, unit, (finding.indicator_id, finding.year), versions)
    }
    doubted: dict[tuple[int, int], Explanation | None] = {}
    for (pk, year), code in places.items():
        note = notes.get((pk, year))
        texts = [
            written.get((one.rule.pk, pk, year), "") or (note.text if note else "")
            for one in found[code]
        ]
        doubted[pk, year] = Explanation(texts[0], None, None) if all(texts) else None

    def said_to(one: Said, pk: int, year: int) -> str:
        own = written.get((one.rule.pk, pk, year), "")
        below = notes.get((pk, year)) or inherited(snapshot, unit, (pk, year), doubted)
        return own or (below.text if below else "")

    return {
        code: [replace(one, explanation=said_to(one, pk, year)) for one in found[code]]
        for (pk, year), code in places.items()
    }


def asked_or_derived(
    figures: Sequence[Figure], evaluation_year: int, asked: Set[int]
) -> list[Figure]:
    """A unit's figures that are asked for (ids of indicators), and those worked out from them."""
    if not figures:
        return []
    snapshot, unit = figures[0].snapshot, figures[0].jurisdiction.pk
    found = asked_with_derived(snapshot, unit, evaluation_year, asked)
    return [figure for figure in figures if figure.indicator.pk in found]


def sentence_of(
    rule: Rule, code: str, numbers: Mapping[str, Decimal], indicator: Indicator, other: Indicator
) -> str:
    """What is odd about a figure, with its numbers, and what the office adds to it."""
    if code not in SENTENCES:
        return rule.message or rule.name
    words = {"name": other.name}
    for name, number in numbers.items():
        if name == "other":
            words[name] = exact_words(number, other)
        elif name in IN_ITS_UNIT:
            words[name] = exact_words(number, indicator)
        elif name == "difference":
            words[name] = difference_words(number, indicator)
        elif name == "times":
            words[name] = plain(number)
        else:
            words[name] = digits(number, max(0, -place_of(number)))
    if "change" in numbers:
        change = numbers["change"]
        words["change"] = f"+{plain(change)}" if change > 0 else f"−{plain(abs(change))}"
        words["size"] = plain(abs(change))
    sentence = str(SENTENCES[code]).format(**words)
    return sentence + _(" %(message)s") % {"message": rule.message} if rule.message else sentence
