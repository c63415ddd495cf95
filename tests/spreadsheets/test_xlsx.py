"""What a person sees in an xlsx file is what is read from it, whichever program wrote it."""

from decimal import Decimal

import pytest

from indicators.spreadsheets import BLANK, Cell, Row
from tests.spreadsheets.files import (
    MAIN,
    RELS,
    cells,
    outcome,
    packed,
    parts,
    read,
    relationships,
    shared,
    sheet,
    styles,
    xlsx,
)


def row(inside):
    return f'<row r="1">{inside}</row>'


def cell_of(inside, **more):
    (found,) = cells(xlsx(row(inside), **more))
    return found


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("1803.5999999999999", "1803.6"),
        ("1803.6", "1803.6"),
        ("1803.60", "1803.6"),
        ("36215.0", "36215"),
        ("1.0E5", "100000"),
        ("1E-4", "0.0001"),
        ("0.30000000000000004", "0.3"),
        ("-0", "0"),
        ("0", "0"),
        ("007", "7"),
        (" 12 ", "12"),
        ("80500000000", "80500000000"),
        ("123456789012345", "123456789012345"),
        ("12345678901234567", "12345678901234600"),
        ("2.2250738585072014E-308", f"0.{'0' * 307}222507385850720"[:-1]),
    ],
)
def test_a_number_is_what_its_digits_show(raw, text):
    assert cell_of(f'<c r="A1"><v>{raw}</v></c>') == Cell("number", text, Decimal(text))


@pytest.mark.parametrize("raw", ["nan", "1_000", "１２", "1E999", "12 3", "0x10"])
def test_what_is_no_number_stays_text(raw):
    assert cell_of(f'<c r="A1"><v>{raw}</v></c>') == Cell("text", raw)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        (10, Cell("number", "95.61%", Decimal("95.61"), percent=True)),
        (9, Cell("number", "95.61%", Decimal("95.61"), percent=True)),
        ("0.0%", Cell("number", "95.61%", Decimal("95.61"), percent=True)),
        ("0.00%;[Red]-0.00%;&quot;-&quot;", Cell("number", "95.61%", Decimal("95.61"), True)),
        ("0.00&quot;%&quot;", Cell("number", "0.9561", Decimal("0.9561"))),
        ("0.00\\%", Cell("number", "0.9561", Decimal("0.9561"))),
        ("G/通用格式", Cell("number", "0.9561", Decimal("0.9561"))),
        (0, Cell("number", "0.9561", Decimal("0.9561"))),
        (2, Cell("number", "0.9561", Decimal("0.9561"))),
        ("0.00E+00", Cell("number", "0.9561", Decimal("0.9561"))),
    ],
)
def test_a_number_is_in_the_scale_in_which_it_is_shown(code, found):
    assert cell_of('<c r="A1" s="1"><v>0.9561</v></c>', styles=styles(code)) == found


def test_the_whole_of_a_share_is_a_hundred():
    assert cell_of('<c r="A1" s="1"><v>1</v></c>', styles=styles(9)).number == 100


