"""What is no document is refused where it is made, not where it is written out."""

import pytest

from indicators.documents import Document, Figure, Paragraph, Table


def figure(id="F1", text="805亿元"):
    return Figure(id, text, "80500000000", "yuan", "教育投入")


@pytest.mark.parametrize("id", ["", "F 1", "F_1", "投1", "F" * 31, "F1\n"])
def test_an_id_is_letters_and_digits(id):
    with pytest.raises(ValueError, match="no id"):
        figure(id)


def test_a_figure_has_text():
    with pytest.raises(ValueError, match="without text: F1"):
        figure(text="")


def test_an_id_stands_for_one_place():
    twice = (Paragraph(0, "", "", (figure("F1"), "，", figure("f1"))),)
    with pytest.raises(ValueError, match="one id: f1"):
        Document("", "", "", twice, (), "")


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ((4, "", "", ()), "no level"),
        ((1, "一、", "成效", ("x",)), "level 1"),
        ((0, "", "成效", ()), "no heading"),
        ((0, "1．", "", ()), "no heading"),
    ],
)
def test_a_paragraph_is_of_its_level(given, why):
    with pytest.raises(ValueError, match=why):
        Paragraph(*given)


@pytest.mark.parametrize(("head", "rows"), [((), ()), (("a", "b"), (("1",),))])
def test_the_rows_of_a_table_are_as_long_as_its_head(head, rows):
    with pytest.raises(ValueError, match="another length"):
        Table("表", head, rows)
