"""What a process knows about a database that may be away."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic

from django.db import OperationalError

PAUSE = 1.0  # seconds in which everybody is told what the last attempt found


class CommitUnanswered(OperationalError):
    """The connection was lost while something was committed: whether it was is not known."""


class Outage:
    """Whether the database is away; asked only after something has failed.

    One request at a time tries whether it is back, by a connection of its own, as the pool would
    wait for its whole timeout where nobody listens. All others are answered by what that one found:
    at once while the database is known to be away; where one connection was merely lost they wait
    for the answer, so that a database that is there costs nobody a refusal.
    """

    def __init__(self) -> None:
        self._trying = Lock()
        self._suspected = False
        self._away = False
        self._tried_at = 0.0

    def suspect(self) -> None:
        """A connection was lost, or none could be had: try before the next one is asked for."""
        self._suspected = True

    def refuse_while_away(self, attempt: Callable[[], object]) -> None:
        """Raises what the attempt to connect raises, or OperationalError while it is known to."""
        if not self._suspected:
            return
        if not self._trying.acquire(blocking=not self._away):
            raise OperationalError("the database is away; another request is trying it")
        try:
            if not self._suspected:
                return
            if self._away and monotonic() - self._tried_at < PAUSE:
                raise OperationalError("the database is away, as of a moment ago")
            try:
                attempt()
            except Exception:
                self._away = True
                raise
            finally:
                self._tried_at = monotonic()
            self._away = self._suspected = False
        finally:
            self._trying.release()
