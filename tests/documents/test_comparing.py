"""What an office changes is told exactly: the figure, what stands there now, and the words."""

import pytest

from indicators.documents import (
    Document,
    Figure,
    Mark,
    Paragraph,
    Returned,
    ReturnedParagraph,
    WordChange,
    as_docx,
    compare,
    comparing,
    read_docx,
)
from indicators.documents.wording import words_changed
from tests.documents.editing import Edited
from tests.documents.samples import REPORT, figure


@pytest.fixture
def edited():
    return Edited(as_docx(REPORT))


def told(edited):
    """Of the figures that do not stand as they were: what became of them."""
    found = compare(REPORT, read_docx(edited.saved()))
    return {
        one.figure.id: (one.state, one.now) for one in found.figures if one.state != "unchanged"
    }


def paragraphs(edited):
    found = compare(REPORT, read_docx(edited.saved()))
    return [(one.state, one.words, one.paragraph) for one in found.paragraphs]


def test_what_python_docx_saves_again_is_unchanged(edited):
    assert compare(REPORT, read_docx(edited.saved())).is_unchanged


@pytest.mark.parametrize(
    ("id", "old", "new", "now"),
    [
        ("F1", "805", "815", "815亿元"),
        ("F1", "805亿元", "805万元", "805万元"),
        ("F1", "805亿元", "805亿元左右", "805亿元左右"),
        ("F2", "增加", "减少", "减少1.14个百分点"),
        ("F3", "54.45％", "54.46％", "54.46％"),
        ("F4", "第四", "第五", "全国第五"),
        ("F5", "42余", "42", "42万人次"),
        ("F6", "9所", "10所", "10所"),
    ],
)
def test_a_change_within_the_bookmark(edited, id, old, new, now):
    edited.within(id, old, new)
    assert told(edited) == {id: ("changed", now)}


@pytest.mark.parametrize(
    ("id", "old", "new", "now"),
    [
        ("F1", "8", "9", "905亿元"),
        ("F1", "805亿元", "910亿元", "910亿元"),
        ("F1", "", "约", "约805亿元"),
        ("F1", "", "超过", "超过805亿元"),
        ("F1", "", "1", "1805亿元"),
        ("F2", "增加", "减少", "减少1.14个百分点"),
        ("F3", "5", "6", "64.45％"),
        ("F5", "4", "5", "52余万人次"),
        ("F6", "9", "8", "8所"),
        ("F6", "9所", "7所", "7所"),
    ],
)
def test_a_change_that_falls_before_the_bookmark(edited, id, old, new, now):
    edited.outside(id, old, new)
    assert told(edited) == {id: ("changed", now)}


@pytest.mark.parametrize(
    ("typed", "now"), [("以上，比", "805亿元以上"), ("左右，比", "805亿元左右")]
)
def test_a_word_behind_the_bookmark_counts(edited, typed, now):
    edited.words("，比", typed)
    assert told(edited) == {"F1": ("changed", now)}


def test_a_digit_that_is_typed_again_is_no_change(edited):
    edited.outside("F1", "8", "8")
    assert told(edited) == {}
    assert paragraphs(edited) == []


def test_words_beside_a_figure_do_not_change_it(edited):
    edited.words("全市教育总投入", "全市统一教育投入累计")
    assert told(edited) == {}
    words = (WordChange("", "统一"), WordChange("总", ""), WordChange("", "累计"))
    assert paragraphs(edited) == [("changed", words, 2)]


def test_a_deleted_figure_is_gone_with_or_without_its_bookmark(edited):
    edited.without_mark("F1")
    edited.within("F3", "54.45％", "")
    assert told(edited) == {"F1": ("gone", ""), "F3": ("gone", "")}


def test_changed_words_are_told_with_those_before(edited):
    edited.words("城区学位供给仍然偏紧", "城区学位供给依然紧张")
    assert paragraphs(edited) == [("changed", (WordChange("仍然偏紧", "依然紧张"),), 8)]
    assert told(edited) == {}


def test_added_and_removed_paragraphs_are_told(edited):
    edited.added_before("二、", "新增一段话。")
    edited.removed("校外培训机构")
    assert paragraphs(edited) == [("removed", (), 6), ("added", (), None)]


def test_a_removed_paragraph_takes_its_figures_along(edited):
    edited.removed("（一）加大投入")
    assert told(edited) == {"F1": ("gone", "")}
    assert paragraphs(edited) == [("removed", (), 2)]


def test_a_changed_row_of_an_annex_is_told(edited):
    edited.words("市财政局", "市统计局")
    assert paragraphs(edited) == [("changed", (WordChange("财政", "统计"),), None)]


def test_another_edition_is_known():
    other = Returned("0" * 64, ())
    assert not compare(REPORT, other).same_edition


def test_a_figure_reaches_into_no_other():
    """3所5所 are two, whichever stands beside the other."""
    two = Document(
        "", "", "", (Paragraph(0, "", "", (figure("A", "3"), figure("B", "5所"))),), (), ""
    )
    back = Returned("", (ReturnedParagraph("36所", (Mark("A", 0, 1), Mark("B", 1, 3))),))
    found = compare(two, back)
    assert [(one.state, one.now) for one in found.figures] == [
        ("unchanged", "3"),
        ("changed", "6所"),
    ]


def test_a_statement_that_stays_is_unchanged():
    said = Document(
        "", "", "", (Paragraph(0, "", "", (Figure("A", "全覆盖", "", "", ""),)),), (), ""
    )
    assert compare(said, read_docx(as_docx(said))).is_unchanged


def test_words_of_what_is_too_long_are_told_as_a_whole(monkeypatch):
    old, new = "甲" * 1_001, "乙" * 1_001
    assert words_changed(old, new) == (WordChange(old, new),)

    monkeypatch.setattr(comparing, "MOST_COMPARED", 0)
    document = Document("", "", "", (Paragraph(0, "", "", ("这是一个很长的段落",)),), (), "")
    (change,) = compare(
        document, Returned("", (ReturnedParagraph("这是一个很长的句子"),))
    ).paragraphs
    assert change.words == (WordChange("这是一个很长的段落", "这是一个很长的句子"),)


def test_many_changed_paragraphs_are_paired_by_place():
    many = tuple(Paragraph(0, "", "", (f"第{n}段",)) for n in range(250))
    document = Document("", "", "", many, (), "")
    back = Returned("", tuple(ReturnedParagraph(f"新{n}句") for n in range(260)))
    found = compare(document, back).paragraphs
    assert [one.state for one in found].count("added") == 10
