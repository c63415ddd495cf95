"""Units that report: the city, its districts and zones; and how they changed over the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indicators.models.change import Change
from indicators.models.cleaning import below, refuse, year_faults
from indicators.models.naming import Named, in_language
from indicators.models.path import ids_in, within
from indicators.models.scope import Reader


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    def valid_in(self, year: int) -> Self:
        """By the state on 31 December of the year: `valid_from` inclusive, `valid_to` exclusive.

        None in what is no year of four digits, which a database might not even compare.
        """
        if not 1000 <= year <= 9998:
            return self.none()
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=year), valid_from__lte=year)

    def within(self, paths: Iterable[str]) -> Self:
        """The units of the paths and all below them, at any depth."""
        return self.filter(within(paths))

    def with_slug(self, slug: str) -> Self:
        """The units that an address may mean; the latest is last."""
        code, _at, since = slug.partition("@")
        found = self.filter(code=code).order_by("valid_from")
        return found.filter(valid_from=since) if since.isdecimal() and len(since) == 4 else found

    def above(self, units: Iterable[int]) -> Self:
        """The units (ids) and all above them, at any depth; by their parents, which paths follow:
        so it is found out whether there is a circle."""
        ids = sorted(set(units))
        if not ids:
            return self.none()
        marks = ", ".join(["%s"] * len(ids))
        return self.filter(
            pk__in=RawSQL(
                "WITH RECURSIVE tree(id) AS (SELECT id FROM indicators_jurisdiction"
                f" WHERE id IN ({marks}) UNION SELECT u.parent_id FROM indicators_jurisdiction u"
                " JOIN tree t ON u.id = t.id WHERE u.parent_id IS NOT NULL) SELECT id FROM tree",
                ids,
            )
        )

    def for_user(self, user: Reader) -> Self:
        """Units whose figures the user may see by name."""
        return self.filter(user.scope.sees("pk"))


def collecting_unit(units: Mapping[int, Jurisdiction], unit_id: int) -> int | None:
    """The unit (id) at or above that collects, the nearest: of a district its city."""
    unit: Jurisdiction | None = units[unit_id]
    while unit is not None and not unit.collects:
        unit = units.get(unit.parent_id) if unit.parent_id else None
    return unit.pk if unit else None


def unit_with_slug(units: Iterable[Jurisdiction], slug: str) -> Jurisdiction | None:
    """The one of the units that an address means."""
    by_slug: dict[str, Jurisdiction] = {}
    for unit in sorted(units, key=lambda unit: unit.valid_from):
        by_slug[unit.code] = by_slug[unit.slug] = unit
    return by_slug.get(slug)


def names_apart(units: Iterable[Jurisdiction]) -> dict[int, str]:
    """The name of each unit (id), with its years where it recurs among them, with its code where
    that is not enough."""
    units = list(units)
    names = {unit.pk: unit.name for unit in units}
    for more in (lambda unit: unit.name_with_years, lambda unit: f"{unit.name} {unit.code}"):
        times = Counter(names.values())
        names |= {unit.pk: more(unit) for unit in units if times[names[unit.pk]] > 1}
    return names


class Jurisdiction(Named):
    """A unit that reports. A code alone means the unit valid in the year asked: codes were reused.

    Source of codes: GB/T 2260, or a local code marked so.
    """

    class Level(models.TextChoices):
        NATION = "nation", _("Nation")
        PROVINCE = "province", _("Province")
        CITY = "city", _("City")
        CITY_OWN = "city_own", _("City's own part")
        DISTRICT = "district", _("District")
        COUNTY = "county", _("County")
        AUTONOMOUS_COUNTY = "autonomous_county", _("Autonomous county")
        COUNTY_LEVEL_CITY = "county_level_city", _("County-level city")
        FUNCTIONAL_ZONE = "functional_zone", _("Development zone")
        TOWNSHIP = "township", _("Township or school district")
        SCHOOL = "school", _("School")

    class CodeScheme(models.TextChoices):
        GB2260 = "gb2260", "GB/T 2260"
        LOCAL = "local", _("Local code")

    code = models.CharField(_("code"), max_length=12)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    # The ids from the topmost unit down to this one, each followed by STEP: 1.5.20. Written by the
    # triggers of recording/guards whenever a parent is; whatever else is put here is put right.
    path = models.CharField(max_length=200, db_index=True, editable=False, default="")
    group_zh = models.CharField(_("comparison group (Chinese)"), max_length=100, blank=True)
    group_en = models.CharField(_("comparison group (English)"), max_length=100, blank=True)
    subgroup_zh = models.CharField(_("subgroup (Chinese)"), max_length=100, blank=True)
    subgroup_en = models.CharField(_("subgroup (English)"), max_length=100, blank=True)
    valid_from = models.PositiveSmallIntegerField(
        _("valid from"), help_text=_("First year in which the unit exists on 31 December.")
    )
    valid_to = models.PositiveSmallIntegerField(
        _("valid to"),
        null=True,
        blank=True,
        help_text=_("First year in which it no longer exists; empty while it does."),
    )
    tile_column = models.PositiveSmallIntegerField(_("tile column"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("tile row"), null=True, blank=True)
    code_scheme = models.CharField(
        _("code scheme"), max_length=10, choices=CodeScheme, default=CodeScheme.GB2260
    )
    confirmed = models.BooleanField(_("confirmed"), default=True)
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="jurisdiction_unique_code_valid_from"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="jurisdiction_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="jurisdiction_is_not_its_own_parent"
            ),
        ]

    @property
    def collects(self) -> bool:
        """Whether it is a level above those that report: it keeps figures that they do not have,
        may state official ones, and has parts of its own even before units lie below it."""
        return self.level in COLLECTING or self.parent_id is None

    @property
    def depth(self) -> int:
        """How many units its path leads through; 1 at the top."""
        return len(ids_in(self.path))

    def clean(self) -> None:
        faults = year_faults(self, "valid_from", "valid_to")
        if self.valid_to == self.valid_from or below(self.valid_to, self.valid_from):
            faults["valid_to"] = _("Later than the first year.")
        if self.level not in COLLECTING and self.parent is None and not self._is_at_the_top():
            faults["parent"] = _(
                "Choose the unit that it lies within; only a city, a province or a nation has none."
            )
        if self.pk is not None and self.parent_id == self.pk:
            faults["parent"] = _("A unit cannot lie within itself.")
        for place in ("tile_column", "tile_row"):
            if below(getattr(self, place), 1):
                faults[place] = _("From 1 on.")
        refuse(faults)

    def _is_at_the_top(self) -> bool:
        """Whether it is a county that keeps its own installation, in which nothing lies above."""
        tops = Jurisdiction.objects.filter(parent=None).exclude(pk=self.pk)
        return self.level in COUNTIES and not tops.exists()

    @property
    def group(self) -> str:
        """The comparison group in the reader's language."""
        return in_language(self.group_zh, self.group_en)

    @property
    def slug(self) -> str:
        """The unit in an address that is not of a year in which it was there: a code alone means
        the unit that has it now."""
        return self.code if self.valid_to is None else f"{self.code}@{self.valid_from}"

    @property
    def name_with_years(self) -> str:
        """The name and since when, or until when, it meant this unit."""
        if self.valid_to is not None:
            return gettext("%(name)s (to %(year)s)") % {
                "name": self.name,
                "year": self.valid_to - 1,
            }
        return gettext("%(name)s (from %(year)s)") % {"name": self.name, "year": self.valid_from}

    def valid_in(self, year: int) -> bool:
        """Whether the unit exists on 31 December of the year."""
        return self.valid_from <= year and (self.valid_to is None or year < self.valid_to)


