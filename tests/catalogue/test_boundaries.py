"""Boundaries that an operator loads: read as they are drawn, or refused with their place."""

import json
import math

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from indicators.catalogue.boundaries import FINEST, BoundaryFault, read_boundaries
from indicators.models import Boundary
from tests.cast import make_unit

SQUARE = [[106.0, 29.0], [107.0, 29.0], [107.0, 30.0], [106.0, 30.0], [106.0, 29.0]]
HOLE = [[106.4, 29.4], [106.6, 29.4], [106.6, 29.6], [106.4, 29.6], [106.4, 29.4]]


def feature(code, *rings, **more):
    geometry = {"type": "Polygon", "coordinates": list(rings)} | more
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def a_file(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def points_of(path):
    """The points of each ring of path data."""
    found = []
    for ring in path.split("M")[1:]:
        begin, _l, rest = ring.removesuffix("z").partition("l")
        x, y = map(int, begin.split())
        points, steps = [(x, y)], list(map(int, rest.split()))
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        found.append(points)
    return found


def mercator(longitude, latitude):
    """By the other formula of the same projection, in steps of 25 m."""
    sine = math.sin(math.radians(latitude))
    y = 6_378_137 * math.atanh(sine)
    return 6_378_137 * math.radians(longitude) / 25, -y / 25


def test_a_boundary_lies_where_the_mercator_plane_has_it():
    """A degree of longitude is 111,319.49 m of the plane; 30° N lies at 3,503,549.84 m."""
    outline = read_boundaries(a_file(feature("500101", SQUARE, HOLE)))["500101"]
    outer, hole = points_of(outline.path)

    assert (outline.left, outline.right) == (471995, 476447)
    assert (outline.top, outline.bottom) == (-140_142, -135_026)
    assert outer == [(471995, -135026), (476447, -135026), (476447, -140142), (471995, -140142)]
    assert len(hole) == 4


def test_a_unit_of_several_parts_and_a_number_for_a_code():
    parts = feature(500101, type="MultiPolygon", coordinates=[[SQUARE], [HOLE]])

    assert len(points_of(read_boundaries(a_file(parts))["500101"].path)) == 2


degrees = st.tuples(st.integers(-1000, 1000), st.integers(-1000, 1000))


@given(st.lists(degrees, min_size=4, max_size=60, unique=True))
def test_no_point_that_is_left_out_lies_further_than_is_seen(places):
    far = [(1400, 0), (0, 1400), (-1400, 0)]
    ring = [[106 + x / 1000, 29 + y / 1000] for x, y in [*places, *far]]
    outline = read_boundaries(a_file(feature("1", ring)))["1"]
    (kept,) = points_of(outline.path)
    whole = max(outline.right - outline.left, outline.bottom - outline.top)

    for longitude, latitude in ring:
        x, y = mercator(longitude, latitude)
        assert min(max(abs(x - a), abs(y - b)) for a, b in kept) <= whole / (FINEST - 2) + 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "no JSON in UTF-8"),
        (b"[" * 100_000, "no JSON in UTF-8"),
        (b'{"features": [NaN]}', "no JSON in UTF-8"),
        (b"[]", "no FeatureCollection"),
        (b'{"features": []}', "has no feature"),
        (a_file({"properties": {"name": "x"}}), "Feature 1 names no unit"),
        (a_file(feature(True, SQUARE)), "Feature 1 names no unit"),
        (a_file(feature("1", SQUARE, type="Point")), "Feature 1 is no Polygon"),
        (a_file({"properties": {"code": "1"}, "geometry": None}), "Feature 1 is no Polygon"),
        (a_file(feature("1", type="MultiPolygon", coordinates=[7])), "no list of rings"),
        (a_file(feature("1", 7)), "no list of points"),
        (a_file(feature("1", [[1], [2]])), "without longitude and latitude"),
        (a_file(feature("1", [["1", "2"]])), "without longitude and latitude"),
        (a_file(feature("1", [[29.5, 106.5], [1, 1], [2, 2]])), "the longitude first"),
        (a_file(feature("1", [[1e400, 1]])), "no JSON in UTF-8|the longitude first"),
        (a_file(feature("1", SQUARE), feature("1", SQUARE)), "Feature 2: 1 has a boundary already"),
        (a_file(feature("1", SQUARE), feature("2", [[1, 1], [1, 1]])), "2: its boundary is too"),
    ],
)
def test_a_file_that_is_none_is_refused_with_its_place(content, words):
    with pytest.raises(BoundaryFault, match=words):
        read_boundaries(content)


class TestLoaded:
    @pytest.fixture
    def file(self, tmp_path, city, north):
        path = tmp_path / "boundaries.json"
        path.write_bytes(a_file(feature(north.code, SQUARE), feature("999999", HOLE)))
        return path

    def load(self, *arguments):
        call_command("load_boundaries", *map(str, arguments))

    def test_the_units_that_there_are_have_them(self, file, north, capsys):
        self.load(file, "--approval-number", "审图号1", "--source", "测绘院")
        self.load(file, "--approval-number", "审图号2")

        (kept,) = Boundary.objects.all()
        assert (kept.jurisdiction, kept.approval_number, kept.source) == (north, "审图号2", "")
        assert "1 boundaries loaded." in capsys.readouterr().out

    def test_what_no_unit_has_is_told(self, file, capsys):
        self.load(file, "--approval-number", "1")

        assert "has the code 999999." in capsys.readouterr().out

    def test_they_are_forgotten(self, file, capsys):
        self.load(file, "--approval-number", "1")
        self.load("--clear")

        assert not Boundary.objects.exists()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            ([], "Name a file"),
            (["FILE"], "review number"),
            (["FILE", "--approval-number", "号" * 51], "50"),
            (["FILE", "--approval-number", "1", "--year", "1900"], "none of its codes"),
            (["nowhere.json", "--approval-number", "1"], "cannot be read"),
        ],
    )
    def test_nothing_is_kept_of_what_is_refused(self, file, arguments, words):
        said = [str(file) if one == "FILE" else one for one in arguments]
        with pytest.raises(CommandError, match=words):
            self.load(*said)

        assert not Boundary.objects.exists()

    def test_a_unit_that_began_later_has_another(self, file, city, north):
        make_unit("999999", "今区", parent=city, valid_from=2024)
        self.load(file, "--approval-number", "1", "--year", "2023")

        assert [one.jurisdiction for one in Boundary.objects.all()] == [north]
