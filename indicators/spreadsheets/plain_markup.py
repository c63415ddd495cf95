"""The plain parts of long lists, cut out of XML before the parser sees them.

Nearly all rows of a long sheet are written one way: a row of cells that hold a value, and nothing
else; so are its shared texts. A regular expression reads those in a third of the time that calls
from the parser take. Goes in: the pieces of a part; comes out: what is plain to `take`, and the
rest, in order, for the parser.

What is plain is well-formed by itself, so the rest is well-formed exactly where the whole is. It is
cut out only where the parser has just closed another of its kind: never inside a comment or a
marked section, which may hold what only looks like one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

# Left to the parser: entities, "]]>", and control characters but for tab and line feed.
TEXT = r"[^<&\]\x00-\x08\x0b-\x1f]"
PRESERVE = '(?: xml:space="preserve")?'
CELL = (
    '<c r="[A-Z]{1,3}[0-9]{1,7}"(?: s="[0-9]{1,6}")?'
    '(?:(?: t="(?:s|n|str|b|e)")?'
    f"(?:/>|></c>|><v>{TEXT}++</v></c>)"
    f'| t="inlineStr"><is><t{PRESERVE}>{TEXT}*+</t></is></c>)'
)
ATTRIBUTES = r'(?: [A-Za-z][A-Za-z0-9:]*="[^"<&]*+")*+'

ROW_END = b"</row>"
ROW = re.compile(f'<row r="([0-9]{{1,7}})"({ATTRIBUTES})>((?:{CELL})*+)</row>'.encode())
HIDDEN = re.compile(rb' hidden="(?:1|true|on)"')
# Column, style, type and value of each cell that has a value, in a row that is known to be plain.
CELLS_OF_ROW = re.compile(
    '<c r="([A-Z]{1,3})[0-9]{1,7}"(?: s="([0-9]{1,6})")?(?: t="([a-zA-Z]+)")?>'
    f"(?:<v>|<is><t{PRESERVE}>)([^<]++)<"
)

ITEM_END = b"</si>"
ITEMS = re.compile(f"(?:<si><t{PRESERVE}>{TEXT}*+</t></si>)++".encode())
TEXTS_OF_ITEMS = re.compile("<t[^>]*>([^<]*+)<")

OTHER_ENCODING = re.compile(
    rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding=["'](?!utf-8["'])""", re.IGNORECASE
)
# A row of a thousand short cells has some fifty thousand bytes.
LONGEST = 1_000_000


def without_plain(
    pieces: Iterable[bytes],
    plain: re.Pattern[bytes],
    ending: bytes,
    boundary: Callable[[], int],
    take: Callable[[re.Match[bytes]], None],
) -> Iterator[bytes]:
    """What is left for the parser; `take` gets each match of `plain`, at its turn.

    `ending` closes such an element. `boundary` tells where the parser has last read an ending,
    counted in the bytes that it was given.
    """
    waiting = iter(pieces)
    rest = next(waiting, b"")
    if OTHER_ENCODING.match(rest):
        yield rest
        yield from waiting
        return
    given = 0
    while rest:
        at = 0
        while True:
            if boundary() == given:
                while match := plain.match(rest, at):
                    take(match)
                    at = match.end()
            end = rest.find(ending, at) + len(ending)
            if end < len(ending):
                break
            yield rest[at:end]
            given += end - at
            at = end
        rest = rest[at:]
        following = next(waiting, b"")
        if not following or boundary() != given or len(rest) > LONGEST:
            yield rest
            given += len(rest)
            rest = b""
        rest += following
