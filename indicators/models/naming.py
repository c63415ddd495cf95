"""Names in two languages, Chinese first, English second; and codes that must be known ones."""

from collections.abc import Iterable

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CODE = RegexValidator(
    r"^[a-z][a-z0-9_]{0,79}$",
    _("A code has small letters, digits and underscores, and begins with a letter."),
)


class Named(models.Model):
    """Something an office calls by a Chinese name and a visitor by an English one."""

    name_zh = models.CharField(_("name (Chinese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language; Chinese where no English one is kept."""
        return in_language(self.name_zh, self.name_en)


def in_language(zh: str, en: str) -> str:
    """The text that the reader's language asks for; Chinese where there is no English one."""
    return en if en and (get_language() or "").startswith("en") else zh


def choices_constraint(model: str, field: str, choices: Iterable[str]) -> models.CheckConstraint:
    """A constraint in the database that the field holds one of the choices' codes."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": [str(choice) for choice in choices]}),
        name=f"{model}_{field}_known",
    )
