"""A figure, its change and its light as HTML: the one place that draws them.

In Python, since a page has hundreds of them, and a template takes five times as long for each.
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from indicators.models import Status

if TYPE_CHECKING:
    from indicators.figures.figure import Figure
    from indicators.figures.formatting import Words

NOTHING = SafeString("—")
# Which way a figure without a target went.
COURSES = {
    "better": gettext_noop("better"),
    "worse": gettext_noop("worse"),
    "same": gettext_noop("the same"),
}
_SHAPES: dict[str, str] = {
    Status.MET: '<circle cx="8" cy="8" r="7" fill="currentColor"/>'
    '<path class="tick" d="M4.5 8.3l2.4 2.4 4.6-5" fill="none" stroke-width="1.8"/>',
    Status.NEAR: '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor"'
    ' stroke-width="1.6"/><path d="M8 1.8a6.2 6.2 0 0 1 0 12.4z" fill="currentColor"/>',
    Status.MISSED: '<path d="M8 1.5 15 14H1z" fill="currentColor"/>',
    Status.NO_TARGET: '<path d="M3 8h10" fill="none" stroke="currentColor" stroke-width="1.8"/>',
    Status.NO_DATA: '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor"'
    ' stroke-width="1.4" stroke-dasharray="2.6 2"/>',
}
_NOTE = (
    '<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path'
    ' d="M2 2.5h12v8.5H7.5L4.5 14v-3H2zM5 5.6h6M5 8.2h4" fill="none" stroke="currentColor"'
    ' stroke-width="1.4" stroke-linejoin="round"/></svg>'
)
# The same in letters, for a drawing that has nothing else.
SHAPE_LETTERS: dict[str, str] = {Status.MET: "●", Status.NEAR: "◐", Status.MISSED: "▲"}


def words(words: Words) -> SafeString:
    """A number in words: the digits stand out, the unit is small."""
    before = f"<small>{escape(words.before)}</small>" if words.before else ""
    gap = " " if words.unit and not words.after else ""
    unit = f'{gap}<small class="unit">{escape(words.unit)}</small>' if words.unit else ""
    note = f'<small class="note">{escape(words.in_brackets)}</small>' if words.note else ""
    digits = f'<span class="digits">{escape(words.digits)}</span>'
    return SafeString(f"{before}{digits}{escape(words.after)}{unit}{note}")


def figure(record: Figure) -> SafeString:
    """The value, or why there is none, and the computed one beside it."""
    if record.value:
        title = f' title="{escape(record.exact)}"' if record.exact else ""
        drawn = f'<span class="figure"{title}>{words(record.value)}</span>'
    else:
        why, state = escape(record.why_none), escape(record.state or "—")
        drawn = f'<span class="none" title="{why}">{state}</span>'
    if record.doubt:
        drawn += doubt(record)
    if record.corrected_from:
        aside = _("corrected, before %(before)s") % {"before": record.corrected_from}
        drawn += f' <span class="aside">{escape(aside)}</span>'
    if record.agrees is True:
        return SafeString(drawn)
    if record.computed:
        parts = [f"{escape(_('computed'))} {words(record.computed)}"]
        if record.coverage:
            parts.append(escape(record.coverage))
        if record.agrees is False:
            parts.append(f"<strong>{escape(_('differs'))}</strong>")
        if record.computed_is_demonstration:
            parts.append(escape(_("Demonstration")))
        if record.computed_doubt:
            parts.append(escape(record.computed_doubt))
        together = " · ".join(f'<span class="part">{part}</span>' for part in parts)
        drawn += f' <span class="aside">{together}</span>'
    elif record.coverage and not record.is_partial:
        drawn += f' <span class="aside">{escape(record.coverage_words)}</span>'
    return SafeString(drawn)


def linked(record: Figure) -> SafeString:
    """The value, which leads to its page."""
    return SafeString(f'<a href="{record.get_absolute_url()}">{escape(str(record.value))}</a>')


def previous(record: Figure) -> SafeString:
    """Last year's figure; empty where there is none."""
    if not record.previous:
        return SafeString("")
    drawn = escape(str(record.previous))
    if doubt := record.previous_doubt:
        drawn += f' <span class="doubt">{escape(doubt)}</span>'
    return SafeString(drawn)


def doubt(record: Figure) -> SafeString:
    """That the figure is in doubt or rests on one that is, with the way there; else empty."""
    if not record.doubt:
        return SafeString("")
    page = record.get_absolute_url()
    return SafeString(f' <a class="doubt" href="{page}#doubt">{escape(record.doubt)}</a>')


def annotated(record: Figure) -> SafeString:
    """A mark that something is pinned to the figure, with the way there. Who hears the page is told
    of which figure; a file, which takes what can be read, gets none."""
    told = escape(_("Has an annotation"))
    place = escape(f"{record.name} {record.unit_name} {record.period}")
    return SafeString(
        f' <a class="annotated" href="{record.get_absolute_url()}#annotations" title="{told}"'
        f' aria-label="{told}{escape(_(": "))}{place}">{_NOTE}</a>'
    )


def change(record: Figure) -> SafeString:
    """The change against the year before, or that the figure means something else since."""
    if record.why_no_change:
        why, word = escape(record.why_no_change), escape(record.no_change_word)
        return SafeString(f'<span class="none" title="{why}">{word}</span>')
    if not record.change:
        return NOTHING
    drawn = escape(str(record.change))
    if record.status == Status.NO_TARGET and record.course:
        drawn += f' <span class="aside">{escape(_(COURSES[record.course]))}</span>'
    return SafeString(drawn)


def _shape(code: str) -> SafeString:
    """The shape of a light, told apart without colour."""
    return SafeString(
        '<svg class="shape" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">'
        f"{_SHAPES[code]}</svg>"
    )


def status(code: str) -> SafeString:
    """Word, shape and colour."""
    return _status(code, get_language() or "")


@cache
def _status(code: str, _language: str) -> SafeString:
    label = escape(str(Status(code).label))
    return SafeString(f'<span class="status {code}">{_shape(code)}{label}</span>')


def verdict(code: str, label: str) -> SafeString:
    """The shape of a light with a word of its own."""
    return SafeString(f'<span class="status {code}">{_shape(code)}{escape(label)}</span>')


def light(record: Figure) -> SafeString:
    """The status, and why it is none."""
    why = record.status_reason
    reason = f' <span class="why">{escape(why)}</span>' if why else ""
    return SafeString(f"{status(record.status)}{reason}")