@pytest.mark.parametrize(
    ("raw", "code", "text"),
    [
        ("44927", 14, "2023-01-01"),
        ("44927", "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "2023-01-01"),
        ("44927.75", 22, "2023-01-01T18:00:00"),
        ("0.25", 21, "06:00:00"),
        ("59", 14, "1900-02-28"),
        ("61", 14, "1900-03-01"),
        ("1", 14, "1900-01-01"),
    ],
)
def test_a_date_is_told_by_its_format(raw, code, text):
    assert cell_of(f'<c r="A1" s="1"><v>{raw}</v></c>', styles=styles(code)) == Cell("date", text)


@pytest.mark.parametrize("raw", ["-1", "2958466", "60"])
def test_a_date_that_no_calendar_has_stays_a_number(raw):
    assert cell_of(f'<c r="A1" s="1"><v>{raw}</v></c>', styles=styles(14)).kind == "number"


def test_dates_count_from_1904_where_the_workbook_says_so():
    content = xlsx(
        row('<c r="A1" s="1"><v>0</v></c><c r="B1" s="1"><v>43465</v></c>'),
        styles=styles(14),
        workbook='<workbookPr date1904="1"/>',
    )

    assert [cell.text for cell in cells(content)] == ["1904-01-01", "2023-01-01"]


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', Cell("bool", "TRUE")),
        ('<c r="A1" t="b"><v>0</v></c>', Cell("bool", "FALSE")),
        ('<c r="A1" t="e"><v>#REF!</v></c>', Cell("error", "#REF!")),
        ('<c r="A1" t="d"><v>2023-05-01T00:00:00Z</v></c>', Cell("date", "2023-05-01")),
        ('<c r="A1" t="str"><v>a_x000D_\nb</v></c>', Cell("text", "a\r\nb")),
        ('<c r="A1" t="inlineStr"><is><t>a &lt; b</t></is></c>', Cell("text", "a < b")),
        (
            '<c t="inlineStr"><is><r><t>5</t></r><r><rPr/><t>万</t></r></is></c>',
            Cell("text", "5万"),
        ),
        ('<c r="A1" t="inlineStr"><is><t>x</t><rPh><t>y</t></rPh></is></c>', Cell("text", "x")),
    ],
)
def test_every_kind_of_cell(inside, found):
    assert cell_of(inside) == found


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        ("<f>1+1</f><v>2</v>", Cell("number", "2", Decimal(2), has_formula=True)),
        ("<f>1+1</f>", Cell("formula", "=1+1")),
        ("<f>1+1</f><v></v>", Cell("formula", "=1+1")),
        ("<f>1+1</f><v/>", Cell("formula", "=1+1")),
        ('<f t="shared" si="0"/><v>2</v>', Cell("number", "2", Decimal(2), has_formula=True)),
        ("<f>A2</f><v>0</v>", Cell("number", "0", Decimal(0), has_formula=True)),
    ],
)
def test_a_formula_is_what_the_file_holds_of_its_value(inside, found):
    assert cell_of(f'<c r="A1">{inside}</c>') == found


def test_a_formula_that_gives_nothing_is_blank_and_an_error_is_one():
    found = cells(
        xlsx(
            row(
                '<c r="A1" t="str"><f>""</f><v></v></c>'
                '<c r="B1" t="e"><f>A9</f><v>#REF!</v></c><c r="C1" t="str"><f>B9</f><v>x</v></c>'
            )
        )
    )

    assert found == (
        BLANK,
        Cell("error", "#REF!", has_formula=True),
        Cell("text", "x", has_formula=True),
    )


def test_a_zero_that_no_program_has_worked_out_is_none():
    """Writers that cannot compute store 0 for every formula, and say that Excel shall do it."""
    found = cells(
        xlsx(
            row('<c r="A1"><f>B9</f><v>0</v></c><c r="B1"><f>2</f><v>2</v></c><c><v>0</v></c>'),
            workbook='<calcPr calcId="1" fullCalcOnLoad="1"/>',
        )
    )

    assert [(cell.kind, cell.text) for cell in found] == [
        ("formula", "=B9"),
        ("number", "2"),
        ("number", "0"),
    ]


def test_shared_texts_are_joined_and_their_pronunciation_left_out():
    content = xlsx(
        row('<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>2</v></c><c r="C1" t="s"><v>1</v></c>'),
        shared=shared(
            "<r><rPr><b/></rPr><t>学前</t></r><r><t>教育</t></r><rPh sb='0'><t>xue</t></rPh>",
            "<t xml:space='preserve'> a_x005F_x000B_ </t>",
            "<t/>",
        ),
    )

    assert [cell.text for cell in cells(content)] == ["学前教育", "", " a_x000B_ "]


def test_blank_cells_at_the_end_and_blank_rows_are_dropped():
    content = xlsx(
        '<row r="1"><c r="A1" s="0"/></row>'
        '<row r="3" hidden="1"><c r="B3"><v>1</v></c><c r="XFD3" s="0"/></row>'
        '<row r="4"><c r="A4" t="inlineStr"><is><t></t></is></c></row><row/>'
        '<row r="9" hidden="false"><c><v>2</v></c><c/><c><v>3</v></c></row>'
    )

    (only,) = read(content).sheets
    assert only.rows == (
        Row(3, (BLANK, Cell("number", "1", Decimal(1))), hidden=True),
        Row(9, (Cell("number", "2", Decimal(2)), BLANK, Cell("number", "3", Decimal(3)))),
    )


def test_rows_and_cells_without_addresses_follow_one_another():
    (only,) = read(xlsx("<row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>")).sheets

    assert [(row.number, len(row.cells)) for row in only.rows] == [(1, 1), (2, 2)]


