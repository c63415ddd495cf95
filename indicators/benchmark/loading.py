"""The load of the whole city through the set-based door against COPY of the same values.

The act: `save_values` of all entries at once: read and checked, values written, each with its
version by the trigger, made to stand, and all results worked out. Making the entries is not
measured. The floor: `COPY … FROM STDIN` of the rows that came of it, from memory in COPY's own text
form, into a bare table with the primary and the unique key, without references, triggers, checks or
further indexes; the median of several. The keyed floor has the references as well. Both tables are
fixed here, who, when and why included, so that a leaner value table is no easier bound.
"""

from __future__ import annotations

import time
from statistics import median

import psycopg

from education_duty.bootstrap.places import say
from indicators.benchmark.city import City, entries
from indicators.benchmark.paired import Clock, Pair, timed
from indicators.models import Change, Origin, YearlyValue
from indicators.recording import save_values

FLOORS = 3
COLUMNS = {
    "id": "bigint NOT NULL",
    "number": "numeric(18, 4)",
    "statement": "varchar(10) NOT NULL",
    "state": "varchar(20) NOT NULL",
    "state_reason": "varchar(500) NOT NULL",
    "as_entered": "varchar(100) NOT NULL",
    "last_place": "smallint",
    "qualifier": "varchar(10) NOT NULL",
    "provisional": "boolean NOT NULL",
    "origin": "varchar(20) NOT NULL",
    "note": "text NOT NULL",
    "period_from": "smallint",
    "period_basis": "varchar(10) NOT NULL",
    "as_of": "date",
    "part_of_year": "boolean NOT NULL",
    "changed_at": "timestamptz",
    "changed_by_id": "bigint",
    "change_reason": "varchar(500) NOT NULL",
    "version": "integer NOT NULL",
    "year": "smallint NOT NULL",
    "indicator_id": "bigint NOT NULL",
    "jurisdiction_id": "bigint NOT NULL",
}
KEYS = ["PRIMARY KEY (id)", "UNIQUE (indicator_id, jurisdiction_id, year)"]
REFERENCES = [
    f"FOREIGN KEY ({column}) REFERENCES {table} DEFERRABLE INITIALLY DEFERRED"
    for column, table in (
        ("changed_by_id", "indicators_user"),
        ("indicator_id", "indicators_indicator"),
        ("jurisdiction_id", "indicators_jurisdiction"),
    )
]
OF_THE_CHANGE = {
    "origin": "c.origin",
    "changed_at": "c.at",
    "changed_by_id": "c.actor_id",
    "change_reason": "c.reason",
}
COPY = "COPY bare FROM STDIN"


def measure(city: City, bare: psycopg.Connection) -> tuple[Pair, Pair]:
    """Against the bare table, and against the one with references.

    Fills the city; must come before everything that reads figures.
    """
    batch = list(entries(city))
    act = timed(lambda: save_values(batch, actor=None, reason="", origin=Origin.SEED))
    bare.execute("VACUUM ANALYZE")
    return Pair(act, floor(bare, KEYS)), Pair(act, floor(bare, [*KEYS, *REFERENCES]))


def floor(bare: psycopg.Connection, keys: list[str], *, clock: Clock = time.perf_counter) -> float:
    """Seconds, as the clock tells them, of the COPY of all values into a table with the keys."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    table = f"CREATE TABLE bare ({columns})"
    keyed = [f"ALTER TABLE bare ADD {key}" for key in keys]
    say("\n".join(["\n--- floor of the load", table, *keyed, COPY]))
    cells = ", ".join(OF_THE_CHANGE.get(name, f"v.{name}") for name in COLUMNS)
    values = (
        f"SELECT {cells} FROM {YearlyValue._meta.db_table} v"
        f" JOIN {Change._meta.db_table} c ON c.id = v.change_id"
    )
    with bare.cursor().copy(f"COPY ({values}) TO STDOUT") as out:
        rows = b"".join(out)

    def fill() -> None:
        with bare.cursor().copy(COPY) as into:
            into.write(rows)

    floors = []
    for _turn in range(FLOORS):
        for statement in (table, *keyed):
            bare.execute(statement)
        try:
            floors.append(timed(fill, clock))
        finally:
            bare.execute("DROP TABLE bare")
    return median(floors)
