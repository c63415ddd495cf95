"""The load of the whole city through the set-based door against COPY of the same values.

The act: `save_values` of all entries at once: read and checked, values written, each with its
version by the trigger, made to stand, and all results worked out. Making the entries is not
measured. The floor: `COPY … FROM STDIN` of the value rows that came of it, from memory in COPY's
own text form, into a bare table of the same columns and the same keys, primary, unique and foreign,
without triggers, checks or further indexes; the median of several. Beside it stands the same
without the foreign keys, which take most of that time: what is then compared is a load that proves
the references of four tables with one that proves none.
"""

from __future__ import annotations

from statistics import median

import psycopg

from education_duty.bootstrap.places import say
from indicators.benchmark.city import City, entries
from indicators.benchmark.paired import Pair, timed
from indicators.models import Origin, YearlyValue
from indicators.recording import save_values

FLOORS = 3
TABLE = YearlyValue._meta.db_table
COPY = "COPY bare FROM STDIN"


def measure(city: City, bare: psycopg.Connection) -> tuple[Pair, Pair]:
    """Against the keyed table, and against one without foreign keys.

    Fills the city; must come before everything that reads figures.
    """
    given = list(entries(city))
    act = timed(lambda: save_values(given, actor=None, reason="", origin=Origin.SEED))
    bare.execute("VACUUM ANALYZE")
    return Pair(act, _floor(bare, "puf")), Pair(act, _floor(bare, "pu"))


def _floor(bare: psycopg.Connection, kinds: str) -> float:
    """Seconds of the COPY into a table with the keys of these kinds, as PostgreSQL names them."""
    keys = bare.execute(
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype::text = ANY(%s) ORDER BY contype, conname",
        [TABLE, list(kinds)],
    ).fetchall()
    table = f"CREATE TABLE bare (LIKE {TABLE})"
    keyed = [f"ALTER TABLE bare ADD {key}" for (key,) in keys]
    say("\n".join(["\n--- floor of the load", table, *keyed, COPY]))
    with bare.cursor().copy(f"COPY {TABLE} TO STDOUT") as out:
        rows = b"".join(out)

    def fill() -> None:
        with bare.cursor().copy(COPY) as into:
            into.write(rows)

    floors = []
    for _turn in range(FLOORS):
        for statement in (table, *keyed):
            bare.execute(statement)
        try:
            floors.append(timed(fill))
        finally:
            bare.execute("DROP TABLE bare")
    return median(floors)
