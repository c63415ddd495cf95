"""One figure through the door against the same statements sent by bare psycopg.

The figure is a district's; a share is derived from it, the city's sum lies above it, and a target
lights it. The floor is what Django sent in the last save, word for word, BEGIN and COMMIT included:
the same locks and, since the tables are the same, the same triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.benchmark.bare import Statement, explain
from indicators.benchmark.city import LAST_YEAR, City
from indicators.benchmark.paired import Pair, pair
from indicators.models import Origin, User, YearlyValue
from indicators.recording import Entry, save_value

TIMES = 200


@dataclass(frozen=True)
class Saving:
    pair: Pair
    statements: int


def measure(city: City, bare: psycopg.Connection, *, times: int = TIMES) -> Saving:
    """Saves one figure again and again, each time another number."""
    figure = Figure(city)
    with CaptureQueriesContext(connection) as counted:
        figure.save()
    with _caught() as sent:
        figure.save()
    explain(bare, "a save", sent)
    whole: list[Statement] = [("BEGIN", ()), *sent, ("COMMIT", ())]

    def replay() -> None:
        for sql, params in whole:
            cursor = bare.execute(sql, params or None)
            if cursor.description:
                cursor.fetchall()

    return Saving(
        pair(figure.save, replay, times=times, before=figure.look), len(counted.captured_queries)
    )


class Figure:
    """A figure of a district as its officer saves it, who has just looked at it."""

    def __init__(self, city: City) -> None:
        self.indicator, self.unit = city.entered[0], city.units[0]
        self.actor = User.objects.create_user("officer")
        self.actor.memberships.create(jurisdiction=self.unit, role="officer")
        self.actor.scope  # noqa: B018 - read with the page, before the save
        self.number = 300_000
        self.look()

    def look(self) -> None:
        """The replay has made versions of its own."""
        value = YearlyValue.objects.get(
            indicator=self.indicator, jurisdiction=self.unit, year=LAST_YEAR
        )
        self.version = value.version
        self.number += 1

    def save(self) -> None:
        entry = Entry(self.indicator, self.unit, LAST_YEAR, self.version, text=str(self.number))
        save_value(entry, actor=self.actor, reason="", origin=Origin.ENTERED)
        self.version += 1
        self.number += 1


@contextmanager
def _caught() -> Iterator[list[Statement]]:
    """What goes to the database meanwhile, with its parameters."""
    sent: list[Statement] = []

    def catch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(catch):
        yield sent
