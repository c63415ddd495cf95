"""Small files for the tests, made by hand: xlsx from the XML of its parts, ods, and xls.

An xlsx is a dict of parts until `packed` zips it, so that a test can change what it is about.
"""

import io
import struct
import zipfile

from indicators.spreadsheets import Limits, UnreadableFile, read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def relationships(*pairs, kinds=RELS):
    """Ids r1, r2 … for (kind, target)."""
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="r{number}" Type="{kinds}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(pairs, 1)
        )
        + "</Relationships>"
    )


def styles(*formats):
    """Style 1 on for each format; 0 is plain."""
    codes = "".join(
        f'<numFmt numFmtId="{163 + number}" formatCode="{code}"/>'
        for number, code in enumerate(formats, 1)
        if isinstance(code, str)
    )
    used = "".join(
        f'<xf numFmtId="{163 + number if isinstance(code, str) else code}"/>'
        for number, code in enumerate(formats, 1)
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{codes}</numFmts>'
        f'<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs><xf numFmtId="0"/>{used}</cellXfs></styleSheet>'
    )


def shared(*items):
    inside = "".join(f"<si>{item}</si>" for item in items)
    return f'{HEAD}<sst xmlns="{MAIN}">{inside}</sst>'


def sheet(rows="", after=""):
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(*sheets, states=(), workbook="", **more):
    """The parts of a workbook; `shared` and `styles` are whole parts, a sheet is its rows."""
    listed = "".join(
        f'<sheet name="Sheet{number}" sheetId="{number}" r:id="r{number}"'
        f"{states[number - 1] if states else ''}/>"
        for number in range(1, len(sheets) + 1)
    )
    found = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="x"/>',
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELS}">{workbook}'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": relationships(
            *(("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
    }
    for number, rows in enumerate(sheets, 1):
        whole = rows if rows.startswith("<?xml") else sheet(rows)
        found[f"xl/worksheets/sheet{number}.xml"] = whole
    if "shared" in more:
        found["xl/sharedStrings.xml"] = more["shared"]
    if "styles" in more:
        found["xl/styles.xml"] = more["styles"]
    return found


def packed(found, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as package:
        for name, text in found.items():
            package.writestr(name, text)
    return out.getvalue()


def xlsx(*sheets, **more):
    return packed(parts(*sheets, **more))


def read(content, **limits):
    return read_workbook(content, "a.xlsx", Limits(**limits))


def cells(content):
    """The cells of the only row of the only sheet."""
    (only,) = read(content).sheets
    (row,) = only.rows
    return row.cells


def outcome(content, **limits):
    """The code of the refusal, or "read"."""
    try:
        read(content, **limits)
    except UnreadableFile as refused:
        return refused.code
    return "read"


def ods(rows="", *, table="", **more):
    """`rows` are table:table-row elements."""
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "meta")
    )
    return packed(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                f"{HEAD}<office:document-content{names}><office:body><office:spreadsheet>"
                f'<table:table table:name="表"{table}>{rows}</table:table>'
                "</office:spreadsheet></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": (
                f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
                'manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type='
                '"application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>'
            ),
            **more,
        }
    )


def xls(*rows, streams=("Workbook",), records=b""):
    """Excel 97: texts and numbers of one sheet, {(row, column): value} counted from 0."""
    bof = struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
    name = "表".encode("utf-16-le")

    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    head = record(0x0809, bof) + records
    end = record(0x000A, b"")
    bound_length = 4 + 8 + len(name)
    start = len(head) + bound_length + len(end)
    bound = record(0x0085, struct.pack("<IHBB", start, 0, len(name) // 2, 1) + name)
    body = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    for (row, column), value in rows:
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            body += record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
        else:
            body += record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    return ole({streams[0]: head + bound + end + body + end, **dict.fromkeys(streams[1:], b"x")})


def ole(streams):
    """A compound file of some streams, each padded until it is no short one."""
    sectors, directory, fat = [], [("Root Entry", 5, 0xFFFFFFFE, 0)], [0xFFFFFFFD, 0xFFFFFFFE]
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        blocks = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        first = 2 + len(sectors)
        directory.append((name, 2, first, len(content)))
        fat += [*range(first + 1, first + len(blocks)), 0xFFFFFFFE]
        sectors += blocks
    entries = b""
    for number, (name, kind, first, size) in enumerate(directory):
        text = (name + "\0").encode("utf-16-le")
        child = 1 if kind == 5 else 0xFFFFFFFF
        right = number + 1 if 0 < number < len(directory) - 1 else 0xFFFFFFFF
        entries += text.ljust(64, b"\0") + struct.pack(
            "<HBBIII16xI8x8xIQ", len(text), kind, 1, 0xFFFFFFFF, right, child, 0, first, size
        )
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<I", 0) + b"\xff\xff\xff\xff" * 108
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")
    return header + table + entries.ljust(512, b"\0") + b"".join(sectors)
