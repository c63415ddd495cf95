"""Why a text cannot be checked, in words, with what would help."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from indicators.number_check.text_files import PICTURES
from indicators.spreadsheets import UnreadableFile

TOO_MUCH = _("The file is too large to be read at once. Divide it.")
SENTENCES = {
    "empty": _("There is no text in it."),
    "too_large": _("The file is larger than {megabytes} MB. Divide it, or leave out pictures."),
    "unpacks_too_large": _("The file unpacks to more than {megabytes} MB. Leave out pictures."),
    "too_slow": _("Reading the file took longer than {seconds} seconds. Paste its text instead."),
    "too_much_memory": TOO_MUCH,
    "too_many_rows": TOO_MUCH,
    "encrypted": _("The file has a password. Save it without one and upload it again."),
    "unknown_encoding": _(
        "The text is neither in UTF-8 nor in GB18030. Save it anew, or paste its text instead."
    ),
    "damaged": _("The file is damaged or cut off. Save it anew, or paste its text instead."),
}
TOO_LONG = _("The text has more than %(most)s characters. Divide it.")
OF_PICTURES = _("The file holds pictures of text only. Paste its text instead.")
OTHER = _("This is no Word document, PDF or text file. Save it as one, or paste its text instead.")
NOTHING = {
    "no_unit": _("There is no unit whose figures you see."),
    "no_such_unit": _("There is no such unit in that year."),
    "no_figures": _("The unit has no figures to hold the text against."),
}


def sentence_of(fault: UnreadableFile) -> str:
    """The fault in the user's language."""
    params = {
        name: int(value) if isinstance(value, float) else value
        for name, value in fault.params.items()
    }
    if "characters" in params:
        return str(TOO_LONG) % {"most": params["characters"]}
    other = OF_PICTURES if fault.params.get("found") == PICTURES else OTHER
    return str(SENTENCES.get(fault.code, other)).format(**params)
