"""Whatever a person sees has its Chinese, with the same placeholders."""

import re
from itertools import pairwise
from pathlib import Path

import django
import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from tests.house import messages
from tests.house.messages import Text

TEMPLATE = """
{% load i18n %}
<p title='{% translate "Unit" %}'>it's {{ value }} "quoted {% trans "A name" as x %}</p>
{% blocktranslate count n=n trimmed %}
  {{ n }} figure
{% plural %}
  {{ n }} figures
{% endblocktranslate %}
{% blocktranslate with share=s trimmed %}100 % of {{ share }}{% endblocktranslate %}
{% translate "May" context "month" %} {{ _("said") }}
"""


def test_every_text_is_translated() -> None:
    texts = messages.texts()
    known = messages.catalogue()
    wrong = [(text, fault) for text in texts if (fault := messages.faults(text, known))]

    assert texts
    assert not wrong, (
        f"{len(wrong)} of {len(texts)} texts lack a good translation:\n\n"
        + "\n\n".join(f"# {fault}\n{messages.entry_to_write(text)}" for text, fault in wrong)
    )


# What is the same in Chinese, or no sentence.
SAME = re.compile(r"[^a-z]*|IPv[46]|[ap]\.m\.|\w+name|%\(class_name\)s %\(instance\)s")


@pytest.mark.parametrize("part", ["contrib/auth", "contrib/admin", "forms", "core", "db/models"])
def test_what_django_says_is_translated(part: str) -> None:
    """A text that was changed in the code is English until its translators have seen it."""
    root = Path(django.__file__).parent
    files = [file for file in (root / part).rglob("*.py") if "commands" not in file.parts]
    texts = [text for file in files for text in messages.of_python(file.read_text(), file.name)]

    assert texts
    with translation.override("zh-hans"):
        assert [
            text for text in texts if _in_english(text) and not SAME.fullmatch(text.singular)
        ] == []


def _in_english(text: Text) -> bool:
    if text.context:
        return translation.pgettext(text.context, text.singular) == text.singular
    if text.plural:
        return translation.ngettext(text.singular, text.plural, 5) == text.plural
    return translation.gettext(text.singular) == text.singular


def test_every_entry_has_one_translation() -> None:
    """Babel passes over a line that belongs to no entry: a translation may be lost unseen."""
    lines = messages.CATALOGUE.read_text(encoding="utf-8").splitlines()
    told = [line.split(" ")[0] for line in lines if line.startswith("msg")]
    assert ("msgstr", "msgstr") not in pairwise(told)


def test_texts_of_python_are_found() -> None:
    source = """
name = _("a " "b")
label = ngettext("%(n)d row", "%(n)d rows", n) % {"n": n}
month = pgettext_lazy("month", "May")
"""
    assert messages.of_python(source, "x.py") == [
        Text("x.py:2", "a b"),
        Text("x.py:3", "%(n)d row", "%(n)d rows"),
        Text("x.py:4", "May", context="month"),
    ]


def test_texts_of_templates_are_found() -> None:
    found = {text.singular: text for text in messages.of_template(TEMPLATE, "x.html")}

    assert set(found) == {"Unit", "A name", "%(n)s figure", "100 %% of %(share)s", "May", "said"}
    assert found["%(n)s figure"].plural == "%(n)s figures"
    assert found["May"].context == "month"


def test_faults_are_told() -> None:
    known = Catalog(locale="zh_Hans")
    known.add("good %(n)s", "好 %(n)s")
    known.add("empty", "")
    known.add("fuzzy", "糊", flags=["fuzzy"])
    known.add("lost %(n)s", "丢")
    known.add(("%(n)s row", "%(n)s rows"), ["%(n)s 行"])

    assert [
        messages.faults(Text("x", text), known) for text in ("good %(n)s", "empty", "fuzzy")
    ] == [
        "",
        "has no translation",
        "is marked fuzzy",
    ]
    assert messages.faults(Text("x", "lost %(n)s"), known) == "has other placeholders: '丢'"
    assert messages.faults(Text("x", "nowhere"), known) == "is not in the catalogue"
    assert messages.faults(Text("x", "%(n)s row", "%(n)s rows"), known) == ""


def test_placeholders_are_told_from_percent_signs() -> None:
    assert messages.placeholders("100 %% of %(share)s, {name} {0:.1f}") == [
        "%(share)s",
        "{0:.1f}",
        "{name}",
    ]
