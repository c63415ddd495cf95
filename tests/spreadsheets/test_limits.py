"""Files made to hurt: each is read or refused with its code, in bounded time and memory."""

import io
import random
import time
import tracemalloc
import warnings
import zipfile

import pytest

from indicators.spreadsheets import Limits, UnreadableFile, Workbook, read_workbook
from tests.spreadsheets.files import (
    MAIN,
    ods,
    ole,
    outcome,
    packed,
    parts,
    read,
    relationships,
    shared,
    sheet,
    styles,
    xls,
    xlsx,
)

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
TEXT = "application/vnd.oasis.opendocument.text"


def changed(name, text):
    return packed({**parts(CELL, shared=shared("<t>a</t>"), styles=styles()), name: text})


def test_what_is_changed_below_is_read_unchanged():
    assert outcome(xlsx(CELL)) == "read"
    assert outcome(ods("<table:table-row/>")) == "read"
    assert outcome(xls(((0, 0), 1.0))) == "read"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"Rar!\x1a\x07", "archive"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "xml"),
        (b"a,\0b", "binary"),
        (packed({"a.txt": "x"}), "archive"),
        (packed({}), "archive"),
        (ods(mimetype=TEXT), "text document"),
        (ole({"WordDocument": b""}), "text document"),
        (ole({"Contents": b""}), "binary"),
    ],
)
def test_the_content_says_what_a_file_is_not_its_name(content, found):
    for name in ("a.xlsx", "a.xls", "a.csv"):
        with pytest.raises(UnreadableFile) as caught:
            read_workbook(content, name)
        assert (caught.value.code, caught.value.params) == ("unknown_type", {"found": found})


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("word/document.xml", "text document"),
        ("ppt/presentation.xml", "presentation"),
        ("xl/workbook.bin", "xlsb"),
    ],
)
def test_other_office_files_are_told(target, found):
    made = parts(CELL)
    made["_rels/.rels"] = made["_rels/.rels"].replace("xl/workbook.xml", target)
    with pytest.raises(UnreadableFile) as caught:
        read(packed({**made, target: "x"}))
    assert caught.value.params == {"found": found}


@pytest.mark.parametrize(
    "content",
    [
        packed({**parts(CELL), "xl/vbaProject.bin": "x"}),
        packed({**parts(CELL), "xl/macrosheets/sheet1.xml": "x"}),
        changed("xl/_rels/workbook.xml.rels", relationships(("xlMacrosheet", "m.xml"))),
        xls(((0, 0), 1.0), streams=("Workbook", "_VBA_PROJECT_CUR")),
        ods(**{"Basic/Standard/Module1.xml": "x"}),
    ],
)
def test_macros_are_refused(content):
    assert outcome(content) == "macros"


def test_the_empty_list_of_macros_that_libreoffice_writes_is_none():
    assert outcome(ods(**{"Basic/Standard/script-lb.xml": "x"})) == "read"


def test_locked_files_are_told():
    manifest = '<m><e xmlns:x="x"><x:encryption-data/></e></m>'
    zipped = bytearray(xlsx(CELL))
    # The flag of every entry, at its head and in the directory.
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := zipped.find(signature, at + 1)) >= 0:
            zipped[at + place] |= 1

    assert outcome(ole({"EncryptedPackage": b""})) == "encrypted"
    assert outcome(bytes(zipped)) == "encrypted"
    assert outcome(ods(**{"META-INF/manifest.xml": manifest})) == "encrypted"
    lock = b"\x2f\0\x36\0\1\0\1\0\1\0" + bytes(48)
    assert outcome(xls(((0, 0), 1.0), records=lock)) == "encrypted"


@pytest.mark.parametrize(
    "name",
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"],
)
def test_entities_are_refused_before_they_grow(name):
    assert outcome(changed(name, f"{LAUGHS}<x>&b;</x>")) == "declares_entities"
    assert outcome(ods(**{"content.xml": f"{LAUGHS}<x>&b;</x>"})) == "declares_entities"


@pytest.mark.parametrize(
    "name",
    ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml"],
)
@pytest.mark.parametrize(
    "hurt",
    ["<a>" * 200_000, f'<a b="{"x" * 3_000_000}"/>', f"<!--{'x' * 3_000_000}-->", "<a", "&x;"],
)
def test_endless_markup_is_damage(name, hurt):
    assert outcome(changed(name, f"<x>{hurt}</x>")) == "damaged"


