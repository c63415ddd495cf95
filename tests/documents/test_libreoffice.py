"""An office opens the DOCX in LibreOffice, edits it, saves it again, and every change is told.

Word and WPS were not tried.
"""

import pytest

from indicators.documents import WordChange, as_docx, compare, read_docx
from tests.documents.editing import Edited
from tests.documents.samples import (
    HOSTILE,
    REPORT,
    WITH_CHARTS,
    said_everywhere,
    said_in_a_chart,
)
from tests.office import needs_writer, saved_again

pytestmark = needs_writer


@pytest.fixture
def through_libreoffice(tmp_path):
    def save(content):
        (tmp_path / "a.docx").write_bytes(content)
        return saved_again(tmp_path / "a.docx", "docx")

    return save


@pytest.mark.thorough
def test_what_is_only_opened_and_saved_comes_back_unchanged(through_libreoffice):
    saved = through_libreoffice(as_docx(REPORT))
    twice = through_libreoffice(saved)

    for found in (compare(REPORT, read_docx(saved)), compare(REPORT, read_docx(twice))):
        assert found.is_unchanged
        assert found.same_edition


def test_every_edit_is_told_and_nothing_else(through_libreoffice):
    edited = Edited(through_libreoffice(as_docx(REPORT)))
    edited.within("F3", "54.45", "54.54")
    edited.outside("F1", "8", "9")
    edited.without_mark("F6")
    edited.outside("F2", "增加", "减少")
    edited.words("城区学位供给仍然偏紧", "城区学位供给依然紧张")
    edited.added_before("二、", "新增一段话。")
    edited.removed("校外培训机构")
    found = compare(REPORT, read_docx(through_libreoffice(edited.saved())))

    assert found.same_edition
    assert [(one.figure.id, one.state, one.now) for one in found.figures] == [
        ("F1", "changed", "905亿元"),
        ("F2", "changed", "减少1.14个百分点"),
        ("F3", "changed", "54.54％"),
        ("F4", "unchanged", "全国第四"),
        ("F5", "unchanged", "42余万人次"),
        ("F6", "gone", ""),
    ]
    assert [(one.state, one.words, one.paragraph) for one in found.paragraphs] == [
        ("changed", (WordChange("805", "905"),), 2),
        ("changed", (WordChange("增加", "减少"), WordChange("54.45", "54.54")), 3),
        ("changed", (WordChange("9所", ""),), 4),
        ("removed", (), 6),
        ("added", (), None),
        ("changed", (WordChange("仍然偏紧", "依然紧张"),), 8),
    ]


def test_with_pictures_in_it_every_edit_is_told_and_nothing_else(through_libreoffice):
    edited = Edited(through_libreoffice(as_docx(WITH_CHARTS)))
    edited.within("F3", "54.45", "54.54")
    edited.words("　指标", "　另一指标")
    saved = through_libreoffice(edited.saved())
    found = compare(WITH_CHARTS, read_docx(saved))

    assert found.same_edition
    assert [one.figure.id for one in found.figures if one.state != "unchanged"] == ["F3"]
    assert [(one.state, one.words) for one in found.paragraphs] == [
        ("changed", (WordChange("54.45", "54.54"),)),
        ("changed", (WordChange("", "另一"),)),
    ]
    opened = Edited(saved).body
    assert opened.xpath("//wp:docPr/@descr") == [
        one.description for one in WITH_CHARTS.annexes[0].charts
    ]


@pytest.mark.thorough
def test_charts_come_back_unchanged_a_second_time(through_libreoffice):
    saved = through_libreoffice(through_libreoffice(as_docx(WITH_CHARTS)))

    assert compare(WITH_CHARTS, read_docx(saved)).is_unchanged


@pytest.mark.thorough
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_a_chart_comes_back_as_it_was(through_libreoffice, text):
    document = said_in_a_chart(text)
    found = compare(document, read_docx(through_libreoffice(as_docx(document))))

    assert found.paragraphs == ()


@pytest.mark.thorough
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_back_as_it_was(through_libreoffice, text):
    document = said_everywhere(text)
    found = compare(document, read_docx(through_libreoffice(as_docx(document))))

    assert {one.state for one in found.figures} == {"unchanged"}
    assert found.paragraphs == ()
