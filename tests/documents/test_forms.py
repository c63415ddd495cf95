"""What a document says is text in every form of it, whatever it looks like."""

import io
import re
import time
import zipfile
from html.parser import HTMLParser

import docx
import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indicators.documents import (
    Document,
    Paragraph,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    compare,
    read_docx,
)
from indicators.documents.flow import plain
from tests.documents.charts import CHARTS
from tests.documents.samples import (
    FIGURES,
    HOSTILE,
    INPUT,
    REPORT,
    WITH_CHARTS,
    said_everywhere,
    said_in_a_chart,
)

# Every character there is, halves of surrogate pairs included, and often those that hurt.
ANY = st.text(st.characters() | st.sampled_from("<>&\"'\0\x0b\r\n\t\u202e\ud800\ufffe#$\\]{}"))
TAGS = {"article", "h1", "h2", "h3", "h4", "p", "strong", "data", "section", "span", "table"}
TAGS |= {"thead", "tbody", "tr", "th", "td"}
DRAWN = {"div", "figure", "figcaption", "svg", "line", "circle", "text"}


class Seen(HTMLParser):
    """What a browser makes of it: elements, and the text of each line."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.figures, self.texts = set(), {}, []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        if tag == "data":
            said = dict(attributes)
            self.figures[said["id"]] = said

    def handle_data(self, data):
        self.texts.append(data)


@given(ANY)
def test_html_holds_any_text_and_no_element_of_it(text):
    seen = Seen(as_html(said_everywhere(text)))

    assert seen.tags <= TAGS
    squeezed = re.sub(r"\s", "", "".join(seen.texts))
    assert squeezed.count(re.sub(r"\s", "", plain(text)) or "1") > 0
    assert seen.figures["figure-F1"]["value"] == plain(text)


@given(ANY)
def test_a_chart_holds_any_text_and_no_element_of_it(text):
    document = said_in_a_chart(text)

    assert Seen(as_html(document)).tags <= TAGS | DRAWN
    assert compare(document, read_docx(as_docx(document))).is_unchanged


@given(ANY.filter(bool))
def test_plain_text_has_a_line_for_each(text):
    assert len(as_text(said_everywhere(text)).split("\n")) == 18


@given(ANY)
@example("\r")
@example("\u202e")
def test_docx_comes_back_unchanged_whatever_it_says(text):
    document = said_everywhere(text)
    found = compare(document, read_docx(as_docx(document)))

    assert found.is_unchanged
    assert found.same_edition


@given(st.lists(ANY, max_size=3), st.lists(st.sampled_from(FIGURES), unique=True, max_size=4))
def test_figures_side_by_side_come_back_unchanged(texts, figures):
    pieces = [*figures, *texts]
    document = Document("", "", "", (Paragraph(0, "", "", tuple(pieces)),), (), "")

    assert compare(document, read_docx(as_docx(document))).is_unchanged


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_docx_and_pdf(text):
    document = said_everywhere(text)
    opened = docx.Document(io.BytesIO(as_docx(document)))
    drawn = pypdf.PdfReader(io.BytesIO(as_pdf(document)))

    assert opened.paragraphs[0].text == plain(text)
    assert compare(document, read_docx(as_docx(document))).is_unchanged
    pages = "".join(page.extract_text() for page in drawn.pages)
    for word in re.findall("[!-~]{4,20}", plain(text)):
        assert word[:4] in re.sub(r"\s", "", pages)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_of_a_chart_is_text_in_docx_and_pdf(text):
    document = said_in_a_chart(text)
    opened = docx.Document(io.BytesIO(as_docx(document)))
    drawn = pypdf.PdfReader(io.BytesIO(as_pdf(document)))

    assert opened.tables[0].rows[0].cells[0].text == plain(f"图1　{text}")
    (said,) = opened.element.body.xpath("//wp:docPr/@descr")
    assert said == plain(text)
    assert drawn.pages


def test_each_chart_is_a_picture_with_what_it_shows_in_words():
    opened = docx.Document(io.BytesIO(as_docx(WITH_CHARTS)))

    assert opened.element.body.xpath("//wp:docPr/@descr") == [
        one.description for one in WITH_CHARTS.annexes[0].charts
    ]
    pictures = [part for part in opened.part.package.iter_parts() if "image" in str(part.partname)]
    assert {part.content_type for part in pictures} == {"image/x-emf"}
    assert len(pictures) == 5


def test_a_chart_in_html_says_what_it_shows_and_is_drawn_without_a_style():
    said = as_html(WITH_CHARTS)

    assert said.count("<svg ") == 5
    assert f'role="img" aria-label="{CHARTS[0].description}"' in said
    assert "style" not in said


def test_the_digits_of_charts_are_the_fonts_of_the_machine_in_the_pdf():
    pages = pypdf.PdfReader(io.BytesIO(as_pdf(WITH_CHARTS))).pages
    text = "".join(page.extract_text() for page in pages)

    assert text.count("口径调整") == 1
    assert "88.6" in text


def test_no_part_of_a_docx_leads_out_of_it_or_runs_anything():
    package = zipfile.ZipFile(io.BytesIO(as_docx(said_everywhere(HOSTILE[5]))))
    markup = {name: package.read(name).decode() for name in package.namelist()}

    assert "External" not in "".join(markup.values())
    assert re.findall("<w:instrText[^>]*>([^<]*)", "".join(markup.values())) == [" PAGE "] * 2


@pytest.mark.parametrize("write", [as_docx, as_pdf, as_html, as_text])
@pytest.mark.parametrize("document", [REPORT, WITH_CHARTS], ids=["report", "charts"])
def test_the_same_document_makes_the_same_bytes(write, document, monkeypatch):
    before = write(document)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)

    assert write(document) == before


def test_docx_opens_with_what_it_says_in_its_place():
    opened = docx.Document(io.BytesIO(as_docx(REPORT)))

    first, second = opened.tables
    assert [cell.text for cell in first.rows[1].cells] == list(REPORT.annexes[0].rows[0])
    assert len(second.rows) == 2
    assert opened.core_properties.title == REPORT.title
    assert opened.core_properties.language == "zh-CN"
    assert (
        opened.paragraphs[3].text == "（一）加大投入。2021年，全市教育总投入805亿元，比上年增长。"
    )
    marks = opened.element.body.xpath("//w:bookmarkStart/@w:name")
    assert marks == [f"duty_{figure.id}" for figure in FIGURES]


def test_html_tells_each_figure_with_its_value():
    figures = Seen(as_html(REPORT)).figures

    assert len(figures) == len(FIGURES)
    assert figures["figure-F1"] == {
        "id": "figure-F1",
        "value": INPUT.value,
        "data-unit": "yuan",
        "title": INPUT.name,
    }


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("a\r\nb\tc\x0b", "a b c "),
        ("15\u202e\u2066\u061c", "15"),
        ("\0\x1b\x9f\ud800\ufffe\U0001ffff", "\ufffd" * 6),
        ("𠮷\u00ad\u200b　", "𠮷\u00ad\u200b　"),
    ],
)
def test_what_no_word_file_holds_is_the_same_in_all_forms(text, stands):
    assert plain(text) == stands


@pytest.mark.thorough
@pytest.mark.parametrize("sign", ["字", "a", "<"])
def test_a_paragraph_of_a_megabyte_is_written_and_read(sign):
    long = sign * (1_000_000 // len(sign.encode()))
    document = Document("", "", "", (Paragraph(0, "", "", (long, INPUT, long)),), (), "")
    began = time.monotonic()

    assert long in as_html(document).replace("&lt;", "<")
    assert compare(document, read_docx(as_docx(document))).is_unchanged
    assert time.monotonic() - began < 10
    assert as_pdf(document).startswith(b"%PDF")
    assert time.monotonic() - began < 60
