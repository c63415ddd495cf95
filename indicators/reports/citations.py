"""Achievements that the text of a report cites, as they read now, with what speaks against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from indicators.models import Achievement, AchievementVersion, Citation, Edition, Report, User


@dataclass(frozen=True)
class Cited:
    """A citation with the version that it names: the approved one, else the reported one if the
    reader sees it; none where it was taken out. A draft is named to nobody, its writer included:
    what it was cited as is told to all who read the report."""

    citation: Citation
    version: AchievementVersion | None
    is_approved: bool

    @property
    def mark(self) -> str:
        return self.citation.mark

    @property
    def text(self) -> str:
        if self.version is None:
            return self.citation.as_cited
        return self.citation.written(self.version)

    @property
    def remarks(self) -> list[str]:
        """What is told beside the place."""
        if self.version is None:
            return [_("The achievement was taken out, or is not to be seen here.")]
        said = [] if self.is_approved else [_("The achievement is not approved.")]
        if self.text != self.citation.as_cited:
            said.append(
                _("Changed since it was cited; before: %(text)s") % {"text": self.citation.as_cited}
            )
        return said


def cited_in(report: Report, user: User) -> list[Cited]:
    """Three queries; one where nothing is cited."""
    citations = list(report.citations.select_related("achievement__jurisdiction"))
    if not citations:
        return []
    achievements = {one.achievement_id for one in citations}
    seen = AchievementVersion.objects.standing_for(user).filter(achievement__in=achievements)
    approved = _by_achievement(achievements)
    standing = {one.achievement_id: one for one in seen.select_related("achievement")}
    return [
        Cited(
            one,
            approved.get(one.achievement_id) or standing.get(one.achievement_id),
            one.achievement_id in approved,
        )
        for one in citations
    ]


def achievement_words(cited: Cited) -> dict[str, Any]:
    """What an edition keeps of an achievement that stands as approved."""
    version, of = cited.version, cited.citation.achievement
    if version is None:
        raise ValueError(f"an approved achievement has a version: {cited.mark}")
    return {
        "text": cited.text,
        "code": of.code,
        "form": cited.citation.form,
        "unit": {"code": of.jurisdiction.code, "name": of.jurisdiction.name_zh},
        "year": of.evaluation_year,
        "kind": version.get_kind_display(),
        "title": version.title,
        "issued_by": version.issued_by,
        "level": version.get_level_display(),
        "number": version.number,
        "issued_on": version.issued_on.isoformat() if version.issued_on else "",
    }


@dataclass(frozen=True)
class ChangedCitation:
    """A cited achievement that is written otherwise than in an edition, or no longer approved:
    `new` is empty then."""

    short_id: str
    old: str
    new: str
    reasons: list[str]


def changed_since(edition: Edition, frozen: Mapping[str, Any]) -> list[ChangedCitation]:
    """What of the edition's citations has another text by now; `frozen` is what it keeps of them by
    short id."""
    if not frozen:
        return []
    citations = list(edition.report.citations.filter(number__in=[int(code[1:]) for code in frozen]))
    approved = AchievementVersion.objects.filter(
        achievement__in={one.achievement_id for one in citations},
        version=F("achievement__approved_version"),
    )
    versions = {one.achievement_id: one for one in approved.select_related("change")}
    found = []
    for one in citations:
        version = versions.get(one.achievement_id)
        new = one.written(version) if version and not version.is_removed else ""
        old = frozen[one.short_id]["text"]
        if new != old:
            reasons = [version.change.reason] if version and version.change.reason else []
            found.append(ChangedCitation(one.short_id, old, new, reasons))
    return found


def _by_achievement(achievements: set[int]) -> dict[int, AchievementVersion]:
    found = AchievementVersion.objects.approved().filter(achievement__in=achievements)
    return {one.achievement_id: one for one in found.select_related("achievement")}


def achievements_to_cite(report: Report, user: User) -> list[AchievementVersion]:
    """What the report may name, as it would stand there: reported by its unit, or below it, in its
    year or before, the latest first."""
    seen = AchievementVersion.objects.standing_for(user).filter(
        achievement__in=Achievement.objects.filter(
            jurisdiction__path__startswith=report.jurisdiction.path,
            evaluation_year__lte=report.evaluation_year,
        )
    )
    found = seen.select_related("achievement__jurisdiction", "achievement__duty_area")
    ordered = found.order_by(
        "-achievement__evaluation_year",
        "achievement__jurisdiction__code",
        "achievement__duty_area__position",
        "achievement__code",
        "-version",  # the approved one, where there are two, comes last
    )
    return list({one.achievement_id: one for one in ordered}.values())
