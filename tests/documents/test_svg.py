"""A drawing as SVG: well formed, without a style, whatever its words are."""

from xml.etree import ElementTree

import pytest

from indicators.documents.chart_drawing import draw
from indicators.documents.svg import as_svg
from tests.documents.charts import BROKEN, CHARTS, chart


@pytest.mark.parametrize("one", CHARTS)
def test_it_says_each_word_and_has_no_style_or_script(one):
    drawn = draw(one)
    root = ElementTree.fromstring(as_svg(drawn, said='class="chart"'))

    assert [each.text for each in root.iter() if each.tag.endswith("text")] == [
        words.text for words in drawn.words
    ]
    assert {each.tag.partition("}")[2] for each in root.iter()} <= {"svg", "line", "circle", "text"}
    assert not [each for each in root.iter() if {"style", "id", "onload"} & set(each.keys())]


def test_hostile_labels_are_text():
    said = as_svg(draw(chart({2021: "1"})), said="")
    assert "<script" not in said
    hurt = draw(BROKEN)
    words = type(hurt.words[0])(1, 1, '<script>"&', "start")

    assert "&lt;script&gt;&quot;&amp;" in as_svg(type(hurt)((), (), (words,)), said="")
