"""Calls Typst, the typesetter: a layout and what it is to say go in, a PDF comes out.

Nothing that somebody typed is ever read as Typst: it comes in as data. The same layout, data and
fonts make the same bytes, as long as the layout asks for no date.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import typst

# Without serifs, for forms and short papers: the first of them that is installed. Typst's own fonts
# have no Chinese: without one of these each sign would be a box, and a paper signed unread.
SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "SimSun")


class FontMissing(Exception):
    """The machine has none of the fonts, and Typst's own have no Chinese: each sign would be a box.
    `names` are those that were looked for."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("、".join(names))
        self.names = tuple(names)


class Fonts:
    """Those of the machine."""

    def __init__(self) -> None:
        self.found = typst.Fonts()
        self._families = {name.casefold(): name for name in self.found.families()}
        self._bold = {font.family for font in self.found.fonts() if font.weight >= 600}

    def first_of(self, names: Sequence[str]) -> str:
        """The first of the families that is installed. Raises FontMissing."""
        for name in names:
            if found := self._families.get(name.casefold()):
                return found
        raise FontMissing(names)

    def has_bold(self, family: str) -> bool:
        """Whether the family, as it is called here, has a bold cut of its own."""
        return family in self._bold


def typeset(layout: bytes, data: Mapping[str, Any], fonts: Fonts) -> bytes:
    """The PDF of a layout that reads `json(bytes(sys.inputs.data))`."""
    written = json.dumps(data, ensure_ascii=False)
    made = typst.compile(layout, sys_inputs={"data": written}, format="pdf", font_paths=fonts.found)
    return bytes(made)


def fonts_with(names: Sequence[str]) -> Fonts:
    """Fonts among which is one of the families: looked for once in a process; where it is missing,
    which somebody may mend, again. Raises FontMissing."""
    try:
        fonts_of_the_machine().first_of(names)
    except FontMissing:
        fonts_of_the_machine.cache_clear()
        fonts_of_the_machine().first_of(names)
    return fonts_of_the_machine()


@cache
def fonts_of_the_machine() -> Fonts:
    return Fonts()
