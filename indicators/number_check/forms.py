"""The form of a check: a file or pasted text, and whose figures it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.figures import evaluation_years, units_near
from indicators.models import Tier, User, names_apart
from indicators.number_check.text_files import LIMITS, text_of_file
from indicators.number_check.unreadable import sentence_of
from indicators.spreadsheets import UnreadableFile

# So much is drawn on a page; the command takes more.
LONGEST = 200_000


class CheckForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("A Word document (docx), PDF or text file, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    text = forms.CharField(
        label=_("Or the text itself"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    year = forms.TypedChoiceField(
        label=_("Evaluation year"), required=False, coerce=int, empty_value=None
    )
    tier = forms.ChoiceField(
        label=_("Against what"), choices=Tier.choices, required=False, initial=Tier.REPORTED
    )

    def __init__(
        self, user: User, data: Mapping[str, Any] | None = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        years = evaluation_years(user)
        units = units_near(user, years[0]) if years else []
        names = names_apart(units)
        said: list[tuple[str, Any]] = [("", _("As the text says"))]
        self._offer("unit", [*said, *((one.slug, names[one.pk]) for one in units)])
        self._offer("year", [*said, *((str(year), str(year)) for year in years)])

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean_file(self) -> str:
        """The text of the file."""
        file = self.cleaned_data["file"]
        if not file:
            return ""
        try:
            return text_of_file(file.read(LIMITS.bytes + 1), characters=LONGEST)
        except UnreadableFile as unreadable:
            raise forms.ValidationError(sentence_of(unreadable)) from unreadable

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if not self.errors:
            # A browser sends line breaks as two characters.
            pasted = data["text"].replace("\r\n", "\n")
            data["checked"] = data["file"] or pasted
            if not data["checked"].strip():
                raise forms.ValidationError(_("Choose a file, or paste a text."))
        return data
