"""Every text that code and templates hand to gettext, and what the catalogue has for it.

Decided: Babel reads Python; Django's own `templatize` turns a template into calls of gettext among
crossed-out text, which Babel's extractor for JavaScript reads, as it stumbles over nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from babel.messages import extract, pofile
from babel.messages.catalog import Catalog
from django.utils.translation import templatize

from education_duty.bootstrap.places import LOCALE
from tests.house import tracked

CATALOGUE = LOCALE / "zh_Hans" / "LC_MESSAGES" / "django.po"
# Which argument of a function is what: 1 the text, (1, "c") a context, 2 the plural.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# %(name)s, %s, %d, %.1f, {name}, {} and {0:.1f}; two per cent signs are one, and none of these.
PLACEHOLDER = re.compile(
    r"%%|%\(\w+\)[#0\- +]*[\d.]*[a-z]|%[#0\-+]*[\d.]*[sdfgrx]|\{\w*(?:![rsa])?(?::[^{}]*)?\}"
)


@dataclass(frozen=True)
class Text:
    """A text to translate: where it was met first, and its plural and context where it has them."""

    where: str
    singular: str
    plural: str = ""
    context: str = ""

    def key(self) -> tuple[str, str]:
        return (self.context, self.singular)


def texts() -> list[Text]:
    """All of the application, each once."""
    found: dict[tuple[str, str], Text] = {}
    for file in tracked.files():
        if file.parts[0] not in ("indicators", "education_duty", "templates"):
            continue
        source = tracked.text_of(file)
        if file.suffix == ".py":
            new = of_python(source, str(file))
        elif file.suffix in (".html", ".txt") and "templates" in file.parts:
            new = of_template(source, str(file))
        else:
            continue
        for text in new:
            found.setdefault(text.key(), text)
    return list(found.values())


def of_python(source: str, name: str) -> list[Text]:
    return list(_extracted("python", source, name))


def of_template(source: str, name: str) -> list[Text]:
    return list(_extracted("javascript", templatize(source, origin=name), name))


def _extracted(method: str, source: str, name: str) -> Iterator[Text]:
    file = BytesIO(source.encode())
    options = {"encoding": "utf-8"}
    for line, message, _comments, context in extract.extract(
        method, file, KEYWORDS, options=options
    ):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        yield Text(f"{name}:{line}", singular, plural, context or "")


def catalogue() -> Catalog:
    """The Chinese one; an empty one where there is none yet, so that all texts are told."""
    if not CATALOGUE.exists():
        return Catalog()
    with CATALOGUE.open("rb") as file:
        return pofile.read_po(file)


def faults(text: Text, known: Catalog) -> str:
    """What is wrong with the catalogue's entry for a text; empty where nothing is."""
    entry = known.get(text.singular, text.context or None)
    if entry is None:
        return "is not in the catalogue"
    if entry.fuzzy:
        return "is marked fuzzy"
    translations = entry.string if isinstance(entry.string, (tuple, list)) else [entry.string]
    if not all(translations):
        return "has no translation"
    if text.plural and entry.id != (text.singular, text.plural):
        return "has another plural in the catalogue"
    wanted = placeholders(text.plural or text.singular)
    for translation in translations:
        if placeholders(translation) != wanted:
            return f"has other placeholders: {translation!r}"
    return ""


def placeholders(text: str) -> list[str]:
    return sorted(found for found in PLACEHOLDER.findall(text) if found != "%%")


def entry_to_write(text: Text) -> str:
    """The lines that have to go into the catalogue, ready to be filled in."""
    written = Catalog(locale="zh_Hans", header_comment="")
    written.add(
        (text.singular, text.plural) if text.plural else text.singular, context=text.context or None
    )
    out = BytesIO()
    pofile.write_po(out, written, omit_header=True)
    return f"#: {text.where}\n{out.getvalue().decode().strip()}"