def test_a_bomb_goes_off_at_the_limit():
    content = changed("xl/worksheets/sheet1.xml", sheet(" " * 30_000_000))

    assert len(content) < 100_000
    assert outcome(content, unpacked_bytes=1_000_000) == "unpacks_too_large"
    assert outcome(ods("<table:table-row/>" * 100_000), unpacked_bytes=900_000) == (
        "unpacks_too_large"
    )


def test_a_size_that_is_not_true_is_damage():
    content = bytearray(packed(parts(CELL * 1), zipfile.ZIP_DEFLATED))
    entry = content.rfind(b"PK\1\2")
    assert content[entry + 24 : entry + 28] != b"\x05\0\0\0"
    content[entry + 24 : entry + 28] = b"\x05\0\0\0"

    assert outcome(bytes(content)) == "damaged"


def test_200_megabytes_are_not_looked_at():
    """Neither copied nor unpacked: hardly anything is kept in memory meanwhile."""
    content = bytes(200_000_000)
    tracemalloc.start()
    try:
        assert outcome(content) == "too_large"
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 1_000_000


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "too_many_columns"),
        ('<row r="1048576"><c r="A1048576"><v>1</v></c></row>', "too_many_rows"),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
        (f'{CELL}<row r="1048576"><c r="XFD1048576" s="0"/></row>', "read"),
    ],
)
def test_a_sparse_sheet_costs_nothing(rows, found):
    assert outcome(xlsx(rows)) == found
    # The same with a comment, so that the parser reads it.
    assert outcome(xlsx(rows.replace("<c ", "<!-- --><c "))) == found


@pytest.mark.thorough
@pytest.mark.parametrize(
    "row", ['<row r="{}" s="1" customFormat="1"/>', '<row r="{}"><c r="A{}" s="1"/></row>']
)
def test_formatted_rows_to_the_last_one_are_blank(row):
    rows = "".join(row.format(number, number) for number in range(2, 1_048_555))
    began = time.process_time()

    (only,) = read(xlsx(CELL + rows)).sheets
    assert [row.number for row in only.rows] == [1]
    assert time.process_time() - began < 20


@pytest.mark.thorough
def test_a_hundred_thousand_rows_are_read_and_not_one_more():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 100_001))
    more = rows + '<row r="100001"><c r="A100001"><v>1</v></c></row>'

    assert len(read(xlsx(rows)).sheets[0].rows) == 100_000
    assert outcome(xlsx(more)) == "too_many_rows"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        ({"cells": 3}, "too_many_cells"),
        ({"columns": 1}, "too_many_columns"),
        ({"rows": 1}, "too_many_rows"),
        ({"memory_bytes": 300}, "too_much_memory"),
        ({"seconds": 0}, "too_slow"),
    ],
)
@pytest.mark.parametrize("plain", [True, False])
def test_limits_hold(limits, code, plain):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}.5</v></c></row>' for n in (1, 2)
    )

    assert outcome(xlsx(rows if plain else rows.replace("<v>", "<v><!-- -->"))) == "read"
    assert outcome(xlsx(rows if plain else rows.replace("<v>", "<v><!-- -->")), **limits) == code


@pytest.mark.thorough
def test_what_is_counted_is_about_what_is_used():
    """A sheet of numbers that are all different, the dearest there is."""
    rows = "".join(
        f'<row r="{n}">' + "".join(f"<c><v>{n}.{k}1234</v></c>" for k in range(20)) + "</row>"
        for n in range(1, 3_001)
    )
    content = xlsx(rows)
    tracemalloc.start()
    try:
        workbook = read(content)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(workbook.sheets[0].rows) == 3_000
    assert peak < 60_000 * 600
    assert outcome(content, memory_bytes=60_000 * 300) == "too_much_memory"


def test_two_parts_of_one_name_are_damage():
    out = io.BytesIO(xlsx(CELL))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(out, "a") as package:
            package.writestr("xl/Workbook.xml", "<other/>")

    assert outcome(out.getvalue()) == "damaged"


def test_a_path_in_a_name_leads_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = parts(CELL)
    made["xl/_rels/workbook.xml.rels"] = made["xl/_rels/workbook.xml.rels"].replace(
        "worksheets/sheet1.xml", "../../../../etc/passwd"
    )

    assert outcome(packed({**parts(CELL), "../../evil.txt": "x", "/evil.txt": "x"})) == "read"
    assert outcome(packed(made)) == "damaged"
    assert list(tmp_path.iterdir()) == []


def test_a_package_of_very_many_parts_is_damage():
    began = time.process_time()
    assert outcome(packed({**parts(CELL), **{f"x{n}": "" for n in range(6_000)}})) == "damaged"
    assert time.process_time() - began < 10


