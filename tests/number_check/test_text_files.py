"""Files become text within limits, whatever their name; what cannot be read is refused by code."""

import pytest

from indicators.number_check import text_files
from indicators.number_check.text_files import text_of_file
from indicators.number_check.unreadable import sentence_of
from indicators.spreadsheets import Limits, UnreadableFile
from tests.number_check.files import body, docx, packed, pdf

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
        "<mc:AlternateContent><mc:Choice><w:t>丁</w:t></mc:Choice>"
        "<mc:Fallback><w:t>丁</w:t></mc:Fallback></mc:AlternateContent></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>小学</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert text_of_file(docx("", document=body(inside))) == "甲\t乙\n丙丁\n小学\t12\t\n"


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
    ],
)
def test_what_cannot_be_read(content, code):
    with pytest.raises(UnreadableFile) as refused:
        text_of_file(content)
    assert refused.value.code == code


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
    with pytest.raises(UnreadableFile, match="too_large"):
        text_of_file(TEXT.encode())


def test_a_pdf_that_takes_too_long_or_too_much():
    with pytest.raises(UnreadableFile, match="too_slow"):
        text_of_file(pdf(TEXT), Limits(seconds=0.01))
    with pytest.raises(UnreadableFile, match=r"too_much_memory|damaged"):
        text_of_file(pdf(TEXT), Limits(memory_bytes=30_000_000))
