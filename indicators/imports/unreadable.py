"""Why a file cannot be read, in words, with what would help."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from indicators.spreadsheets import UnreadableFile

SENTENCES = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than {megabytes} MB. Divide it, or leave out pictures."),
    "unpacks_too_large": _(
        "The file unpacks to more than {megabytes} MB. Copy the table into a new workbook and "
        "upload that."
    ),
    "too_many_rows": _("A sheet has more than {limit} rows. Divide the file."),
    "too_many_columns": _(
        "A sheet has more than {limit} columns. Copy the table into a new workbook and upload that."
    ),
    "too_many_cells": _("The file has more than {limit} cells. Divide it."),
    "too_slow": _(
        "Reading the file took longer than {seconds} seconds. Copy the table into a new workbook "
        "and upload that."
    ),
    "too_much_memory": _("The file is too large to be read at once. Divide it."),
    "encrypted": _("The file has a password. Save it without one and upload it again."),
    "macros": _("The file holds macros. Save it as xlsx and upload that."),
    "unknown_type": _(
        "This is no table of Excel, WPS or LibreOffice, whatever its name says. Save it as xlsx "
        "and upload that."
    ),
    "unknown_encoding": _(
        "The text is neither in UTF-8 nor in GB18030. Save the file as xlsx and upload that."
    ),
    "declares_entities": _(
        "The file declares entities, as no table needs. Save it anew in Excel or WPS."
    ),
    "damaged": _(
        "The file is damaged or cut off. Open it in Excel or WPS, save it anew, and upload that."
    ),
}


def sentence_of(fault: UnreadableFile) -> str:
    """The fault in the user's language."""
    params = {
        name: int(value) if isinstance(value, float) else value
        for name, value in fault.params.items()
    }
    return str(SENTENCES[fault.code]).format(**params)
