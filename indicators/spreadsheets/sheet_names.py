"""Names that Excel accepts for sheets: short, without some signs, each once in a workbook."""

from __future__ import annotations

import re

LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
RESERVED = ("history",)


class SheetNames:
    """Gives each sheet of one workbook its name."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def name(self, title: str, number: int = 1) -> str:
        """What is left of the title; `number` is that of a list that goes on over several sheets.

        >>> names = SheetNames()
        >>> names.name("2022/2023: 学前"), names.name("2022/2023: 学前"), names.name("a", 2)
        ('2022 2023  学前', '2022 2023  学前 (2)', 'a (2)')
        """
        clean = FORBIDDEN.sub(" ", title).strip().strip("'") or "Sheet"
        if clean.lower() in RESERVED:
            clean += "_"
        while True:
            ending = f" ({number})" if number > 1 else ""
            name = _shortened(clean, LONGEST - len(ending)) + ending
            if name.lower() not in self._given:
                self._given.add(name.lower())
                return name
            number += 1


def _shortened(text: str, units: int) -> str:
    """Excel counts in UTF-16, where a rare character is two.

    >>> _shortened("𠀀𠀀b", 3), _shortened("abc", 3)
    ('𠀀', 'abc')
    """
    while len(text.encode("utf-16-le", "surrogatepass")) > units * 2:
        text = text[:-1]
    return text.rstrip(" '")
