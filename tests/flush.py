"""What the tests do to their databases and nobody else: the flush lifts the guards of history and
puts them back, as it does with the units of measure that the migrations brought; what a test has
rolled back no other sees; and a database is dropped at the end though the server still cleans up in
it."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management.commands import flush
from django.db.backends.postgresql.creation import DatabaseCreation

from indicators.models import UNITS
from indicators.recording import guards
from tests.measures.shipped import UNITS as SHIPPED


@pytest.fixture(autouse=True, scope="session")
def units_of_measure_are_known_without_a_database() -> None:
    UNITS.looked(SHIPPED)


@pytest.fixture(autouse=True)
def units_of_measure_that_a_test_made_are_forgotten() -> Iterator[None]:
    yield
    UNITS.looked(SHIPPED)


@pytest.fixture(autouse=True, scope="session")
def flush_lifts_the_guards() -> Iterator[None]:
    original = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        guards.off(options["database"])
        try:
            original(self, **options)
        finally:
            guards.on(options["database"])
        import_module("indicators.migrations.0033_units_of_measure").add_units(apps, None)

    patch = pytest.MonkeyPatch()
    patch.setattr(flush.Command, "handle", handle)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def dropped_by_force(django_db_modify_db_settings: None) -> None:
    """On a busy machine a vacuum may be at work when the last test is over. (PostgreSQL 13)"""

    def drop(self: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
        self.connection.close_pool()
        with self._nodb_cursor() as cursor:
            name = self.connection.ops.quote_name(test_database_name)
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")

    DatabaseCreation._destroy_test_db = drop
