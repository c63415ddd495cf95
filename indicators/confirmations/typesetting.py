"""Typesets a confirmation with Typst on A4.

Goes in: what the paper says, as data. Comes out: a PDF. The layout is
`templates/confirmations/confirmation.typ`; nothing that somebody typed is ever read as Typst. The
same content makes the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from indicators.collection import Refusal

LAYOUT = Path(settings.BASE_DIR) / "templates" / "confirmations" / "confirmation.typ"
# The first of them that is installed. Typst's own fonts have no Chinese: without one of these each
# sign would be a box, and the paper signed unread.
FONTS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimSun")


def typeset(content: Mapping[str, Any]) -> bytes:
    """The PDF. Refuses: font_missing."""
    fonts = _fonts()
    data = json.dumps({**content, "fonts": FONTS}, ensure_ascii=False)
    made = typst.compile(
        LAYOUT.read_bytes(), sys_inputs={"data": data}, format="pdf", font_paths=fonts
    )
    return bytes(made)


def refuse_without_font() -> None:
    """Refuses: font_missing."""
    _fonts()


@cache
def _fonts() -> typst.Fonts:
    """Those of the machine, looked for once; after a refusal, which is not kept, again."""
    found = typst.Fonts()
    if not {name.casefold() for name in FONTS} & {name.casefold() for name in found.families()}:
        raise Refusal("font_missing", fonts="、".join(FONTS))
    return found
