"""The load of the whole city through the set-based door against COPY of the same values.

The act: `save_values` of all entries at once: read and checked, values written, each with its
version by the trigger, made to stand, and all results worked out. Making the entries is not
measured. The floor: `COPY … FROM STDIN` of the value rows that came of it, from memory in COPY's
own text form, into a bare table of the same columns with the same two keys (of the row, and of its
place), without triggers, references or checks; the median of several.
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


def measure(city: City, bare: psycopg.Connection) -> Pair:
    """Fills the city; must come before everything that reads figures."""
    given = list(entries(city))
    act = timed(lambda: save_values(given, actor=None, reason="", origin=Origin.SEED))
    bare.execute("VACUUM ANALYZE")
    floors = [_copy(bare) for _turn in range(FLOORS)]
    return Pair(act, median(floors))


def _copy(bare: psycopg.Connection) -> float:
    with bare.cursor().copy(f"COPY {TABLE} TO STDOUT") as out:
        rows = b"".join(out)
    bare.execute(
        f"CREATE TABLE bare (LIKE {TABLE},"
        " PRIMARY KEY (id), UNIQUE (indicator_id, jurisdiction_id, year))"
    )
    sql = "COPY bare FROM STDIN"
    say(f"\n--- floor of the load\n{sql}")

    def fill() -> None:
        with bare.cursor().copy(sql) as into:
            into.write(rows)

    try:
        return timed(fill)
    finally:
        bare.execute("DROP TABLE bare")
