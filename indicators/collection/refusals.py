"""All refusals: a stable code and a sentence with place and mend, in the user's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from indicators.models import ValueRevision, YearlyValue

SENTENCES = {
    # Who and where
    "out_of_scope": _("There is no such figure, or it is not yours to enter."),
    "reason_needed_on_behalf": _(
        "Say first why the figure is entered on behalf of {unit}, in the box for the reason."
    ),
    "not_an_editor": _("Only a catalogue editor may change the catalogue."),
    "own_rights": _("Nobody may change their own rights. Ask another administrator."),
    "same_person": _("Choose somebody else as the successor."),
    "account_closed": _("The account of {name} is closed. Choose an active one."),
    "jurisdiction_closed": _("{unit} does not exist in {year}. Choose a year in which it reports."),
    "not_asked_in_year": _("{name} is not asked for {year}; it is asked {span}."),
    "unknown_year": _("Year {year} is outside {first} to {last}."),
    "city_only": _("Only the level above enters this indicator."),
    "derived_not_entered": _("This indicator is computed from others; enter those instead."),
    "stated_needs_figure": _("A stated figure needs a number or a statement, or is left empty."),
    # What a value is
    "exactly_one": _("Give one of number, statement or state, not several."),
    "statement_only": _("This indicator takes a statement: met, partly met or not met."),
    "number_only": _("This indicator takes a number, not a statement."),
    "reason_missing": _("Say why: a reason is needed when the figure is not available."),
    "null_character": _("There is an unprintable character. Type the text again."),
    "below_limit": _("At least {limit}."),
    "above_limit": _("At most {limit}. If a share above it is right, ask the catalogue editor."),
    "total_too_large": _(
        "With this figure the total of {unit} would have more than 14 digits. Check the number."
    ),
    "period_out_of_range": _("The period begins between {first} and {year}."),
    "unknown_choice": _("This choice does not exist. Load the page again and choose."),
    # Reading what was typed
    "empty": _("Nothing was typed."),
    "too_long": _("At most {limit} characters."),
    "exponent": _("Write the number in digits, without an exponent such as 1e5."),
    "two_points": _("There are two decimal points. Leave one."),
    "grouping": _("Commas stand between groups of three digits: 12,345."),
    "not_a_number": _("“{found}” cannot be read here. Write it like {example}."),
    "in_brackets": _(
        "Brackets around a number mean minus, and “{found}” says more than a number. "
        "Write it without brackets, like {example}."
    ),
    "unclear": _("“{found}” can be read in two ways. Write it in one unit, like {example}."),
    "which_unit": _("“{found}” may be {one} or {other} here. Write the one that is meant."),
    "at_most": _(
        "“{found}” says only what the figure does not exceed. Write the figure itself; if nobody "
        "has it, choose “Not available” under “State”."
    ),
    "several_lines": _("There are several lines in one box. Leave one number."),
    "a_range": _("One number is needed, not a range."),
    "two_qualifiers": _("Two words about the number contradict each other. Leave one."),
    "dash": _(
        "A dash is no figure. Write 0 if it is 0; if there is none, choose under “State” why."
    ),
    "which_state": _(
        "“{found}” does not say which is meant: choose “Not applicable” or “Not available” under "
        "“State”, or write 0 if it is 0."
    ),
    "wrong_unit": _("“{found}” does not fit here: the unit is {unit}."),
    "not_whole": _("A whole number is needed: this counts {unit}."),
    "not_to_one": _("“{found}” is told to another number than 1. Write it like {example}."),
    "no_ratio": _("A ratio stands between 1 and a number above 0, such as 1:15.2."),
    "too_many_digits": _("At most {limit} digits before the decimal point."),
    "too_many_decimals": _("At most {limit} decimals."),
    "numbers_only": _(
        "After “=” stand numbers and + − × ÷ ( ) only; “{character}” (character {position}) is "
        "neither."
    ),
    "division_by_zero": _("The divisor is 0."),
    # Versions
    "stale": _("Somebody else saved this figure meanwhile. Compare and choose."),
    "given_twice": _("This figure is given twice, also in row {row}. Leave one."),
    # Files
    "import_busy": _("The import is being worked on. Wait until that is done, or cancel it."),
    "import_decided": _("This import was decided already. Look at it again."),
    "import_moved": _("Meanwhile figures of this import were changed. Look at the list again."),
    "nothing_to_import": _("There is nothing to import: what can be imported is stored already."),
    "changed_since": _("The figure was changed after the import."),
    "nothing_to_take_back": _("Nothing of this import can be taken back any more."),
    "rows_open": _("{n} rows cannot be imported as they are. Put them right, or leave them out."),
    "indicator_not_found": _("“{said}” is the code or name of no indicator."),
    "indicator_not_clear": _("Several indicators are called “{said}”; write the code: {codes}."),
    "unit_not_found": _("“{said}” is the code or name of no unit in {year}."),
    "unit_not_clear": _("Several units are called “{said}”; write the code: {codes}."),
    "unit_not_said": _("The file does not say of which unit this is. Choose it above."),
    "year_not_said": _("The file does not say of which year this is. Choose it above."),
    "year_not_read": _("“{said}” is no year. Write it like 2021."),
    "twice_in_file": _("The file says this figure twice, also at {cell}. Leave one."),
    "unit_of_measure_unlike": _("The file gives it in {found}; the unit is {unit}."),
    "statement_not_read": _("“{said}” is none of: {words}."),
    "state_not_read": _("“{said}” is no state. There are: {words}."),
    "cell_is_error": _("The cell shows the error {found}. Put its formula right."),
    "cell_not_calculated": _(
        "The cell holds a formula without its result. Open the file in Excel or WPS, save it, and "
        "upload it again."
    ),
    "cell_is_date": _("The cell holds a date ({found}). Write the figure."),
    # Reports
    "report_exists": _("{unit} has a report of {year} already. Go on with that one."),
    "report_not_in_this_state": _("“{act}” is not possible while the report is: {state}."),
    "report_moved": _(
        "{who} has acted on the report meanwhile; it is now: {state}. Look at it again."
    ),
    "paragraph_moved": _("{who} has written this paragraph meanwhile. Compare and choose."),
    "wrote_it_yourself": _(
        "You have written parts of this report. Somebody else has to approve it."
    ),
    "chapter_has_no_text": _("A chapter has a heading only. Put the text into a paragraph below."),
    "heading_missing": _("A numbered paragraph needs a heading."),
    "text_has_no_heading": _("Text without a number has no heading. Choose a level, or empty it."),
    "figures_not_approved": _(
        "These figures of the text have no approved value: {names}. Have them approved, or take "
        "them out."
    ),
    "figure_of_others": _("A report of {unit} names figures of {unit}, or of units below it."),
    "no_such_place": _("Nothing can be bound at that place. Look at the check again."),
    "edition_same": _("Nothing has changed since edition {number}."),
    # Rounds and submissions
    "not_in_round": _("{round} does not ask for this indicator."),
    "unit_not_in_round": _("{round} does not ask {unit} for figures."),
    "ended_not_asked": _(
        "{unit} is no more since {year}. Of its years before, only what a round asks or the city "
        "supervisor has reopened can be entered; what was never reported is loaded by whoever "
        "keeps the server."
    ),
    "round_not_open": _("{round} is not open for entry before {day}."),
    "round_closed": _("{round} is closed."),
    "past_due": _(
        "Entry ended on {day}. Ask the city supervisor for an extension, with the reason."
    ),
    "past_closing": _(
        "Corrections ended on {day}. Ask the city supervisor for an extension, with the reason."
    ),
    "submitted_waits": _(
        "The figures are submitted and wait for the city's review; they can be changed when they "
        "are returned."
    ),
    "review_begun": _(
        "The city has begun its review; the submission can no longer be taken back. Answer its "
        "questions, or ask it to return the figures."
    ),
    "too_late_to_take_back": _(
        "The days for entering figures are over; the submission can no longer be taken back. Ask "
        "the city to return the figures."
    ),
    "approved_locked": _("The figures are approved and locked. Ask the city supervisor to reopen."),
    "approved_not_returned": _(
        "{name} stands as approved and was not reopened. Decide on this submission first, then "
        "reopen the figure."
    ),
    "approved_would_move": _("{n} approved figures would change. A supervisor has to confirm it."),
    "old_years_change": _(
        "This version is in force and has figures. Add a version from a later year instead, or "
        "have a supervisor confirm the change."
    ),
    "moved_meanwhile": _(
        "Meanwhile other approved figures would change than those that were listed. Look at the "
        "list again."
    ),
    "proposal_decided": _("This change was confirmed or withdrawn already."),
    "year_has_round": _("{round} asks {unit} for this year; approve its submission there."),
    "nothing_to_approve": _("Nothing of {unit} waits for approval in {year}."),
    "year_moved": _(
        "Meanwhile figures of {unit} were changed. Look at the list again, then approve."
    ),
    "not_approved_yet": _("{name} of {year} is not approved; it can be entered as it is."),
    "asked_in_round": _("{round} asks for this indicator; take it out of the round first."),
    "unit_in_round": _(
        "{round} asks {unit} for {year}; close the round or take the unit out first."
    ),
    "moved_before_deletion": _("Somebody else changed this meanwhile. Look at it, then delete it."),
    "explained_meanwhile": _(
        "{who} explained it meanwhile: “{said}”. Compare; what you send now takes its place."
    ),
    "lag_in_round": _("{round} asks for this indicator; its lag can change when it is closed."),
    "thing_moved": _("Somebody else changed this meanwhile: {fields}. Compare and save again."),
    "reopening_ended": _("The reopening ended on {day}; the figures are locked again."),
    "not_returned": _("Only the returned figures can be changed; this one was not returned."),
    "not_reopened": _("Only the reopened figures can be changed; this one was not reopened."),
    "not_in_this_state": _("“{act}” cannot be done: the submission is {state}."),
    "not_your_act": _("“{act}” is not yours to do here."),
    "submission_moved": _(
        "Meanwhile {who} has acted on the submission: it is now {state}. Look at it again."
    ),
    "entered_it_yourself": _(
        "Whoever entered or submitted figures of this submission cannot approve it. Ask another "
        "supervisor."
    ),
    "no_lead": _("{unit} has nobody who checks and submits. Ask the system administrator."),
    "figures_missing": _(
        "{n} figures are missing: {names}. Enter them, or say why there are none."
    ),
    "returned_not_answered": _(
        "{n} returned figures were neither changed nor answered: {names}. Change them, or answer "
        "the city why they stay."
    ),
    "questions_open": _("{n} questions of the city are open: {names}. Answer them first."),
    "figures_moved": _(
        "Meanwhile {n} figures were changed: {names}. Look at them again, then submit."
    ),
    "rules_broken": _("{n} figures break a rule: {names}. Put them right first."),
    "explanations_missing": _("{n} figures need an explanation: {names}."),
    "nothing_found": _("The figure no longer breaks this rule; nothing has to be explained."),
    "act_reason_missing": _("Give a reason."),
    "figure_reason_missing": _("Give a reason for {name}."),
    "computed_not_returned": _(
        "{name} is worked out from other figures; choose those instead, the unit cannot enter it."
    ),
    "nothing_chosen": _("Choose at least one figure."),
    "chosen_but_approved": _(
        "{n} figures are chosen to be returned. Return them, or take the choice away to approve."
    ),
    "reason_but_not_chosen": _(
        "A reason is given for figures that are not chosen: {names}. Choose them, or take the "
        "reason away."
    ),
    "day_missing": _("Say until which day."),
    "figure_unknown": _("{code} is not a figure of this submission."),
    "day_passed": _("{day} has passed. Choose today or a later day."),
    "year_to_come": _("{year} is a year to come. It is entered when a round is open for it."),
    "round_not_planned": _("{round} has been opened; withdraw it instead of deleting it."),
    "round_has_submissions": _("{n} units have submitted to {round}; it can only be closed."),
    "round_withdrawn": _("{round} was withdrawn meanwhile; it asks nothing of anybody any more."),
    "round_not_closed": _("{round} is not closed."),
    "close_reason_missing": _(
        "{n} units are not approved. Say why the round is closed without them."
    ),
    "not_submitted_yet": _("{unit} has not submitted yet; there is nothing to confirm."),
    "paper_moved": _("Figures were changed while the paper was made. Ask for it once more."),
    "font_missing": _(
        "The server has no Chinese font, without which the paper cannot be read. Ask the operator "
        "to install one of {fonts}."
    ),
    "unit_has_submitted": _("{unit} has submitted already; it stays in the round."),
    "indicators_not_asked": _("Not asked in {year}: {names}. Untick them."),
    "not_in_that_year": _("Not valid in {year}: {names}. Take them out of the plan."),
    "days_out_of_order": _("The days must follow each other: opening, due, closing."),
    "round_exists": _("{city} has a round of {year} already."),
    "round_without_figures": _("Choose at least one indicator and one unit."),
    "round_is_open": _("{round} is open already."),
    "round_moved": _("Somebody else changed the round meanwhile. Load the page again."),
    "left_out_moved": _(
        "Meanwhile other units would be left out than those that were listed. Look at the list "
        "again, then close the round."
    ),
    "reviews_wait": _("{n} submissions wait for review. Approve or return them first."),
    "not_a_supervisor": _("Only the city's supervisor runs its rounds."),
    "remark_empty": _("Write something first."),
    "annotation_gone": _("There is no such annotation here."),
    "annotations_too_many": _("A figure has {limit} annotations at most."),
    # Problems and measures
    "problem_not_in_this_state": _("“{act}” cannot be done: it is {state}."),
    "problem_moved": _("Meanwhile {who} has acted on it: it is now {state}. Look at it again."),
    "problem_settled": _("{code} is accepted; take it up again before working on its measures."),
    "measures_open": _("{n} measures are not accepted: {names}. Decide on them first."),
    "figures_short": _("These figures do not show it solved: {names}. Say why it is accepted."),
    "handed_in_yourself": _("Whoever handed it in cannot accept it. Ask another supervisor."),
    "responsible_elsewhere": _("{unit} is neither the unit concerned, nor above nor below it."),
    "no_unit_chosen": _("Choose at least one unit."),
    "title_missing": _("Give it a title."),
    "deadline_missing": _("Give a deadline."),
    "tasks_unanswered": _("{n} tasks of the city wait for an answer: {names}. Answer them first."),
    # Achievements
    "achievement_moved": _("{who} has changed this achievement meanwhile. Compare and choose."),
    "achievement_twice": _("“{title}” is there already: {code}. Change that one instead."),
    "achievements_moved": _(
        "Meanwhile {n} achievements were changed: {names}. Look at them again, then submit."
    ),
    "date_to_come": _("{day} is yet to come. Give the day of the award or of the document."),
    "achievement_of_others": _("A report of {unit} cites its achievements and those below it."),
    "achievements_not_approved": _("These achievements of the text are not approved: {names}."),
    # Saved questions
    "name_missing": _("Give it a name."),
    "hidden_marks": _("Without control or direction marks, please: {marks}."),
    "question_name_taken": _(
        "You have saved “{name}” already. Choose another name, or replace what is saved."
    ),
    "question_too_long": _(
        "So much does not fit into an address. Choose fewer indicators, units or years."
    ),
    "question_empty": _("Choose indicators, units and years first, then save."),
    "question_moved": _("Meanwhile “{name}” was changed. Look at it, then do it again."),
    "question_gone": _("It is not among your saved tables any more."),
    "questions_too_many": _("At most {limit} can be saved. Delete one that is not needed."),
    "pinned_too_many": _("At most {limit} can be pinned. Take another one off first."),
    # Catalogue
    "formula_unreadable": _("The formula cannot be read at character {position}: {fault}"),
    "formula_unknown_code": _(
        "The formula names {code} at character {position}, which is no indicator."
    ),
    "formula_cycle": _("From {year} on the formula leads back to itself: {path}."),
    "formula_units": _("The units do not fit: the formula gives {left}, {right} is needed."),
    "formula_unlike_units": _(
        "The units do not fit: the formula adds or compares {left} and {right}."
    ),
    "formula_of_statement": _("A formula takes numbers; {code} is a statement."),
    "formula_of_above_only": _("The units do not report {code}, which the formula names."),
    "derived_adds_up": _(
        "{code} is computed by a formula, so it cannot add up over units; choose “{none}”."
    ),
    "definition_order": _("A new version begins after {year}, where the one before begins."),
    "code_is_stable": _("A code is never changed: formulas and exports name it."),
    "unit_is_stable": _("The unit cannot change while there are figures in it."),
    "measure_in_use": _(
        "It is in use by: {held}. Base unit, factor, dimension and whole numbers stay; add another "
        "unit instead."
    ),
    "measure_is_needed": _(
        "The application itself works with “{name}”: only its English name and counting words may "
        "change."
    ),
    "in_use": _("It cannot be deleted; it is referred to by: {held}."),
    "only_definition": _("An indicator keeps its only definition; delete the indicator instead."),
    "figures_outside_years": _("There are figures of {years}: the years asked must include them."),
    "jurisdiction_overlaps": _("Code {code} already means {unit} in some of these years."),
    "change_moves_approved": _(
        "{n} approved figures would change, as last year's would be those of other units. Leave "
        "the units as they are."
    ),
    "change_without_basis": _("Name the document by which the units change."),
    "change_of_one": _("Choose one unit, and give the one that it becomes."),
    "merge_of_one": _("Choose two units or more, and give the one that they become."),
    "split_into_one": _("Choose one unit, and give two or more that it becomes."),
    "unit_has_ended": _("{unit} ended in {year} already. Choose a unit that exists."),
    "change_before_beginning": _("{unit} exists since {since}. Choose a date in {first} or later."),
    "unit_has_units_below": _(
        "{unit} has units below it, or is a city; it cannot be changed in this way."
    ),
    "parents_differ": _("The units belong to different cities. Choose units of one city."),
    "nothing_changes": _("{unit} would be as it is. Give what becomes another."),
    "new_unit_incomplete": _("Each new unit needs a code and a Chinese name."),
    "parent_cycle": _("A unit cannot lie within itself."),
}

# What `measures.formula` finds wrong, for the sentence of formula_unreadable.
FORMULA_FAULTS = {
    "too_long": _("it is too long"),
    "too_deep": _("too many parentheses lie within each other"),
    "ends_early": _("something is missing at the end"),
    "unknown_sign": _("an unknown sign"),
    "unexpected": _("this does not belong here"),
    "unknown_function": _("an unknown function"),
    "expected_open": _("“(” is missing"),
    "expected_close": _("“)” is missing"),
    "expected_comma": _("“,” is missing"),
    "expected_year": _("a year of four digits is needed"),
    "expected_code": _("the code of an indicator is needed"),
}


class Refusal(Exception):
    """Something may not be done. `code` is stable, `message` for the user.

    `field` says in which box, `place` which of several entries given at once.
    """

    def __init__(self, code: str, /, *, field: str = "", **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.field = field
        self.place = 0
        self.params = params

    @property
    def message(self) -> str:
        return str(SENTENCES[self.code]).format(**self.params)

    def __str__(self) -> str:
        return self.message


class ApprovedWouldMove(Refusal):
    """What would be written moves approved figures: `moved`, as results tell them; or it changes
    what old years mean, though none of theirs is approved. A supervisor confirms it, or the
    operator gives a reason."""

    def __init__(self, moved: Sequence[Any]) -> None:
        super().__init__("approved_would_move" if moved else "old_years_change", n=len(moved))
        self.moved = moved


class Stale(Refusal):
    """The version given is not the one now: `now` is the value, `before` what the user saw."""

    def __init__(self, now: YearlyValue | None, before: ValueRevision | None) -> None:
        super().__init__("stale")
        self.now = now
        self.before = before
