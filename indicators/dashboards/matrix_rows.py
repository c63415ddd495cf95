"""Rows of tables that hold figures of several units or years side by side, as HTML: in Python, as
the rows of `dashboards.rows` are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.figures import Figure, drawing
from indicators.figures.boundaries import FigureNow
from indicators.figures.custom_table import Cell, CustomTable
from indicators.figures.heat import Cell as HeatCell
from indicators.figures.heat import HeatLine, HeatMap
from indicators.figures.pairs import Pair
from indicators.figures.profile import ProfileLine
from indicators.figures.unit_lines import UnitLine
from indicators.models import LIT, Indicator, Status

Places = Set[tuple[int, ...]]


def of_heat_map(found: HeatMap, evaluation_year: int) -> list[SafeString]:
    """A unit, and its figures in their shades."""
    page = f"{reverse('dashboards:overview')}?year={evaluation_year}&amp;jurisdiction="
    # Of each column and light once: a nation has hundreds of cells.
    heads = {
        one.indicator.pk: (escape(one.name), escape(one.display_unit)) for one in found.figures
    }
    lights = {str(code): escape(str(Status(code).label)) for code in LIT}
    return [_of_heat_line(line, page, heads, lights) for line in found.lines]


def of_only_increase(
    indicators: Iterable[Indicator], lines: Iterable[UnitLine]
) -> list[SafeString]:
    """A unit, and how its figures of the indicators went against the year before."""
    labels = [escape(one.name) for one in indicators]
    return [_line(escape(str(line.unit)), map(_of_course, line.figures, labels)) for line in lines]


def of_custom_table(table: CustomTable, annotated: Places) -> list[SafeString]:
    """What a row is of, and its figures; those at `annotated` places bear a mark, as below."""
    labels = [escape(str(head)) for head in table.heads]
    return [
        _line(
            escape(str(line.head)),
            (_of_cell(*one, annotated) for one in zip(line.cells, labels, strict=True)),
        )
        for line in table.lines
    ]


def of_profile(lines: Iterable[ProfileLine], *, over_now: bool, peers: bool) -> list[SafeString]:
    """An indicator, its course through the years, its figure, and where there are `peers` their
    median; with a cell of its boundary where it is told by those of today."""
    return [_of_profile_line(one, over_now, peers) for one in lines]


def of_pairs(
    pairs: Iterable[Pair],
    first: Any,
    second: Any,
    annotated: Places = frozenset(),
    *,
    over_now: bool = False,
    told_apart: bool = False,
) -> list[SafeString]:
    """An indicator, both figures under the heads `first` and `second`, and their difference; with a
    cell of their boundaries where these are `told_apart`."""
    labels = (first, second, _("Difference"), _("Verdict"))
    heads = [escape(str(label)) for label in labels]
    return [_of_pair(one, heads, annotated, over_now, told_apart) for one in pairs]


def _of_heat_line(
    line: HeatLine, page: str, heads: Mapping[int, tuple[str, str]], lights: Mapping[str, str]
) -> SafeString:
    name = escape(line.name)
    if line.was_there:
        name = f'<a href="{page}{line.unit.code}">{name}</a>'
    return _line(name, (_of_heat_cell(cell, heads, lights) for cell in line.cells))


def _of_heat_cell(
    cell: HeatCell, heads: Mapping[int, tuple[str, str]], lights: Mapping[str, str]
) -> str:
    one, now = cell.figure, cell.now
    if one is None:
        return f'<td class="{cell.shade}">{_none(_("not asked"))}</td>'
    name, unit = heads[one.indicator.pk]
    shown = _value(one, now) or _none(str(one.state or _("not reported")))
    if one.has_figure and cell.shade == one.status:
        shown += f' <span class="aside">{lights[one.status]}</span>'
    if one.doubt and not (now and now.refused):
        shown += f' <span class="doubt">{escape(one.doubt)}</span>'
    data = f' data-number="{one.digits}" data-unit="{unit}"'
    return f'<td class="{cell.shade}" data-label="{name}"{data}>{shown}</td>'


def _line(head: str, cells: Iterable[str]) -> SafeString:
    return SafeString(f'<tr><th scope="row" class="name">{head}</th>{"".join(cells)}</tr>')


def _of_course(one: Figure | None, label: str) -> str:
    if one is None:
        return f"<td>{_none(_('not asked'))}</td>"
    unit = escape(one.change.unit) if one.change else ""
    opened = f'<td data-label="{label}" data-number="{one.change_digits}"'
    if not one.has_figure:
        return f'{opened} data-unit="{unit}">{_none(one.why_none)}</td>'
    shown = one.drawn_change if one.why_no_change else escape(str(one.change or "—"))
    fell = one.change_number is not None and one.change_number < 0
    tag = f'<span class="tag warning">{escape(_("fell"))}</span> ' if fell else ""
    return (
        f'{opened} data-unit="{unit}">{tag}<a href="{one.get_absolute_url()}">{shown}</a>'
        f'<span class="aside">{one.drawn}</span></td>'
    )


def _of_cell(cell: Cell, label: str, annotated: Places) -> str:
    one, now = cell.figure, cell.now
    if one is None:
        return f'<td class="value" data-label="{label}">{_none(_("not asked"))}</td>'
    shown = _value(one, now) or _none(str(one.state or "—"))
    if one.has_figure and not (now and now.refused):
        asides = (said for said in (cell.broken, one.doubt) if said)
        shown += "".join(f' <span class="aside">{escape(said)}</span>' for said in asides)
    if one.place in annotated:
        shown += one.drawn_annotated
    return f'<td class="value" data-label="{label}"{_data(one)}>{shown}</td>'


def _value(one: Figure, now: FigureNow | None) -> str:
    """The number, which leads to its page unless it was worked out; empty where there is none."""
    if now and now.refused:
        return _none(_("units changed"), title=now.refused)
    if not one.has_figure:
        return ""
    if now and now.is_worked_out:
        return f'{escape(str(one.value))} <span class="aside">{escape(_("worked out"))}</span>'
    return drawing.linked(one)


def _of_pair(
    one: Pair, heads: Sequence[str], annotated: Places, over_now: bool, told_apart: bool
) -> SafeString:
    *sides, difference, verdict = heads
    second, code = one.second, escape(one.second.code)
    page = second.indicator_url + ("&amp;boundaries=now" if over_now else "")
    cells = [
        f'<th scope="row" class="name"><a class="name" href="{page}">{escape(second.name)}</a>'
        f" <code>{code}</code></th>",
        *(
            _of_side(figure, over, head, annotated)
            for figure, over, head in zip(
                (one.first, second), one.over or (None, None), sides, strict=True
            )
        ),
        _of_boundaries(one, sides) if told_apart else "",
        f'<td class="change" data-label="{difference}">'
        f"{_none(one.why_none) if one.why_none else escape(str(one.words or '—'))}</td>",
        f'<td data-label="{verdict}">{_verdict(one.verdict, of_units=one.of_units)}</td>',
    ]
    return SafeString(f"<tr>{''.join(cells)}</tr>")


def _of_side(one: Figure, over: FigureNow | None, head: str, annotated: Places) -> str:
    shown = "—" if over and over.refused else one.drawn
    if one.place in annotated:
        shown += one.drawn_annotated
    return f'<td class="value" data-label="{head}"{_data(one)}>{shown}</td>'


def _of_boundaries(one: Pair, heads: Sequence[str]) -> str:
    shown = escape(one.how_both)
    if not shown:
        sides = zip(heads, one.over or (), strict=False)
        apart = escape(_(": "))
        shown = "".join(f"<div>{head}{apart}{over.how_drawn}</div>" for head, over in sides)
    return f'<td class="text" data-label="{escape(_("Boundary"))}">{shown}</td>'


def _verdict(code: str, *, of_units: bool) -> str:
    """In a word: against another year, or another unit."""
    than = "than the other unit"
    if code == "better":
        return escape(pgettext(than, "better") if of_units else _("better"))
    if code == "worse":
        word = pgettext(than, "worse") if of_units else _("worse")
        return f'<span class="tag warning">{escape(word)}</span>'
    return escape(_("the same")) if code == "same" else "—"


def _of_profile_line(one: ProfileLine, over_now: bool, peers: bool) -> SafeString:
    figure, now = one.figure, one.now
    name = escape(figure.name)
    if now is None or now.is_unchanged:
        name = f'<a class="name" href="{figure.get_absolute_url()}">{name}</a>'
    refused = bool(now and now.refused)
    change = pgettext("against last year", "Change")
    unit = escape(figure.change.unit) if figure.change else ""
    cells = [
        f'<th scope="row" class="name">{name}</th>',
        f'<td data-label="{escape(_("Course"))}">{_of_sparkline(one)}</td>',
        f'<td class="value" data-label="{escape(_("Value"))}"{_data(figure)}>'
        f"{'—' if refused else figure.drawn}</td>",
        _of_boundary(one) if over_now else "",
        f'<td class="number" data-label="{escape(change)}" data-number="{figure.change_digits}"'
        f' data-unit="{unit}">{figure.drawn_change}</td>',
        _of_group(one) if peers else "",
        f'<td data-label="{escape(_("Status"))}">{"—" if refused else figure.drawn_light}</td>',
    ]
    return SafeString(f"<tr>{''.join(cells)}</tr>")


def _of_sparkline(one: ProfileLine) -> str:
    course = one.course
    if course is None:
        return "—"
    return (
        '<svg class="course" viewBox="-3 -3 126 30" width="126" height="30" role="img"'
        f' aria-label="{escape(one.course_words)}"><polyline points="{course.points}"/>'
        f'<circle cx="{course.x}" cy="{course.y}" r="3"/></svg>'
    )


def _of_boundary(one: ProfileLine) -> str:
    earlier = ""
    if one.not_told:
        said = _("Earlier years: %(why)s") % {"why": one.not_told}
        earlier = f'<span class="aside">{escape(said)}</span>'
    told = one.now.how_drawn if one.now else ""
    return f'<td class="text" data-label="{escape(_("Boundary"))}">{told}{earlier}</td>'


def _of_group(one: ProfileLine) -> str:
    words = escape(str(one.median_words or "—"))
    return (
        f'<td class="number" data-label="{escape(_("Median of the group"))}">{words}</td>'
        f'<td data-label="{escape(_("In the group"))}">'
        f"{_verdict(one.verdict, of_units=True)}</td>"
    )


def _none(words: str, *, title: str = "") -> str:
    why = f' title="{escape(title)}"' if title else ""
    return f'<span class="none"{why}>{escape(words)}</span>'


def _data(one: Figure) -> str:
    """Number and unit of measure for a table that is sorted or taken along."""
    return f' data-number="{one.digits}" data-unit="{escape(one.display_unit)}"'
