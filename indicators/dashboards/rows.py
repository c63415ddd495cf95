"""Rows of tables that have many, as HTML: in Python, since a template takes three times as long."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from html import escape
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.figures import Figure
from indicators.figures.boundaries import FigureNow
from indicators.figures.doubt_sources import Source
from indicators.figures.drawing import NOTHING
from indicators.figures.outlook import Outlook
from indicators.figures.ranking import Rank, Ranking


def of_overview(
    record: Figure, city: Figure | None, labels: Mapping[str, str], annotated: Set[tuple[int, ...]]
) -> SafeString:
    """A figure of a unit; `labels` are those of the table's columns by name.

    The city's figure stands beside it where the table has a column for it. Those at `annotated`
    places bear a mark, here and below.
    """
    code = escape(record.code)
    bullet = _bullet(record)
    name = f'<a class="name" href="{record.get_absolute_url()}">{escape(record.name)}</a>'
    cells = [
        f'<th scope="row" class="name">{name} <code title="{code}">{code}</code></th>',
        _cell("previous", labels, record.drawn_previous),
        _cell("value", labels, _value(record, annotated)),
        _cell("city", labels, _of_city(city)) if "city" in labels else "",
        _cell("change", labels, record.drawn_change, blank=record.drawn_change is NOTHING),
        _cell("target", labels, _target(record)),
        _cell("gap", labels, record.gap),
        _cell("picture", labels, bullet, empty=""),
        _cell("status", labels, record.drawn_light),
        _cell("period", labels, record.period),
        _cell("origin", labels, record.origin, empty=""),
    ]
    return SafeString(f"<tr>{''.join(cells)}</tr>")


def of_links(figures: Iterable[Figure], *, by_unit: bool = False) -> list[SafeString]:
    """Items of a list: a figure that leads to its page, under its unit's name or its own."""
    return [
        SafeString(
            f'<li><a href="{one.get_absolute_url()}">{escape(_link_name(one, by_unit))}</a>'
            f" <small>{escape(one.period)}</small> {one.drawn}</li>"
        )
        for one in figures
    ]


def _link_name(one: Figure, by_unit: bool) -> str:
    if by_unit:
        return str(one.jurisdiction)
    return f"{one.name} · {one.jurisdiction}" if not one.jurisdiction.parent_id else one.name


def of_doubts(sources: Iterable[Source], *, raises: bool) -> list[SafeString]:
    """A figure in doubt and what is odd about it, with the way to a new problem for who `raises`
    some."""
    labels = {"unit": _("Unit"), "period": _("Period"), "found": _("Found")}
    heads = {name: escape(label) for name, label in labels.items()}
    raising = escape(_("Raise a problem")) if raises else ""
    return [_of_source(one, heads, raising) for one in sources]


def _of_source(one: Source, heads: Mapping[str, str], raising: str) -> SafeString:
    code, unit = escape(one.indicator.code), one.jurisdiction
    page = reverse("dashboards:figure", args=[one.indicator.code, unit.code, one.year])
    tags = "\n".join(f'<span class="tag warning">{escape(each)}</span>' for each in one.sentences)
    problem = ""
    if raising:
        asked = {"source": "finding", "indicator": code, "unit": unit.code, "year": one.year}
        url = escape(f"{reverse('problems:new')}?{urlencode(asked)}")
        problem = f'\n<a href="{url}">{raising}</a>'
    return SafeString(
        f'<tr><th scope="row" class="name"><a class="name" href="{escape(page)}#doubt">'
        f'{escape(one.indicator.name)}</a> <code title="{code}">{code}</code></th>'
        f'<td data-label="{heads["unit"]}">{escape(str(unit))}</td>'
        f'<td class="period" data-label="{heads["period"]}">{escape(one.period)}</td>'
        f'<td class="text" data-label="{heads["found"]}"><div>{tags}{problem}</div></td></tr>'
    )


def of_outlooks(outlooks: Iterable[Outlook]) -> list[SafeString]:
    """A figure, its target, whether it will meet it in time, and how that was found."""
    labels = (_("Value"), _("Target"), _("Outlook"), _("How it was found"))
    heads = [escape(label) for label in labels]
    return [_of_outlook(one, *heads) for one in outlooks]


def _of_outlook(
    one: Outlook, value: str, target: str, outlook: str, how_it_was_found: str
) -> SafeString:
    figure = one.figure
    name = f'<a class="name" href="{figure.indicator_url}#outlook">{escape(figure.name)}</a>'
    data = f'data-number="{figure.digits}" data-unit="{escape(figure.display_unit)}"'
    tag = "tag warning" if one.slips else "tag"
    said = "".join(f'<span class="aside">{escape(each)}</span>' for each in one.reckoning)
    return SafeString(
        f'<tr><th scope="row" class="name">{name} <code>{escape(figure.code)}</code></th>'
        f'<td class="value" data-label="{value}" {data}>{figure.drawn}</td>'
        f'<td data-label="{target}">{escape(figure.target_words)}'
        f'<span class="aside">{escape(figure.target_year)}</span></td>'
        f'<td data-label="{outlook}"><span class="{tag}">{escape(one.label)}</span></td>'
        f'<td class="number" data-label="R">{escape(one.ratio or "—")}</td>'
        f'<td class="text" data-label="{how_it_was_found}"><div>{said or "—"}</div></td></tr>'
    )


