"""Typesets a confirmation on A4.

Goes in: what the paper says, as data. Comes out: a PDF. The layout is
`templates/confirmations/confirmation.typ`; nothing that somebody typed is ever read as Typst. The
same content makes the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from indicators.collection import Refusal
from indicators.documents import typesetting
from indicators.documents.typesetting import SANS, FontMissing, Fonts

LAYOUT = Path(settings.BASE_DIR) / "templates" / "confirmations" / "confirmation.typ"


def typeset(content: Mapping[str, Any]) -> bytes:
    """The PDF. Refuses: font_missing."""
    fonts = _fonts()
    return typesetting.typeset(LAYOUT.read_bytes(), {**content, "fonts": SANS}, fonts)


def refuse_without_font() -> None:
    """Refuses: font_missing."""
    _fonts()


def _fonts() -> Fonts:
    try:
        return typesetting.fonts_with(SANS)
    except FontMissing as missing:
        raise Refusal("font_missing", fonts="、".join(missing.names)) from missing
