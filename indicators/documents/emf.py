"""A drawing as an Enhanced Metafile, the picture that Word files know besides bitmaps.

Source: [MS-EMF] 2.3. A unit of the drawing, a tenth of a millimetre, is a pixel of its device.

Decided: no bitmap. What a typesetter paints, and a compressor packs, depends on their versions and
on the fonts of the machine, and an edition has the same bytes ever after; this has words in it, and
is sharp on paper. Dashes are lines of their own, as programs draw dashed pens each in its own way.
LibreOffice draws it as it is meant, and keeps it as WMF when it saves; Word and WPS were not tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import hypot
from struct import pack

from indicators.documents.chart_drawing import DOT, HEIGHT, LETTER, WIDTH, Drawing, Stroke, Words
from indicators.documents.layout import width

FONT = "黑体"
INK, FAINT, PALE, ACCENT = 0x2E2117, 0x6E6055, 0xD6CEC9, 0x914F1D  # blue, green, red
# Colour, width, and how long a dash and a gap are.
_STROKES = {
    "grid": (PALE, 2, None),
    "course": (ACCENT, 6, None),
    "gap": (ACCENT, 4, (6, 10)),
    "goal": (INK, 3, (16, 8)),
    "break": (INK, 3, (3, 7)),
}
_ALIGNED = {"start": 24, "end": 26, "middle": 30}  # TA_BASELINE with TA_LEFT, TA_RIGHT, TA_CENTER
_PEN, _BRUSH, _LETTERS = 1, 2, 3
_CHINESE = 134  # GB2312_CHARSET


def as_emf(drawing: Drawing) -> bytes:
    """The file."""
    records = [*_records(drawing), pack("<5I", 14, 20, 0, 16, 20)]  # EMR_EOF
    body = b"".join(records)
    return _header(len(body), len(records)) + body


def _header(size: int, records: int) -> bytes:
    """EMR_HEADER, with the device as large as the drawing."""
    return pack(
        "<2I8i4I2H3I4i3I2I",
        *(1, 108),
        *(0, 0, WIDTH - 1, HEIGHT - 1),  # bounds, in pixels
        *(0, 0, 10 * WIDTH, 10 * HEIGHT),  # frame, in hundredths of a millimetre
        *(0x464D4520, 0x10000, 108 + size, 1 + records),
        *(_LETTERS + 1, 0),
        *(0, 0, 0),
        *(WIDTH, HEIGHT, WIDTH // 10, HEIGHT // 10),
        *(0, 0, 0),
        *(100 * WIDTH, 100 * HEIGHT),
    )


def _records(drawing: Drawing) -> Iterator[bytes]:
    yield _record(17, "I", 8)  # EMR_SETMAPMODE, anisotropic
    yield _record(10, "2i", 0, 0)  # EMR_SETWINDOWORGEX
    yield _record(9, "2i", WIDTH, HEIGHT)  # EMR_SETWINDOWEXTEX
    yield _record(12, "2i", 0, 0)  # EMR_SETVIEWPORTORGEX
    yield _record(11, "2i", WIDTH, HEIGHT)  # EMR_SETVIEWPORTEXTEX
    yield _record(18, "I", 1)  # EMR_SETBKMODE, transparent
    for stroke in drawing.strokes:
        yield from _stroke(stroke)
    yield from _pen(ACCENT, 1)
    yield _record(39, "4I", _BRUSH, 0, ACCENT, 0)  # EMR_CREATEBRUSHINDIRECT
    yield _record(37, "I", _BRUSH)  # EMR_SELECTOBJECT
    for x, y in drawing.dots:
        yield _record(42, "4i", x - DOT, y - DOT, x + DOT, y + DOT)  # EMR_ELLIPSE
    yield from _let_go(_PEN, _BRUSH)
    yield _font()
    yield _record(37, "I", _LETTERS)
    for words in drawing.words:
        yield from _words(words)
    yield from _let_go(_LETTERS)


def _record(kind: int, layout: str, *values: int) -> bytes:
    inside = pack(f"<{layout}", *values)
    return pack("<2I", kind, 8 + len(inside)) + inside


def _pen(colour: int, size: int) -> Iterator[bytes]:
    yield _record(38, "2I2iI", _PEN, 0, size, 0, colour)  # EMR_CREATEPEN
    yield _record(37, "I", _PEN)


def _let_go(*objects: int) -> Iterator[bytes]:
    """What is in use must be put down first: for pens, brushes and fonts of the device."""
    stock = {_PEN: 0x80000007, _BRUSH: 0x80000000, _LETTERS: 0x8000000D}
    for one in objects:
        yield _record(37, "I", stock[one])
        yield _record(40, "I", one)  # EMR_DELETEOBJECT


def _stroke(one: Stroke) -> Iterator[bytes]:
    colour, size, dashes = _STROKES[one.role]
    yield from _pen(colour, size)
    for x1, y1, x2, y2 in _dashed(one, dashes) if dashes else [(one.x1, one.y1, one.x2, one.y2)]:
        yield _record(27, "2i", x1, y1)  # EMR_MOVETOEX
        yield _record(54, "2i", x2, y2)  # EMR_LINETO
    yield from _let_go(_PEN)


def _dashed(one: Stroke, dashes: tuple[int, int]) -> Iterator[tuple[int, int, int, int]]:
    """Its dashes, in whole units."""
    dx, dy, (dash, gap) = one.x2 - one.x1, one.y2 - one.y1, dashes
    long = max(1, round(hypot(dx, dy)))
    for begin in range(0, long, dash + gap):
        end = min(begin + dash, long)
        yield (
            one.x1 + dx * begin // long,
            one.y1 + dy * begin // long,
            one.x1 + dx * end // long,
            one.y1 + dy * end // long,
        )


def _font() -> bytes:
    """EMR_EXTCREATEFONTINDIRECTW; the height is that of the letters, so below 0."""
    inside = pack("<5i8B", -LETTER, 0, 0, 0, 400, 0, 0, 0, _CHINESE, 0, 0, 0, 0)
    inside += FONT.encode("utf-16-le").ljust(64, b"\0")
    return (
        _record(82, "I", _LETTERS)[:4] + pack("<2I", 12 + 320, _LETTERS) + inside.ljust(320, b"\0")
    )


def _words(one: Words) -> Iterator[bytes]:
    yield _record(22, "I", _ALIGNED[one.anchor])  # EMR_SETTEXTALIGN
    yield _record(24, "I", FAINT if one.role == "faint" else INK)  # EMR_SETTEXTCOLOR
    written = one.text.encode("utf-16-le")
    units = len(written) // 2
    padded = written.ljust(-(-len(written) // 4) * 4, b"\0")
    # How far from one to the next; of a sign of two units the second takes nothing.
    apart = [
        each
        for sign in one.text
        for each in (round(width(sign) * LETTER), 0)[: len(sign.encode("utf-16-le")) // 2]
    ]
    inside = pack("<4iI2f", 0, 0, -1, -1, 2, 1.0, 1.0)
    inside += pack("<2i3I4iI", one.x, one.y, units, 76, 0, 0, 0, -1, -1, 76 + len(padded))
    inside += padded + pack(f"<{units}I", *apart)
    yield pack("<2I", 84, 8 + len(inside)) + inside  # EMR_EXTTEXTOUTW
