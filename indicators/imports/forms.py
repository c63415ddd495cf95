"""The forms of an import: the file, for whom it is, and what is answered to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.collection import years
from indicators.models import Jurisdiction, names_apart, unit_with_slug


class PlaceForm(forms.Form):
    """Which unit and evaluation year are meant; nothing chosen means what the file says."""

    unit = forms.CharField(label=_("Unit"), required=False, widget=forms.Select)
    year = forms.TypedChoiceField(
        label=_("Evaluation year"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self, units: Sequence[Jurisdiction], data: Mapping[str, Any] | None = None, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.units = units
        names = names_apart(units)
        nothing = ("", _("As the file says"))
        self.offer("unit", [nothing, *((one.slug, names[one.pk]) for one in units)])
        self.offer("year", [nothing, *((str(year), str(year)) for year in reversed(years()))])

    def offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = field.widget.choices = choices

    def clean_unit(self) -> Jurisdiction | None:
        slug = self.cleaned_data["unit"]
        unit = unit_with_slug(self.units, slug) if slug else None
        if slug and unit is None:
            raise forms.ValidationError(
                _("There is no unit “%(code)s”."), code="unknown_unit", params={"code": slug}
            )
        return unit


class TemplateForm(PlaceForm):
    """Of which template; sent by GET. Several units may go into one workbook."""

    def __init__(self, units: Sequence[Jurisdiction], year: int) -> None:
        super().__init__(units, auto_id="template_%s", initial={"year": year})
        names = names_apart(units)
        every = [("", _("All units"))] if len(units) > 1 else []
        self.offer("unit", [*((one.slug, names[one.pk]) for one in units), *every])
        self.offer("year", [(str(year), str(year)) for year in reversed(years())])


class UploadForm(PlaceForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_("xlsx, xls, ods, csv or tsv, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )
    reason = forms.CharField(
        label=_("Reason of entering on behalf"),
        required=False,
        max_length=500,
        help_text=_("Needed where you enter on behalf of a unit."),
    )

    mapping = forms.ChoiceField(
        label=_("Mapping"),
        required=False,
        help_text=_("For a table of your own whose labels you have assigned before."),
    )

    field_order = ["file", "unit", "year", "reason", "mapping"]

    def __init__(
        self,
        units: Sequence[Jurisdiction],
        mappings: Sequence[str],
        data: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(units, data, **options)
        if mappings:
            self.offer("mapping", [("", _("All of mine")), *((name, name) for name in mappings)])
        else:
            del self.fields["mapping"]
        if len(units) == 1:  # nobody's but their own; if it is not, the list asks why
            del self.fields["reason"]


class MissingForm(PlaceForm):
    """What an uploaded file lacks: the unit and the year (`place`), or the reason."""

    reason = forms.CharField(
        label=_("Reason of entering on behalf"),
        required=False,
        max_length=500,
        help_text=_("Needed where you enter on behalf of a unit."),
    )

    def __init__(
        self,
        units: Sequence[Jurisdiction],
        data: Mapping[str, Any] | None = None,
        *,
        place: bool = True,
        reason: bool = True,
    ) -> None:
        super().__init__(units, data)
        for name in (*(() if place else ("unit", "year")), *(() if reason else ("reason",))):
            del self.fields[name]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


def choices_in(data: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    """What was answered, by the row's position: `choice-12`, and `reason-12` for a state."""
    found = {}
    for name, choice in data.items():
        kind, _dash, number = name.partition("-")
        if (
            kind == "choice"
            and number.isascii()
            and number.isdigit()
            and len(number) < 8
            and choice
        ):
            found[int(number)] = (str(choice), str(data.get(f"reason-{number}", "")).strip())
    return found
