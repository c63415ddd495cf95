"""Charts in a DOCX: two beside each other in a table without lines, each a picture.

Source: ECMA-376, part 1, 20.4 (inline drawings) and 20.2 (pictures).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import quoteattr

from indicators.documents import layout
from indicators.documents.chart import Chart
from indicators.documents.chart_drawing import HEIGHT, WIDTH
from indicators.documents.docx_package import picture
from indicators.documents.docx_runs import letters, paragraph
from indicators.documents.docx_styles import cell_margins, spacing, twips, twips_of_mm
from indicators.documents.flow import plain, side_by_side

_EMU = 3_600  # English Metric Units in a tenth of a millimetre
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = (
    f'xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:pic="{_DRAWING}/picture"'
)
# A line as high as the picture: in one of a fixed height Word shows a strip of it.
_AS_HIGH = '<w:keepNext/><w:spacing w:before="60" w:after="60" w:line="240" w:lineRule="auto"/>'
_TITLE = f'<w:keepNext/>{spacing(layout.CELL_LINE, 0.25, 0)}<w:jc w:val="left"/>'


def charts_table(charts: Sequence[Chart], numbers: Iterator[int]) -> str:
    """The table, and a line that keeps it from the next; `numbers` are those of the pictures."""
    half = twips_of_mm(layout.TYPE_WIDTH) // 2
    rows = "".join(row for two in side_by_side(charts) for row in _rows(two, half, numbers))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{2 * half}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{cell_margins()}</w:tblCellMar></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{half}"/><w:gridCol w:w="{half}"/></w:tblGrid>{rows}</w:tbl>'
        f"{paragraph('TableNote', '')}"
    )


def _rows(two: Sequence[Chart], half: int, numbers: Iterator[int]) -> Iterator[str]:
    """Titles, pictures and what they are of stand at one height each."""
    alone = '<w:gridSpan w:val="2"/>' if len(two) == 1 else ""
    size = f'<w:tcW w:w="{half * (2 if alone else 1)}" w:type="dxa"/>{alone}'
    titles = [paragraph("TableHead", letters(plain(chart.title)), _TITLE) for chart in two]
    yield _row(titles, f'{size}<w:vAlign w:val="bottom"/>')
    drawn = [paragraph("TableText", _picture(chart, next(numbers)), _AS_HIGH) for chart in two]
    yield _row(drawn, size)
    yield _row([paragraph("TableNote", letters(plain(chart.caption))) for chart in two], size)


def _row(cells: Sequence[str], said: str) -> str:
    inside = "".join(f"<w:tc><w:tcPr>{said}</w:tcPr>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{inside}</w:tr>"


def _picture(chart: Chart, number: int) -> str:
    # 0.1 mm less on each side than the cell holds, lest a program breaks the line.
    wide = (twips_of_mm(layout.TYPE_WIDTH) // 2 - 2 * twips(layout.CELL_INSET[0])) * 635 - 2 * _EMU
    size = f'cx="{wide}" cy="{wide * HEIGHT // WIDTH}"'
    said = f'id="{number}" name="chart{number}" descr={quoteattr(plain(chart.description))}'
    return (
        f'<w:r><w:drawing><wp:inline {_SPACES} distT="0" distB="0" distL="0" distR="0">'
        f"<wp:extent {size}/><wp:docPr {said}/><wp:cNvGraphicFramePr/><a:graphic>"
        f'<a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr><pic:cNvPr {said}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{picture(number)}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
