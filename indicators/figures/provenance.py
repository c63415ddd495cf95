"""Where a figure comes from and where it goes: inputs, units, dependents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.figures import formatting
from indicators.figures.figure import Figure
from indicators.figures.queries import FigureKey, figures_across, figures_at
from indicators.measures.formula import FormulaError, Node, Number, Reference, parse
from indicators.models import User
from indicators.results import Snapshot

STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "negative": 3}
SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷", "negative": "−"}


@dataclass(frozen=True)
class Provenance:
    """`formula` in names and `numbers` the same with the figures put in; `inputs` its figures.

    `parts` are the units' figures of a sum, as far as the user may see them by name; `feeds` the
    figures computed from this one.
    """

    formula: str
    numbers: str
    inputs: list[Figure]
    parts: list[Figure]
    feeds: list[Figure]


def formula_in_names(snapshot: Snapshot, text: str) -> str:
    """A definition's formula with the names of its indicators, whatever the year."""
    try:
        return _written(parse(text).root, lambda reference: _named(snapshot, reference))
    except FormulaError:
        # It came in by another way than the door; check_catalogue finds it.
        return text


def _named(snapshot: Snapshot, reference: Reference) -> str:
    pk = snapshot.by_code.get(reference.code)
    name = snapshot.indicators[pk].name if pk else reference.code
    if reference.year is not None:
        return _("%(name)s of %(year)s") % {"name": name, "year": reference.year}
    if not reference.shift:
        return name
    if reference.shift == -1:
        return _("%(name)s of the year before") % {"name": name}
    return _("%(name)s of %(n)s years before") % {"name": name, "n": -reference.shift}


def provenance_of(user: User, figure: Figure) -> Provenance:
    """What the figure is computed from and what it feeds; a bounded number of queries."""
    snapshot = figure.snapshot
    formula = snapshot.formula(figure.indicator.pk, figure.year)
    unit, year = figure.jurisdiction, figure.year
    known = [r for r in formula.references if r.code in snapshot.by_code] if formula else []
    places = {
        reference: (
            snapshot.indicators[snapshot.by_code[reference.code]],
            unit,
            reference.year_at(year),
        )
        for reference in known
    }
    dependents = {
        (dependent.indicator_id, year - (dependent.reference.shift or 0))
        for dependent in snapshot.dependents.get(figure.code, [])
        if dependent.reference.year is None
        and snapshot.reports(dependent.indicator_id, unit.pk, year - dependent.reference.shift)
    }
    feeds = [(snapshot.indicators[pk], unit, fed) for pk, fed in sorted(dependents)]
    if unit.parent_id and snapshot.adds_up(figure.indicator.pk, unit.parent_id, year):
        feeds.append((figure.indicator, snapshot.units[unit.parent_id], year))
    found = {
        (f.indicator.pk, f.jurisdiction.pk, f.year): f
        for f in figures_at(user, [*places.values(), *feeds], tier=figure.tier, beside=figure)
    }

    def at(place: FigureKey) -> Figure | None:
        indicator, where, when = place
        return found.get((indicator.pk, where.pk, when))

    inputs = {reference: at(place) for reference, place in places.items()}
    adds_up = snapshot.adds_up(figure.indicator.pk, unit.pk, year)
    return Provenance(
        formula=_written(formula.root, lambda r: _name(r, inputs.get(r))) if formula else "",
        numbers=_written(formula.root, lambda r: _number(inputs.get(r))) if formula else "",
        inputs=[f for f in inputs.values() if f],
        parts=figures_across(user, figure) if adds_up else [],
        feeds=[f for f in map(at, feeds) if f],
    )


def _name(reference: Reference, figure: Figure | None) -> str:
    name = figure.name if figure else reference.code
    moved = reference.shift or reference.year is not None
    return f"{name}{figure.year}" if moved and figure else name


def _number(figure: Figure | None) -> str:
    if figure is None or figure.number is None:
        return "?"
    return formatting.digits(figure.number, max(0, -formatting.place_of(figure.number)))


def _written(node: Node, of: Callable[[Reference], str], above: int = 0) -> str:
    """A formula with its references written by `of`; parentheses only where they are needed."""
    if isinstance(node, Number):
        return formatting.grouped(f"{node.value:f}")
    if isinstance(node, Reference):
        return of(node)
    if node.sign in ("min", "max", "abs"):
        return f"{node.sign}({', '.join(_written(part, of) for part in node.parts)})"
    strength = STRENGTH[node.sign]
    if node.sign == "negative":
        text = SIGNS[node.sign] + _written(node.parts[0], of, strength)
    else:
        left = _written(node.parts[0], of, strength)
        # a − (b − c): the right side needs its parentheses at equal strength.
        right = _written(node.parts[1], of, strength + 1)
        text = f"{left} {SIGNS[node.sign]} {right}"
    return f"({text})" if strength < above else text
