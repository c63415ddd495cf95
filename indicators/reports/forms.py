"""Forms of the report's pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from indicators.collection import FIRST_YEAR, last_year
from indicators.models import (
    AchievementVersion,
    CitationForm,
    FigureForm,
    Indicator,
    Jurisdiction,
    Report,
    names_apart,
)
from indicators.models.report import MOST_DECIMALS, Level


class BeginForm(forms.Form):
    unit = forms.ModelChoiceField(Jurisdiction.objects.none(), label=_("Unit"), empty_label=None)
    year = forms.IntegerField(label=_("Evaluation year"), min_value=FIRST_YEAR, max_value=last_year)

    def __init__(self, *args: Any, units: list[int], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Jurisdiction.objects.filter(pk__in=units)
        names = names_apart(offered)
        _offer(self, "unit", queryset=offered, label_from_instance=lambda unit: names[unit.pk])
        self.fields["year"].initial = year


class ParagraphForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    level = forms.TypedChoiceField(label=_("Level"), choices=Level.choices, coerce=int)
    heading = forms.CharField(
        label=pgettext_lazy("report", "Heading"), required=False, max_length=200
    )
    text = forms.CharField(
        label=pgettext_lazy("report", "Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("A bound figure stands as its mark, such as {F1}."),
    )


class BindForm(forms.Form):
    """Which figure is to be bound, and how it is written."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    unit = forms.ModelChoiceField(Jurisdiction.objects.none(), label=_("Unit"), empty_label=None)
    year = forms.IntegerField(
        label=_("Year of the figure"), min_value=FIRST_YEAR, max_value=last_year
    )
    form = forms.ChoiceField(label=_("Form"), choices=FigureForm.choices)
    base_year = forms.IntegerField(
        label=_("against the year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=last_year,
        help_text=_("For a change; empty means the year before."),
    )
    decimals = forms.IntegerField(
        label=_("decimals"),
        required=False,
        min_value=0,
        max_value=MOST_DECIMALS,
        help_text=_("Empty means as the figure was entered."),
    )

    def __init__(
        self, *args: Any, report: Report, units: list[Jurisdiction], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._indicators = {one.code: one for one in Indicator.objects.select_related("duty_area")}
        _offer(self, "indicator", choices=_by_area(self._indicators.values()))
        _offer(self, "unit", queryset=Jurisdiction.objects.filter(pk__in=[u.pk for u in units]))
        self.fields["unit"].initial = report.jurisdiction_id
        self.fields["year"].initial = report.evaluation_year

    def clean_indicator(self) -> Indicator:
        return self._indicators[self.cleaned_data["indicator"]]


class CiteForm(forms.Form):
    """Which achievement is to be cited, and how it is written."""

    achievement = forms.TypedChoiceField(label=_("Achievement"), coerce=int)
    form = forms.ChoiceField(label=_("Form"), choices=CitationForm.choices)

    def __init__(self, *args: Any, offered: Sequence[AchievementVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offers = bool(offered)
        self._offered = {one.achievement_id: one for one in offered}
        _offer(self, "achievement", choices=_by_unit(offered))

    def clean_achievement(self) -> AchievementVersion:
        return self._offered[self.cleaned_data["achievement"]]


class BindPlaceForm(forms.Form):
    """Where the words begin that the figure pressed for is to stand for; without, all are meant
    that are clear."""

    version = forms.IntegerField(min_value=1)
    start = forms.IntegerField(required=False, min_value=0)
    figure = forms.CharField(required=False, max_length=200)


class ReasonForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


def _offer(form: forms.Form, name: str, **offered: Any) -> None:
    for attribute, what in offered.items():
        setattr(form.fields[name], attribute, what)


def _by_unit(
    achievements: Iterable[AchievementVersion],
) -> list[tuple[str, list[tuple[int, str]]]]:
    """As a list offers them, in the order they come: by year and unit."""
    return [
        (f"{year} {unit}", [(one.achievement_id, one.name_in_text) for one in several])
        for (year, unit), several in groupby(
            achievements,
            key=lambda one: (one.achievement.evaluation_year, one.achievement.jurisdiction.name),
        )
    ]


def _by_area(indicators: Iterable[Indicator]) -> list[tuple[str, list[tuple[str, str]]]]:
    """As a list offers them: by duty area, in the catalogue's order."""
    ordered = sorted(indicators, key=lambda one: (one.duty_area.position, one.position))
    return [
        (area.name, [(one.code, one.name) for one in several])
        for area, several in groupby(ordered, key=lambda one: one.duty_area)
    ]
