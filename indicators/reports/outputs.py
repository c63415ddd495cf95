"""The files of an edition, made of its frozen content alone; and one that comes back."""

from __future__ import annotations

import json

from django.core.files.uploadedfile import UploadedFile
from django.utils.safestring import SafeString, mark_safe

from indicators.documents.document import Document
from indicators.documents.html import as_html
from indicators.models import Edition
from indicators.reports.content import document_of

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
}
MOST_BYTES = 20_000_000


class NotReturned(ValueError):
    """The file is not the edition's; the message says why."""


def document(edition: Edition) -> Document:
    return document_of(json.loads(edition.content), edition.digest)


def as_fragment(edition: Edition) -> SafeString:
    """For a page; `as_html` escapes all that somebody wrote."""
    return mark_safe(as_html(document(edition), top=2))


def written_out(edition: Edition, kind: str) -> bytes:
    raise NotImplementedError


def compared(edition: Edition, file: UploadedFile) -> object:
    raise NotImplementedError
