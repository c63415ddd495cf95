"""Files made to hurt are refused with their code; what a reader of the file sees is read."""

import io
import time
import zipfile

import pytest

from indicators.documents import LIMITS, UnreadableFile, as_docx, read_docx
from indicators.documents.docx_styles import WORD
from indicators.spreadsheets import Limits
from tests.documents.samples import REPORT

LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def with_parts(**changes):
    """The report's file with other parts, by their path; None takes one away."""
    package = zipfile.ZipFile(io.BytesIO(as_docx(REPORT)))
    parts = {name: package.read(name) for name in package.namelist()} | changes
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            if content is not None:
                archive.writestr(name, content)
    return made.getvalue()


def of_body(inside, before=""):
    body = f"{before}<w:document {WORD}><w:body>{inside}</w:body></w:document>"
    return with_parts(**{"word/document.xml": body})


def seen(inside):
    return [paragraph.text for paragraph in read_docx(of_body(inside)).paragraphs]


def run(text, said=""):
    return f"<w:r>{said}<w:t>{text}</w:t></w:r>"


def refused(content, limits=LIMITS):
    with pytest.raises(UnreadableFile) as caught:
        read_docx(content, limits)
    return caught.value.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "unknown_type"),
        (CONTAINER, "unknown_type"),
        (CONTAINER + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\3\4 cut off", "damaged"),
        (as_docx(REPORT)[:-30], "damaged"),
        (with_parts(**{"word/vbaProject.bin": b"x"}), "macros"),
        (with_parts(**{"word/document.xml": None}), "unknown_type"),
        (with_parts(**{"_rels/.rels": None}), "unknown_type"),
        (of_body("", before=LAUGHS), "declares_entities"),
        (of_body("<w:p>"), "damaged"),
        (of_body("<w:p>" * 200 + "</w:p>" * 200), "damaged"),
        (with_parts(**{"docProps/custom.xml": LAUGHS + "<a/>"}), "declares_entities"),
    ],
)
def test_what_is_no_document_is_refused_by_its_code(content, code):
    assert refused(content) == code


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(bytes=1_000), "too_large"),
        (Limits(unpacked_bytes=10_000), "unpacks_too_large"),
        (Limits(rows=5), "too_many_rows"),
        (Limits(memory_bytes=2_000), "too_much_memory"),
        (Limits(seconds=-1), "too_slow"),
    ],
)
def test_reading_costs_no_more_than_is_allowed(limits, code):
    assert refused(as_docx(REPORT), limits) == code


@pytest.mark.thorough
def test_a_bomb_is_refused_before_it_bursts():
    began = time.monotonic()
    assert refused(of_body(f"<w:p>{run('字' * 60_000_000)}</w:p>")) in (
        "unpacks_too_large",
        "damaged",
    )
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (f"<w:del>{run('旧')}</w:del><w:ins>{run('新')}</w:ins>", "新"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom>{run('新')}", "新"),
        (run("见") + run("不见", "<w:rPr><w:vanish/></w:rPr>") + run("了"), "见了"),
        (run("见", '<w:rPr><w:vanish w:val="0"/></w:rPr>'), "见"),
        (f"<w:hyperlink>{run('链')}</w:hyperlink><w:sdt>{run('控')}</w:sdt>", "链控"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>" + run("7"), "7"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/></w:r>", "a b \u2011"),
        ('<w:r><w:sym w:char="2030"/><w:sym w:char="x"/></w:r>', "‰"),
        (f"<w:ruby><w:rt>{run('zi')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby>", "字"),
    ],
)
def test_what_a_reader_sees_is_read(inside, text):
    assert seen(f"<w:p>{inside}</w:p>") == [text]


def test_a_paragraph_whose_end_was_deleted_goes_on():
    ended = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert seen(f"<w:p>{ended}{run('a')}</w:p><w:p>{run('b')}</w:p>") == ["ab"]
    assert seen(f"<w:p>{ended}{run('a')}</w:p>") == ["a"]


def test_a_text_box_has_paragraphs_of_its_own():
    box = f"<w:r><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></w:r>"
    assert seen(f"<w:p>{run('a')}{box}{run('b')}</w:p>") == ["框", "ab"]


def test_cells_are_parted_and_tables_within_them_are_text():
    def cell(inside):
        return f"<w:tc>{inside}</w:tc>"

    def line(text):
        return f"<w:p>{run(text)}</w:p>"

    inner = f"<w:tbl><w:tr>{cell(line('x'))}{cell(line('y'))}</w:tr></w:tbl>"
    table = (
        f"<w:tbl><w:tr>{cell(line('1') + line('2'))}{cell(inner)}{cell('<w:p/>')}</w:tr></w:tbl>"
    )
    assert seen(table) == ["1 2\t x\ty\t"]


def marks(inside):
    return [
        [(m.id, m.start, m.end) for m in p.marks] for p in read_docx(of_body(inside)).paragraphs
    ]


def begin(number, name):
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def finish(number):
    return f'<w:bookmarkEnd w:id="{number}"/>'


def test_marks_that_are_not_ours_or_stand_twice_are_left_out():
    others = begin(1, "_GoBack") + finish(1) + finish(9)
    twice = begin(2, "duty_F1") + run("1") + finish(2) + begin(3, "duty_f1") + run("2") + finish(3)
    assert marks(f"<w:p>{others}{twice}</w:p>") == [[("F1", 0, 1)]]


def test_a_mark_over_several_paragraphs_ends_with_its_first():
    first = f"<w:p>{run('a')}{begin(1, 'duty_F1')}{run('b')}</w:p>"
    assert marks(f"{first}<w:p>{run('c')}{finish(1)}</w:p>") == [[("F1", 1, 2)], []]


def test_a_mark_that_begins_between_paragraphs_belongs_to_the_next():
    assert marks(f"{begin(1, 'duty_F1')}<w:p>{run('a')}{finish(1)}</w:p>") == [[("F1", 0, 1)]]


def test_a_file_that_names_no_edition_says_so():
    assert read_docx(with_parts(**{"docProps/custom.xml": None})).digest == ""
    assert read_docx(as_docx(REPORT)).digest == REPORT.digest
