"""All versions of a value, ready to be read: what each said, who made it, when and why."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from indicators.figures import wording
from indicators.models import User, ValueRevision, YearlyValue


@dataclass(frozen=True)
class Version:
    """`figure` is the exact number with its unit, the statement, or the state with its reason."""

    number: int
    made_at: datetime.datetime | None
    made_by: str
    why: str
    as_entered: str
    figure: str
    note: str
    outside: bool


def versions_of(value: YearlyValue, user: User) -> list[Version]:
    """The latest first, as far as the user may see them."""
    found = ValueRevision.objects.for_user(user).filter(value=value).order_by("-version")
    return [
        Version(
            number=revision.version,
            made_at=revision.changed_at,
            made_by=revision.changed_by.get_full_name() if revision.changed_by else "",
            why=revision.change_reason,
            as_entered=revision.as_entered,
            figure=figure_words(revision),
            note=revision.note,
            outside=revision.outside,
        )
        for revision in found.select_related("indicator", "changed_by")
    ]


def figure_words(content: YearlyValue | ValueRevision) -> str:
    """What a value or a version of it says: 36 200 人; Met; Not available: late."""
    if content.number is not None:
        return wording.exact_words(content.number, content.indicator)
    if content.statement:
        return str(content.get_statement_display())
    state = str(content.get_state_display())
    return f"{state}: {content.state_reason}" if content.state_reason else state
