"""Only the tests' flush lifts the guards of history, and puts them back."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.commands import flush

from indicators.recording import guards


@pytest.fixture(autouse=True, scope="session")
def flush_lifts_the_guards() -> Iterator[None]:
    original = flush.Command.handle

    def handle(self: flush.Command, **options: Any) -> None:
        guards.off(options["database"])
        try:
            original(self, **options)
        finally:
            guards.on(options["database"])

    patch = pytest.MonkeyPatch()
    patch.setattr(flush.Command, "handle", handle)
    yield
    patch.undo()
