"""What holds a thing that cannot be deleted: how many rows of which kind, and no names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _


def held_by(rows: Iterable[models.Model]) -> str:
    """The rows that refer to it, counted by kind: 年度数据 12 项、目标 1 项."""
    kinds = Counter(type(row)._meta.verbose_name_plural for row in rows)
    return _(", ").join(
        _("%(kind)s (%(n)s)") % {"kind": capfirst(str(kind)), "n": n}
        for kind, n in sorted(kinds.items(), key=lambda pair: str(pair[0]))
    )
