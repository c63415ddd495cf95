"""Something to do, and by when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Task:
    """A link in words, what to know about it, and its last day where it has one."""

    label: str
    detail: str
    url: str
    due: datetime.date | None = None

    @property
    def days_left(self) -> int | None:
        """Below 0 when the day has passed."""
        return (self.due - timezone.localdate()).days if self.due else None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0

    @property
    def due_words(self) -> str:
        """How long there is still time."""
        left = self.days_left
        if left is None:
            return ""
        if left == 0:
            return _("today")
        if left < 0:
            return ngettext("%(n)s day ago", "%(n)s days ago", -left) % {"n": -left}
        return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left}


def in_order(tasks: list[Task]) -> list[Task]:
    """By deadline; what has none follows, in the order given."""
    return sorted(tasks, key=lambda task: task.due or datetime.date.max)
