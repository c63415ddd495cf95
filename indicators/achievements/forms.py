"""What is asked of the list, and what is said of an achievement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from indicators.achievements.queries import achievements_seen, areas_to_enter, units_to_enter_for
from indicators.collection import FIRST_YEAR, last_year
from indicators.figures.widgets import Day, Select
from indicators.models import (
    ACHIEVEMENT_CONTENT,
    AchievementKind,
    AchievementLevel,
    AchievementVersion,
    DutyArea,
    Jurisdiction,
    User,
    names_apart,
)

ALL = ("", gettext_lazy("All"))


class ListForm(forms.Form):
    """Empty means all."""

    year = forms.TypedChoiceField(
        label=gettext_lazy("Evaluation year"), required=False, coerce=int, empty_value=None
    )
    area = forms.ModelChoiceField(
        DutyArea.objects.all(),
        label=gettext_lazy("Duty area"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("All"),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, widget=Select)
    kind = forms.ChoiceField(
        label=pgettext_lazy("achievement", "Kind"),
        required=False,
        choices=[ALL, *AchievementKind.choices],
    )
    level = forms.ChoiceField(
        label=pgettext_lazy("achievement", "Level"),
        required=False,
        choices=[ALL, *AchievementLevel.choices],
    )

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data, label_suffix="")
        seen = achievements_seen(user).order_by()
        years = seen.values_list("achievement__evaluation_year", flat=True).distinct()
        latest_first = sorted(years, reverse=True)
        self.fields["year"].choices = [ALL, *((year, str(year)) for year in latest_first)]  # type: ignore[attr-defined]
        self.units = list(
            Jurisdiction.objects.filter(pk__in=seen.values("achievement__jurisdiction")).order_by(
                "code"
            )
        )
        names = names_apart(self.units)
        self.fields["unit"].widget.choices = [
            ALL,
            *((unit.slug, names[unit.pk]) for unit in self.units),
        ]

    def chosen(self, found: QuerySet[AchievementVersion]) -> QuerySet[AchievementVersion]:
        """Those that fit."""
        asked = self.cleaned_data
        wanted = {
            "achievement__evaluation_year": asked["year"],
            "achievement__duty_area": asked["area"],
            "kind": asked["kind"],
            "level": asked["level"],
        }
        found = found.filter(**{name: it for name, it in wanted.items() if it})
        if asked["unit"]:
            unit = next((one for one in self.units if one.slug == asked["unit"]), None)
            found = found.filter(achievement__jurisdiction=unit) if unit else found.none()
        return found


class AchievementForm(forms.ModelForm):
    """`version` is what was seen, of a new one 0; what is wrong with the words says the door."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Needed on behalf of a unit; else only if there is one."),
    )

    class Meta:
        model = AchievementVersion
        fields = ACHIEVEMENT_CONTENT
        widgets = {"description": forms.Textarea(attrs={"rows": 4}), "issued_on": Day()}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)
        for name, first in (("kind", AchievementKind.HONOUR), ("level", AchievementLevel.CITY)):
            field: Any = self.fields[name]
            field.choices, field.initial = [one for one in field.choices if one[0]], first

    def said(self) -> AchievementVersion:
        """What was typed, for the door."""
        content = {name: self.cleaned_data[name] for name in ACHIEVEMENT_CONTENT}
        return AchievementVersion(**content)


class NewAchievementForm(AchievementForm):
    """Also of which unit, year and duty area it is, which stay."""

    unit = forms.CharField(label=gettext_lazy("Unit"), widget=Select)
    year = forms.IntegerField(
        label=gettext_lazy("Evaluation year"), min_value=FIRST_YEAR, max_value=last_year
    )
    area = forms.ModelChoiceField(
        DutyArea.objects.none(),
        label=gettext_lazy("Duty area"),
        to_field_name="code",
        empty_label=None,
    )
    field_order = ("unit", "year", "area", *ACHIEVEMENT_CONTENT)

    def __init__(self, user: User, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.units = units_to_enter_for(user)
        names = names_apart(self.units)
        self.fields["unit"].widget.choices = [(one.slug, names[one.pk]) for one in self.units]
        self.fields["area"].queryset = areas_to_enter(user)  # type: ignore[attr-defined]

    def clean_unit(self) -> Jurisdiction:
        unit = next((one for one in self.units if one.slug == self.cleaned_data["unit"]), None)
        if unit is None:
            raise forms.ValidationError(_("There is no such unit."))
        return unit
