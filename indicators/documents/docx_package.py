"""The package of a DOCX file: its parts, how they hang together, and what it says of itself.

Goes in: the parts by name; comes out: a zip by the Open Packaging Conventions (ECMA-376, part 2).
Nothing in it is of the clock or by chance, and nothing is packed: what a compressor makes depends
on its version, and an edition has the same bytes ever after.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from indicators.spreadsheets.escapes import escape as escape_unheld

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
# The property that holds the digest of the edition; programs keep those that users make.
DIGEST = "education_duty_edition"

_MADE = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can name
_BASE = "application/vnd.openxmlformats-officedocument"
_CORE = "application/vnd.openxmlformats-package"
# What each part of the folder word is: its type, and the relationship that leads to it.
_WORD = {
    "document.xml": ("document.main", "officeDocument"),
    "styles.xml": ("styles", "styles"),
    "settings.xml": ("settings", "settings"),
    "fontTable.xml": ("fontTable", "fontTable"),
    "footer1.xml": ("footer", "footer"),
    "footer2.xml": ("footer", "footer"),
}
_OF_THE_DOCUMENT = list(_WORD)[1:]
_METAFILE = '<Default Extension="emf" ContentType="image/x-emf"/>'
# The set of the properties that users make; their own numbers begin at 2.
_CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def packed(
    word: Mapping[str, str],
    *,
    title: str,
    issuer: str,
    digest: str,
    pictures: Sequence[bytes] = (),
) -> bytes:
    """The file. `word` are the six parts of the folder word, by name; `pictures` are metafiles."""
    package = [
        (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
        (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        (f"{OFFICE}/relationships/custom-properties", "docProps/custom.xml"),
    ]
    document = [(f"{OFFICE}/relationships/{_WORD[name][1]}", name) for name in _OF_THE_DOCUMENT]
    drawn = {f"media/image{number}.emf": one for number, one in enumerate(pictures, 1)}
    document += [(f"{OFFICE}/relationships/image", name) for name in drawn]
    parts = {
        "[Content_Types].xml": _content_types(has_pictures=bool(drawn)),
        "_rels/.rels": _relationships(package),
        "word/_rels/document.xml.rels": _relationships(document),
        **{f"word/{name}": word[name] for name in _WORD},
        "docProps/core.xml": _core(title, issuer),
        "docProps/custom.xml": _custom(digest),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        files = {name: text.encode() for name, text in parts.items()}
        for name, part in (files | {f"word/{name}": one for name, one in drawn.items()}).items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.create_system = 3  # on whichever it is made
            archive.writestr(entry, part)
    return made.getvalue()


def relationship(part: str) -> str:
    """The id by which the document leads to another part of its folder."""
    return f"rId{_OF_THE_DOCUMENT.index(part) + 1}"


def picture(number: int) -> str:
    """The id by which the document leads to one of its pictures, which are counted from 1."""
    return f"rId{len(_OF_THE_DOCUMENT) + number}"


def _content_types(*, has_pictures: bool) -> str:
    types = {
        f"word/{name}": f"{_BASE}.wordprocessingml.{kind}" for name, (kind, _) in _WORD.items()
    }
    types |= {
        "docProps/core.xml": f"{_CORE}.core-properties",
        "docProps/custom.xml": f"{_BASE}.custom-properties",
    }
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}+xml"/>' for name, kind in types.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        f"{_METAFILE if has_pictures else ''}"
        f'<Default Extension="rels" ContentType="{_CORE}.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(leads: list[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(leads, 1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'


def _core(title: str, issuer: str) -> str:
    """Without a day on which it was made, which is in the text."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(issuer)}</dc:creator>"
        "<dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def _custom(digest: str) -> str:
    return (
        f'{HEAD}<Properties xmlns="{OFFICE}/custom-properties" '
        f'xmlns:vt="{OFFICE}/docPropsVTypes">'
        f'<property fmtid="{_CUSTOM}" pid="2" name="{DIGEST}">'
        f"<vt:lpwstr>{escape(escape_unheld(digest))}</vt:lpwstr></property></Properties>"
    )
