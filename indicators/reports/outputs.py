"""The files of an edition, made of its frozen content alone; and a document that comes back."""

from __future__ import annotations

import json
from collections.abc import Callable

from django.core.files.uploadedfile import UploadedFile
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from indicators.documents import (
    LIMITS,
    Comparison,
    Document,
    FontMissing,
    UnreadableFile,
    as_docx,
    as_html,
    as_pdf,
    as_text,
    compare,
    read_docx,
)
from indicators.models import Edition
from indicators.reports.content import document_of

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head><body>
{body}</body></html>
"""


class NotMade(ValueError):
    """There is no such file, or it cannot be read; the message says why, in the user's language."""


def document(edition: Edition) -> Document:
    return document_of(json.loads(edition.content), edition.digest)


def as_fragment(edition: Edition) -> SafeString:
    """For a page of the house, below its heading; all that somebody wrote is escaped in it."""
    return mark_safe(as_html(document(edition), top=2))


def written_out(edition: Edition, kind: str) -> bytes:
    """A file of one of KINDS: the same bytes each time. Raises NotMade without a Chinese font."""
    writers: dict[str, Callable[[Document], bytes]] = {
        "docx": as_docx,
        "pdf": as_pdf,
        "html": _page,
        "txt": lambda found: as_text(found).encode(),
    }
    try:
        return writers[kind](document(edition))
    except FontMissing as missing:
        said = _("No Chinese font was found on the server; install one of: %(fonts)s.")
        raise NotMade(said % {"fonts": missing}) from missing


def _page(found: Document) -> bytes:
    return PAGE.format(title=escape(found.title), body=as_html(found)).encode()


def compared(edition: Edition, file: UploadedFile) -> Comparison:
    """What an office has changed in a document of the edition. Raises NotMade."""
    limit = LIMITS.bytes
    if (file.size or 0) > limit:
        said = _("The file is larger than %(megabytes)s MB.")
        raise NotMade(said % {"megabytes": limit // 1_000_000})
    try:
        return compare(document(edition), read_docx(file.read()))
    except UnreadableFile as fault:
        raise NotMade(_why(fault)) from fault


def _why(fault: UnreadableFile) -> str:
    match fault.code:
        case "encrypted":
            return _("The file has a password. Save it without one and upload it again.")
        case "macros":
            return _("The file holds macros. Save it as docx without them and upload that.")
        case "too_large" | "unpacks_too_large" | "too_slow" | "too_much_memory" | "too_many_rows":
            return _("The file is too large. Leave out pictures and upload it again.")
    return _("This is no document of Word, WPS or LibreOffice. Save it as docx and upload that.")