def test_sheets_come_in_order_with_their_names_and_states():
    content = xlsx(
        row("<c><v>1</v></c>"), "", "", states=("", ' state="hidden"', ' state="veryHidden"')
    )

    assert [(one.name, one.hidden, len(one.rows)) for one in read(content).sheets] == [
        ("Sheet1", False, 1),
        ("Sheet2", True, 0),
        ("Sheet3", True, 0),
    ]


def test_merged_areas_are_told():
    after = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B4"/></mergeCells>'

    assert read(xlsx(sheet("", after))).sheets[0].merged == ((1, 1, 1, 3), (2, 2, 4, 2))


def test_custom_properties_are_told():
    found = parts("")
    found["_rels/.rels"] = relationships(
        ("officeDocument", "xl/workbook.xml"), ("custom-properties", "docProps/custom.xml")
    )
    found["docProps/custom.xml"] = (
        '<Properties xmlns="x" xmlns:vt="y"><property name="round"><vt:lpwstr>2022</vt:lpwstr>'
        '</property><property name="空"><vt:lpwstr/></property></Properties>'
    )

    assert dict(read(packed(found)).properties) == {"round": "2022", "空": ""}


def test_targets_may_be_absolute_and_elements_prefixed():
    found = parts("")
    found["_rels/.rels"] = relationships(("officeDocument", "/xl/workbook.xml"))
    found["xl/_rels/workbook.xml.rels"] = relationships(("worksheet", "/xl/worksheets/sheet1.xml"))
    found["xl/worksheets/sheet1.xml"] = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        '<x:c r="B1" t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c></x:row></x:sheetData>'
        '<x:mergeCells><x:mergeCell ref="A1"/></x:mergeCells></x:worksheet>'
    )

    (only,) = read(packed(found)).sheets
    assert [cell.text for cell in only.rows[0].cells] == ["1", "a"]
    assert only.merged == ((1, 1, 1, 1),)


def test_strict_files_are_read_as_others():
    found = parts(row('<c r="A1" t="d"><v>2023-01-01</v></c>'), styles=styles())
    strict = {
        name: text.replace(RELS, "http://purl.oclc.org/ooxml/officeDocument/relationships").replace(
            MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"
        )
        for name, text in found.items()
    }

    assert cells(packed(strict)) == (Cell("date", "2023-01-01"),)


def test_a_sheet_of_charts_holds_no_cells():
    found = parts(row("<c><v>1</v></c>"), "")
    found["xl/_rels/workbook.xml.rels"] = relationships(
        ("worksheet", "worksheets/sheet1.xml"), ("chartsheet", "chartsheets/sheet1.xml")
    )

    assert [one.name for one in read(packed(found)).sheets] == ["Sheet1"]


@pytest.mark.parametrize(
    "rows",
    [
        "<c><v>1</v></c>",
        '<row r="0"/>',
        '<row r="x"/>',
        '<row r="1048577"/>',
        '<row r="2"/><row r="2"/>',
        '<row r="1"><row r="2"/></row>',
        row('<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>'),
        row('<c r="XFE1"><v>1</v></c>'),
        row('<c r="ab1"><v>1</v></c>'),
        row('<c t="s"><v>1</v></c>'),
        row('<c t="s"><v>-1</v></c>'),
        row('<c t="s"><v>x</v></c>'),
        row('<c t="q"><v>x</v></c>'),
        row('<c s="x"><v>1</v></c>'),
        row("<c><v><v>1</v></v></c>"),
        row("<c><c><v>1</v></c></c>"),
    ],
)
def test_what_no_program_writes_is_damage(rows):
    assert outcome(xlsx(rows, shared=shared("<t>a</t>"))) == "damaged"


def test_formulas_in_names_are_not_looked_at():
    """Neither those of the workbook nor what a sheet is called; a text that begins so is a text."""
    names = (
        "<definedNames><definedName name=\"_xlnm.Auto_Open\">cmd|'/c calc'!A1</definedName>"
        '<definedName name="x">#REF!</definedName></definedNames>'
    )
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>', workbook=names)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace("Sheet1", "=1+1")
    (only,) = read(packed(made)).sheets
    assert only.name == "=1+1"
    assert [cell.text for row in only.rows for cell in row.cells] == ["1"]
