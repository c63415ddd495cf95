"""Second floor: what may be done by whom and when, and every refusal with its stable code.

`rules` say who may enter which figure and what it must be; `states` what may be done with a
submission, `problem_states` with a problem and its measures; `windows` on which days; `duties` who
may not approve; `unanswered` what the unit has to say first; `taking_back` until when it may change
its mind; `annotating` who says something about a figure; `achievements` who enters them. Nothing
here writes.
"""

from indicators.collection.achievements import may_enter_achievements
from indicators.collection.annotating import may_annotate
from indicators.collection.duties import entered_achievements, entered_any, had_a_hand_in
from indicators.collection.openings import openings_of
from indicators.collection.problem_states import (
    PROBLEM_TABLE,
    ProblemTransition,
    has_problem_role_for,
    next_problem_state,
    problem_acts,
    refuse_own_acceptance,
    refuse_unless_problem_role,
    supervises_unit,
)
from indicators.collection.refusals import FORMULA_FAULTS, ApprovedWouldMove, Refusal, Stale
from indicators.collection.report_states import (
    REPORT_TABLE,
    ReportTransition,
    next_report_state,
    refuse_unless_others_wrote,
    report_acts,
)
from indicators.collection.rules import (
    FIRST_YEAR,
    last_year,
    on_behalf,
    refuse_unless_enterable,
    refuse_unless_within_limits,
    years,
)
from indicators.collection.states import (
    TABLE,
    Transition,
    allows,
    has_role_for,
    next_state,
    refuse_unless_role,
)
from indicators.collection.taking_back import refuse_unless_taken_back_in_time
from indicators.collection.unanswered import open_questions, returned_unanswered, tasks_unanswered
from indicators.collection.windows import Window, last_day, window_of

__all__ = [
    "FIRST_YEAR",
    "FORMULA_FAULTS",
    "PROBLEM_TABLE",
    "REPORT_TABLE",
    "TABLE",
    "ApprovedWouldMove",
    "ProblemTransition",
    "Refusal",
    "ReportTransition",
    "Stale",
    "Transition",
    "Window",
    "allows",
    "entered_achievements",
    "entered_any",
    "had_a_hand_in",
    "has_problem_role_for",
    "has_role_for",
    "last_day",
    "last_year",
    "may_annotate",
    "may_enter_achievements",
    "next_problem_state",
    "next_report_state",
    "next_state",
    "on_behalf",
    "open_questions",
    "openings_of",
    "problem_acts",
    "refuse_own_acceptance",
    "refuse_unless_enterable",
    "refuse_unless_others_wrote",
    "refuse_unless_problem_role",
    "refuse_unless_role",
    "refuse_unless_taken_back_in_time",
    "refuse_unless_within_limits",
    "report_acts",
    "returned_unanswered",
    "supervises_unit",
    "tasks_unanswered",
    "window_of",
    "years",
]
