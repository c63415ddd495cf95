"""A file of figures that somebody brought: what it says, what would become of it, what became.

The rows say what stands in the file, as it was typed; what they mean is asked of the door each
time, so that a list that was looked at yesterday tells of today. Nothing here counts as a figure:
figures come of it only through `indicators.recording`, whose versions the rows then name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.models.catalogue import Indicator
from indicators.models.jurisdiction import Jurisdiction
from indicators.models.naming import choices_constraint

if TYPE_CHECKING:
    from indicators.models.account import User


class ImportState(models.TextChoices):
    READING = "reading", pgettext_lazy("import", "Is being read")
    FAILED = "failed", pgettext_lazy("import", "Could not be read")
    WAITING = "waiting", pgettext_lazy("import", "Waits for confirmation")
    DONE = "done", pgettext_lazy("import", "Imported")
    UNDONE = "undone", pgettext_lazy("import", "Taken back")


class ImportOutcome(models.TextChoices):
    """What would become of a row, in the order of what needs somebody's eyes first."""

    REFUSED = "refused", pgettext_lazy("row", "Refused")
    QUESTION = "question", pgettext_lazy("row", "Unclear")
    CONFLICT = "conflict", pgettext_lazy("row", "In conflict")
    CHANGED = "changed", pgettext_lazy("row", "Changed")
    NEW = "new", pgettext_lazy("row", "New")
    UNCHANGED = "unchanged", pgettext_lazy("row", "Unchanged")
    LEFT = "left", pgettext_lazy("row", "Left alone")


SAVED = (ImportOutcome.NEW, ImportOutcome.CHANGED)


class ImportChoice(models.TextChoices):
    """What the user answers where a row asks something."""

    LEAVE = "leave", _("Leave the figure as it is")
    FILE = "file", _("Take what the file says")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_AVAILABLE = "not_available", _("Not available")
    ONE = "one", _("The first reading")
    OTHER = "other", _("The second reading")


class CellKind(models.TextChoices):
    """As what the file holds the figure."""

    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    DATE = "date", _("Date")
    ERROR = "error", _("Error")
    FORMULA = "formula", _("Formula without its result")


class ImportQuerySet(models.QuerySet["Import"]):
    def for_user(self, user: User) -> Self:
        """The own ones: what waits in a file is nobody else's business yet, and what came of it is
        told by the history of each figure."""
        return self.filter(actor=user)


