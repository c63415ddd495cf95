"""Second floor: what stands, for every indicator, unit, year and tier.

The only place that aggregates or evaluates a formula.

Goes in: standings, and the catalogue as a `Snapshot`. Comes out: rows of YearlyResult. `lock`
before the write, `refresh` after it, both in the writer's transaction; `rebuild` recomputes all.

Decided: rows are made where something was written or depends on it, not for the whole product of
indicators, units and years; an absent row is the same as an empty one. A tier's results follow from
that tier's standings and results alone, so a write to one tier leaves the other's rows unlocked.
A unit goes on with the figures of its predecessors (`predecessors`): last year, growth and lights
ask them, and nothing is stored twice. Over the boundaries of today a figure is worked out when a
reader asks (`over_now`), from units that had the area wholly (`boundary`), or refused. Catalogue
changes and loads of many figures lock the stamp alone, saves hold it shared, so a process keeps its
snapshot while the stamp's token lasts.
"""

from indicators.results.as_of import results_as_of
from indicators.results.asked_indicators import AskedIndicator
from indicators.results.boundary import Composition, UnitChange
from indicators.results.computation import ResultContent, StandingValue, tells_no_past
from indicators.results.dependencies import Key, affected, inputs, last_year, parts
from indicators.results.explanations import (
    Explanation,
    asked_with_derived,
    inherited,
    notes_and_versions,
    version_of,
    worked_out_from,
)
from indicators.results.over_now import OverNow, Refused, figures_over_now
from indicators.results.past import figures_of_past
from indicators.results.predecessors import before_it_began, successors
from indicators.results.preview import preview, preview_figures
from indicators.results.proof import Proof, places_of, proofs
from indicators.results.refresh import (
    Moved,
    ResultKey,
    TotalTooLarge,
    lock,
    refresh,
    standing_values,
    work_out_locked,
)
from indicators.results.release import (
    release,
    release_settled,
    released_numbers,
    withhold_of_moved_units,
)
from indicators.results.resting import Pair, Resting, pairs_behind
from indicators.results.rule_inputs import (
    inputs_by_year,
    inputs_with,
    inputs_with_drafts,
    others_of,
    replaced_numbers,
    sizes_beside,
)
from indicators.results.snapshot import (
    Lock,
    Snapshot,
    current_snapshot,
    held_snapshot,
    lock_catalogue,
    one_snapshot,
)
from indicators.results.validation import Broken, RuleInputs, check

__all__ = [
    "AskedIndicator",
    "Broken",
    "Composition",
    "Explanation",
    "Key",
    "Lock",
    "Moved",
    "OverNow",
    "Pair",
    "Proof",
    "Refused",
    "Resting",
    "ResultContent",
    "ResultKey",
    "RuleInputs",
    "Snapshot",
    "StandingValue",
    "TotalTooLarge",
    "UnitChange",
    "affected",
    "asked_with_derived",
    "before_it_began",
    "check",
    "current_snapshot",
    "figures_of_past",
    "figures_over_now",
    "held_snapshot",
    "inherited",
    "inputs",
    "inputs_by_year",
    "inputs_with",
    "inputs_with_drafts",
    "last_year",
    "lock",
    "lock_catalogue",
    "notes_and_versions",
    "one_snapshot",
    "others_of",
    "pairs_behind",
    "parts",
    "places_of",
    "preview",
    "preview_figures",
    "proofs",
    "refresh",
    "release",
    "release_settled",
    "released_numbers",
    "replaced_numbers",
    "results_as_of",
    "sizes_beside",
    "standing_values",
    "successors",
    "tells_no_past",
    "version_of",
    "withhold_of_moved_units",
    "work_out_locked",
    "worked_out_from",
]
