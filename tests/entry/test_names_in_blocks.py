"""What the sheet tells a browser of the names that a pasted block may hold."""

from zlib import crc32

import pytest

from indicators.entry.names_in_blocks import NamesInBlocks
from indicators.figures import figures_of
from tests.cast import YEAR, make_unit


@pytest.fixture
def names(north, south, city, children, officer):
    make_unit("500243", "彭水苗族土家族自治县", parent=city)
    return NamesInBlocks(north, figures_of(officer, north, YEAR)[0], YEAR)


def test_its_own_and_those_above_and_below_are_told(names):
    assert names.own == "500101|北区|北区"
    assert names.others == "500000|山城|山城"


def test_those_beside_it_are_checksums_of_their_short_names(names):
    short = ("彭水", "彭水县", "彭水自治县", "彭水苗族土家族")
    assert names.hidden.split("|") == sorted(f"{crc32(name.encode()):x}" for name in short)


def test_without_figures_nothing_is_told_of_others(north):
    nothing = NamesInBlocks(north, None, YEAR)
    assert (nothing.others, nothing.hidden) == ("", "")
