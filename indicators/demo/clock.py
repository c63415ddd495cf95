"""The demonstration's past: what it does through the doors bears the day on which it is to be.

Doors stamp what they write with the moment at which they are asked, and nobody can tell them
another. So here, and nowhere else, that moment is set: for a while and for this process alone,
before it serves anybody.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def it_is(moment: datetime.datetime) -> Iterator[None]:
    """Let it be the moment meanwhile, for all that asks Django what time it is."""
    with patch.object(timezone, "now", lambda: moment):
        yield
