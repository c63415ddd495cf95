"""What is cut out before the parser is read exactly as the parser would have read it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.spreadsheets import UnreadableFile
from indicators.spreadsheets.packages import PIECE_BYTES
from tests.spreadsheets.files import read, shared, styles, xlsx

STORED = st.sampled_from(
    ["0", "1", "2", "3", "1.50", "0.9561", "1E3", " 1", "-1", "x", "", "44927"]
)
TYPES = st.sampled_from(["", "", ' t="s"', ' t="n"', ' t="str"', ' t="b"', ' t="e"', ' t="d"'])
STYLES = st.sampled_from(["", ' s="0"', ' s="1"', ' s="2"', ' s="9"'])
INLINE = st.sampled_from(["学前", "", " a ", "a\nb", "a_x000B_b", "a &lt; b", "]]>", "a\tb"])
CELLS = st.one_of(
    st.builds("{{0}}{}{}><v>{}</v></c>".format, STYLES, TYPES, STORED),
    st.builds(
        '{{0}}{} t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'.format, STYLES, INLINE
    ),
    st.builds("{{0}}{}/>".format, STYLES),
    st.builds("{{0}}{}><f>1+1</f><v>{}</v></c>".format, STYLES, STORED),
)
HIDDEN = st.sampled_from(["", ' hidden="1"', ' hidden="0"', ' spans="1:9" ht="15"'])
ROWS = st.lists(st.tuples(st.integers(1, 3), HIDDEN, st.lists(CELLS, max_size=4)), max_size=6)
ITEMS = st.lists(INLINE, min_size=2, max_size=4)


def sheet_of(rows, cell="<c"):
    """Rows and columns in order, with gaps."""
    out, number = [], 0
    for step, hidden, cells in rows:
        number += step
        inside = "".join(
            text.format(f'{cell} r="{"ABDFG"[index]}{number}"') for index, text in enumerate(cells)
        )
        out.append(f'<row r="{number}"{hidden}>{inside}</row>')
    return "".join(out)


def found(rows, items):
    """What is read of the workbook, or the code of the refusal."""
    content = xlsx(
        rows,
        shared=shared(*(f'<t xml:space="preserve">{item}</t>' for item in items)),
        styles=styles(10, 14),
    )
    try:
        return read(content).sheets
    except UnreadableFile as refused:
        return refused.code


@settings(max_examples=300)
@given(ROWS, ITEMS)
def test_plain_rows_are_read_as_the_parser_reads_them(rows, items):
    plain = found(sheet_of(rows), items)
    parsed = found(sheet_of(rows, "<!-- --><c"), [f"{item}<!-- -->" for item in items])

    assert plain == parsed


def test_rows_longer_than_a_piece_are_read():
    text = "长" * 30_000
    cells = "".join(
        f'<c r="{letter}{{0}}" t="inlineStr"><is><t>{text}</t></is></c>' for letter in "ABC"
    )
    rows = "".join(f'<row r="{n}">{cells.format(n)}</row>' for n in range(1, 6))

    assert len(cells.encode()) > PIECE_BYTES
    (only,) = found(rows, ["a"])
    assert [[cell.text for cell in row.cells] for row in only.rows] == [[text] * 3] * 5