def test_what_only_looks_like_a_row_is_none():
    hidden = '<row r="7"><c r="A7"><v>7</v></c></row>'
    text = f"<![CDATA[{hidden}]]>"
    rows = (
        f"{CELL}<!-- {hidden}{hidden.replace('7', '8')} --><?x {hidden}{hidden}?>"
        f'<row r="9"><c r="A9" t="inlineStr"><is><t>{text}</t></is></c></row>'
        f"{hidden.replace('7', '10')}"
    )

    (only,) = read(xlsx(rows)).sheets
    assert [(row.number, row.cells[0].text) for row in only.rows] == [
        (1, "1"),
        (9, hidden),
        (10, "10"),
    ]


def test_another_encoding_is_the_parsers_to_read():
    text = (
        f'<?xml version="1.0" encoding="ISO-8859-1"?><worksheet xmlns="{MAIN}"><sheetData>{CELL}'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>é</t></is></c></row></sheetData></worksheet>'
    )
    latin = packed({**parts(CELL), "xl/worksheets/sheet1.xml": text.encode("latin-1")})
    wide = text.replace("ISO-8859-1", "UTF-16").encode("utf-16")

    for content in (latin, packed({**parts(CELL), "xl/worksheets/sheet1.xml": wide})):
        assert [row.cells[0].text for row in read(content).sheets[0].rows] == ["1", "é"]


@pytest.mark.parametrize("escape", ["_x0000_", "_xD800_", "_xDFFF_"])
def test_escapes_of_what_nothing_can_hold_are_replaced(escape):
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>a{escape}</t></is></c></row>'

    assert read(xlsx(rows)).sheets[0].rows[0].cells[0].text == "a\ufffd"


def whole_files():
    row = '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c><c r="B{0}"><v>{0}.5</v></c></row>'
    line = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="{0}">'
        "<text:p>{0}</text:p></table:table-cell></table:table-row>"
    )
    return {
        "xlsx": xlsx("".join(row.format(n) for n in range(1, 200)), shared=shared("<t>值</t>")),
        "stored": packed(
            parts("".join(row.format(n) for n in range(1, 50)), shared=shared("<t>值</t>")),
            zipfile.ZIP_STORED,
        ),
        "ods": ods("".join(line.format(n) for n in range(50))),
        "xls": xls(*(((n, 0), f"值{n}") for n in range(60)), ((60, 1), 1.5)),
        "csv": "".join(f"单位{n},{n}.5\r\n" for n in range(200)).encode(),
    }


@pytest.mark.parametrize("kind", ["xlsx", "stored"])
def test_a_file_cut_off_anywhere_is_refused(kind):
    content = whole_files()[kind]
    codes = {outcome(content[: len(content) * part // 50]) for part in range(1, 50)}

    assert codes == {"damaged"}
    assert outcome(content) == "read"


@pytest.mark.thorough
@pytest.mark.parametrize("kind", ["ods", "xls"])
def test_a_file_cut_off_anywhere_is_read_or_refused(kind):
    content = whole_files()[kind]
    codes = [outcome(content[: len(content) * part // 50]) for part in range(1, 50)]

    assert set(codes) <= {"damaged", "read", "unknown_type"}
    assert codes.count("damaged") > 25


@pytest.mark.thorough
@pytest.mark.parametrize("kind", list(whole_files()))
def test_a_mutated_file_is_read_or_refused(kind):
    """Three hundred, sixty of each kind: bytes changed, removed, doubled."""
    rng = random.Random(kind)
    whole = whole_files()[kind]
    outcomes = set()
    for _ in range(60):
        content = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            at = rng.randrange(len(content))
            match rng.randrange(3):
                case 0:
                    content[at] = rng.randrange(256)
                case 1:
                    del content[at : at + rng.randint(1, 40)]
                case _:
                    content[at:at] = content[at : at + rng.randint(1, 40)]
        began = time.process_time()
        try:
            found = read_workbook(bytes(content), "a", Limits(seconds=5, memory_bytes=200_000_000))
            assert isinstance(found, Workbook)
            outcomes.add("read")
        except UnreadableFile as refused:
            outcomes.add(refused.code)
        assert time.process_time() - began < 7

    assert len(outcomes) > 1


@pytest.mark.thorough
def test_a_real_bomb_goes_off_in_time():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts(CELL).items():
            if "sheet1" not in name:
                package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for _ in range(4_000):
                part.write(b'<row><c t="str"><v>x</v></c></row>' * 10_000)
    began = time.process_time()

    assert len(out.getvalue()) < 20_000_000
    assert outcome(out.getvalue()) in ("too_many_rows", "unpacks_too_large", "too_many_cells")
    assert time.process_time() - began < 30
