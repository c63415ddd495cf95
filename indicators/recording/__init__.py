"""Third floor: the one door for writes. Entry sheet, admin, seeds, import and API all come through.

A value passes `save_value` or `save_values`: scope, year, limits and version are checked, the value
is written (its version by a trigger, see `guards`), what stands is set, and the results that depend
on it are refreshed, in one transaction. `meanings` tells beforehand what would be written,
`refusals_of` all that is wrong with a batch. A change of the catalogue passes `catalogue`, one of
units `jurisdiction_change`; a person who leaves passes `leaving`. What is done to a round passes
`round`, to a submission `submission`.

What was typed is kept to the letter; what it means (number, place, qualifier) is read once, when it
is saved. Decided: when 余 got a code of its own, the code of old versions was split by a migration,
which made no version: text, number, who, when and why stay as they were.

What goes wrong is a `Refusal` with a stable code; a stale version is `Stale`, with both sides.
"""

from indicators.recording.batch import refusals_of
from indicators.recording.values import Entry, meanings, save_value, save_values
from indicators.recording.window import locks

__all__ = ["Entry", "locks", "meanings", "refusals_of", "save_value", "save_values"]
