"""The _x000B_ escapes of Office Open XML: characters that XML cannot hold, in a text.

Goes in: a text; `unescape` gives back what it was before `escape`. What no database holds either,
NUL and halves of surrogate pairs, becomes the replacement character on both ways.
"""

from __future__ import annotations

import re

REPLACEMENT = "\ufffd"
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What looks like an escape has its own underscore escaped. A carriage return is one, since XML
# reads it as a line feed.
TO_ESCAPE = re.compile("[\0-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
SURROGATE = re.compile("[\ud800-\udfff]")


def unescape(text: str) -> str:
    """
    >>> unescape("a_x000B_b"), unescape("_x005F_x000B_"), unescape("_xD800__x0000_")
    ('a\\x0bb', '_x000B_', '\ufffd\ufffd')
    """
    if "_x" not in text:
        return text
    found = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    # A pair written as two escapes is one character.
    paired = found.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return paired.replace("\0", REPLACEMENT)


def escape(text: str) -> str:
    """
    >>> escape("a\\x0bb"), escape("_x000B_")
    ('a_x000B_b', '_x005F_x000B_')
    """
    text = SURROGATE.sub(REPLACEMENT, text.replace("\0", REPLACEMENT))
    return TO_ESCAPE.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
