"""The paper is the same wherever it is typeset, however long, and never boxes for letters."""

import io
import json
import subprocess
import sys
import time

import pypdf
import pytest
import typst

from indicators.confirmations import typesetting
from indicators.confirmations.paper import content_of
from indicators.confirmations.services import issue
from indicators.confirmations.typesetting import typeset
from indicators.documents.typesetting import SANS, fonts_of_the_machine
from indicators.figures import formatting
from indicators.models import Confirmation
from tests.cast import YEAR

ELSEWHERE = """
import hashlib, json, sys
import django
django.setup()
from indicators.confirmations.typesetting import typeset
print(hashlib.sha256(typeset(json.load(sys.stdin))).hexdigest())
"""
AT_MOST = 30  # seconds for the longest paper; 2 where nothing else runs


@pytest.fixture
def content(submitted, lead):
    return content_of(issue(submitted, actor=lead), user=lead)


@pytest.fixture
def installed(monkeypatch):
    """Which fonts the machine has besides those of Typst."""
    every = typst.Fonts

    def set_to(*, system):
        monkeypatch.setattr(typst, "Fonts", lambda: every(include_system_fonts=system))

    fonts_of_the_machine.cache_clear()
    yield set_to
    fonts_of_the_machine.cache_clear()


def test_the_foot_says_which_page_of_how_many_it_is(content):
    (page,) = pypdf.PdfReader(io.BytesIO(typeset(content))).pages
    assert "第1页，共1页" in page.extract_text().replace(" ", "")


def test_without_a_chinese_font_nothing_is_printed_until_there_is_one(
    client, lead, submitted, installed
):
    client.force_login(lead)
    installed(system=False)
    answer = client.post(f"/confirmations/500101/{YEAR}/")
    assert answer.status_code == 409
    assert answer.context["error"] == (
        "服务器没有安装中文字体，无法排版打印。请联系运维人员安装以下字体之一："
        "Noto Sans CJK SC、Source Han Sans SC、Microsoft YaHei、SimSun。"
    )
    assert Confirmation.objects.count() == 0

    installed(system=True)
    assert client.post(f"/confirmations/500101/{YEAR}/").content.startswith(b"%PDF-")


def test_another_process_makes_the_same_bytes(content):
    def made():
        return subprocess.run(
            [sys.executable, "-c", ELSEWHERE],
            input=json.dumps(content),
            capture_output=True,
            check=True,
            text=True,
        ).stdout

    assert made() == made() != ""


@pytest.mark.parametrize("where", ["covers", "digest"])
def test_the_foot_is_drawn(content, where):
    assert typeset(content) != typeset({**content, where: "另"})


def test_the_mark_is_drawn(content):
    before = typeset(content)
    content["areas"][0]["rows"][0]["mark"] = "自动计算"
    assert typeset(content) != before


def test_a_long_number_is_not_broken(content):
    """It is one run of signs, though with the word before it it is wider than the column."""
    number = "1 312 609 294.5"
    cells = content["areas"][0]["rows"][0]["cells"]
    cells[1] = "超过" + number.replace(" ", formatting.THIN_SPACE)
    data = json.dumps({**content, "fonts": SANS})
    drawn = typst.compile(
        typesetting.LAYOUT.read_bytes(), sys_inputs={"data": data}, format="svg"
    ).decode()

    assert len(number.replace(" ", "")) in [run.count("<use") for run in drawn.split("<g ")]


def test_a_long_paper_is_made_in_bounded_time(content):
    """200 figures, and one explained in 10,000 signs."""
    (area,) = content["areas"]
    several = [{**area["rows"][0], "name": f"指标{n}"} for n in range(200)]
    several[7]["cells"] = [*several[7]["cells"][:3], 10_000 * "字"]
    began = time.monotonic()
    assert typeset({**content, "areas": [{**area, "rows": several}]}).startswith(b"%PDF-")
    assert time.monotonic() - began < AT_MOST
