"""Accounts and memberships: kept by administrators, and by a superuser until there are any.

Decided: nobody changes their own rights; superusers are made on the command line only; who has
roles or a history is not deleted but deactivated.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import UserAdmin as DjangosUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import Field, ManyToManyField, ProtectedError, QuerySet
from django.forms import CheckboxSelectMultiple, ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from indicators.accounts.codes import new_start_codes
from indicators.accounts.slips import Slip, slips_page
from indicators.collection import Refusal
from indicators.models import Membership, User
from indicators.recording.admin import (
    ALL,
    NOTHING,
    READ,
    DoorAdmin,
    Rights,
    SeenForm,
    UnitChoices,
    UnitFilter,
)
from indicators.recording.in_use import held_by
from indicators.recording.seen import digest_of_row, refuse_moved
from indicators.recording.unit_choices import unit_name


def rights_over_accounts(user: User, *, is_own: bool = False) -> Set[str]:
    """Administrators keep accounts and memberships but for their own, auditors read them."""
    if user.keeps_accounts:
        return READ if is_own else ALL
    return READ if user.is_active and user.scope.audits else NOTHING


# Some ten duty areas: boxes to tick show at once which are chosen.
TICKED: dict[type[Field], dict[str, Any]] = {ManyToManyField: {"widget": CheckboxSelectMultiple}}


class AccountForm(SeenForm, UserChangeForm):
    """Its rights are a part of an account: who changes them changes what somebody else has seen."""

    def digest(self) -> str:
        return digest_of_row(self.instance, rights_of(self.instance))


def rights_of(user: User) -> QuerySet[Membership]:
    """The memberships of an account, as its digest takes them."""
    found = Membership.objects.filter(user=user.pk) if user.pk else Membership.objects.none()
    return found.prefetch_related("duty_areas").order_by("pk")


class MembershipForm(SeenForm):
    class Meta:
        model = Membership
        exclude: list[str] = []


class MembershipInline(Rights, UnitChoices, admin.StackedInline):
    model = Membership
    extra = 0
    formfield_overrides = TICKED

    def rights(self, user: User, thing: User | None = None) -> Set[str]:
        return rights_over_accounts(user, is_own=thing == user)


class UserAdmin(DoorAdmin, DjangosUserAdmin):
    form = AccountForm
    add_form_template = "admin/new_user.html"
    change_form_template = "admin/user_change.html"
    change_list_template = "admin/users.html"
    actions = ("hand_out_codes",)
    inlines = [MembershipInline]
    list_display = ["username", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role", ("memberships__jurisdiction", UnitFilter)]
    search_fields = ["username", "full_name"]
    ordering = ["username"]
    filter_horizontal = ()
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["full_name", "telephone", "email"]}),
        (_("Access"), {"fields": ["is_active", "superuser", "last_login", "date_joined", "seen"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "full_name", "usable_password", "password1", "password2"]})
    ]
    instead_of_deleting = _("Deactivate the account, and its work stays.")

    def rights(self, user: User, thing: User | None = None) -> Set[str]:
        found = rights_over_accounts(user)
        return found - {"delete"} if thing == user else found

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("memberships__jurisdiction")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        own = ["is_active"] if obj == request.user else []
        return ["superuser", "last_login", "date_joined", *own]

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        if change:
            User.objects.select_for_update().get(pk=obj.pk)
            refuse_moved(obj, form.cleaned_data["seen"], rights_of(obj))
        super().save_model(request, obj, form, change)

    def beside(self, thing: User) -> QuerySet[Membership]:
        return rights_of(thing)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        self.refuse_moved_since(request, obj)
        if done := LogEntry.objects.filter(user=obj):
            raise Refusal("in_use", held=held_by(done))
        try:
            obj.delete()
        except ProtectedError as error:
            raise Refusal("in_use", held=held_by(error.protected_objects)) from error

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_actions(request)
        found.pop("delete_selected", None)  # an account is deleted by itself, or deactivated
        return found

    @admin.action(description=_("Hand out new start-up codes"), permissions=["change"])
    def hand_out_codes(self, request: HttpRequest, users: QuerySet[User]) -> HttpResponse | None:
        """The passwords that they have are void from now on; the own stays."""
        found = users.exclude(username=request.user.get_username()).filter(is_active=True)
        people = list(found.prefetch_related("memberships__jurisdiction"))
        if not people:
            self.message_user(request, _("None of them is active and another’s."), messages.WARNING)
            return None
        codes = new_start_codes(people)
        for user in people:
            self.log_change(request, user, [{"changed": {"fields": ["password"]}}])
        return slips_page(request, [Slip(one, codes[one], roles_of(one)) for one in people])

    @admin.display(description=User._meta.get_field("is_superuser").verbose_name, boolean=True)
    def superuser(self, user: User) -> bool:
        """Without Django's explanation: here it opens accounts and nothing else."""
        return user.is_superuser

    @admin.display(description=_("roles"))
    def roles(self, user: User) -> str:
        return "; ".join(roles_of(user))


def roles_of(user: User) -> list[str]:
    """The unit and the role of each membership, in words."""
    return [
        f"{unit_name(membership.jurisdiction_id)} · {membership.get_role_display()}"
        for membership in user.memberships.all()
    ]


class MembershipAdmin(DoorAdmin):
    form = MembershipForm
    list_display = ["user", "in_unit", "role", "areas"]
    list_filter = ["role", ("jurisdiction", UnitFilter)]
    search_fields = ["user__username", "user__full_name", "jurisdiction__name_zh"]
    list_select_related = ["user", "jurisdiction"]
    formfield_overrides = TICKED

    def rights(self, user: User, thing: Membership | None = None) -> Set[str]:
        is_own = thing is not None and thing.user_id == user.pk
        return rights_over_accounts(user, is_own=is_own)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).prefetch_related("duty_areas")

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> list[str]:
        return ["user"] if obj else []

    def save_model(
        self, request: HttpRequest, obj: Membership, form: ModelForm, change: bool
    ) -> None:
        if obj.user_id == request.user.pk:
            raise Refusal("own_rights", field="user")
        if change:
            User.objects.select_for_update().get(pk=obj.user_id)
            refuse_moved(obj, form.cleaned_data["seen"])
        obj.save()

    @admin.display(description=_("duty areas"))
    def areas(self, membership: Membership) -> str:
        names = [area.name for area in membership.duty_areas.all()]
        return "、".join(names) if names else str(_("all"))
