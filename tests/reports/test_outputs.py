"""What somebody writes who means harm is text in every file of an edition and on the public site:
in the title, a heading, a sentence, the name of an indicator. A megabyte of text is in them too."""

import csv
import io
import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pypdf
import pytest

from indicators.documents import read_docx
from indicators.documents.flow import plain
from indicators.models import ReportAct
from indicators.recording.edition import freeze
from indicators.recording.report import act_on_report, add_paragraph, save_paragraph
from indicators.reports.content import content_of
from indicators.reports.outputs import KINDS, written_out
from indicators.reports.site import site_of
from tests.documents.samples import HOSTILE

# No database keeps a zero byte, and half a character cannot be written in UTF-8.
KEPT = [one for one in HOSTILE if "\0" not in one]
MARKUP = [*KEPT, "\u202e{F1}亿元\u202c{F99}{{F1}}", "</data></p><svg onload=x>", "]]><![CDATA["]
ELEMENTS = (
    "a article aside body caption code data dd div dl dt figure footer h1 h2 h3 h4 head header html"
    " img li link main meta nav ol p section small span strong table tbody td th thead title tr ul"
)


class Seen(HTMLParser):
    """Elements, attributes and the text of a page, as a browser takes it apart."""

    def __init__(self, content):
        super().__init__()
        self.elements, self.attributes, self.text = set(), set(), ""
        self.feed(content.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data):
        self.text += data


@pytest.fixture
def edition_saying(report, city, money, city_officer, city_lead, supervisor):
    """Freezes the report once it says the text wherever somebody can write one."""

    def frozen(text):
        name = text[:60]
        type(report).objects.filter(pk=report.pk).update(title=name)
        type(money).objects.filter(pk=money.pk).update(name_zh=name)
        paragraph = report.paragraphs.get(position=2)
        said = {"actor": city_officer, "level": 0, "heading": "", "text": f"{text}共{{F1}}{text}"}
        paragraph = save_paragraph(paragraph, version=1, **said)
        heading = {"level": 2, "heading": name.replace("\n", " "), "text": text}
        add_paragraph(report, actor=city_officer, after=paragraph, **heading)
        report.refresh_from_db()
        act_on_report(report, ReportAct.SUBMIT, actor=city_lead, version=1)
        act_on_report(report, ReportAct.APPROVE, actor=supervisor, version=2)
        return freeze(
            report,
            actor=supervisor,
            version=3,
            content_of=lambda held: content_of(held, supervisor),
        )

    return frozen


def squeezed(text):
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("text", MARKUP)
def test_hostile_text_is_text_in_every_file(edition_saying, text):
    edition = edition_saying(text)
    files = {kind: written_out(edition, kind) for kind in KINDS}
    sentence = squeezed(plain(text)).replace("{F1}", "805亿元")

    page = Seen(files["html"])
    assert page.elements <= set(re.findall(r"\w+", ELEMENTS))
    assert not [name for name in page.attributes if name.startswith("on") or name == "src"]
    assert sentence in squeezed(page.text)
    assert sentence in squeezed(files["txt"].decode())
    returned = [one.text for one in read_docx(files["docx"]).paragraphs]
    assert sentence in squeezed("".join(returned))
    drawn = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)
    for word in re.findall("[!-~]{4,20}", plain(text).replace("{F1}", "")):
        assert word[:4] in squeezed(drawn)


@pytest.mark.parametrize("text", MARKUP)
def test_hostile_text_is_text_on_the_public_site(edition_saying, text):
    files = site_of(edition_saying(text))

    for path, content in files.items():
        if path.endswith(".html"):
            page = Seen(content)
            assert page.elements <= set(re.findall(r"\w+", ELEMENTS))
            assert not [name for name in page.attributes if name.startswith("on")]
    assert squeezed(plain(text)).replace("{F1}", "805亿元") in squeezed(
        Seen(files["index.html"]).text
    )
    drawn = ElementTree.fromstring(files["chart.svg"])
    assert {one.tag.rpartition("}")[2] for one in drawn.iter()} <= {
        "svg",
        "title",
        "text",
        "rect",
        "g",
    }
    json.loads(files["datapackage.json"])
    (_head, row) = csv.reader(io.StringIO(files["figures.csv"].decode("utf-8-sig")))
    assert not row[2].startswith(("=", "+", "@"))


@pytest.mark.thorough
def test_a_paragraph_of_a_megabyte_is_in_every_file(edition_saying):
    text = "长" * 330_000
    edition = edition_saying(text)

    for kind in KINDS:
        assert len(written_out(edition, kind)) > 100_000
    assert text in site_of(edition)["index.html"].decode()