COLLECTING = (Jurisdiction.Level.NATION, Jurisdiction.Level.PROVINCE, Jurisdiction.Level.CITY)
COUNTIES = (
    Jurisdiction.Level.DISTRICT,
    Jurisdiction.Level.COUNTY,
    Jurisdiction.Level.AUTONOMOUS_COUNTY,
    Jurisdiction.Level.COUNTY_LEVEL_CITY,
)


class JurisdictionChange(models.Model):
    """A change of boundaries or names: which units ended, which began with it, by which document.

    What it does to figures, people and rounds is `recording.jurisdiction_change`'s, and `change`
    then says who did it when and why; one that was only kept as history has none.
    """

    class Kind(models.TextChoices):
        MERGE = "merge", _("Merger")
        SPLIT = "split", _("Split")
        RENAME = "rename", _("Renaming")
        UPGRADE = "upgrade", _("Upgrade")
        TRANSFER = "transfer", _("Transfer of a part")

    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    from_units = models.ManyToManyField(
        Jurisdiction, verbose_name=_("from"), related_name="changes_from"
    )
    to_units = models.ManyToManyField(Jurisdiction, verbose_name=_("to"), related_name="changes_to")
    answered_by = models.ForeignKey(
        Jurisdiction,
        verbose_name=_("reports for those that ended"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers_for",
        help_text=_("Whose people enter what is still asked of the units that ended."),
    )
    change = models.ForeignKey(Change, on_delete=models.PROTECT, null=True, related_name="+")
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    event_date = models.DateField(_("date"), null=True, blank=True)
    confirmed = models.BooleanField(_("confirmed"), default=True)
    source = models.TextField(_("source"), blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("change of jurisdictions")
        verbose_name_plural = _("changes of jurisdictions")
        ordering = ["year", "id"]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"

    @classmethod
    def units_in(cls, change: int | None) -> str:
        """Which units became which by the change (id), as 北区 → 新区; empty where none did."""
        done = cls.objects.filter(change=change).first() if change else None
        if done is None:
            return ""
        both = (done.from_units.order_by("code"), done.to_units.order_by("code"))
        return " → ".join("、".join(unit.name for unit in units) for units in both)

    def clean(self) -> None:
        refuse(year_faults(self, "year"))
