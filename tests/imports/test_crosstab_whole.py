"""No number of a table is lost: each is a figure, or told as not read."""

from hypothesis import example, given
from hypothesis import strategies as st

from indicators.imports.crosstab import crosstabs_of
from indicators.spreadsheets import cell_address
from tests.imports.test_crosstab import sheet

LABELS = st.sampled_from(["北区", "南区", "东区", "其中：民办", "合计", 500102, None])
NUMBERS = st.sampled_from([1, 2, 3, 5, 77, 2020, 2021, 1803.5, "3.62万", "约120", "—", "无", None])
HEADS = st.sampled_from(["在园幼儿数", "教师", "比上年增减", "2021年"])


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    head = ["区县", *(draw(HEADS) for _column in range(width))]
    rows = [["北区", *(draw(st.integers(3, 9)) for _column in range(width))]]
    rows += draw(st.lists(st.tuples(LABELS, *[NUMBERS] * width).map(list), min_size=0, max_size=6))
    at = draw(st.integers(0, len(rows) - 1))
    rows[0], rows[at] = rows[at], rows[0]
    return [head, *rows]


# The first draw may be slow where other tests run beside.
@example(
    [
        ["区县", "在园", "在园"],
        ["北区", 3, 3],
        ["北区", None, None],
        ["北区", "无", "无"],
        ["北区", 1, 1],
    ]
)
@given(tables())
def test_every_cell_below_the_head_and_right_of_the_labels_is_a_figure_or_told(rows):
    page = sheet(*rows)
    found = crosstabs_of(page)
    told = {cell_address(one.row, one.column) for table in found for one in table.figures}
    told |= {cell for table in found for cell in table.unread}
    first = min(number for number, row in enumerate(rows, start=1) if number > 1 and _begins(row))
    expected = {
        cell_address(row.number, at + 1)
        for row in page.rows
        if row.number >= first
        for at, cell in enumerate(row.cells)
        if at > 0 and cell.kind != "blank"
    }
    assert expected - told == set()


def _begins(row):
    """Whether the row can be no head: a figure that is no year, or any behind a name."""
    label, *cells = row
    figures = [one for one in cells if one is not None and one != "无"]
    return any(str(one) not in ("2020", "2021", "—") for one in figures) or bool(
        label is not None and figures
    )
