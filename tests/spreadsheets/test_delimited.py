"""Text files: encodings, delimiters, quotes, and our own guard taken off again."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.spreadsheets import BLANK, Cell, Limits, UnreadableFile, read_workbook
from indicators.spreadsheets.formula_guard import guard


def rows_of(content: bytes, name: str = "a.csv") -> list[list[str]]:
    (sheet,) = read_workbook(content, name).sheets
    return [[cell.text for cell in row.cells] for row in sheet.rows]


def refusal(content: bytes, limits: Limits | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, "a.csv", limits)
    return caught.value


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("单位,数值\n".encode(), "utf-8"),
        ("单位,数值\n".encode("utf-8-sig"), "utf-8"),
        ("单位,数值\n".encode("gb18030"), "gb18030"),
        ("\ufeff单位,数值\n".encode("utf-16-le"), "utf-16"),
        ("\ufeff单位,数值\n".encode("utf-16-be"), "utf-16"),
        ("指标,数值\n".encode("gb18030"), "gb18030"),
        (b"a,b\n", "utf-8"),
    ],
)
def test_the_encoding_is_found(content, encoding):
    workbook = read_workbook(content, "表.csv")

    assert workbook.encoding == encoding
    assert workbook.sheets[0].name == "表"
    assert [cell.text for cell in workbook.sheets[0].rows[0].cells] in (
        ["单位", "数值"],
        ["指标", "数值"],
        ["a", "b"],
    )


@pytest.mark.parametrize(
    ("text", "kind", "rows"),
    [
        ("a,b\n1,2\n", "csv", [["a", "b"], ["1", "2"]]),
        ("a\tb\n1\t2\n", "tsv", [["a", "b"], ["1", "2"]]),
        ("a;b\n1,5;2,5\n", "csv", [["a", "b"], ["1,5", "2,5"]]),
        ("sep=;\r\na,b;c\r\n", "csv", [["a,b", "c"]]),
        ("title, of all\na\tb\n1\t2\n", "tsv", [["title, of all"], ["a", "b"], ["1", "2"]]),
        ("alone\n", "csv", [["alone"]]),
        ('"a\nb","c ""d"""\r\n', "csv", [["a\nb", 'c "d"']]),
        ('5" pipe,x\n', "csv", [['5" pipe', "x"]]),
    ],
)
def test_the_delimiter_is_found(text, kind, rows):
    assert read_workbook(text.encode(), "a.txt").kind == kind
    assert rows_of(text.encode()) == rows


def test_rows_are_numbered_as_a_spreadsheet_shows_them():
    (sheet,) = read_workbook(b'sep=,\n"a\nb",\n\n,,\nc,,d,\n', "a.csv").sheets

    assert [row.number for row in sheet.rows] == [1, 4]
    assert sheet.rows[1].cells == (Cell("text", "c"), BLANK, Cell("text", "d"))


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=5), min_size=1))
def test_what_our_own_export_writes_reads_back(rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[guard(cell) for cell in row] for row in [["head", "x"], *rows]])
    content = b"\xef\xbb\xbf" + b"sep=,\r\n" + text.getvalue().encode()

    assert rows_of(content)[1:] == [
        cut for row in rows if (cut := row[: max([0, *(n for n, t in enumerate(row, 1) if t)])])
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"a\0b,c\n", "unknown_type"),
        (b'a,"b\n', "damaged"),
        (b'a,"b"c\n', "damaged"),
        ("单位,数值".encode()[:-1], "damaged"),
        ("单位,数值,".encode() * 9 + b"\xff", "damaged"),
        (b"\xef\xbb\xbf\xff\xff", "damaged"),
        (b"\xff\xfe\x00\xd8", "damaged"),
        (b"a,\x81\x20\xff\xff", "unknown_encoding"),
    ],
)
def test_what_is_no_whole_text_file_is_refused(content, code):
    assert refusal(content).code == code


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(bytes=10), "too_large"),
        (Limits(rows=2), "too_many_rows"),
        (Limits(columns=1), "too_many_columns"),
        (Limits(cells=5), "too_many_cells"),
        (Limits(memory_bytes=1000), "too_much_memory"),
    ],
)
def test_limits_hold(limits, code):
    assert refusal(b"a,b\n1,2\n3,4\n", limits).code == code


def test_reading_ends_in_time():
    assert refusal(b"a,b\n" * 5_000, Limits(seconds=0)).code == "too_slow"