class Import(models.Model):
    """One file. `jurisdiction` and `evaluation_year` are meant where a row names none itself.

    `list_digest` is that of the list of what the rows would become, as it was worked out last;
    `rests_on` that of what it was worked out by, besides the figures that there are.
    `mapping` says of a table of an office's own what its labels mean: by `columns`, `rows` and
    `sheets`, by label; empty for a file whose head names its columns. `fault` says in words why the
    last task for it came to nothing.
    """

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        on_delete=models.PROTECT,
        related_name="imports",
    )
    made_at = models.DateTimeField(_("uploaded at"))
    file_name = models.CharField(_("file"), max_length=255)
    digest = models.CharField("SHA-256", max_length=64)
    jurisdiction = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("jurisdiction"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    evaluation_year = models.PositiveSmallIntegerField(_("evaluation year"), null=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    remarks = models.JSONField(_("remarks on the file"), default=list)
    mapping = models.JSONField(_("what the labels mean"), default=dict)
    list_digest = models.CharField(max_length=64, blank=True)
    rests_on = models.CharField(max_length=64, blank=True)
    fault = models.TextField(blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState, default=ImportState.WAITING
    )
    done_at = models.DateTimeField(_("imported at"), null=True)
    undone_at = models.DateTimeField(_("taken back at"), null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            choices_constraint("import", "state", ImportState),
            models.CheckConstraint(
                condition=Q(
                    state__in=["reading", "failed", "waiting"],
                    done_at__isnull=True,
                    undone_at__isnull=True,
                )
                | Q(state="done", done_at__isnull=False, undone_at__isnull=True)
                | Q(state="undone", done_at__isnull=False, undone_at__isnull=False),
                name="import_times_fit_state",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """To what is to be done next: say what labels mean, or look at the list."""
        asks = self.waits and bool(self.mapping)
        return reverse("imports:mapping" if asks else "imports:detail", args=[self.pk])

    @property
    def waits(self) -> bool:
        return self.state == ImportState.WAITING

    @property
    def is_done(self) -> bool:
        return self.state == ImportState.DONE


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def by_outcome(self) -> dict[str, int]:
        """How many there are of each outcome, of those there are."""
        counted = self.order_by().values_list("outcome")
        return dict(counted.annotate(n=models.Count("pk")))

    def to_save(self) -> Self:
        """Those that say another figure than there is."""
        return self.filter(outcome__in=SAVED)

    def saved(self) -> Self:
        """Of an import that was done: those whose figures it wrote and that were not taken back."""
        return self.to_save().filter(
            of_import__state__in=[ImportState.DONE, ImportState.UNDONE], taken_back=False
        )


class ImportRow(models.Model):
    """One figure of the file, at the cell that says it.

    `row_label` and `column_label` stand beside and above it in a table of an office's own.
    `indicator_said`, `unit_said` and `year_said` are as the file names them; the keys beside them
    are empty where that means nothing here, or nothing yet. `note` is None where the file has no
    place for one. `as_entered` is what an exported row says was typed, beside its number in `text`.
    `in_unit` names the unit of measure in which a number that names none is meant.
    `claimed_version` is the version that the file says it was filled over, None where it does not
    say; `version` the one that was there when the row was examined, 0 for none; `choice_version`
    the one that was there when somebody chose. `becomes` is what would be saved, in words: `figure`
    and `note`. `taken_back` is said of a row of which the import has no version to take back any
    more: it was, or none was written, as a round had left the same figure behind.
    """

    of_import = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("sheet"), max_length=100, blank=True)
    cell = models.CharField(_("cell"), max_length=12)
    row_label = models.CharField(max_length=300, blank=True)
    column_label = models.CharField(max_length=300, blank=True)
    indicator_said = models.CharField(max_length=200)
    unit_said = models.CharField(max_length=200, blank=True)
    year_said = models.CharField(max_length=20, blank=True)
    indicator = models.ForeignKey(
        Indicator, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    jurisdiction = models.ForeignKey(
        Jurisdiction, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    year = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)
    as_entered = models.TextField(blank=True)
    cell_kind = models.CharField(max_length=10, choices=CellKind, default=CellKind.TEXT)
    in_unit = models.CharField(max_length=40, blank=True)
    state_said = models.CharField(max_length=100, blank=True)
    note = models.TextField(null=True)  # noqa: DJ001
    claimed_version = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=10, choices=ImportOutcome, default=ImportOutcome.LEFT)
    question = models.CharField(max_length=20, blank=True)
    readings = models.JSONField(default=list)
    choice = models.CharField(max_length=20, choices=ImportChoice, blank=True)
    choice_reason = models.CharField(max_length=500, blank=True)
    choice_version = models.PositiveIntegerField(null=True)
    sentences = models.JSONField(default=list)
    becomes = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    taken_back = models.BooleanField(default=False)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["of_import", "position"]
        constraints = [
            models.UniqueConstraint(fields=["of_import", "position"], name="importrow_unique"),
            choices_constraint("importrow", "outcome", ImportOutcome),
            choices_constraint("importrow", "cell_kind", CellKind),
            models.CheckConstraint(
                condition=Q(choice__in=["", *ImportChoice.values]), name="importrow_choice_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.cell}".strip()

    @property
    def saved_version(self) -> int:
        """The version that the import writes, or wrote, where the row says a figure to save."""
        return self.version + 1


class ImportMapping(models.Model):
    """What labels of a table of an office's own mean, kept for its next file; by label."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="import_mappings"
    )
    name = models.CharField(_("name"), max_length=100)
    words = models.JSONField(_("what the labels mean"), default=dict)

    class Meta:
        verbose_name = _("mapping of a table")
        verbose_name_plural = _("mappings of tables")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="importmapping_unique")
        ]

    def __str__(self) -> str:
        return self.name
