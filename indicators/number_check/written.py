"""How a check is told: as JSON for programs, and as lines for whoever runs the command."""

from __future__ import annotations

from collections import Counter
from typing import Any

from indicators.figures.text_check import CheckedText
from indicators.measures.exact import plain
from indicators.measures.running_text.check import Check
from indicators.measures.running_text.relations import Relation

AROUND = 16


def as_json(found: CheckedText) -> dict[str, Any]:
    """`quantities` one entry a place, in the order of the text; `relations` between them."""
    return {
        "unit": found.unit.code,
        "year": found.year,
        "characters": len(found.text),
        "quantities": [_entry(one) for one in found.checks],
        "relations": [_relation(one) for one in found.relations],
    }


def as_lines(found: CheckedText) -> list[str]:
    """What differs with the words around it, then how many there are of each verdict."""
    lines = []
    for one in found.checks:
        if one.verdict in ("differs", "agrees_rounded"):
            before = found.text[max(0, one.start - AROUND) : one.start].split("\n")[-1]
            about = ", ".join(f"{f.indicator} {f.unit} {f.year}" for f in one.figures)
            lines.append(f"{one.verdict} {one.start}: {before}【{one.raw}】 {about}")
    lines += [
        f"relation {one.kind} {one.places[0][0]}: stated {one.stated}, computed {one.computed}"
        for one in found.relations
        if not one.agrees
    ]
    counts = Counter(one.verdict for one in found.checks)
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items()))
    return [*lines, f"{found.unit.code} {found.year}: {told or 'no number'}"]


def _entry(one: Check) -> dict[str, Any]:
    return {
        "start": one.start,
        "end": one.end,
        "raw": one.raw,
        "value": None if one.value is None else plain(one.value),
        "unit": one.unit,
        "qualifier": one.qualifier,
        "verdict": one.verdict,
        "confidence": one.confidence,
        "figures": [
            {"indicator": f.indicator, "unit": f.unit, "year": f.year} for f in one.figures
        ],
        "reason": one.reason,
    }


def _relation(one: Relation) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "places": [{"start": start, "end": end} for start, end in one.places],
        "stated": plain(one.stated),
        "computed": plain(one.computed),
        "verdict": "agrees" if one.agrees else "differs",
    }
