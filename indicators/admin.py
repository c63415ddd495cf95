"""The Django admin: this module only gathers the rooms' own, under one site."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import re_path, reverse
from django.utils.translation import gettext_lazy as _

from indicators import models
from indicators.accounts.admin import MembershipAdmin, UserAdmin
from indicators.accounts.sign_in_admin import SignInLockAdmin, SignInRecordAdmin
from indicators.accounts.token_admin import ApiTokenAdmin
from indicators.catalogue import admin as catalogue
from indicators.entry.admin import YearlyValueAdmin
from indicators.exchange.admin_list import list_file


class Site(AdminSite):
    """Open to whoever may see anything on it; signing in and passwords are the application's."""

    site_title = _("Education duties")
    site_header = _("Education duties: administration")
    index_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, models.User) and any(
            model_admin.has_module_permission(request) for model_admin in self._registry.values()
        )

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
        if not self.has_permission(request):
            raise PermissionDenied
        return redirect("admin:index")

    def get_urls(self) -> list[Any]:
        place = re_path(
            r"^indicators/(?P<name>[a-z]+)/list\.(?P<kind>csv|xlsx)$",
            self.admin_view(self.list_file),
            name="list_file",
        )
        return [place, *super().get_urls()]

    def list_file(self, request: HttpRequest, name: str, kind: str) -> HttpResponseBase:
        """A list as a file, for whoever may see the list; all its pages, filtered and sorted."""
        by_name = {model._meta.model_name: one for model, one in self._registry.items()}
        model_admin = by_name.get(name)
        if model_admin is None:
            raise Http404
        if not model_admin.has_view_or_change_permission(request):
            raise PermissionDenied
        try:
            listed = model_admin.get_changelist_instance(request)
        except IncorrectLookupParameters:
            return redirect(f"admin:indicators_{name}_changelist")
        return list_file(request, model_admin, listed, kind)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("accounts:password")


site = Site()
site.register(models.YearlyValue, YearlyValueAdmin)
site.register(models.DutyArea, catalogue.DutyAreaAdmin)
site.register(models.Indicator, catalogue.IndicatorAdmin)
site.register(models.UnitOfMeasure, catalogue.UnitOfMeasureAdmin)
site.register(models.Definition, catalogue.DefinitionAdmin)
site.register(models.Framework, catalogue.FrameworkAdmin)
site.register(models.Target, catalogue.TargetAdmin)
site.register(models.Rule, catalogue.RuleAdmin)
site.register(models.Jurisdiction, catalogue.JurisdictionAdmin)
site.register(models.JurisdictionChange, catalogue.JurisdictionChangeAdmin)
site.register(models.User, UserAdmin)
site.register(models.Membership, MembershipAdmin)
site.register(models.SignInRecord, SignInRecordAdmin)
site.register(models.SignInLock, SignInLockAdmin)
site.register(models.ApiToken, ApiTokenAdmin)
