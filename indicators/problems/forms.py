"""What is asked of the ledger, and what is said of problems, measures and documents."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.collection import supervises_unit
from indicators.figures.widgets import Day, Select
from indicators.measures.exact import plain
from indicators.measures.quantities import Unreadable, read_quantity
from indicators.models import (
    UNITS,
    Comparator,
    Criterion,
    DutyArea,
    Indicator,
    Jurisdiction,
    Measure,
    Problem,
    ProblemSource,
    ProblemState,
    User,
    names_apart,
)
from indicators.models.problem import COMPARATORS
from indicators.problems.queries import ACTS
from indicators.recording.unit_choices import UnitsField

UNSETTLED = "unsettled"


class LedgerForm(forms.Form):
    """Empty means all; without any choice the unsettled ones."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            (UNSETTLED, gettext_lazy("Not accepted")),
            *ProblemState.choices,
        ],
    )
    area = forms.ModelChoiceField(
        DutyArea.objects.all(),
        label=gettext_lazy("Duty area"),
        required=False,
        to_field_name="code",
        empty_label=gettext_lazy("All"),
    )
    unit = forms.CharField(label=gettext_lazy("Unit"), required=False, widget=Select)
    source = forms.ChoiceField(
        label=gettext_lazy("Source"),
        required=False,
        choices=[("", gettext_lazy("All")), *ProblemSource.choices],
    )
    overdue = forms.BooleanField(label=gettext_lazy("Overdue only"), required=False)

    def __init__(self, user: User, data: Any) -> None:
        super().__init__(data, label_suffix="")
        problems = Problem.objects.for_user(user)
        measures = Measure.objects.for_user(user)
        units = Jurisdiction.objects.filter(
            pk__in=problems.order_by().values("jurisdiction")
        ) | Jurisdiction.objects.filter(pk__in=measures.order_by().values("unit"))
        self.units = list(units.distinct().order_by("code"))
        names = names_apart(self.units)
        self.fields["unit"].widget.choices = [
            ("", _("All")),
            *((unit.slug, names[unit.pk]) for unit in self.units),
        ]

    def chosen(self, problems: QuerySet[Problem]) -> QuerySet[Problem]:
        """Those that fit. A unit means what it is concerned in, or answers for."""
        asked = self.cleaned_data
        if asked["state"] == UNSETTLED:
            problems = problems.exclude(state=ProblemState.ACCEPTED)
        elif asked["state"]:
            problems = problems.filter(state=asked["state"])
        if asked["area"]:
            problems = problems.filter(duty_area=asked["area"])
        if asked["source"]:
            problems = problems.filter(source=asked["source"])
        if asked["unit"]:
            unit = next((one for one in self.units if one.slug == asked["unit"]), None)
            if unit is None:
                return problems.none()
            of_unit = Measure.objects.filter(unit=unit).values("problem")
            concerned = problems.filter(jurisdiction=unit)
            problems = concerned | problems.filter(pk__in=of_unit)
        return problems


class ActForm(forms.Form):
    """What is done, over the version that was seen; what is wrong with the words says the door."""

    act = forms.ChoiceField(choices=[(act.value, "") for act in ACTS])
    version = forms.IntegerField(min_value=0)

    @property
    def reason(self) -> str:
        return str(self.data.get("reason", ""))


