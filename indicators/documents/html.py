"""The document as a fragment of HTML: an article, for a page to stand in.

Goes in: a Document; comes out: text with everything escaped, no style and no script of its own, so
that it keeps to a strict Content-Security-Policy.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from indicators.documents.chart import Chart
from indicators.documents.chart_drawing import draw
from indicators.documents.document import Document
from indicators.documents.flow import Annex, Line, Run, annexes, body, plain
from indicators.documents.svg import as_svg

CLASSES = {"issuer": "issuer", "date": "date", "annex_name": "annex-name"}


def as_html(document: Document, *, top: int = 1) -> str:
    """An article; `top` is the level of the title among the headings of the page, 1 to 3.

    Around each figure stands `<data id="figure-F7" value="80500000000" data-unit="yuan" title="the
    indicator's name">`; the classes `title`, `issuer`, `date`, `annex-name`, `annex`, `run-in`,
    `note`, `charts`, `caption` and `drawn` are for a style sheet.
    """
    parts = [f'<article class="official-document" lang="zh-CN">\n{_body(document, top)}']
    parts += (_annex(annex, top) for annex in annexes(document))
    return "".join(parts) + "</article>\n"


def _body(document: Document, top: int) -> str:
    return "".join(f"{_line(line, top)}\n" for line in body(document))


def _line(line: Line, top: int) -> str:
    inside = "".join(map(_run, line.runs))
    if line.kind == "title":
        return f'<h{top} class="title">{inside}</h{top}>'
    if line.kind == "heading":
        level = top + line.level
        return f"<h{level}>{escape(line.heading)}</h{level}>"
    if line.heading:
        inside = f'<strong class="run-in">{escape(line.heading)}</strong>{inside}'
    name = CLASSES.get(line.kind)
    return f'<p class="{name}">{inside}</p>' if name else f"<p>{inside}</p>"


def _run(run: Run) -> str:
    text = escape(run.text)
    figure = run.figure
    if not figure:
        return text
    value, unit, name = (escape(plain(one)) for one in (figure.value, figure.unit, figure.name))
    said = f'id="figure-{figure.id}" value="{value}" data-unit="{unit}" title="{name}"'
    return f"<data {said}>{text}</data>"


def _annex(annex: Annex, top: int) -> str:
    return "\n".join(['<section class="annex">', *_lines(annex, top + 1), "</section>\n"])


def _lines(annex: Annex, level: int) -> Iterator[str]:
    mark, title = escape(annex.mark.text), escape(annex.title.text)
    yield f'<h{level}><span class="annex-mark">{mark}</span> {title}</h{level}>'
    if annex.charts:
        yield "\n".join(['<div class="charts">', *map(_chart, annex.charts), "</div>"])
    yield "<table>"
    head = _row(annex.head, "th", ' scope="col"')
    yield f"<thead>\n{head}\n</thead>"
    yield "<tbody>"
    yield from (_row(row, "td") for row in annex.rows)
    yield "</tbody>\n</table>"
    if annex.note:
        yield f'<p class="note">{escape(annex.note.text)}</p>'


def _chart(chart: Chart) -> str:
    title, caption, said = (
        escape(plain(one)) for one in (chart.title, chart.caption, chart.description)
    )
    drawn = as_svg(draw(chart), said=f'class="drawn" width="100%" role="img" aria-label="{said}"')
    return (
        f"<figure><figcaption><strong>{title}</strong></figcaption>\n{drawn}\n"
        f'<p class="caption">{caption}</p></figure>'
    )


def _row(row: Line, tag: str, said: str = "") -> str:
    cells = "".join(f"<{tag}{said}>{escape(cell.text)}</{tag}>" for cell in row.runs)
    return f"<tr>{cells}</tr>"
