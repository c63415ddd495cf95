"""The catalogue in the Django admin: read by all with business here, changed by editors."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any

from django.contrib import admin
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from indicators.catalogue.forms import (
    CatalogueForm,
    IndicatorForm,
    PlainDecimalField,
    UnitOfMeasureForm,
)
from indicators.collection import ApprovedWouldMove, Refusal
from indicators.figures.moved import moved_figures
from indicators.measures.exact import plain
from indicators.models import (
    UNITS,
    Definition,
    Indicator,
    ProposalAct,
    Target,
    UnitOfMeasure,
    User,
)
from indicators.models.naming import in_language
from indicators.models.numbers import ExactNumberField
from indicators.recording import catalogue
from indicators.recording.admin import ALL, NOTHING, READ, DoorAdmin, user_of
from indicators.recording.asked_years import answered_units, refuse_unanswered
from indicators.recording.proposal import propose
from indicators.recording.seen import digest_of_row
from indicators.recording.unit_choices import unit_name
from indicators.recording.unit_of_measure import save_unit_of_measure


class CatalogueAdmin(DoorAdmin):
    """`door` saves one; `fixed` are fields that are given once."""

    form = CatalogueForm
    change_form_template = "admin/catalogue_change.html"
    formfield_overrides = {ExactNumberField: {"form_class": PlainDecimalField}}
    door: Callable[..., Any] = staticmethod(catalogue.save_other)
    fixed: list[str] = []

    def rights(self, user: User, thing: Any = None) -> Set[str]:
        if user.scope.edits_catalogue:
            return ALL
        return READ if user.scope.reads_catalogue else NOTHING

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.readonly_fields, *(self.fixed if obj else [])]

    def save_model(
        self, request: HttpRequest, obj: models.Model, form: ModelForm, change: bool
    ) -> None:
        seen = form.cleaned_data["seen"]
        try:
            self.door(obj, actor=user_of(request), seen=seen)
        except ApprovedWouldMove as refusal:
            refusal.params["proposed"] = (obj, ProposalAct.SAVE, seen)
            raise

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        seen = self.refuse_moved_since(request, obj)
        try:
            catalogue.delete(obj, actor=user_of(request), seen=seen)
        except ApprovedWouldMove as refusal:
            refusal.params["proposed"] = (obj, ProposalAct.DELETE, digest_of_row(obj))
            raise

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """With what the editor had before them, where the form is one that saves."""
        sets = super().get_fieldsets(request, obj)
        if not self.has_change_permission(request, obj):
            return [
                (name, {**of, "fields": [f for f in of["fields"] if f != "seen"]})
                for name, of in sets
            ]
        listed = {field for _name, of in sets for field in of["fields"]}
        return sets if "seen" in listed else [*sets, (None, {"fields": ["seen"]})]

    def refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
        """With a reason, what would move approved figures is proposed instead."""
        proposed = self._proposed(request, refusal)
        return proposed or super().refused(request, refusal)

    def not_deleted(self, request: HttpRequest, object_id: str, refusal: Refusal) -> HttpResponse:
        """The page comes again and asks for the reason, where one is needed."""
        if not isinstance(refusal, ApprovedWouldMove):
            return super().not_deleted(request, object_id, refusal)
        proposed = self._proposed(request, refusal)
        if proposed:
            return proposed
        request.method = "GET"
        return admin.ModelAdmin.delete_view(
            self, request, object_id, {"would_move": _would_move(refusal, user_of(request))}
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        refusal = getattr(request, "refusal", None)
        if isinstance(refusal, ApprovedWouldMove):
            context["would_move"] = _would_move(refusal, user_of(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def _proposed(self, request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
        reason = request.POST.get("proposal_reason", "")
        if not isinstance(refusal, ApprovedWouldMove) or not reason.strip():
            return None
        thing, act, seen = refusal.params["proposed"]
        made = propose(thing, act=act, actor=user_of(request), reason=reason, seen=seen)
        self.message_user(request, _("Proposed; it is done when a supervisor confirms it."))
        return redirect("catalogue:proposal", made.pk)


def _would_move(refusal: ApprovedWouldMove, user: User) -> dict[str, Any]:
    """What an editor may see of it: how many there are, and the city's own."""
    figures = moved_figures(refusal.moved)
    return {
        "count": len(figures),
        "of_the_city": [one for one in figures if one.is_seen_by(user)],
    }


class DutyAreaAdmin(CatalogueAdmin):
    list_display = ["name_zh", "code", "kind", "position"]
    list_filter = ["kind"]
    search_fields = ["code", "name_zh", "name_en"]
    fixed = ["code"]


