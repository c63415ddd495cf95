"""What a block that is pasted into a sheet may call the unit, and the units around it.

Decided: names of the units beside it are not the reader's. That a block is of one of them is seen
by checksums of the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

from indicators.figures import Figure
from indicators.models import Jurisdiction

# As in sheet-claims.js.
ENDING = re.compile("(?:自治县|自治州|新区|开发区|区|县|市|省|州|盟|旗)$")
AUTONOMOUS = re.compile("^(\\w{2,}?)(?:\\w{1,4}族)+自治([县州区旗])$")


@dataclass(frozen=True)
class NamesInBlocks:
    """With bars between them. `figure` is any of the sheet's; of a sheet without none are told."""

    unit: Jurisdiction
    figure: Figure | None
    year: int

    @property
    def own(self) -> str:
        return "|".join((self.unit.code, self.unit.name_zh, self.unit.name_en))

    @property
    def others(self) -> str:
        """Of the unit above and those below."""
        units = [*self._units(self.unit.parent_id), *self._below(self.unit.pk)]
        return "|".join(name for one in units for name in (one.code, one.name_zh, one.name_en))

    @property
    def hidden(self) -> str:
        """Checksums of the short names of those beside it."""
        beside = [one for one in self._below(self.unit.parent_id) if one.pk != self.unit.pk]
        short = _short(one.name_zh for one in beside)
        return "|".join(sorted({f"{crc32(name.encode()):x}" for name in short}))

    def _below(self, unit: int | None) -> list[Jurisdiction]:
        if self.figure is None or unit is None:
            return []
        return self._units(*self.figure.snapshot.children(unit, self.year))

    def _units(self, *ids: int | None) -> list[Jurisdiction]:
        units = self.figure.snapshot.units if self.figure else {}
        return [units[pk] for pk in ids if pk in units]


def _short(full: Iterable[str]) -> set[str]:
    """彭水苗族土家族自治县 is 彭水, 彭水县 and 彭水自治县 as well; of one sign is no name."""
    names = list(full)
    found = {ENDING.sub("", name) for name in names}
    for name in names:
        if parts := AUTONOMOUS.match(name):
            place, ending = parts.groups()
            found |= {place, place + ending, f"{place}自治{ending}"}
    return {name for name in found if len(name) > 1}
