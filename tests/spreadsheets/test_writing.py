"""What is written reads back equal, by our reader and by others', and is set up to be used."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from indicators.spreadsheets import read_workbook, write_rows
from indicators.spreadsheets.sheet_names import SheetNames

# What no cell and no database holds; see test_what_nothing_can_hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
DANGEROUS = st.sampled_from(
    [
        "=1+1",
        "+1",
        "@x",
        "_x000B_",
        "_x005F_",
        "_x",
        " a ",
        "a\r\nb",
        "\x0b",
        "<&>",
        "]]>",
        "'",
        "\t",
    ]
)
NUMBERS = st.decimals(-(10**10), 10**10, places=4) | st.integers(-(10**14), 10**14)
DATES = st.dates(date(1900, 3, 1))
ROWS = st.lists(st.tuples(TEXTS | DANGEROUS, NUMBERS, DATES, st.none() | TEXTS), min_size=1)


def written(*sheets, **options) -> bytes:
    out = io.BytesIO()
    write_rows(out, sheets or [("Sheet", [["head"]])], **options)
    return out.getvalue()


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


@settings(max_examples=60)
@given(ROWS)
def test_what_is_written_reads_back_equal(rows):
    content = written(("表", [("text", "number", "day", "note"), *rows]))

    (sheet,) = read_workbook(content, "a.xlsx").sheets
    kept = {row.number: row.cells for row in sheet.rows}
    (theirs,) = opened(content)
    calamine = python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    for number, (text, figure, day, note) in enumerate(rows, 2):
        ours = [*kept[number]] + [None] * (4 - len(kept[number]))
        assert (ours[0].text, ours[1].number, ours[2].text) == (text, figure, day.isoformat())
        assert (ours[3].text if ours[3] else "") == (note or "")
        cells = [cell.value for cell in theirs[number]] + [None]
        assert unescape(cells[0] or "").replace("\r\n", "\n") == text.replace("\r\n", "\n")
        assert Decimal(str(cells[1])) == figure
        assert cells[2].date() == day
        found = calamine[number - 1]
        assert (Decimal(str(found[1])), found[2]) == (figure, day)


@given(TEXTS | DANGEROUS)
def test_a_text_stays_one_whatever_it_looks_like(text):
    content = written(("s", [["h"], [text]]))

    cells = [row.cells[0] for row in read_workbook(content, "").sheets[0].rows[1:]]
    assert [(cell.kind, cell.text) for cell in cells] == ([("text", text)] if text else [])
    assert "<f>" not in part(content, "xl/worksheets/sheet1.xml")


def test_what_nothing_can_hold_is_replaced():
    (sheet,) = read_workbook(written(("s", [["a\0b"], ["\ud800"]])), "").sheets

    assert [row.cells[0].text for row in sheet.rows] == ["a\ufffdb", "\ufffd"]


@pytest.mark.parametrize(
    ("value", "stored", "kind"),
    [
        (Decimal("3.3200"), "3.3200", "number"),
        (Decimal("-0.0001"), "-0.0001", "number"),
        (Decimal("1E+3"), "1000", "number"),
        (Decimal("80500000000.0000"), "80500000000.0000", "number"),
        (10**14, "100000000000000", "number"),
        (Decimal("12345678901.2345"), "12345678901.2345", "number"),
        (Decimal("12345678901234.5678"), "12345678901234.5678", "text"),
        (date(1900, 2, 28), "1900-02-28", "text"),
    ],
)
def test_a_number_stands_with_its_own_digits(value, stored, kind):
    content = written(("s", [["h"], [value]]))

    cell = read_workbook(content, "").sheets[0].rows[1].cells[0]
    assert f">{stored}<" in part(content, "xl/worksheets/sheet1.xml")
    assert cell.kind == kind
    if kind == "number":
        assert cell.number == value


@pytest.mark.parametrize("value", [1.5, True, datetime(2023, 1, 1), b"x", Decimal("NaN")])
def test_what_is_no_exact_value_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        written(("s", [["h"], [value]]))


def test_a_text_too_long_for_a_cell_is_cut():
    (sheet,) = read_workbook(written(("s", [["h"], ["长" * 40_000]])), "").sheets

    assert sheet.rows[1].cells[0].text == "长" * 32_766 + "…"


def test_a_sheet_is_set_up_to_be_read_and_printed():
    content = written(("it's", [["编号", 2022], ["a", 5], ["b\nc", 10**12]]), widths=[12, 20])

    (sheet,) = opened(content)
    assert sheet.freeze_panes == "A2"
    assert [cell.font.bold for cell in sheet[1]] == [True, True]
    assert [cell.value for cell in sheet[1]] == ["编号", "2022"]
    assert not sheet["A2"].font.bold
    assert sheet["A3"].alignment.wrap_text
    assert sheet["B3"].number_format == "0"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert [sheet.column_dimensions[name].width for name in "AB"] == [12, 20]


def test_columns_are_as_wide_as_what_stands_in_them():
    (sheet,) = opened(written(("s", [["指标名称", "x"], ["a", "b" * 100], [None, 3]])))

    assert [sheet.column_dimensions[name].width for name in "AB"] == [10, 48]


def test_a_list_longer_than_a_sheet_goes_on_under_the_same_header():
    rows = ([number] for number in range(1, 6))
    content = written(("长表", (row for row in [["n"], *rows])), ("b", []), rows_a_sheet=3)

    assert [
        (sheet.name, [row.cells[0].text for row in sheet.rows])
        for sheet in read_workbook(content, "").sheets
    ] == [
        ("长表", ["n", "1", "2"]),
        ("长表 (2)", ["n", "3", "4"]),
        ("长表 (3)", ["n", "5"]),
        ("b", []),
    ]


def test_a_sheet_ends_before_its_part_is_too_large(monkeypatch):
    monkeypatch.setattr("indicators.spreadsheets.writing.PART_BYTES", 10_000)
    rows = [["n"], *([number] for number in range(2_000))]

    sheets = read_workbook(written(("s", rows)), "").sheets
    assert [len(sheet.rows) for sheet in sheets] == [500, 500, 500, 500, 5]
    assert [row.cells[0].text for sheet in sheets for row in sheet.rows[1:]] == [
        str(number) for number in range(2_000)
    ]


def test_without_a_header_nothing_is_frozen():
    (sheet,) = opened(written(("s", [[1]]), header_rows=0))

    assert (sheet.freeze_panes, sheet["A1"].value) == (None, 1)


def test_rows_are_taken_as_they_are_written():
    """A list of any length costs the memory of the rows that are under way."""
    taken, sizes = [], []

    class Out(io.BytesIO):
        def write(self, data):
            sizes.append(len(taken))
            return super().write(data)

    def rows():
        for number in range(20_000):
            taken.append(number)
            yield [f"{number * 7919}"]

    write_rows(Out(), [("s", rows())])

    assert len({size for size in sizes if 0 < size < 20_000}) > 5


def test_the_same_rows_are_the_same_bytes():
    assert written(("s", [["a", Decimal(1)]])) == written(("s", [["a", Decimal(1)]]))


def test_a_workbook_has_a_sheet():
    with pytest.raises(ValueError, match="one sheet"):
        write_rows(io.BytesIO(), [])


def test_more_columns_than_a_sheet_has_are_refused():
    with pytest.raises(ValueError, match="16384"):
        written(("s", [[1] * 16_385]))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_names_of_sheets_are_those_that_excel_takes(titles):
    names = SheetNames()
    given_names = [names.name(title) for title in titles]

    for name in given_names:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.lower() != "history"
    assert len({name.lower() for name in given_names}) == len(titles)
