"""The document as PDF by GB/T 9704-2012, with the same layout as the DOCX.

Goes in: a Document; comes out: the bytes of a file, the same for the same document and the same
fonts. The standard's typefaces are not free; where a machine has none of them, free ones stand in,
and `stand_ins` names them. The layout is `official.typ`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from indicators.documents import layout
from indicators.documents.chart import Chart
from indicators.documents.chart_drawing import draw
from indicators.documents.document import Document
from indicators.documents.flow import Annex, Line, annexes, body, plain
from indicators.documents.svg import as_svg
from indicators.documents.typesetting import Fonts, fonts_with, typeset

LAYOUT = Path(__file__).parent / "official.typ"

# The standard's typefaces and the families that are them.
OWN = {
    "方正小标宋": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"),
    "仿宋": ("FangSong", "仿宋", "FangSong_GB2312", "仿宋_GB2312", "STFangsong"),
    "楷体": ("KaiTi", "楷体", "KaiTi_GB2312", "楷体_GB2312", "STKaiti"),
    "黑体": ("SimHei", "黑体", "STHeiti"),
    "宋体": ("SimSun", "宋体", "STSong"),
}
_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Serif SC", "AR PL UMing CN")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei")
_ANY = (*_SERIF, *_SANS, "SimSun", "SimHei", "WenQuanYi Zen Hei", "Droid Sans Fallback")
# What stands in for them, the likest first; all but the last few are free.
FREE = {
    "方正小标宋": _ANY,
    "仿宋": ("FandolFang", "FandolFang R", *_ANY),
    "楷体": ("FandolKai", "LXGW WenKai", "AR PL UKai CN", *_ANY),
    "黑体": ("FandolHei", *_SANS, *_ANY),
    "宋体": ("FandolSong", *_ANY),
}
LATIN = ("Times New Roman", "Liberation Serif", "Nimbus Roman", "Libertinus Serif")
# Longer than a line without a place to break it; a sign that nobody sees makes one.
_UNBROKEN = re.compile(f"([!-~]{{{layout.CHARACTERS}}})(?=[!-~]{{{layout.CHARACTERS}}})")
_BREAK = "\u200b"


def as_pdf(document: Document) -> bytes:
    """The file. Raises FontMissing where the machine has no Chinese font at all."""
    fonts = fonts_with(_ANY)
    data = {
        "title": plain(document.title),
        "issuer": plain(document.issuer),
        "digest": plain(document.digest),
        "measures": _MEASURES,
        "faces": {asked: _face(asked, fonts) for asked in OWN},
        "lines": [_line(line, document) for line in body(document)],
        "annexes": [_annex(annex, fonts) for annex in annexes(document)],
    }
    return typeset(LAYOUT.read_bytes(), data, fonts)


def stand_ins() -> dict[str, str]:
    """For each typeface of the standard that the machine has not, the family that is drawn for it:
    {"仿宋": "Noto Serif CJK SC"}. Raises FontMissing."""
    fonts = fonts_with(_ANY)
    drawn = {asked: fonts.first_of(OWN[asked] + FREE[asked]) for asked in OWN}
    return {asked: name for asked, name in drawn.items() if name not in OWN[asked]}


_MEASURES = {
    "page": (layout.PAGE_WIDTH, layout.PAGE_HEIGHT),
    "top": layout.TOP,
    "left": layout.LEFT,
    "right": layout.RIGHT,
    # A hair less, so that the last line is not lost to rounding.
    "bottom": layout.BOTTOM - 0.01,
    "character": layout.CHARACTER,
    "line": layout.LINE,
    "title": layout.TITLE_SIZE,
    "text": layout.TEXT_SIZE,
    "number": layout.PAGE_NUMBER_SIZE,
    "below": layout.PAGE_NUMBER_BELOW,
    "cell": layout.CELL_SIZE,
    "cell-line": layout.CELL_LINE,
    "inset": layout.CELL_INSET,
}


def _face(asked: str, fonts: Fonts) -> Mapping[str, Any]:
    """Families for digits and for Chinese; `heavy` is drawn bold wherever it stands."""
    family = fonts.first_of(OWN[asked] + FREE[asked])
    latin = {"name": fonts.first_of(LATIN), "covers": "latin-in-cjk"}
    return {
        # 7.5: the number of the page has the digits of 宋体 itself.
        "families": [family] if asked == "宋体" else [latin, family],
        "bold": fonts.has_bold(family),
        "heavy": asked == "方正小标宋" and family not in OWN[asked],
    }


def _line(line: Line, document: Document) -> Mapping[str, Any]:
    text = _breakable("".join(run.text for run in line.runs))
    said: dict[str, Any] = {"kind": line.kind, "text": text}
    if line.kind == "annex_name":
        name = layout.annex_name(line.text, len(document.annexes) > 1)
        said |= {"left": name.left, "hanging": name.hanging, "first": name.is_first}
    elif line.kind in ("issuer", "date"):
        at = layout.signature(plain(document.issuer), plain(document.date))
        said["right"] = at.issuer if line.kind == "issuer" else at.date
    else:
        said |= {"level": line.level, "heading": _breakable(line.heading)}
    return said


def _annex(annex: Annex, fonts: Fonts) -> Mapping[str, Any]:
    charts = {"charts": [_chart(one, fonts) for one in annex.charts]} if annex.charts else {}
    return charts | {
        "mark": annex.mark.text,
        "title": _breakable(annex.title.text),
        "shares": layout.shares(annex),
        "head": [_breakable(cell.text) for cell in annex.head.runs],
        "rows": [
            [{"text": _breakable(c.text), "number": layout.is_number(c.text)} for c in row.runs]
            for row in annex.rows
        ],
        "note": _breakable(annex.note.text) if annex.note else "",
    }


def _chart(chart: Chart, fonts: Fonts) -> Mapping[str, str]:
    family = escape(fonts.first_of(OWN["黑体"] + FREE["黑体"]))
    return {
        "title": _breakable(plain(chart.title)),
        "caption": _breakable(plain(chart.caption)),
        "said": plain(chart.description),
        "drawn": as_svg(draw(chart), said=f'font-family="{family}"'),
    }


def _breakable(text: str) -> str:
    return _UNBROKEN.sub(rf"\1{_BREAK}", text)
