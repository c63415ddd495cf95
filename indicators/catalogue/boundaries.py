"""Boundaries of units from a GeoJSON file (RFC 7946) that an operator has.

Goes in: the file's bytes. Comes out: by code of the unit, the rings of its boundary as they are
drawn. No database here.

Coordinates are degrees of longitude and latitude on WGS 84, as the RFC demands; they are drawn on
the Web Mercator plane (EPSG:3857), which keeps shapes. Points nearer to the one before than a two
thousandth of the whole are left out: nobody sees them, and a page has dozens of boundaries.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, pi, radians, tan
from typing import Any

EARTH = 6_378_137.0  # metres, the radius that EPSG:3857 reckons with
STEP = 25  # metres
FARTHEST = 85.0  # degrees of latitude that the plane still holds
FINEST = 2000  # steps that the whole is told apart in
MOST_POINTS = 2_000_000
CODES = ("code", "adcode", "代码")
FEWEST = 3  # points of a ring

Point = tuple[int, int]
Ring = list[Point]


class BoundaryFault(ValueError):
    """What is wrong with the file, and where."""


@dataclass(frozen=True)
class Outline:
    """Path data and the box around it, as `models.Boundary` keeps them."""

    path: str
    left: int
    top: int
    right: int
    bottom: int


def read_boundaries(content: bytes) -> dict[str, Outline]:
    """By code of the unit. Raises BoundaryFault."""
    rings: dict[str, list[Ring]] = {}
    for place, feature in enumerate(_features(content), start=1):
        code = _code(feature, place)
        if code in rings:
            raise BoundaryFault(f"Feature {place}: {code} has a boundary already.")
        rings[code] = [_ring(one, place) for one in _rings(feature.get("geometry"), place)]
    if sum(len(ring) for several in rings.values() for ring in several) > MOST_POINTS:
        raise BoundaryFault(f"There are more than {MOST_POINTS} points. Simplify the file first.")
    apart = _span(rings) / FINEST
    outlines = {code: _outline(several, apart) for code, several in rings.items()}
    vanished = [code for code, outline in outlines.items() if outline is None]
    if vanished:
        raise BoundaryFault(f"{vanished[0]}: its boundary is too small to be drawn.")
    return {code: outline for code, outline in outlines.items() if outline is not None}


def _features(content: bytes) -> list[Any]:
    try:
        whole = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise BoundaryFault("The file is no JSON in UTF-8.") from error
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list) or not features:
        raise BoundaryFault("The file is no FeatureCollection of GeoJSON, or has no feature.")
    return features


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


def _code(feature: Any, place: int) -> str:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if isinstance(properties, dict):
        for name in CODES:
            said = properties.get(name)
            if isinstance(said, str | int) and not isinstance(said, bool) and str(said).strip():
                return str(said).strip()
    raise BoundaryFault(f"Feature {place} names no unit: it needs a property {' or '.join(CODES)}.")


def _rings(geometry: Any, place: int) -> Iterator[Any]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    parts = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(parts, list):
        raise BoundaryFault(f"Feature {place} is no Polygon and no MultiPolygon.")
    for part in [parts] if kind == "Polygon" else parts:
        if not isinstance(part, list):
            raise BoundaryFault(f"Feature {place} has a part that is no list of rings.")
        yield from part


def _ring(points: Any, place: int) -> Ring:
    if not isinstance(points, list):
        raise BoundaryFault(f"Feature {place} has a ring that is no list of points.")
    return [_projected(point, place) for point in points]


def _projected(point: Any, place: int) -> Point:
    """In steps, y downwards.

    >>> _projected([0, 0], 1), _projected([180, 0], 1)
    ((0, 0), (801500, 0))
    """
    numbers = point[:2] if isinstance(point, list) else []
    if len(numbers) < 2 or any(
        not isinstance(one, int | float) or isinstance(one, bool) for one in numbers
    ):
        raise BoundaryFault(f"Feature {place} has a point without longitude and latitude.")
    longitude, latitude = numbers
    if abs(longitude) > 180 or abs(latitude) > FARTHEST:
        raise BoundaryFault(
            f"Feature {place} has a point at {longitude}, {latitude}: give degrees on WGS 84, the"
            " longitude first."
        )
    x = EARTH * radians(longitude)
    y = EARTH * log(tan(pi / 4 + radians(latitude) / 2))
    return round(x / STEP), -round(y / STEP)


def _span(rings: Mapping[str, list[Ring]]) -> int:
    """How far the whole reaches, at its wider side."""
    points = [point for several in rings.values() for ring in several for point in ring]
    if not points:
        return 0
    return max(
        max(point[axis] for point in points) - min(point[axis] for point in points)
        for axis in (0, 1)
    )


def _outline(rings: list[Ring], apart: float) -> Outline | None:
    """None where nothing of it is large enough to be seen."""
    drawn = [ring for ring in (_thinned(one, apart) for one in rings) if len(ring) >= FEWEST]
    if not drawn:
        return None
    points = [point for ring in drawn for point in ring]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return Outline("".join(map(_path, drawn)), min(xs), min(ys), max(xs), max(ys))


def _thinned(ring: Ring, apart: float) -> Ring:
    """
    >>> _thinned([(0, 0), (0, 1), (0, 9), (9, 9), (0, 0)], 2)
    [(0, 0), (0, 9), (9, 9)]
    """
    kept: Ring = []
    for x, y in ring:
        if not kept or max(abs(x - kept[-1][0]), abs(y - kept[-1][1])) > apart:
            kept.append((x, y))
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    return kept


def _path(ring: Ring) -> str:
    """
    >>> _path([(5, 5), (5, 9), (9, 9)])
    'M5 5l0 4 4 0z'
    """
    begin, *_rest = ring
    steps = (f"{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(ring))
    return f"M{begin[0]} {begin[1]}l{' '.join(steps)}z"
