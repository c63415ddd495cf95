"""A drawing as SVG, for a page and for the typesetter.

Attributes only, no style, so that it keeps to a strict Content-Security-Policy; ink is that of the
text around it. The roles are classes, for a style sheet that has a dark theme.
"""

from __future__ import annotations

from html import escape

from indicators.documents.chart_drawing import DOT, HEIGHT, LETTER, WIDTH, Drawing, Stroke, Words

ACCENT = "#1d4f91"
# Colour, width, dashes.
_STROKES = {
    "grid": ("currentColor", 1, ""),
    "course": (ACCENT, 6, ""),
    "gap": (ACCENT, 4, "6 10"),
    "goal": ("currentColor", 3, "16 8"),
    "break": ("currentColor", 3, "3 7"),
}


def as_svg(drawing: Drawing, *, said: str) -> str:
    """`said` are the attributes of the outermost element, escaped already."""
    inside = [
        *map(_stroke, drawing.strokes),
        *(
            f'<circle class="dot" cx="{x}" cy="{y}" r="{DOT}" fill="{ACCENT}"/>'
            for x, y in drawing.dots
        ),
        *map(_words, drawing.words),
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-size="{LETTER}" fill="currentColor" {said}>{"".join(inside)}</svg>'
    )


def _stroke(one: Stroke) -> str:
    colour, width, dashes = _STROKES[one.role]
    own = f' stroke-dasharray="{dashes}"' if dashes else ""
    own += ' stroke-opacity="0.2"' if one.role == "grid" else ""
    return (
        f'<line class="{one.role}" x1="{one.x1}" y1="{one.y1}" x2="{one.x2}" y2="{one.y2}" '
        f'stroke="{colour}" stroke-width="{width}"{own}/>'
    )


def _words(one: Words) -> str:
    faint = ' fill-opacity="0.75"' if one.role == "faint" else ""
    anchor = "" if one.anchor == "start" else f' text-anchor="{one.anchor}"'
    return f'<text x="{one.x}" y="{one.y}"{anchor}{faint}>{escape(one.text)}</text>'
