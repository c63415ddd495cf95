"""The guide: Chinese, with a place for every "?", and pictures of the pages as they are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from indicators.collection import TABLE

PICTURES = Path(settings.BASE_DIR) / "indicators/static/indicators/guide"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["guide:start", "guide:terms", "guide:states"])
def test_the_guide_is_open_to_everybody(client, page):
    assert client.get(reverse(page)).status_code == 200


@pytest.mark.django_db
def test_the_page_of_states_shows_every_row_of_the_table(client):
    page = client.get(reverse("guide:states")).content.decode()
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    shown = [
        tuple(re.findall(r">([^<>]+)<", row.replace("\n", "").replace("    ", ""))) for row in rows
    ]

    assert shown == [
        (
            row.state.label,
            row.act.label
            + ("（轮次关闭后）" if row.after_closing else "")
            + ("（审核开始前）" if row.back else "")
            + ("（曾审核通过）" if row.if_approved else ""),
            row.role.label,
            row.next.label,
        )
        for row in TABLE
    ]
    assert page.count("（轮次关闭后）") == 1


def test_every_link_within_the_guide_leads_to_a_place():
    pages = "".join(page.read_text() for page in (TEMPLATES / "guide").glob("*.html"))
    terms = (TEMPLATES / "guide/terms.html").read_text()
    linked = set(re.findall(r"guide:terms' %}#(\w+)", pages))

    assert linked
    assert linked - set(re.findall(r'id="(\w+)"', terms)) == set()


def test_every_question_mark_leads_to_a_place():
    asked = set()
    for template in TEMPLATES.rglob("*.html"):
        asked |= set(re.findall(r'_help\.html" with topic="(\w+)"', template.read_text()))
    terms = (TEMPLATES / "guide/terms.html").read_text()

    assert asked
    assert asked - set(re.findall(r'id="(\w+)"', terms)) == set()


def test_every_picture_that_the_guide_shows_is_there():
    pages = "".join(page.read_text() for page in (TEMPLATES / "guide").glob("*.html"))
    shown = re.findall(r"indicators/guide/(\w+\.png)", pages)

    assert sorted(shown) == sorted(path.name for path in PICTURES.glob("*.png"))
