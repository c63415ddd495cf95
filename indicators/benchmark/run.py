"""The whole benchmark in one run, and its ratios beside their bounds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from education_duty.bootstrap.places import say
from indicators.benchmark import export, loading, pages, rows, saving
from indicators.benchmark.bare import connected
from indicators.benchmark.city import Size, make_city
from indicators.models import User

# What is promised: at most so much.
BOUNDS = {
    "page_over_floor": 1.5,
    "save_over_floor": 2.2,
    "save_statements": 15,
    "export_over_copy": 1.2,
    "export_memory_mib": 32.0,
    "load_over_copy": 16.0,
    "load_over_keyed_copy": 5.0,
    "row_save_statements": 24,
    "row_saves_under_load": 40.0,
}
# Those asked for most; of all of them see `benchmark dashboards`.
PAGES = ("overview", "district", "indicator")


def measure(
    size: Size, select_for: Callable[[User], str], *, quick: bool = False
) -> dict[str, Any]:
    """The ratios of BOUNDS by name, and `medians` by what was measured.

    Medians are milliseconds. The database must be empty. `select_for` gives the SELECT of the
    export that a user gets. `quick` repeats less, for a test.
    """
    times = {"times": 2} if quick else {}
    city = make_city(size)
    say(f"A made-up city of {size}.")
    with connected() as bare:
        load, keyed_load = loading.measure(city, bare)
        say("\nMeasuring pages ...")
        paged = pages.measure(city, bare, only=PAGES, **times)
        say("\nMeasuring saves ...")
        saved = saving.measure(city, bare, **times)
        say("\nMeasuring the export ...")
        exported = export.measure(city.supervisor, bare, select_for(city.supervisor), **times)
        say("\nMeasuring row saves ...")
        rows_saved = rows.measure(city, **({"seconds": 1.0} if quick else {}))
    pairs = {f"{name} page": pair for name, pair in paged.items()}
    pairs |= {"save": saved.pair, "export": exported.pair, "load": load}
    pairs["load, keyed"] = keyed_load
    return {
        "page_over_floor": max(round(pair.ratio, 2) for pair in paged.values()),
        "save_over_floor": round(saved.pair.ratio, 2),
        "save_statements": saved.statements,
        "export_over_copy": round(exported.pair.ratio, 2),
        "export_memory_mib": round(exported.grown, 1),
        "load_over_copy": round(load.ratio, 2),
        "load_over_keyed_copy": round(keyed_load.ratio, 2),
        "row_save_statements": rows_saved.statements,
        "row_saves_under_load": round(rows_saved.ratio, 1),
        "row_saves_a_second": [round(rate, 1) for rate in rows_saved.rates],
        "core_of_row_saves_a_second": [round(rate, 1) for rate in rows_saved.core_rates],
        "medians": {name: pair.in_milliseconds() for name, pair in pairs.items()},
        "export_cpu": {
            who: round(seconds / exported.times * 1000, 1) for who, seconds in exported.used.items()
        },
    }
