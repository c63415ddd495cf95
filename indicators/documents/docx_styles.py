"""Styles, fonts and settings of a DOCX file: the layout of GB/T 9704-2012 in Word's terms.

Comes out: three parts in Office Open XML (ECMA-376, part 1). The order of elements matters to Word,
which calls a file damaged that has another.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from indicators.documents import layout
from indicators.documents.docx_package import HEAD

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

FANG, KAI, HEI, SONG = "仿宋", "楷体", "黑体", "宋体"
SMALL_TITLE_SONG = "方正小标宋简体"
LATIN = "Times New Roman"
# What Word takes where the font itself is not installed: its other name, or the one next to it.
OTHERWISE = {FANG: "FangSong", KAI: "KaiTi", HEI: "SimHei", SONG: "SimSun", SMALL_TITLE_SONG: SONG}


def twips(points: float) -> int:
    """Twentieths of a point, in which Word counts."""
    return round(20 * points)


def twips_of_mm(length: float) -> int:
    """
    >>> twips_of_mm(25.4)
    1440
    """
    return twips(length * layout.POINTS_PER_MM)


def indent(**sides: float) -> str:
    """An indent in characters of the grid, and in twips for programs that know no grid.

    >>> indent(right=2.0)
    '<w:ind w:rightChars="200" w:right="632"/>'
    """
    said = "".join(
        f' w:{side}Chars="{round(100 * number)}" w:{side}="{twips(number * layout.CHARACTER)}"'
        for side, number in sides.items()
    )
    return f"<w:ind{said}/>"


@dataclass(frozen=True)
class Style:
    """A style by its id, the name that an office sees, and what it differs in from the text.

    Sizes are points, `above` and `below` lines; `indent` is an element.
    """

    id: str
    name: str
    font: str = ""
    size: float = 0
    bold: bool = False
    line: float = 0
    above: float = 0
    below: float = 0
    indent: str = ""
    align: str = ""
    outline: int = 0
    with_next: bool = False
    new_page: bool = False
    in_line: bool = False


_FIRST = indent(firstLine=2.0)
STYLES = (
    Style("Title", "Title", SMALL_TITLE_SONG, layout.TITLE_SIZE, align="center", below=1),
    Style("BodyText", "Body Text", indent=_FIRST),
    Style("Heading1", "heading 1", HEI, indent=_FIRST, outline=1, with_next=True),
    Style("Heading2", "heading 2", KAI, indent=_FIRST, outline=2, with_next=True),
    Style("Heading3", "heading 3", bold=True, indent=_FIRST, outline=3, with_next=True),
    Style("RunIn2", "文内标题 2", KAI, in_line=True),
    Style("RunIn3", "文内标题 3", bold=True, in_line=True),
    Style("AnnexName", "附件说明"),
    Style("Issuer", "发文机关署名", above=1, align="right", with_next=True),
    Style("IssueDate", "成文日期", align="right"),
    Style("AnnexMark", "附件序号", HEI, with_next=True, new_page=True),
    Style(
        "AnnexTitle",
        "附件标题",
        SMALL_TITLE_SONG,
        layout.TITLE_SIZE,
        align="center",
        above=1,
        below=1,
        with_next=True,
    ),
    Style("TableHead", "表头", HEI, layout.CELL_SIZE, line=layout.CELL_LINE, align="center"),
    Style("TableText", "表文", "", layout.CELL_SIZE, line=layout.CELL_LINE, align="left"),
    Style("TableNumber", "表数", "", layout.CELL_SIZE, line=layout.CELL_LINE, align="right"),
    Style("TableNote", "表注", "", layout.CELL_SIZE, line=layout.CELL_LINE, align="left"),
    Style("PageNumber", "页码段", SONG, layout.PAGE_NUMBER_SIZE, line=layout.PAGE_NUMBER_SIZE),
)
# In LibreOffice a title that snapped to the grid would take two of its lines.
OFF_GRID = (
    "Title",
    "AnnexTitle",
    "TableHead",
    "TableText",
    "TableNumber",
    "TableNote",
    "PageNumber",
)


def styles() -> str:
    """Of all kinds of lines; the text is the normal style.

    Letters are closer by a whole number of twips, the first with which 28 go into a line; what is
    left of it goes between them.
    """
    tighter = floor(20 * (layout.CHARACTER - layout.TEXT_SIZE))
    size = 2 * layout.TEXT_SIZE
    return (
        f"{HEAD}<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}"
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        '<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:wordWrap w:val="0"/>'
        '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        f'{spacing(layout.LINE, 0, 0)}<w:jc w:val="both"/></w:pPr>'
        f'<w:rPr><w:spacing w:val="{tighter}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        "</w:rPr></w:style>"
        f"{''.join(map(_style, STYLES))}</w:styles>"
    )


def cell_margins() -> str:
    """Of a table; LibreOffice takes them from nowhere else."""
    x, y = map(twips, layout.CELL_INSET)
    sides = (("top", y), ("left", x), ("bottom", y), ("right", x))
    return "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)


def font_table() -> str:
    """The typefaces with what stands in for each."""
    chinese = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in OTHERWISE.items()
    )
    return (
        f'{HEAD}<w:fonts {WORD}>{chinese}<w:font w:name="{LATIN}"><w:charset w:val="00"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def settings() -> str:
    """Page numbers outside need a foot of their own for even pages."""
    return (
        f"{HEAD}<w:settings {WORD}><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing "
        f'w:val="{twips(layout.LINE)}"/><w:characterSpacingControl w:val="compressPunctuation"/>'
        '<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def section(odd: str, even: str) -> str:
    """Page, margins and grid; `odd` and `even` lead to the feet.

    The grid is one of lines. One of characters as well gives 27 in a line of LibreOffice, whichever
    their width (tried), so the text itself is set tighter; see `styles`.
    """
    # The foot is a line of its size, in whose middle the dashes are.
    foot = layout.BOTTOM - layout.PAGE_NUMBER_BELOW
    foot -= layout.PAGE_NUMBER_SIZE / 2 / layout.POINTS_PER_MM
    width, height = twips_of_mm(layout.PAGE_WIDTH), twips_of_mm(layout.PAGE_HEIGHT)
    type_height = twips(layout.LINES * layout.LINE)
    top, left = twips_of_mm(layout.TOP), twips_of_mm(layout.LEFT)
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/>'
        f'<w:footerReference w:type="even" r:id="{even}"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{top}" w:right="{width - left - twips_of_mm(layout.TYPE_WIDTH)}" '
        f'w:bottom="{height - top - type_height}" w:left="{left}" w:header="851" '
        f'w:footer="{twips_of_mm(foot)}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{twips(layout.LINE)}"/></w:sectPr>'
    )


def _style(style: Style) -> str:
    kind = "character" if style.in_line else "paragraph"
    size = f'<w:sz w:val="{round(2 * style.size)}"/><w:szCs w:val="{round(2 * style.size)}"/>'
    letters = (
        (_fonts(style.font) if style.font else "")
        + ("<w:b/><w:bCs/>" if style.bold else "")
        + (f'<w:spacing w:val="0"/>{size}' if style.size else "")
    )
    based = "" if style.in_line else '<w:basedOn w:val="Normal"/>'
    paragraph = "" if style.in_line else _paragraph(style)
    return (
        f'<w:style w:type="{kind}" w:styleId="{style.id}"><w:name w:val="{style.name}"/>{based}'
        f"<w:qFormat/>{paragraph}<w:rPr>{letters}</w:rPr></w:style>"
    )


def _paragraph(style: Style) -> str:
    outline = f'<w:outlineLvl w:val="{style.outline - 1}"/>'
    return (
        "<w:pPr>"
        + ("<w:keepNext/>" if style.with_next else "")
        + ("<w:pageBreakBefore/>" if style.new_page else "")
        + ('<w:snapToGrid w:val="0"/>' if style.id in OFF_GRID else "")
        + spacing(style.line or layout.LINE, style.above, style.below)
        + style.indent
        + (f'<w:jc w:val="{style.align}"/>' if style.align else "")
        + (outline if style.outline else "")
        + "</w:pPr>"
    )


def spacing(line: float, above: float, below: float) -> str:
    """A line of exactly so many points, and lines of the text above and below."""
    before, after = (twips(lines * layout.LINE) for lines in (above, below))
    return (
        f'<w:spacing w:before="{before}" w:after="{after}" w:line="{twips(line)}" '
        'w:lineRule="exact"/>'
    )


def _fonts(chinese: str) -> str:
    """Digits of the page are those of 宋体 itself (7.5), all others have serifs of their own."""
    latin = SONG if chinese == SONG else LATIN
    return f'<w:rFonts w:ascii="{latin}" w:eastAsia="{chinese}" w:hAnsi="{latin}" w:cs="{LATIN}"/>'
