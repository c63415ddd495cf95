"""The form of a change of units: which end, which begin, by which document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.collection import Refusal
from indicators.models import Jurisdiction, JurisdictionChange
from indicators.models.jurisdiction import COLLECTING
from indicators.recording.jurisdiction_change import KINDS, NewUnit, UnitsChange
from indicators.recording.unit_choices import UnitsField

ROWS = 4
LEVELS = [one for one in Jurisdiction.Level.choices if one[0] not in COLLECTING]
Kind = JurisdictionChange.Kind
WHAT_IT_IS = {
    Kind.RENAME: _("Renaming: one unit, another name"),
    Kind.UPGRADE: _("Upgrade: one unit, such as a county that becomes a district"),
    Kind.MERGE: _("Merger: two units or more become one"),
    Kind.SPLIT: _("Split: one unit becomes two or more"),
}


class Units(UnitsField):
    def label_apart(self, unit: Any, name: str) -> str:
        return f"{name} {unit.code}"


class ChangeForm(forms.Form):
    """What applies to all of it; the units that begin are rows of `NewUnits`."""

    kind = forms.ChoiceField(
        label=_("Kind of change"),
        choices=[(kind.value, WHAT_IT_IS[kind]) for kind in KINDS],
        widget=forms.RadioSelect,
    )
    ended = Units(
        Jurisdiction.objects.none(),
        label=_("Units that end"),
        widget=forms.CheckboxSelectMultiple,
    )
    day = forms.DateField(
        label=_("Date"),
        help_text=_("The new units begin, and the others end, in its year."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    legal_basis = forms.CharField(
        label=_("Document"), help_text=_("Such as 国函〔2025〕1号"), max_length=300
    )
    reason = forms.CharField(
        label=_("Reason of the change"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    answered_by = forms.TypedChoiceField(
        label=_("Who reports what is still asked of the units that end"),
        help_text=_("The unit of this row; its people are also those of the units that end."),
        choices=[(row, row + 1) for row in range(ROWS)],
        coerce=int,
        initial=0,
    )
    people_to_all = forms.BooleanField(
        label=_("After a split, people go to every new unit"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        there = Jurisdiction.objects.filter(valid_to=None, children=None)
        there = there.exclude(level__in=COLLECTING)
        self.fields["ended"].queryset = there.order_by("code")  # type: ignore[attr-defined]

    def refuse(self, refusal: Refusal) -> None:
        """Say beside its box what the door refused."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.message)


class NewUnitForm(forms.Form):
    code = forms.CharField(label=_("code"), max_length=12)
    name_zh = forms.CharField(label=_("name (Chinese)"), max_length=200)
    name_en = forms.CharField(label=_("name (English)"), max_length=200, required=False)
    level = forms.ChoiceField(label=_("level"), choices=LEVELS, initial="district")
    code_scheme = forms.ChoiceField(
        label=_("code scheme"), choices=Jurisdiction.CodeScheme.choices, initial="gb2260"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def has_changed(self) -> bool:
        """A row is empty where nothing was typed, whatever is chosen in it."""
        typed = {"code", "name_zh", "name_en"}
        return bool(typed & set(self.changed_data))


NewUnits = forms.formset_factory(NewUnitForm, extra=ROWS, max_num=ROWS, validate_max=True)


def asked_by(form: ChangeForm, rows: Any) -> UnitsChange | None:
    """What the forms ask for; None where they have errors, which they then show."""
    if not (form.is_valid() & rows.is_valid()):
        return None
    cleaned = form.cleaned_data
    filled = {row: one.cleaned_data for row, one in enumerate(rows.forms) if one.has_changed()}
    answering = cleaned["answered_by"]
    if not filled:
        form.add_error(None, _("Give the unit that begins."))
        return None
    if answering not in filled:
        form.add_error("answered_by", _("This row is empty. Choose one that is filled in."))
        return None
    return UnitsChange(
        kind=cleaned["kind"],
        day=cleaned["day"],
        legal_basis=cleaned["legal_basis"],
        ended=tuple(unit.pk for unit in cleaned["ended"]),
        begun=tuple(NewUnit(**one) for one in filled.values()),
        answered_by=list(filled).index(answering),
        people_to_all=cleaned["people_to_all"] and cleaned["kind"] == Kind.SPLIT,
    )
