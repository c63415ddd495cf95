"""A write as one thing: who, when, why and by which way. What it wrote points to it.

Versions of values, standings and events of submissions do not repeat it. What goes along to a
renamed unit points to the change that wrote it first. Append-only, guarded by triggers; what was
written outside the application has a change of its own, made by a trigger.
"""

from __future__ import annotations

import uuid
from contextvars import ContextVar

from django.conf import settings
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from indicators.models.naming import choices_constraint

# The HTTP request that is being answered, as the web server's log may name it; empty without one.
current_request: ContextVar[str] = ContextVar("current_request", default="")


class Origin(models.TextChoices):
    """By which way a figure came in. `on_behalf` is said of results: it is `entered` for a unit by
    its city."""

    ENTERED = "entered", _("Entered")
    ON_BEHALF = "on_behalf", _("Entered on behalf")
    IMPORTED = "imported", _("Imported")
    BACKFILLED = "backfilled", _("Backfilled")
    SEED = "seed", _("Published report")
    DEMONSTRATION = "demonstration", _("Demonstration")


class Change(models.Model):
    """`actor` is empty for the operator's loads and for what was made outside the application.

    `request` is one HTTP request, `transaction` one transaction of the database, in which several
    changes may have been made.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="changes",
        db_index=False,
    )
    at = models.DateTimeField(_("changed at"))
    reason = models.CharField(_("reason of the change"), max_length=500, blank=True)
    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.ENTERED)
    on_behalf = models.BooleanField(_("on behalf"), default=False)
    outside = models.BooleanField(_("made outside the application"), default=False)
    request = models.CharField(_("request"), max_length=36, blank=True)
    transaction = models.UUIDField(_("transaction"), null=True)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["id"]
        constraints = [
            choices_constraint("change", "origin", Origin),
            models.CheckConstraint(
                condition=~models.Q(origin="on_behalf"), name="change_on_behalf_has_its_column"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_id or ''} {self.reason}".rstrip()

    @property
    def way(self) -> str:
        """The code of Origin that results bear."""
        return way_of(self.origin, self.on_behalf)


def way_of(origin: str, on_behalf: bool) -> str:
    """What is made up stays so, whoever enters it."""
    return Origin.ON_BEHALF if on_behalf and origin == Origin.ENTERED else origin


def current_transaction() -> uuid.UUID | None:
    """One and the same until the outermost transaction ends; None outside of any."""
    if not connection.in_atomic_block:
        return None
    outermost = vars(connection.atomic_blocks[0])
    return outermost.setdefault("change_transaction", uuid.uuid4())
