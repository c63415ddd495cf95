"""Text as it was typed or copied, in plain characters: full-width forms, dashes, what is unseen."""

from __future__ import annotations

# Full-width forms, the spaces of typesetting, and two dashes that stand for minus. Not NFKC, which
# makes 32 of 3² and 12 of ⑫.
_AS_ASCII: dict[int, int | str] = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_AS_ASCII |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
_AS_ASCII |= {ord("−"): "-", ord("–"): "-", ord("￥"): "¥"}
# What cannot be seen and comes along when a cell or a message is copied. Not the marks that turn
# the direction of what follows: with them 51 is seen where 15 is written.
_UNSEEN = dict.fromkeys([0xAD, *range(0x200B, 0x200F), 0x202A, 0x202C, 0x2060, 0xFEFF])


def as_ascii(text: str) -> str:
    """Full-width forms, spaces of typesetting and dashes as their plain ones, place by place.

    >>> as_ascii("＝３．６２")
    '=3.62'
    """
    return text.translate(_AS_ASCII)


def visible(text: str) -> str:
    """The text without what cannot be seen in it.

    >>> visible("5\\u200b2")
    '52'
    """
    return text if text.isascii() else text.translate(_UNSEEN)
