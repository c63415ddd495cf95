"""Who signed in and who failed to, for administrators and auditors; administrators lift locks."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from indicators.models import Role, SignInLock, SignInRecord, User
from indicators.recording.admin import NOTHING, READ, DoorAdmin, user_of


def sees_sign_ins(user: User) -> bool:
    return user.keeps_accounts or Role.AUDITOR in user.scope.roles


class _Kept(DoorAdmin):
    """What is read and never written here."""

    def rights(self, user: User, thing: Model | None = None) -> Set[str]:
        return READ if sees_sign_ins(user) else NOTHING


class SignInRecordAdmin(_Kept):
    list_display = ["moment", "account", "address", "browser", "result"]
    list_filter = ["result", "at"]
    search_fields = ["username", "address"]
    fields = ["moment", "account", "address", "browser", "result"]
    readonly_fields = ["moment", "account"]
    show_full_result_count = False

    @admin.display(description=_("time"), ordering="at")
    def moment(self, record: SignInRecord) -> str:
        return _to_the_second(record.at)

    @admin.display(description=_("account"), ordering="username")
    def account(self, record: SignInRecord) -> str:
        return record.username or str(_("(no such account)"))


class SignInLockAdmin(_Kept):
    """Pairs with a failure in the time that a lock lasts, whether locked already or not."""

    list_display = ["account", "network", "last", "failures", "locked_until"]
    search_fields = ["username", "ip_address"]
    fields = ["account", "network", "last", "failures", "locked_until"]
    readonly_fields = ["account", "network", "last", "failures", "locked_until"]
    actions: Any = ["lift"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SignInLock]:
        return SignInLock.objects.counting().order_by("-attempt_time")

    def has_lift_permission(self, request: HttpRequest) -> bool:
        return user_of(request).keeps_accounts

    @admin.action(description=_("Lift the lock of the chosen ones"), permissions=["lift"])
    def lift(self, request: HttpRequest, chosen: QuerySet[SignInLock]) -> None:
        """Their failures are forgotten; that it was done, and by whom, is kept."""
        self.log_deletions(request, chosen)
        count, _by_model = chosen.delete()
        said = ngettext("%(count)s lock was lifted.", "%(count)s locks were lifted.", count)
        self.message_user(request, said % {"count": count}, messages.SUCCESS)

    @admin.display(description=_("account"), ordering="username")
    def account(self, lock: SignInLock) -> str:
        return lock.account or str(_("(no such account)"))

    @admin.display(description=_("network address"), ordering="ip_address")
    def network(self, lock: SignInLock) -> str:
        return str(lock.ip_address)

    @admin.display(description=_("last failure"), ordering="attempt_time")
    def last(self, lock: SignInLock) -> str:
        return _to_the_second(lock.attempt_time)

    @admin.display(description=_("failures in a row"), ordering="failures_since_start")
    def failures(self, lock: SignInLock) -> int:
        return int(lock.failures_since_start)

    @admin.display(description=_("locked until"), empty_value="—")
    def locked_until(self, lock: SignInLock) -> str | None:
        return _to_the_second(lock.until) if lock.until else None


def _to_the_second(moment: Any) -> str:
    return date_format(localtime(moment), "Y-m-d H:i:s")