def of_units(
    figures: Iterable[Figure], ranking: Ranking | None, annotated: Set[tuple[int, ...]]
) -> list[SafeString]:
    """The figure of each unit, beside each other; with its place where there are places."""
    places = ranking.places if ranking else {}
    labels = {
        "previous": _("Year before"),
        "value": _("Value"),
        "place": pgettext("in a ranking", "Place"),
        "change": pgettext("against last year", "Change"),
        "status": _("Status"),
        "origin": _("Origin"),
    }
    return [
        _of_unit(
            record,
            labels,
            _place(places.get(record.jurisdiction.pk), labels, bool(places)),
            _value(record, annotated),
        )
        for record in figures
    ]


def _value(record: Figure, annotated: Set[tuple[int, ...]]) -> SafeString:
    if record.place not in annotated:
        return record.drawn
    return SafeString(f"{record.drawn}{record.drawn_annotated}")


def _place(place: Rank | None, labels: Mapping[str, str], is_told: bool) -> str:
    """The cell of a place, where the table has a column for it."""
    if not is_told:
        return ""
    if place is None:
        return _cell("place", labels, "")
    shown = escape(place.words)
    if not place.is_exact:
        shown += f' <span class="aside">{escape(_("of a figure that is not exact"))}</span>'
    elif place.turns:
        shown += f' <span class="aside">{escape(_("turns on one case"))}</span>'
    return _cell("place", labels, SafeString(shown), sort=place.number)


def _of_unit(
    record: Figure, labels: Mapping[str, str], place: str, value: SafeString
) -> SafeString:
    unit = escape(record.display_unit)
    change_unit = escape(record.change.unit) if record.change else ""
    name = f'<a href="{record.get_absolute_url()}">{escape(record.unit_name)}</a>'
    cells = [
        f'<th scope="row" class="name">{name}</th>',
        _cell("previous", labels, record.drawn_previous, number=record.previous_digits, unit=unit),
        _cell("value", labels, value, number=record.digits, unit=unit),
        place,
        _cell("change", labels, record.drawn_change, number=record.change_digits, unit=change_unit),
        _cell("status", labels, record.drawn_light, sort=record.status_order),
        _cell("origin", labels, record.origin, empty=""),
    ]
    return SafeString(f"<tr>{''.join(cells)}</tr>")


def of_units_now(found: Iterable[FigureNow], annotated: Set[tuple[int, ...]]) -> list[SafeString]:
    """The same over the boundaries of today: whose figure it is stands beside it, or why none is
    told. What was worked out has no page of its own; the names of its parts lead to theirs."""
    labels = {
        "previous": _("Year before"),
        "value": _("Value"),
        "text": _("Boundary"),
        "change": pgettext("against last year", "Change"),
        "status": _("Status"),
        "origin": _("Origin"),
    }
    return [_of_unit_now(one, labels, _value(one.figure, annotated)) for one in found]


def _of_unit_now(one: FigureNow, labels: Mapping[str, str], drawn: SafeString) -> SafeString:
    record = one.figure
    unit = escape(record.display_unit)
    change_unit = escape(record.change.unit) if record.change else ""
    name = escape(one.name)
    if one.is_unchanged:
        name = f'<a href="{record.get_absolute_url()}">{name}</a>'
    value, light = (NOTHING, None) if one.refused else (drawn, record.drawn_light)
    cells = [
        f'<th scope="row" class="name">{name}</th>',
        _cell("previous", labels, record.drawn_previous, number=record.previous_digits, unit=unit),
        _cell("value", labels, value, number=record.digits, unit=unit),
        _cell("text", labels, one.how_drawn),
        _cell("change", labels, record.drawn_change, number=record.change_digits, unit=change_unit),
        _cell("status", labels, light, sort=9 if one.refused else record.status_order),
        _cell("origin", labels, record.origin, empty=""),
    ]
    return SafeString(f"<tr>{''.join(cells)}</tr>")


def _of_city(city: Figure | None) -> SafeString | None:
    if city is None or city.value is None:
        return None
    return SafeString(f"{escape(str(city.value))}{city.drawn_doubt}")


def _cell(
    name: str,
    labels: Mapping[str, str],
    content: object,
    *,
    empty: str = NOTHING,
    blank: bool = False,
    **data: object,
) -> str:
    """A cell; what is empty says so and is left out on narrow screens."""
    shown = content if isinstance(content, SafeString) else escape(str(content or empty))
    classes = name if content and not blank else f"{name} blank"
    attributes = "".join(f' data-{key}="{value}"' for key, value in data.items())
    return f'<td class="{classes}"{attributes} data-label="{escape(labels[name])}">{shown}</td>'


def _target(record: Figure) -> SafeString | None:
    """The target that lights, and which others bind."""
    target = record.target
    if target is None:
        return None
    unconfirmed = "" if target.source_is_known else f" · <em>{escape(_('unconfirmed'))}</em>"
    others = ""
    for one in record.applicable_targets:
        basis = escape(_(": ") + one.legal_basis) if one.legal_basis else ""
        national = " · " + escape(_("national target")) if one.level == "national" else ""
        others += f"<p>{escape(one.framework.name)}{basis}{national}</p>"
    return SafeString(
        f'<span class="figure">{escape(record.target_words)}</span>'
        f' <details class="aside"><summary>{escape(record.target_basis)} ·'
        f" {escape(record.target_year)}{unconfirmed}</summary>{others}</details>"
    )


def _bullet(record: Figure) -> SafeString | None:
    """Number and target on one line."""
    bullet = record.bullet
    if bullet is None:
        return None
    return SafeString(
        '<svg class="bullet" viewBox="0 0 120 14" width="120" height="14" role="img"'
        f' aria-label="{escape(record.against_target)}">'
        '<rect class="ground" y="4" width="120" height="6"/>'
        f'<rect class="bar" y="4" width="{bullet.bar}" height="6"/>'
        f'<rect class="mark" x="{bullet.target}" width="2" height="14"/></svg>'
    )
