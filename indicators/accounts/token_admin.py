"""Whose programs may ask, for administrators and auditors; administrators revoke tokens."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.accounts.sign_in_admin import sees_sign_ins
from indicators.accounts.tokens import revoke
from indicators.models import ApiToken, User
from indicators.recording.admin import NOTHING, READ, DoorAdmin, user_of

COLUMNS = ("name", "owner", "begins", "made_at", "expires_at", "last_used_at", "revoked_at")


class ApiTokenAdmin(DoorAdmin):
    """Read and revoked here; made by their owners alone. Nobody sees a text, nor its digest."""

    list_display = COLUMNS
    search_fields = ["owner__username", "owner__full_name", "name", "begins"]
    list_select_related = ["owner"]
    fields = readonly_fields = (*COLUMNS, "revoked_by")
    actions: Any = ["revoke"]

    def rights(self, user: User, thing: Model | None = None) -> Set[str]:
        return READ if sees_sign_ins(user) else NOTHING

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return user_of(request).keeps_accounts

    @admin.action(description=_("Revoke the chosen ones"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[ApiToken]) -> None:
        count = 0
        for token in chosen:
            if revoke(token, actor=user_of(request)):
                count += 1
                self.log_change(request, token, [{"changed": {"fields": ["revoked_at"]}}])
        said = ngettext("%(count)s token was revoked.", "%(count)s tokens were revoked.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)
