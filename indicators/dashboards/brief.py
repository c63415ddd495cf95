"""The brief (工作简报) of a unit's year, made by rules from the figures that are shown.

Praised is what got better against last year and does not miss its target; pressed is what misses
its target, the furthest first, then what will not meet it in time, then what got worse. Neither
rests on figures to be verified: those are asked about. Nothing is called a rise but what rose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators.dashboards import findings
from indicators.figures import Figure, Tally, figures_below, figures_of, tallies
from indicators.figures.formatting import change_words, together
from indicators.figures.movers import FIVE, movers
from indicators.figures.outlook import Outlook, outlooks_of
from indicators.figures.reliability import units_reliability
from indicators.models import UNITS, DutyArea, Jurisdiction, Qualifier, Status, User
from indicators.models.path import ids_in

NAMED = 3


@dataclass(frozen=True)
class Line:
    """What it speaks of, in words that lead to its figures, and what is said of it."""

    name: str
    url: str
    text: str


@dataclass(frozen=True)
class Brief:
    finding: str
    areas: list[Line]
    praised: list[Line]
    pressed: list[Line]
    asked: list[Line]

    @property
    def parts(self) -> list[tuple[str, list[Line]]]:
        """Each with its heading; one that has nothing to say is left out."""
        parts = (
            (_("Duty area by duty area"), self.areas),
            (_("To praise"), self.praised),
            (_("To press"), self.pressed),
            (_("To ask, and whom"), self.asked),
        )
        return [(heading, lines) for heading, lines in parts if lines]


def brief_of(user: User, unit: Jurisdiction, evaluation_year: int, *, tier: str) -> Brief:
    """A line for each duty area; FIVE figures praised and pressed at most; what is asked of each
    pressed one, and of those who are late or have something to verify."""
    figures = figures_of(user, unit, evaluation_year, tier=tier)
    tallied = tallies(figures)
    by_area: dict[DutyArea | None, list[Figure]] = defaultdict(list)
    for one in figures:
        by_area[one.indicator.duty_area].append(one)
    address = {"year": evaluation_year, "jurisdiction": unit.code, "tier": tier}
    outlooks = {one.figure.code: one for one in outlooks_of(user, figures, tier=tier)}
    believed = [one for one in figures if not one.doubt]
    to_press = list(_to_press(believed, outlooks))
    pressed = to_press[:FIVE]
    not_praised = {one.code for one in to_press}
    praised = movers(one for one in believed if one.code not in not_praised).better
    return Brief(
        findings.of_overview(figures, tallied[-1]),
        [_of_area(one, by_area[one.area], address) for one in tallied[:-1]],
        [_line(one, _praise(one)) for one in praised],
        [_line(one, _pressure(one, outlooks.get(one.code))) for one in pressed],
        [
            *_questions(user, pressed),
            *_of_units(user, unit, evaluation_year, tier),
        ],
    )


def _to_press(figures: Sequence[Figure], outlooks: dict[str, Outlook]) -> Iterator[Figure]:
    missed = [one for one in figures if one.status == Status.MISSED]
    yield from sorted(missed, key=lambda one: (-one.relative_gap, one.order))
    by_code = {one.code: one for one in figures}
    slipping = [one.figure for one in outlooks.values() if one.slips]
    later = [by_code[one.code] for one in slipping if one.code in by_code]
    later += movers(figures).worse
    seen = {one.code for one in missed}
    for one in later:
        if one.code not in seen:
            seen.add(one.code)
            yield one


def _of_area(tally: Tally, own: Sequence[Figure], address: dict[str, object]) -> Line:
    area = tally.area
    courses = [one.course for one in own]
    missed = [one.name for one in own if one.status == Status.MISSED]
    told = [findings.of_tally(tally)]
    if missed:
        told.append(_("Missed: %(names)s.") % {"names": _few(missed)})
    moves = findings.counted(
        (courses.count("better"), _("%(n)s better")),
        (courses.count("worse"), _("%(n)s worse")),
    )
    if moves:
        told.append(_("Against last year %(moves)s.") % {"moves": moves})
    code = area.code if area else ""
    url = f"{reverse('dashboards:overview')}?{urlencode({**address, 'area': code})}#table"
    return Line(str(area), url, together(told))


def _line(figure: Figure, text: str) -> Line:
    return Line(figure.name, figure.get_absolute_url(), text)


def _praise(figure: Figure) -> str:
    told = [str(figure.value), _moved(figure)]
    if figure.status == Status.MET:
        told.append(_("target %(target)s met") % {"target": figure.target_words})
    return _clauses(told)


def _pressure(figure: Figure, outlook: Outlook | None) -> str:
    told = [str(figure.value)]
    if figure.status in (Status.MISSED, Status.NEAR):
        words = {"target": figure.target_words, "gap": _unsigned(str(figure.gap or ""))}
        told.append(
            _("%(gap)s from the target %(target)s") % words
            if figure.gap_number
            else _("target %(target)s not met") % words
        )
    told.append(_moved(figure))
    if outlook is not None and outlook.slips:
        told.append(_("outlook: %(label)s") % {"label": outlook.label})
    return _clauses(told)


def _moved(figure: Figure) -> str:
    """The change against last year by its own direction; empty where there is none to tell: one of
    figures that are not exact has no size, and one of 1:16 is no more and no less."""
    difference, sides = figure.difference, (figure.result, figure.before)
    if difference is None or figure.why_no_change or UNITS[figure.indicator.unit].is_ratio:
        return ""
    if any(side is None or side.qualifier != Qualifier.EXACT for side in sides):
        return ""
    size = {"size": _unsigned(str(change_words(difference)))}
    if not difference.number:
        return _("as last year")
    if difference.unit == "rank":
        up = _("%(size)s up on last year") % size
        return up if difference.number < 0 else _("%(size)s down on last year") % size
    if difference.unit == "percent":
        up = _("grown by %(size)s on last year") % size
        return up if difference.number > 0 else _("shrunk by %(size)s on last year") % size
    if difference.number > 0:
        return _("a rise of %(size)s on last year") % size
    return _("a fall of %(size)s on last year") % size


def _unsigned(words: str) -> str:
    return words.lstrip("+−")


def _clauses(told: Iterable[str]) -> str:
    return pgettext("between clauses", ", ").join(one for one in told if one) + _(".")


def _questions(user: User, pressed: Sequence[Figure]) -> Iterator[Line]:
    """Of each pressed figure: the units below that miss most of their target, or else, of what the
    office above them all gives itself, the department that answers for it."""
    below: dict[int, list[Figure]] = defaultdict(list)
    for one in figures_below(user, pressed):
        if one.status == Status.MISSED and not one.doubt:
            below[one.indicator.pk].append(one)
    for figure in pressed:
        worst = sorted(below[figure.indicator.pk], key=lambda one: -one.relative_gap)
        if worst:
            yield _line(
                figure,
                _("ask %(units)s why the target is missed, and what is done about it.")
                % {"units": _units([one.jurisdiction.name for one in worst])},
            )
        elif figure.indicator.owner_department and figure.jurisdiction.collects:
            yield _line(
                figure,
                _("ask %(department)s what is done about it.")
                % {"department": figure.indicator.owner_department},
            )


def _of_units(user: User, unit: Jurisdiction, evaluation_year: int, tier: str) -> Iterator[Line]:
    """What is late and what is to be verified, and by whom."""
    every = units_reliability(user, evaluation_year, tier=tier)
    here = [one for one in every if unit.pk in ids_in(one.unit.path)]
    address = reverse("dashboards:reliability")
    place = urlencode({"year": evaluation_year, "tier": tier})
    late = [one for one in here if one.lacking]
    if late:
        lacking = sum(one.lacking for one in late)
        words = ngettext(
            "%(units)s: %(n)s figure is overdue.", "%(units)s: %(n)s figures are overdue.", lacking
        )
        units = _units([one.unit.name for one in late])
        yield Line(_("Late"), f"{address}?{place}", words % {"units": units, "n": lacking})
    doubted = [one for one in here if one.to_verify]
    if doubted:
        n = sum(one.to_verify or 0 for one in doubted)
        words = ngettext(
            "%(units)s: %(n)s figure is to be explained or put right.",
            "%(units)s: %(n)s figures are to be explained or put right.",
            n,
        )
        units = _units([one.unit.name for one in doubted])
        yield Line(
            _("To be verified"), reverse("dashboards:doubts"), words % {"units": units, "n": n}
        )


def _units(names: Sequence[str]) -> str:
    return _few(names, _("%(named)s and others, %(n)s units in all"))


def _few(names: Sequence[str], of_more: str = "") -> str:
    """The first NAMED of them, and how many there are."""
    named = _(", ").join(names[:NAMED])
    if len(names) <= NAMED:
        return named
    words = of_more or _("%(named)s and others, %(n)s figures in all")
    return words % {"named": named, "n": len(names)}