class IndicatorAdmin(CatalogueAdmin):
    form = IndicatorForm
    door = staticmethod(catalogue.save_indicator)
    list_display = ["name_zh", "code", "duty_area", "in_unit_of", "quantity_kind", "aggregation"]
    list_filter = [
        "duty_area",
        "quantity_kind",
        "aggregation",
        "reporting_level",
        "period_kind",
        "stage",
    ]
    search_fields = ["code", "name_zh", "name_en", "aliases", "owner_department"]
    list_select_related = ["duty_area"]
    fixed = ["code"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only reads finds the units of measure by name."""
        sets = super().get_fieldsets(request, obj)
        if self.has_change_permission(request, obj):
            return sets
        said = {"unit": "in_unit_of", "display_unit": "shown_in"}
        return [
            (name, {**of, "fields": [said.get(f, f) for f in of["fields"]]}) for name, of in sets
        ]

    def response_add(
        self, request: HttpRequest, obj: Indicator, post_url_continue: str | None = None
    ) -> HttpResponse:
        """What it means comes next: a link to its first definition."""
        address = f"{reverse('admin:indicators_definition_add')}?indicator={obj.pk}"
        words = _("Add the definition of %(name)s") % {"name": obj.name}
        self.message_user(request, format_html('<a href="{}">{}</a>', address, words))
        return super().response_add(request, obj, post_url_continue)

    @admin.display(description=_("unit"), ordering="unit")
    def in_unit_of(self, indicator: Indicator) -> str:
        return _unit_named(indicator.unit)

    @admin.display(description=_("display unit"), ordering="display_unit")
    def shown_in(self, indicator: Indicator) -> str:
        return _unit_named(indicator.display_unit)


def _unit_named(code: str) -> str:
    unit = UNITS.get(code)
    return in_language(unit.zh, unit.en) if unit else code


class UnitOfMeasureAdmin(CatalogueAdmin):
    form = UnitOfMeasureForm
    door = staticmethod(save_unit_of_measure)
    list_display = ["name_zh", "code", "base_unit", "plain_factor", "dimension", "whole", "words"]
    list_filter = ["whole"]
    search_fields = ["code", "name_zh", "name_en", "words"]
    fixed = ["code"]

    @admin.display(description=_("base unit"), ordering="base")
    def base_unit(self, unit: UnitOfMeasure) -> str | None:
        return None if unit.base == unit.code else _unit_named(unit.base)

    @admin.display(description=_("factor"), ordering="factor")
    def plain_factor(self, unit: UnitOfMeasure) -> str:
        return plain(unit.factor)


class DefinitionAdmin(CatalogueAdmin):
    door = staticmethod(catalogue.save_definition)
    fields = [
        "indicator",
        "version",
        "valid_from",
        "formula",
        "meaning_zh",
        "meaning_en",
        "source_zh",
    ]
    readonly_fields = ["version"]
    list_display = ["indicator", "code", "version", "valid_from", "formula"]
    list_filter = ["indicator__duty_area", ("formula", admin.EmptyFieldListFilter)]
    search_fields = ["indicator__code", "indicator__name_zh", "meaning_zh", "formula"]
    list_select_related = ["indicator"]
    fixed = ["indicator"]

    @admin.display(description=_("code"), ordering="indicator__code")
    def code(self, definition: Definition) -> str:
        return definition.indicator.code


class FrameworkAdmin(CatalogueAdmin):
    list_display = ["name_zh", "code", "basis"]
    list_filter = ["basis"]
    search_fields = ["code", "name_zh", "name_en"]
    fixed = ["code"]


class TargetAdmin(CatalogueAdmin):
    door = staticmethod(catalogue.save_target)
    list_display = [
        "indicator",
        "threshold",
        "whom",
        "year",
        "framework",
        "principal",
        "confirmed",
    ]
    list_filter = ["framework", "level", "confirmed", "principal", "indicator__duty_area"]
    search_fields = ["indicator__code", "indicator__name_zh", "legal_basis"]
    list_select_related = ["indicator", "framework", "jurisdiction"]

    @admin.display(description=_("target"))
    def threshold(self, target: Target) -> str:
        ends = [plain(end) for end in (target.value, target.value_to) if end is not None]
        return " ".join([str(target.get_comparator_display()), "–".join(ends)]).strip()

    @admin.display(description=_("binds"))
    def whom(self, target: Target) -> str:
        if target.jurisdiction_id:
            return unit_name(target.jurisdiction_id)
        return str(target.get_level_display())


class RuleAdmin(CatalogueAdmin):
    door = staticmethod(catalogue.save_rule)
    list_display = ["name_zh", "code", "kind", "severity", "valid_from", "valid_to"]
    list_filter = ["kind", "severity"]
    search_fields = ["code", "name_zh", "name_en", "legal_basis"]
    filter_horizontal = ["indicators"]
    fixed = ["code"]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The indicators it names are a part of it, so they pass the door as well."""
        with catalogue.changing_catalogue(actor=user_of(request)):
            super().save_related(request, form, formsets, change)


class JurisdictionAdmin(CatalogueAdmin):
    door = staticmethod(catalogue.save_jurisdiction)
    change_list_template = "admin/jurisdictions.html"
    list_display = ["name_zh", "code", "level", "parent", "valid_from", "valid_to", "confirmed"]
    list_filter = ["level", "code_scheme", "confirmed"]
    search_fields = ["code", "name_zh", "name_en", "group_zh", "subgroup_zh"]
    list_select_related = ["parent"]


class JurisdictionChangeAdmin(CatalogueAdmin):
    change_list_template = "admin/jurisdictions.html"
    list_display = ["year", "kind", "units_before", "units_after", "legal_basis", "confirmed"]
    list_filter = ["kind", "confirmed"]
    search_fields = ["from_units__name_zh", "to_units__name_zh", "legal_basis"]
    exclude = ["change"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return super().get_queryset(request).prefetch_related("from_units", "to_units")

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The units it names are a part of it, so they pass the door as well. Refuses:
        change_moves_approved, unit_in_round."""
        try:
            with catalogue.changing_catalogue(actor=user_of(request)) as touched:
                touched.of_change(form.instance)
                ended = answered_units(form.instance)
                super().save_related(request, form, formsets, change)
                refuse_unanswered(ended)
                touched.of_change(form.instance)
        except ApprovedWouldMove as refusal:
            raise Refusal("change_moves_approved", n=len(refusal.moved)) from refusal

    @admin.display(description=_("from"))
    def units_before(self, change: Any) -> str:
        return "、".join(unit_name(unit.pk) for unit in change.from_units.all())

    @admin.display(description=_("to"))
    def units_after(self, change: Any) -> str:
        return "、".join(unit_name(unit.pk) for unit in change.to_units.all())
