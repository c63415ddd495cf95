"""The plan of a round, with last year's indicators and all the city's units to begin with."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.collection import FIRST_YEAR, last_year
from indicators.figures.widgets import Day
from indicators.models import Indicator, Jurisdiction, Round
from indicators.recording.asking import units_that_enter
from indicators.recording.unit_choices import UnitsField

YEAR, PK = re.compile("[0-9]{4}"), re.compile("[0-9]{1,9}")
BOXES = ("indicators", "jurisdictions")
DAYS_OPEN, DAYS_FOR_CORRECTION = 30, 30


class RoundForm(forms.ModelForm):
    """`version` is what the supervisor saw."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(),
        label=gettext_lazy("Indicators"),
        widget=forms.CheckboxSelectMultiple,
    )
    jurisdictions = UnitsField(
        Jurisdiction.objects.none(),
        label=gettext_lazy("Reporting units"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Round
        fields = ("evaluation_year", "title", "instructions", "opens_on", "due_on", "closes_on")
        widgets = {"opens_on": Day(), "due_on": Day(), "closes_on": Day()}

    def __init__(self, *, city: Jurisdiction, **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        self.instance.city = city
        year = self.instance.evaluation_year or year_in(self.initial)
        # What is not of the year that was sent is refused by the door, by name.
        indicators, units = Indicator.objects.all(), units_ever_of(city)
        if not self.is_bound:
            asked, chosen = (chosen_in(self.initial, name) for name in BOXES)
            indicators = indicators.asked_in(year) | indicators.filter(pk__in=asked)
            units = units.valid_in(year) | units.filter(pk__in=chosen)
        self.fields["indicators"].queryset = indicators.select_related(  # type: ignore[attr-defined]
            "duty_area"
        ).order_by("duty_area__position", "position", "code")
        self.fields["jurisdictions"].queryset = units  # type: ignore[attr-defined]
        if self.instance.pk:
            self.fields["evaluation_year"].disabled = True

    def clean_evaluation_year(self) -> int:
        year: int = self.cleaned_data["evaluation_year"]
        if not FIRST_YEAR <= year <= last_year():
            raise forms.ValidationError(
                _("Choose a year from %(first)s to %(last)s.")
                % {"first": FIRST_YEAR, "last": last_year()}
            )
        return year


def year_in(data: Mapping[str, Any]) -> int:
    """The evaluation year as far as it can be read; else this one."""
    year = str(data.get("evaluation_year", ""))
    return int(year) if YEAR.fullmatch(year) else timezone.localdate().year


def chosen_in(data: Mapping[str, Any], name: str) -> list[int]:
    """Indicators or units (ids) that are ticked, those among them that are not of the year."""
    chosen = (getattr(one, "pk", one) for one in data.get(name, ()))
    return [int(pk) for pk in chosen if PK.fullmatch(str(pk))]


def units_of(city: Jurisdiction, year: int) -> Any:
    """The city's own offices and the units right below it that report in the year, and those that
    ended and still have to report figures of the years before."""
    of_its_years = Indicator.objects.annotate(of=F("lag") + year).filter(
        of__gte=OuterRef("valid_from"), of__lt=OuterRef("valid_to")
    )
    ever = units_ever_of(city)
    return ever.valid_in(year) | ever.filter(Exists(of_its_years), valid_to__lte=year)


def units_ever_of(city: Jurisdiction) -> Any:
    units = Jurisdiction.objects.filter(pk=city.pk) | Jurisdiction.objects.filter(parent=city)
    return units.order_by("code", "valid_from")


def beginning(city: Jurisdiction, year: int) -> dict[str, Any]:
    """What a new plan begins with: the indicators of the latest round before it, else all, and the
    units of its year that have any of them to enter. Instructions are of one year: none are taken
    over in silence."""
    today = timezone.localdate()
    before = Round.objects.filter(city=city, evaluation_year__lt=year).first()
    ever = before.indicators.all() if before else Indicator.objects.all()
    indicators = ever.asked_in(year)
    due = today + datetime.timedelta(days=DAYS_OPEN)
    return {
        "version": 0,
        "evaluation_year": year,
        "title": _("Collection for %(year)s") % {"year": year},
        "instructions": "",
        "opens_on": today,
        "due_on": due,
        "closes_on": due + datetime.timedelta(days=DAYS_FOR_CORRECTION),
        "indicators": indicators,
        "jurisdictions": units_that_enter(indicators, units_of(city, year), year),
    }
