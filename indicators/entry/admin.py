"""Yearly values in the Django admin: the same door as the sheet, with the history below the form.

Officers enter for their own unit and duty areas, leads of the unit and auditors read.
"""

from __future__ import annotations

import datetime
from collections.abc import Set
from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from indicators.collection import Refusal, Stale
from indicators.entry.admin_form import ValueForm
from indicators.entry.forms import contents, in_words
from indicators.figures.formatting import figure_words
from indicators.figures.history import versions_of
from indicators.models import Indicator, Jurisdiction, User, YearlyValue
from indicators.recording import save_value
from indicators.recording.admin import NOTHING, READ, DoorAdmin, UnitFilter, user_of

SAYS_WHERE = ["indicator", "jurisdiction", "year"]
SAYS_WHAT = ["as_entered", "statement", "state", "state_reason"]


class YearlyValueAdmin(DoorAdmin):
    form = ValueForm
    change_form_template = "admin/yearly_value.html"
    list_display = ["indicator", "in_unit", "year", "figure", "version", "changed_at", "who"]
    list_filter = [
        "year",
        "indicator__duty_area",
        ("jurisdiction", UnitFilter),
    ]
    search_fields = ["indicator__code", "indicator__name_zh", "indicator__name_en"]
    list_select_related = ["indicator", "jurisdiction", "change__actor"]
    list_per_page = 50

    def rights(self, user: User, thing: YearlyValue | None = None) -> Set[str]:
        scope = user.scope
        if thing is None:
            rights = READ if scope.own or scope.audits else NOTHING
            return rights | {"add", "change"} if scope.enters else rights
        enters = scope.may_enter(thing.jurisdiction_id, thing.indicator.duty_area_id)
        return READ | {"change"} if enters else READ

    def get_queryset(self, request: HttpRequest) -> QuerySet[YearlyValue]:
        mine = YearlyValue.objects.for_user(user_of(request))
        return super().get_queryset(request).filter(pk__in=mine.values("pk"))

    def get_fieldsets(self, request: HttpRequest, obj: YearlyValue | None = None) -> Any:
        what = [
            name
            for name in SAYS_WHAT
            if not (name == "statement" and obj and not obj.indicator.is_statement)
        ]
        period = ["provisional", "part_of_year", "period_from", "as_of"]
        seen = ["version"] if self.has_change_permission(request, obj) else []
        return [
            (None, {"fields": SAYS_WHERE}),
            (capfirst(_("figure")), {"fields": [*what, "note", "change_reason", *seen]}),
            (_("Period"), {"fields": period, "classes": ["collapse"]}),
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: YearlyValue | None = None
    ) -> list[str]:
        return SAYS_WHERE if obj else []

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Units and duty areas of the user's own memberships are all there is to choose from."""
        enters = user_of(request).scope.enters
        if db_field.name == "jurisdiction":
            kwargs["queryset"] = Jurisdiction.objects.filter(pk__in=enters)
        if db_field.name == "indicator" and all(enters.values()):
            areas = {area for limited in enters.values() for area in limited}
            kwargs["queryset"] = Indicator.objects.filter(duty_area__in=areas)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: YearlyValue, form: ValueForm, change: bool
    ) -> None:
        """Refuses what the door does, and: empty, where there is and was nothing."""
        reason = form.cleaned_data["change_reason"]
        saved = save_value(form.entry(), actor=user_of(request), reason=reason)
        if saved is None:
            raise Refusal("empty", field="value")
        obj.pk = saved.pk
        obj.refresh_from_db()

    def refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
        """Whoever saves again after the comparison saves over what they have now seen."""
        if isinstance(refusal, Stale):
            posted = request.POST.copy()
            posted["version"] = str(refusal.now.version if refusal.now else 0)
            request.POST = posted  # type: ignore[assignment]
        return None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        value = context["original"]
        refusal = getattr(request, "refusal", None)
        if value is not None:
            context["versions"] = versions_of(
                user_of(request),
                indicator=value.indicator_id,
                jurisdiction=value.jurisdiction_id,
                year=value.year,
            )
        if isinstance(refusal, Stale):
            context["conflict"] = refusal
            context["sides"] = {
                _("Before"): in_words(contents(refusal.before)),
                _("Mine"): in_words(context["adminform"].form.typed()),
                _("Theirs"): in_words(contents(refusal.now)),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history is on the page of the value itself."""
        value = self.get_object(request, object_id)
        page = reverse("admin:indicators_yearlyvalue_change", args=[value.pk])
        return redirect(f"{page}#history")

    @admin.display(description=_("figure"))
    def figure(self, value: YearlyValue) -> str:
        return figure_words(value, value.indicator)

    @admin.display(description=_("changed at"), ordering="change__at")
    def changed_at(self, value: YearlyValue) -> datetime.datetime | None:
        return value.change.at if value.change else None

    @admin.display(description=_("changed by"), ordering="change__actor")
    def who(self, value: YearlyValue) -> str:
        return value.change.actor.get_full_name() if value.change and value.change.actor else "—"
