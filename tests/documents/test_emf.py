"""The metafile is whole, says the words of the drawing and nothing of the clock."""

from struct import unpack_from

import pytest

from indicators.documents.chart_drawing import HEIGHT, WIDTH, draw
from indicators.documents.emf import as_emf
from tests.documents.charts import BROKEN, CHARTS, chart

TEXT, END = 84, 14


def records(content):
    """Kind and bytes of each, as [MS-EMF] 2.3 chains them."""
    found, at = [], 0
    while at < len(content):
        kind, size = unpack_from("<2I", content, at)
        assert size >= 8
        assert size % 4 == 0
        found.append((kind, content[at : at + size]))
        at += size
    return found


def words(content):
    found = []
    for kind, record in records(content):
        if kind == TEXT:
            units, at = unpack_from("<2I", record, 44)
            found.append(record[at : at + 2 * units].decode("utf-16-le"))
    return found


@pytest.mark.parametrize("one", CHARTS)
def test_it_is_whole(one):
    content = as_emf(draw(one))
    found = records(content)
    _kind, _size, *_bounds = unpack_from("<2I4i", content)
    signature, _version, size, count, handles = unpack_from("<4IH", content, 40)

    assert (found[0][0], found[-1][0]) == (1, END)
    assert (signature, size, count) == (0x464D4520, len(content), len(found))
    assert handles == 4
    assert unpack_from("<4i", content, 24) == (0, 0, 10 * WIDTH, 10 * HEIGHT)


def test_it_says_the_words_of_the_drawing():
    assert words(as_emf(draw(BROKEN))) == [one.text for one in draw(BROKEN).words]


def test_signs_of_two_units_are_whole():
    drawn = draw(chart({2020: "1", 2021: "2"}))
    strange = type(drawn)((), (), (type(drawn.words[0])(9, 9, "𠮷a", "start"),))

    assert words(as_emf(strange)) == ["𠮷a"]


def test_the_same_drawing_has_the_same_bytes():
    assert as_emf(draw(BROKEN)) == as_emf(draw(BROKEN))
