"""The page's finding in one sentence, made from the data by rules."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from indicators.figures import Figure, OtherUnits, Tally, UnitProgress
from indicators.figures.formatting import place_of, together
from indicators.figures.heat import HeatMap
from indicators.figures.only_increase import fallen
from indicators.figures.outlook import Outlook
from indicators.figures.pairs import Pair
from indicators.figures.profile import ProfileLine
from indicators.figures.reliability import Reliability
from indicators.figures.unit_lines import UnitLine
from indicators.models import Jurisdiction, Status


def of_overview(figures: Sequence[Figure], total: Tally) -> str:
    """How many figures meet their targets, and the one furthest from its own."""
    if not any(figure.has_figure for figure in figures):
        return _("Nothing has been reported for this year yet.")
    sentence = of_tally(total)
    if not total.with_target:
        return sentence
    furthest = _furthest(figures)
    if furthest is None:
        return sentence
    return sentence + _(" %(name)s is %(gap)s from its target.") % {
        "name": furthest.name,
        "gap": str(furthest.gap).lstrip("+−"),
    }


def of_tally(tally: Tally) -> str:
    """How many of the figures meet their targets."""
    if not tally.with_target:
        return _("No figure of this year can be held against a target yet.")
    words = ngettext(
        "Of %(n)s figure with a target: %(told)s.",
        "Of %(n)s figures with a target: %(told)s.",
        tally.with_target,
    )
    told = counted(
        (tally.met, _("%(n)s met")),
        (tally.near, _("%(n)s near")),
        (tally.missed, _("%(n)s missed")),
    )
    return words % {"n": tally.with_target, "told": told}


def of_outlooks(outlooks: Sequence[Outlook]) -> str:
    """How many targets will not be met in time, and which of them is worst off."""
    judged = [one for one in outlooks if one.is_known]
    slipping = [one for one in judged if one.slips]
    if not judged:
        return _("No figure of this year has a way to a target.")
    if not slipping:
        return _("No target that has a year slips.")
    sentence = ngettext(
        "Of %(n)s target %(slipping)s will not be met in time as things go.",
        "Of %(n)s targets %(slipping)s will not be met in time as things go.",
        len(judged),
    )
    return sentence % {"n": len(judged), "slipping": len(slipping)} + _(
        " Most pressing: %(name)s, %(label)s."
    ) % {"name": slipping[0].figure.name, "label": slipping[0].label}


def of_only_increase(lines: Sequence[UnitLine]) -> str:
    """In how many units something fell that may not fall, and what could not be compared."""
    told = [one for line in lines for one in line.figures if one is not None]
    compared = [one for one in told if one.change_number is not None]
    if not compared:
        return _("No figure of this year can be compared with the year before.")
    fell = [line for line in lines if fallen(line)]
    waiting = len(told) - len(compared)
    sentences = [
        ngettext(
            "In %(n)s unit something fell that may not.",
            "In %(n)s units something fell that may not.",
            len(fell),
        )
        % {"n": len(fell)}
        if fell
        else _("Nothing fell that may not.")
    ]
    if waiting:
        sentences.append(
            ngettext(
                "%(n)s figure cannot be compared yet.",
                "%(n)s figures cannot be compared yet.",
                waiting,
            )
            % {"n": waiting}
        )
    return together(sentences)


def of_heat_map(found: HeatMap, above: Jurisdiction) -> str:
    """Which of the units below misses most, and how much is not in."""
    below = [line for line in found.lines if line.unit != above]
    shades = {line.unit: Counter(cell.shade for cell in line.cells) for line in below}
    if not found.figures:
        return _("No rate or statement of this duty area is asked.")
    missed = max((counts[Status.MISSED] for counts in shades.values()), default=0)
    worst = [unit for unit, counts in shades.items() if counts[Status.MISSED] == missed]
    missing = sum(counts["missing"] for counts in shades.values())
    sentences = []
    if missed and len(worst) == 1:
        words = _("%(unit)s misses most targets: %(missed)s.")
        sentences.append(words % {"unit": worst[0].name, "missed": missed})
    elif missed:
        words = _("%(n)s units miss most targets, %(missed)s each.")
        sentences.append(words % {"n": len(worst), "missed": missed})
    else:
        sentences.append(_("No unit misses a target."))
    if missing:
        words = ngettext("%(n)s figure is missing.", "%(n)s figures are missing.", missing)
        sentences.append(words % {"n": missing})
    return together(sentences)


def of_profile(lines: Sequence[ProfileLine]) -> str:
    """How the unit stands in its group, or against last year where no group is told."""
    verdicts = Counter(one.verdict for one in lines)
    judged = verdicts["better"] + verdicts["worse"] + verdicts["same"]
    if judged:
        return _(
            "Of %(judged)s figures that can be compared with the group, %(better)s are better than"
            " its median and %(worse)s worse."
        ) % {"judged": judged, "better": verdicts["better"], "worse": verdicts["worse"]}
    courses = Counter(one.figure.course for one in lines)
    moved = courses["better"] + courses["worse"] + courses["same"]
    if not moved:
        return _("No figure can be compared with the group, nor with the year before.")
    return _(
        "Of %(moved)s figures that can be compared with the year before, %(better)s are better and"
        " %(worse)s worse."
    ) % {"moved": moved, "better": courses["better"], "worse": courses["worse"]}


def of_reliability(found: Reliability) -> str:
    """How much is in, how much of it is to be verified, and what rests on that."""
    reported = sum(one.reported for one in found.below)
    expected = sum(one.expected for one in found.below)
    told = [
        _("Of %(expected)s figures expected %(reported)s are in.")
        % {"expected": expected, "reported": reported}
    ]
    to_verify = sum(one.to_verify or 0 for one in found.below)
    if to_verify:
        words = ngettext("%(n)s is to be verified.", "%(n)s are to be verified.", to_verify)
        told.append(words % {"n": to_verify})
    for one in found.above:
        if one.to_verify:
            words = ngettext(
                "Of %(unit)s itself %(n)s is to be verified.",
                "Of %(unit)s itself %(n)s are to be verified.",
                one.to_verify,
            )
            told.append(words % {"unit": one.unit, "n": one.to_verify})
    if found.resting:
        words = ngettext(
            "%(n)s light of %(unit)s rests on such.",
            "%(n)s lights of %(unit)s rest on such.",
            len(found.resting),
        )
        told.append(words % {"n": len(found.resting), "unit": found.unit})
    if found.differing:
        words = ngettext(
            "%(n)s stated figure is not what the units add up to.",
            "%(n)s stated figures are not what the units add up to.",
            len(found.differing),
        )
        told.append(words % {"n": len(found.differing)})
    return together(told)


def of_pairs(pairs: Sequence[Pair], second: str | int, first: str | int) -> str:
    """How often the second is better than the first, and worse; numbers are years."""
    counts = Counter(one.verdict for one in pairs)
    judged = counts["better"] + counts["worse"] + counts["same"]
    if not judged:
        return _("No figure can be compared by better and worse.")
    if isinstance(second, int):
        words = _(
            "Of %(judged)s figures that can be judged, %(better)s are better in %(second)s than in"
            " %(first)s and %(worse)s worse."
        )
    else:
        words = _(
            "Of %(judged)s figures that can be judged, %(second)s is better than %(first)s in"
            " %(better)s and worse in %(worse)s."
        )
    return words % {
        "judged": judged,
        "second": second,
        "first": first,
        "better": counts["better"],
        "worse": counts["worse"],
    }


def of_days(pairs: Sequence[Pair], first: datetime.date, second: datetime.date) -> str:
    """How many figures say something else than on the first day."""
    words = {"n": len(pairs), "first": first, "second": second}
    if not pairs:
        return _("Nothing that stands changed from %(first)s to %(second)s.") % words
    return (
        ngettext(
            "From %(first)s to %(second)s %(n)s figure changed.",
            "From %(first)s to %(second)s %(n)s figures changed.",
            len(pairs),
        )
        % words
    )


def of_chart(tallies: Sequence[Tally]) -> str:
    """Where targets are not reached, or that they all are."""
    areas = [tally for tally in tallies if tally.area]
    missed = [tally for tally in areas if tally.missed]
    near = [tally for tally in areas if tally.near and not tally.missed]
    if not any(tally.with_target for tally in areas):
        return _("No duty area has a figure held against a target")
    if not missed and not near:
        return _("All figures held against a target meet it")
    told = [
        _area_words(some, word)
        for some, word in ((missed, Status.MISSED), (near, Status.NEAR))
        if some
    ]
    return pgettext("between clauses", ", ").join(told)


def _area_words(areas: list[Tally], status: Status) -> str:
    """Which duty areas have figures of the status; the one with most only where it has most."""
    counts = sorted((tally.counts[status] for tally in areas), reverse=True)
    words: dict[str, object] = {"n": len(areas), "status": status.label}
    if len(areas) == 1:
        return _("%(area)s has figures “%(status)s”") % {**words, "area": areas[0].area}
    if counts[0] == counts[1]:
        return _("%(n)s areas have figures “%(status)s”") % words
    worst = next(tally for tally in areas if tally.counts[status] == counts[0])
    return _("%(n)s areas have figures “%(status)s”, most of them in %(area)s") % {
        **words,
        "area": worst.area,
    }


def of_units(rows: Sequence[UnitProgress]) -> str:
    """How many units have reported everything, a part, and nothing."""
    lowest = max((row.unit.depth for row in rows), default=0)
    units = [row for row in rows if row.unit.depth == lowest and len(rows) > 1]
    whole = sum(row.reported >= row.expected for row in units)
    silent = sum(row.reported == 0 < row.expected for row in units)
    if not units:
        return ""
    told = counted(
        (whole, _("%(n)s have all figures")),
        (len(units) - whole - silent, _("%(n)s a part")),
        (silent, _("%(n)s none")),
    )
    return _("Of %(n)s units: %(told)s.") % {"n": len(units), "told": told}


def counted(*parts: tuple[int, str]) -> str:
    """The parts that are not zero, each with its number, in a row."""
    return _(", ").join(words % {"n": n} for n, words in parts if n)


def of_figure(figure: Figure) -> str:
    """The figure, what lies between it and its target, and how it changed."""
    if not figure.has_figure:
        return _("%(period)s: no figure. %(why)s") % {
            "period": figure.period,
            "why": figure.why_none,
        }
    parts = [_("%(period)s: %(value)s") % {"period": figure.period, "value": figure.value}]
    if figure.gap is not None and figure.goal is not None:
        parts.append(_("%(gap)s against the target") % {"gap": figure.gap})
    if figure.change is not None:
        parts.append(_("%(change)s against the year before") % {"change": figure.change})
    sentence = pgettext("between clauses", ", ").join(parts) + _(".")
    if not figure.why_no_change:
        return sentence
    return together([sentence, figure.why_no_change])


def of_indicator(figure: Figure, across: Sequence[Figure]) -> str:
    """The city's figure, and how many units do not reach their target."""
    short = sum(f.status in (Status.MISSED, Status.NEAR) for f in across)
    if not short:
        return of_figure(figure)
    sentence = ngettext(
        "%(n)s unit does not reach its target.", "%(n)s units do not reach their target.", short
    )
    return together([of_figure(figure), sentence % {"n": short}])


