"""GB/T 9704-2012 measured on the page: of the PDF, and of the DOCX as LibreOffice draws it."""

import io
from dataclasses import replace
from itertools import pairwise

import pypdf
import pytest
import typst

from indicators.documents import (
    Document,
    FontMissing,
    Paragraph,
    Table,
    as_docx,
    as_pdf,
    layout,
    stand_ins,
)
from indicators.documents.flow import annexes
from indicators.documents.pdf import OWN
from indicators.documents.typesetting import fonts_of_the_machine
from tests.documents.samples import REPORT
from tests.office import needs_writer, saved_again

POINT = 25.4 / 72
FULL = Document("题", "", "", (Paragraph(0, "", "", ("字" * 28 * 50,)),), (), "")


def drawn(page):
    """Runs of letters: text, distance of the baseline's start from left and top in mm, size."""
    height = float(page.mediabox.height)
    found = []

    def visit(text, matrix, drawn_at, _font, size):
        x = matrix[0] * drawn_at[4] + matrix[4]
        y = matrix[3] * drawn_at[5] + matrix[5]
        found.append((text.strip("\n"), x * POINT, (height - y) * POINT, size))

    page.extract_text(visitor_text=visit)
    return [one for one in found if one[0].strip()]


def lines_of(page):
    return [line for line in page.extract_text().split("\n") if "字" in line]


def from_libreoffice(document, folder):
    (folder / "a.docx").write_bytes(as_docx(document))
    return saved_again(folder / "a.docx", "pdf")


@pytest.fixture
def page():
    """The second of a text that has nothing but the same letter."""
    return pypdf.PdfReader(io.BytesIO(as_pdf(FULL))).pages[1]


def test_a_page_is_a4(page):
    assert [round(float(side) * POINT) for side in page.mediabox[2:]] == [210, 297]


def test_a_page_has_22_lines_of_28_characters(page):
    assert [len(line) for line in lines_of(page)] == [28] * 22


def test_the_type_area_is_156_by_225_from_37_and_28(page):
    rows = [one for one in drawn(page) if "字" in one[0]]
    tops = [top for _text, _left, top, _size in rows]

    # The letters of 16 points stand in the middle of 29, on a foot .88 below their top.
    first = layout.TOP + ((29 - 16) / 2 + 0.88 * 16) * POINT
    assert tops[0] == pytest.approx(first, abs=0.1)
    assert {round(below - above, 2) for above, below in pairwise(tops)} == {round(29 * POINT, 2)}
    assert {round(left, 1) for _text, left, _top, _size in rows} == {28.0}
    assert pytest.approx(225, abs=0.1) == layout.LINES * layout.LINE * POINT


def test_page_numbers_stand_outside_between_dashes_7_mm_below():
    pages = pypdf.PdfReader(io.BytesIO(as_pdf(FULL))).pages
    first, second = ([one for one in drawn(page) if "—" in one[0]] for page in pages[:2])

    assert "".join(one[0] for one in first).replace(" ", "") == "—1—"
    assert "".join(one[0] for one in second).replace(" ", "") == "—2—"
    assert first[0][1] > 105 > second[0][1]
    assert second[0][1] == pytest.approx(28 + layout.CHARACTER * POINT, abs=0.2)
    # A dash is drawn at .38 above its foot.
    dash = second[0][2] - 0.38 * layout.PAGE_NUMBER_SIZE * POINT
    assert dash == pytest.approx(37 + 225 + 7, abs=0.3)


def test_annexes_begin_on_a_page_of_their_own_and_repeat_the_head():
    table = replace(REPORT.annexes[0], rows=REPORT.annexes[0].rows * 30)
    pages = pypdf.PdfReader(
        io.BytesIO(as_pdf(replace(REPORT, annexes=(table, *REPORT.annexes[1:]))))
    ).pages
    texts = [page.extract_text() for page in pages]

    assert [text.lstrip().startswith("附件") for text in texts] == [False, True, False, False, True]
    assert ["截至日期" in text for text in texts] == [False, True, True, True, False]


@needs_writer
def test_libreoffice_draws_the_docx_with_22_lines_of_28_characters(tmp_path):
    pages = pypdf.PdfReader(io.BytesIO(from_libreoffice(FULL, tmp_path))).pages

    assert [len(line) for line in lines_of(pages[1])] == [28] * 22
    assert [round(float(side) * POINT) for side in pages[1].mediabox[2:]] == [210, 297]


def test_who_signs_stands_two_characters_from_the_right():
    issuer, date = "某某市人民政府教育督导委员会", "2023年3月20日"

    assert layout.signature(issuer, date) == layout.Indents(2.0, 7.5)
    assert layout.signature("某县", date) == layout.Indents(8.5, 2.0)
    assert layout.signature("某" * 60, date).date == layout.CHARACTERS - layout.width(date)


def test_columns_share_the_width_by_what_they_hold():
    annex = next(annexes(REPORT))
    shares = layout.shares(annex)

    assert sum(shares) == 1000
    assert shares[1] > shares[0]


@pytest.fixture
def bare(monkeypatch):
    """A machine without fonts."""
    every = typst.Fonts
    monkeypatch.setattr(typst, "Fonts", lambda: every(include_system_fonts=False))
    fonts_of_the_machine.cache_clear()
    yield
    fonts_of_the_machine.cache_clear()


def test_what_stands_in_is_named():
    named = stand_ins()

    assert set(named) <= set(OWN)
    assert [asked for asked, family in named.items() if family in OWN[asked]] == []


def test_without_a_chinese_font_nothing_is_drawn(bare):
    with pytest.raises(FontMissing) as missing:
        as_pdf(REPORT)
    assert "Noto Serif CJK SC" in missing.value.names


def test_narrow_columns_keep_to_one_line_and_the_others_share_what_is_left():
    row = ("图1", "一般公共预算教育经费占一般公共预算支出比例", "2026年11月30日")
    plain = next(annexes(replace(REPORT, annexes=(Table("表", row, (row,)),))))
    narrow = next(annexes(replace(REPORT, annexes=(Table("表", row, (row,), narrow=8),))))
    letters = layout.TYPE_WIDTH * layout.POINTS_PER_MM / layout.CELL_SIZE / 1000

    assert sum(layout.shares(narrow)) == 1000
    assert layout.shares(narrow)[2] * letters > 7.5
    assert layout.shares(narrow)[2] < layout.shares(narrow, between=0.25)[2]
    assert layout.shares(plain) == layout.shares(plain, between=0.25)
