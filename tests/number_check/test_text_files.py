"""Files become text within limits, whatever their name; what cannot be read is refused by code."""

import pytest

from indicators.number_check import text_files
from indicators.number_check.text_files import text_of_file
from indicators.number_check.unreadable import sentence_of
from indicators.spreadsheets import Limits, UnreadableFile
from tests.number_check.files import body, docx, locked_by, packed, pdf

CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TEXT = "一、标题\n全市教育经费805亿元，增长6.1%。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_file(encoding):
    assert text_of_file(TEXT.encode(encoding)) == TEXT


def test_a_word_document():
    assert text_of_file(docx(TEXT)) == TEXT


def test_a_pdf():
    assert "".join(text_of_file(pdf(TEXT)).split()) == "".join(TEXT.split())


def test_of_a_word_document_what_is_no_text_is_left_out():
    inside = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>"
        "<w:del><w:r><w:delText>旧</w:delText><w:br/><w:tab/></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t>丁</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t>丁</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>小学</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of_file(docx("", document=body(inside))) == "甲\t乙\n丙丁\n小学\t12\n"


def of_body(inside):
    return text_of_file(docx("", document=body(inside)))


def run(text, said=""):
    return f"<w:r>{said}<w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("共5所") + run("暗9所", "<w:rPr><w:vanish/></w:rPr>"), "共5所\n"),
        (f"<w:ruby><w:rt>{run('8')}</w:rt><w:rubyBase>{run('字')}</w:rubyBase></w:ruby>", "字\n"),
        ("<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>6所</w:t></w:r>", "5-6所\n"),
        ('<w:r><w:t>5</w:t><w:sym w:char="2030"/></w:r>', "5‰\n"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("甲"), "甲\n"),
        (f"{run('共80')}<w:txbxContent><w:p>{run('5所')}</w:p></w:txbxContent>", "5所\n共80\n"),
        (f"<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('80')}</w:p><w:p>{run('5')}", "805\n"),
    ],
)
def test_of_a_word_document_a_number_is_what_its_reader_sees(inside, text):
    assert of_body(f"<w:p>{inside}</w:p>") == text


def test_a_table_within_a_cell_keeps_its_numbers_apart():
    def cell(inside):
        return f"<w:tc>{inside}</w:tc>"

    def line(text):
        return f"<w:p>{run(text)}</w:p>"

    inner = f"<w:tbl><w:tr>{cell(line('1'))}{cell(line('2'))}</w:tr></w:tbl>"
    row = f"<w:tr>{cell(line('12') + line('34'))}{cell(inner)}{cell(line('5'))}</w:tr>"
    assert of_body(f"<w:tbl>{row}</w:tbl>") == "12\n34\t\n1\t2\t5\n"


def test_notes_are_text_and_comments_are_none():
    parts = {
        f"word/{name}.xml": body(f"<w:p>{run(said)}</w:p>")
        for name, said in (("footnotes", "注77所"), ("endnotes", "尾8所"), ("comments", "批9所"))
    }
    content = packed({"word/document.xml": body(f"<w:p>{run('文5所')}</w:p>"), **parts})
    assert text_of_file(content) == "文5所\n注77所\n尾8所\n"


def test_the_package_says_where_the_text_is():
    """Word on the web writes word/document2.xml."""
    lead = (
        '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document2.xml"/>'
        "</Relationships>"
    )
    parts = {"_rels/.rels": lead, "word/document2.xml": body(f"<w:p>{run('5所')}</w:p>")}
    assert text_of_file(packed(parts)) == "5所\n"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"PK\3\4 no zip", "damaged"),
        (packed({"xl/workbook.xml": "<x/>"}), "unknown_type"),
        (docx("", document="<!DOCTYPE x><x/>"), "declares_entities"),
        (docx("", document="<x>"), "damaged"),
        (b"%PDF-1.7 cut off", "damaged"),
        (b"\x89PNG\0\0", "unknown_type"),
        (b"\x81\xff\xff\x80", "unknown_encoding"),
        (TEXT.encode("utf-16-le"), "unknown_encoding"),
        (TEXT.encode() + TEXT.encode("gb18030"), "unknown_encoding"),
        (CONTAINER + "EncryptedPackage\0".encode("utf-16-le"), "encrypted"),
        (CONTAINER + "WordDocument\0".encode("utf-16-le"), "unknown_type"),
        (rb"{\rtf1\ansi 805}", "unknown_type"),
        (docx("", document=body("<w:p>" * 200 + "</w:p>" * 200)), "damaged"),
        (locked_by("/V 2 /R 3 /Length 128"), "encrypted"),
        (locked_by("/V 5 /R 6 /Length 256"), "encrypted"),
    ],
)
def test_what_cannot_be_read(content, code):
    with pytest.raises(UnreadableFile) as refused:
        text_of_file(content)
    assert refused.value.code == code


def test_the_number_of_a_page_does_not_stand_within_a_sentence():
    lines = "\n".join(f"新建第{'甲' * (number % 9)}学校" for number in range(90))
    read = text_of_file(pdf(lines, 'numbering: "— 1 —"'))
    assert "—" not in read
    assert "".join(read.split()) == "".join(lines.split())


def test_a_pdf_of_pictures_holds_no_text():
    with pytest.raises(UnreadableFile, match="pictures") as refused:
        text_of_file(pdf(""))
    assert "只有文字的图片" in sentence_of(refused.value)


def test_limits(monkeypatch):
    with pytest.raises(UnreadableFile, match="too_large"):
        text_of_file(b"a" * 11, Limits(bytes=10))
    with pytest.raises(UnreadableFile, match="unpacks_too_large"):
        text_of_file(docx("长" * 1000), Limits(unpacked_bytes=100))
    monkeypatch.setattr(text_files, "CHARACTERS", 10)
    with pytest.raises(UnreadableFile, match="characters=10") as refused:
        text_of_file(TEXT.encode())
    assert sentence_of(refused.value) == "文字超过 10 个字符。请分开核对。"


def test_a_pdf_that_takes_too_long_or_too_much():
    with pytest.raises(UnreadableFile, match="too_slow"):
        text_of_file(pdf(TEXT), Limits(seconds=0.01))
    with pytest.raises(UnreadableFile, match=r"too_much_memory|damaged"):
        text_of_file(pdf(TEXT), Limits(memory_bytes=30_000_000))