def of_trend(trend: Sequence[Figure]) -> str:
    """From the first to the last year with a figure, and where in between it came to mean
    something else."""
    known = [f for f in trend if f.has_figure]
    if not known:
        return _("No year has a figure yet")
    if len(known) == 1:
        return _("Only %(year)s has a figure: %(value)s") % {
            "year": known[0].year,
            "value": known[0].value,
        }
    first, last = known[0], known[-1]
    sentence = _("From %(first)s in %(from)s to %(last)s in %(to)s") % {
        "first": first.value,
        "from": first.year,
        "last": last.value,
        "to": last.year,
    }
    between = [f for f in trend if first.year < f.year <= last.year]
    changed = [str(f.year) for f in between if f.definition_break]
    if not changed:
        return sentence
    told = _("definition changed in %(year)s") % {"year": "、".join(changed)}
    return pgettext("between clauses", ", ").join([sentence, told])


def of_units_apart(across: Sequence[Figure], others: OtherUnits) -> str:
    """How far the units lie apart, for those who see them by name."""
    known = [f for f in across if f.number is not None]
    statements = [f for f in across if f.has_figure and f.number is None]
    if len(statements) > 1:
        return _("%(met)s of %(reported)s units meet it") % {
            "met": sum(f.result is not None and f.result.statement == "met" for f in statements),
            "reported": len(statements),
        }
    if len(known) < 2:
        words = {"reported": others.reported, "expected": others.expected}
        if any(f.sees_units for f in across):
            return _("%(reported)s of %(expected)s districts have a figure") % words
        return _("%(reported)s of %(expected)s other units have a figure") % words
    return _("From %(lowest)s in %(low)s to %(highest)s in %(high)s") % {
        "lowest": known[-1].value,
        "low": known[-1].jurisdiction,
        "highest": known[0].value,
        "high": known[0].jurisdiction,
    }


def of_others(figure: Figure, others: OtherUnits) -> str:
    """Quartiles of the other units, without names; empty where they are not told."""
    if others.quartiles is None:
        return ""
    words = {
        # As the others do, or to the digits that may be told.
        name: figure.in_words(number, place=None if figure.sees_units else place_of(number))
        for name, number in vars(others.quartiles).items()
    }
    if figure.sees_units:
        return _("Districts: lower quartile %(lower)s, median %(median)s, upper %(upper)s.") % words
    return _("A quarter below %(lower)s, half below %(median)s, a quarter above %(upper)s.") % words


def _furthest(figures: Sequence[Figure]) -> Figure | None:
    """Of the missed, else of the near, the one whose gap is the largest part of its target."""
    for status in (Status.MISSED, Status.NEAR):
        found = [f for f in figures if f.status == status and f.gap_number is not None]
        if found:
            return max(found, key=lambda f: f.relative_gap)
    return None
