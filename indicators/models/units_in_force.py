"""The units of measure by code, as everybody but their own forms asks for them.

Decided: a thread knows the units as it last saw the catalogue, whose picture (`results.snapshot`)
carries them, so a page asks nothing more for them. A request begins without, and so sees a changed
name in every process at once; a code that is not known asks the database again before it is said
not to be there. Outside of requests they are as of the last look at the catalogue, which every
write takes. Nothing is shared between threads: what a transaction has not committed is seen by
itself alone, and its rolling back is seen by the token of the next look.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db.models import QuerySet

from indicators.measures.units import Unit
from indicators.models.prepared import prepared
from indicators.models.unit_of_measure import UnitOfMeasure


@prepared
def _rows() -> QuerySet[UnitOfMeasure]:
    return UnitOfMeasure.objects.all()


def read_units() -> dict[str, Unit]:
    """All that the table holds, in its order; one query."""
    rows = _rows()
    bases = {row.code: row.as_unit() for row in rows if row.is_base}
    return {
        row.code: bases[row.code] if row.is_base else row.as_unit(bases[row.base])
        for row in rows
        if row.base in bases
    }


class UnitsInForce(Mapping[str, Unit]):
    """`looked` and `forget` are for whoever looks at the catalogue."""

    def __init__(self) -> None:
        self._here = threading.local()

    def looked(self, units: Mapping[str, Unit]) -> None:
        """What this thread sees from now on."""
        self._here.units = units

    def forget(self, then: Callable[[], object] | None = None) -> None:
        """The next look-up asks anew: `then` looks at the catalogue, else the table is read."""
        self._here.units, self._here.look = None, then

    @contextmanager
    def beside(self, more: Mapping[str, Unit]) -> Iterator[None]:
        """Meanwhile those that are read and not yet written are known too: `more` may grow."""
        self._here.more = more
        try:
            yield
        finally:
            self._here.more = {}

    def __getitem__(self, code: str) -> Unit:
        known = self._known()
        if code and code not in known:
            known = self._read()
        return known[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known())

    def __len__(self) -> int:
        return len(self._known())

    def _known(self) -> Mapping[str, Unit]:
        here = self._here.__dict__  # of this thread
        units: Mapping[str, Unit] | None = here.get("units")
        if units is None and here.get("look"):
            here["look"]()
            units = here["units"]
        if units is None:
            return self._read()
        more: Mapping[str, Unit] = getattr(self._here, "more", {})
        return {**units, **more} if more else units

    def _read(self) -> Mapping[str, Unit]:
        self._here.units = read_units()
        return self._known()


UNITS = UnitsInForce()