class ProblemForm(forms.ModelForm):
    """`version` is what was seen; of a new one none."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    unit = forms.CharField(label=gettext_lazy("Concerns"), widget=Select)
    indicator = forms.SlugField(widget=forms.HiddenInput, required=False)
    figure_year = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Problem
        fields = ("title", "description", "duty_area", "year", "source", "group_title")
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        self.order_fields(["title", "unit", "duty_area", "year", "source", "description"])
        self.units = units_to_choose(user)
        names = names_apart(self.units)
        self.fields["unit"].widget.choices = [(one.slug, names[one.pk]) for one in self.units]
        if self.instance.pk:
            for name in ("unit", "duty_area", "year", "source", "group_title"):
                del self.fields[name]
        else:
            sources = [one for one in ProblemSource.choices if one[0] != ProblemSource.REPORT]
            self.fields["source"].choices = sources  # type: ignore[attr-defined]

    def clean_unit(self) -> Jurisdiction:
        unit = next((one for one in self.units if one.slug == self.cleaned_data["unit"]), None)
        if unit is None:
            raise forms.ValidationError(_("There is no such unit."))
        return unit


def units_to_choose(user: User) -> list[Jurisdiction]:
    """The units of today for which the user decides, the city first."""
    found = Jurisdiction.objects.within(
        user.scope.paths[pk] for pk in user.scope.supervises
    ).filter(valid_to=None)
    return [unit for unit in found.order_by("code") if supervises_unit(user, unit)]


class CriterionForm(forms.Form):
    """A figure that would show it solved; a row without an indicator is none. The value is typed as
    on a sheet."""

    indicator = forms.CharField(label=gettext_lazy("Indicator"), required=False, widget=Select)
    comparator = forms.ChoiceField(
        label=gettext_lazy("Comparison"), choices=[(one.value, one.label) for one in COMPARATORS]
    )
    value = forms.CharField(label=gettext_lazy("Value"), required=False, max_length=40)
    from_year = forms.IntegerField(
        label=gettext_lazy("From year"), required=False, min_value=1990, max_value=2200
    )

    def __init__(self, *args: Any, indicators: dict[str, Indicator], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.indicators = indicators
        self.fields["indicator"].widget.choices = [
            ("", "—"),
            *((one.code, one.name) for one in indicators.values()),
        ]

    def clean(self) -> dict[str, Any]:
        asked: dict[str, Any] = super().clean() or {}
        code = asked.get("indicator")
        if not code:
            return asked
        indicator = self.indicators.get(code)
        if indicator is None:
            self.add_error("indicator", _("There is no such indicator."))
            return asked
        if not asked.get("from_year"):
            self.add_error("from_year", _("Say from which year on."))
        if indicator.is_statement:
            asked["comparator"], asked["number"] = Comparator.ALL, None
        elif asked.get("comparator") == Comparator.ALL:
            self.add_error("comparator", _("This indicator is compared with a number."))
        else:
            asked["number"] = self._number(indicator, asked.get("value", ""))
        return asked

    def _number(self, indicator: Indicator, text: str) -> Decimal | None:
        try:
            return read_quantity(text, UNITS[indicator.unit]).number
        except Unreadable:
            unit = UNITS[indicator.display_unit or indicator.unit].zh
            said = _("Write a number in %(unit)s.") % {"unit": unit}
            self.add_error("value", said)
            return None

    def criterion(self, unit: Jurisdiction) -> Criterion | None:
        """As it was asked for; None for an empty row."""
        asked = self.cleaned_data
        if not asked.get("indicator"):
            return None
        return Criterion(
            indicator=self.indicators[asked["indicator"]],
            jurisdiction=unit,
            comparator=asked["comparator"],
            value=asked.get("number"),
            from_year=asked["from_year"],
        )


class _Criteria(forms.BaseFormSet):
    def clean(self) -> None:
        codes = [code for form in self.forms if (code := form.cleaned_data.get("indicator"))]
        if len(codes) > len(set(codes)):
            raise forms.ValidationError(_("An indicator is chosen twice. Leave one."))


CriteriaForms = forms.formset_factory(
    CriterionForm, formset=_Criteria, extra=0, max_num=12, absolute_max=12
)


def as_typed(criterion: Criterion) -> dict[str, Any]:
    """What the row of a criterion that there is shows."""
    indicator = criterion.indicator
    unit = UNITS[indicator.display_unit or indicator.unit] if indicator.unit else None
    value = "" if criterion.value is None or unit is None else plain(criterion.value / unit.factor)
    return {
        "indicator": indicator.code,
        "comparator": criterion.comparator,
        "value": f"{value}{unit.zh}" if value and unit else "",
        "from_year": criterion.from_year,
    }


class MeasureForm(forms.ModelForm):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    unit = forms.CharField(label=gettext_lazy("Responsible unit"), widget=Select)

    class Meta:
        model = Measure
        fields = ("title", "description", "department", "due_on")
        widgets = {"description": forms.Textarea(attrs={"rows": 3}), "due_on": Day()}

    def __init__(self, units: list[Jurisdiction], **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        self.order_fields(["title", "unit", "department", "due_on", "description"])
        self.units = units
        names = names_apart(units)
        self.fields["unit"].widget.choices = [(one.slug, names[one.pk]) for one in units]
        if self.instance.pk:
            del self.fields["unit"]

    def clean_unit(self) -> Jurisdiction:
        unit = next((one for one in self.units if one.slug == self.cleaned_data["unit"]), None)
        if unit is None:
            raise forms.ValidationError(_("There is no such unit."))
        return unit


class TasksForm(forms.Form):
    """Which units have to do the same, and by when."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    due_on = forms.DateField(label=gettext_lazy("Deadline"), widget=Day)
    units = UnitsField(
        Jurisdiction.objects.none(),
        label=gettext_lazy("Units"),
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=500)

    def __init__(self, measure: Measure, **kwargs: Any) -> None:
        super().__init__(label_suffix="", **kwargs)
        have = measure.units_that_have_it().values("pk")
        below = Jurisdiction.objects.filter(parent=measure.unit_id, valid_to=None)
        self.fields["units"].queryset = (  # type: ignore[attr-defined]
            below.exclude(pk__in=have).order_by("code")
        )


class DocumentForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    title = forms.CharField(label=gettext_lazy("Title of the document"), max_length=200)
    issued_by = forms.CharField(label=gettext_lazy("Issuing body"), max_length=100, required=False)
    number = forms.CharField(
        label=gettext_lazy("Number of the document"), max_length=60, required=False
    )
    issued_on = forms.DateField(label=gettext_lazy("Date"), required=False, widget=Day)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix, self.auto_id = "", "id_document_%s"
