"""The guide: Chinese, with a place for every "?", and pictures of the pages as they are."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

PICTURES = Path(settings.BASE_DIR) / "indicators/static/indicators/guide"
TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["guide:start", "guide:terms"])
def test_the_guide_is_open_to_everybody(client, page):
    assert client.get(reverse(page)).status_code == 200


def test_every_question_mark_leads_to_a_place():
    asked = set()
    for template in TEMPLATES.rglob("*.html"):
        asked |= set(re.findall(r'_help\.html" with topic="(\w+)"', template.read_text()))
    terms = (TEMPLATES / "guide/terms.html").read_text()

    assert asked
    assert asked - set(re.findall(r'id="(\w+)"', terms)) == set()


def test_every_picture_that_the_guide_shows_is_there():
    shown = re.findall(r"indicators/guide/(\w+\.png)", (TEMPLATES / "guide/start.html").read_text())

    assert sorted(shown) == sorted(path.name for path in PICTURES.glob("*.png"))
