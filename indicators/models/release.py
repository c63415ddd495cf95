"""What was told of several units to the people of one of them: once, and kept as it was told.

The rule, which holds for pages and files alike and over time, is written in `models.scope`;
`results.release` decides by it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from indicators.models.correction import Figure
from indicators.models.naming import choices_constraint
from indicators.models.numbers import ExactNumberField
from indicators.models.value import Statement

# Own unit and five others: from so many on a sum says nothing about one of them.
FEWEST_COUNTED = 6
# Quartiles of so many others, to two significant digits, are nobody's figure.
FEWEST_SPREAD = 8
# However many units somebody has.
ANY = 32_767


class ReleaseKind(models.TextChoices):
    FIGURE = "figure", _("Released figure")
    SPREAD = "spread", _("Released spread")


class Release(Figure):
    """A figure worked out over units, or the spread of the units' figures, that was released.

    Of a figure the number or statement, the digest of the units that it is of, and how many of them
    somebody may have who is told it; of a spread the digest of units and figures. Append-only,
    guarded by triggers. What has moved since is `withdrawn` by a row more, for ever; so is what
    must not be told as it was told elsewhere.
    """

    kind = models.CharField(_("kind"), max_length=6, choices=ReleaseKind)
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    number = ExactNumberField(_("number"), null=True)
    statement = models.CharField(max_length=10, choices=Statement, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    most_own = models.PositiveSmallIntegerField(default=ANY, db_default=ANY)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["jurisdiction", "year", "indicator", "kind", "withdrawn"],
                name="release_unique",
            ),
            choices_constraint("release", "kind", ReleaseKind),
        ]


def is_released(own: int, *, second: bool = False) -> Q:
    """A filter on results: that worked out over units, or the `second` one beside a stated one,
    is what was released, and tells of figures enough besides those of so many `own` units."""
    number, statement = ("computed", "computed_statement") if second else ("number", "statement")
    here = Release.objects.filter(
        kind=ReleaseKind.FIGURE,
        indicator=OuterRef("indicator"),
        jurisdiction=OuterRef("jurisdiction"),
        year=OuterRef("year"),
    )
    told = here.filter(
        Q(number=OuterRef(number)) | ~Q(statement=""),
        statement=OuterRef(statement),
        withdrawn=False,
        most_own__gte=own,
    )
    return Q(
        Exists(told),
        ~Exists(here.filter(withdrawn=True)),
        missing_units=[],
        counted__gte=max(FEWEST_COUNTED, FEWEST_COUNTED - 1 + own),
    )
