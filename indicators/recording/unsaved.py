"""What was refused is as it was before: a new thing has no key yet, a deleted one has its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.db import models

Thing = TypeVar("Thing", bound=models.Model)
Rest = ParamSpec("Rest")
Result = TypeVar("Result")


def as_it_was_if_refused(
    door: Callable[Concatenate[Thing, Rest], Result],
) -> Callable[Concatenate[Thing, Rest], Result]:
    """Give the thing its key back when the door refuses.

    With the key of a row that was rolled back, a new thing would later be saved over whatever row
    has that key then.
    """

    @wraps(door)
    def kept(thing: Thing, *args: Rest.args, **kwargs: Rest.kwargs) -> Result:
        pk, adding = thing.pk, thing._state.adding
        try:
            return door(thing, *args, **kwargs)
        except Exception:
            thing.pk, thing._state.adding = pk, adding
            raise

    return kept
