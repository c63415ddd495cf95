"""Freezes a report as an edition.

The content is canonical: JSON with sorted keys, without spaces, in UTF-8, numbers as decimal
strings. Its SHA-256 is the edition's own; the same content has the same one on every database.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import transaction

from indicators.collection import Refusal, next_report_state
from indicators.models import Edition, Report, ReportAct, User
from indicators.recording.change import record_change
from indicators.recording.report import enter_act, hold


def freeze(
    report: Report, *, actor: User, version: int, content_of: Callable[[Report], dict[str, Any]]
) -> Edition:
    """Keep what `content_of` makes of the report, which is held meanwhile.

    Refuses: not_your_act, report_moved, report_not_in_this_state, edition_same, and what
    `content_of` refuses.
    """
    with transaction.atomic():
        held = hold(report, version=version)
        after = next_report_state(held, ReportAct.FREEZE, actor)
        content = canonical(content_of(held))
        latest = held.editions.first()
        if latest is not None and latest.content == content:
            raise Refusal("edition_same", number=latest.number)
        change = record_change(actor=actor)
        edition = Edition.objects.create(
            report=held,
            number=latest.number + 1 if latest else 1,
            content=content,
            digest=digest_of(content),
            change=change,
        )
        enter_act(held, ReportAct.FREEZE, after, change)
    return edition


def canonical(content: dict[str, Any]) -> str:
    """
    >>> canonical({"b": "二", "a": ["1.50"]})
    '{"a":["1.50"],"b":"二"}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    """SHA-256 (FIPS 180-4) of the text in UTF-8, in hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()
