"""Running numbers of what the house numbers itself."""

from __future__ import annotations

from django.db import models

from indicators.models import Jurisdiction


def next_code(model: type[models.Model], begins: str, *, digits: int) -> str:
    """The next code that begins so, with at least as many digits behind it.

    The topmost units are held until the transaction ends, so that two do not get one number.
    """
    list(Jurisdiction.objects.filter(parent=None).select_for_update(no_key=True).order_by("pk"))
    codes = model._default_manager.filter(code__startswith=begins).values_list("code", flat=True)
    numbers = [int(rest) for code in codes if (rest := code.removeprefix(begins)).isdecimal()]
    return f"{begins}{max(numbers, default=0) + 1:0{digits}}"
