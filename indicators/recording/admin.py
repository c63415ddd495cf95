"""The Django admin's way through the door: who may, and what becomes of a refusal.

Decided: rights follow from `user.scope`, never from Django's permission tables or `is_superuser`.
What the door refuses is rolled back, and the form comes again with the refusal beside its box and
all that was typed. Nothing is deleted in bulk, and no list is filtered through what refers to it,
for that would tell of figures which the reader may not see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from indicators.collection import Refusal
from indicators.models import Jurisdiction, User
from indicators.recording.seen import digest_of_row
from indicators.recording.unit_choices import UnitField, UnitsField, unit_name

NOTHING: Set[str] = frozenset()
READ: Set[str] = frozenset({"view"})
ALL: Set[str] = frozenset({"view", "add", "change", "delete"})


def user_of(request: HttpRequest) -> User:
    """Who asks; the site lets nobody in who is not signed in."""
    return cast(User, request.user)


class Rights:
    """Django's questions about permission, answered from one method."""

    def rights(self, user: User, thing: Any = None) -> Set[str]:
        """What the user may do with the thing, or with any: view, add, change, delete."""
        raise NotImplementedError

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may("view", request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may("view", request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may("add", request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may("change", request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may("delete", request, obj)

    def _may(self, act: str, request: HttpRequest, thing: Any = None) -> bool:
        return isinstance(request.user, User) and act in self.rights(request.user, thing)


class UnitFilter(admin.RelatedOnlyFieldListFilter):
    """The units that rows are of."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        found = super().field_choices(field, request, model_admin)
        return [(pk, unit_name(int(pk))) for pk, _name in found]


class UnitChoices:
    """Units of one name are told apart by their years, in boxes and columns."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.related_model is Jurisdiction:
            kwargs["form_class"] = UnitField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.related_model is Jurisdiction:
            kwargs["form_class"] = UnitsField
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    @admin.display(description=_("jurisdiction"), ordering="jurisdiction__code")
    def in_unit(self, row: Any) -> str:
        return unit_name(row.jurisdiction_id)


class DoorForm(forms.ModelForm):
    """A form that comes back with what the door refused. `boxes` maps its fields to ours."""

    refusal: Refusal | None = None
    boxes: Mapping[str, str] = {}

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refusal is not None:
            box = self.boxes.get(self.refusal.field, self.refusal.field)
            error = ValidationError(self.refusal.message, code=self.refusal.code)
            self.add_error(box if box in self.fields else None, error)
        return self.cleaned_data


class SeenForm(DoorForm):
    """A form that knows what its editor had before them: the digest of the row it was made from.

    One that did not say what the door refused would be saved when it comes again, with the new
    digest.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen" in self.fields:
            self.initial["seen"] = self.digest()

    def digest(self) -> str:
        return digest_of_row(self.instance)

    def clean_seen(self) -> str:
        """Of a row that is stored; one that was taken out of the form is no digest of anything."""
        return (self.cleaned_data["seen"] or "missing") if self.instance.pk else ""


class DoorAdmin(Rights, UnitChoices, admin.ModelAdmin):
    """Forms and lists of one model. Subclasses save and delete in `save_model`, `delete_model`;
    what somebody else changed meanwhile is not deleted unseen.

    `instead_of_deleting` says what else can be done with a thing that is in use.
    """

    form: Any = DoorForm
    actions: Sequence[str] | None = None
    delete_confirmation_template = "admin/delete.html"
    instead_of_deleting: Any = ""

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> models.Model:
        """What is not the user's to see does not exist."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Own columns and the filters offered; the rest could count what others have written."""
        own = {field.name for field in self.opts.concrete_fields}
        filters = self.get_list_filter(request)
        offered = tuple(str(item[0] if isinstance(item, tuple) else item) for item in filters)
        known = lookup.split("__")[0] in own or lookup.startswith(offered)
        # What no column holds: PostgreSQL has no NUL, SQLite no number of so many digits.
        odd = "\x00" in str(value) or any(len(word) > 18 for word in re.findall(r"\d+", str(value)))
        return known and not odd and super().lookup_allowed(lookup, value, request)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """As Django's, which rolls back on a refusal; then once more, to show it."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refusal as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            answer = self.refused(request, refusal)
            if answer is not None:
                return answer
            return super().changeform_view(request, object_id, form_url, extra_context)

    def refused(self, request: HttpRequest, refusal: Refusal) -> HttpResponse | None:
        """Called before the form comes again, unless an answer is given instead.

        Whoever saves again after the comparison saves over what they have now seen.
        """
        if refusal.code == "thing_moved":
            posted = request.POST.copy()
            posted["seen"] = refusal.params["now"]
            request.POST = posted  # type: ignore[assignment]
        return None

    def beside(self, thing: Any) -> Iterable[models.Model]:
        """Rows that are a part of the thing, whose change is one of it."""
        return ()

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """With what is seen before it is deleted; kept where the page comes again."""
        thing = context["object"]
        seen = request.POST.get("seen", "") or digest_of_row(thing, self.beside(thing))
        return super().render_delete_form(request, context | {"seen": seen})

    def refuse_moved_since(self, request: HttpRequest, thing: models.Model) -> str:
        """The digest of what was seen. Refuses: moved_before_deletion."""
        seen = request.POST.get("seen", "")
        if seen and seen != digest_of_row(thing, self.beside(thing)):
            raise Refusal("moved_before_deletion")
        return seen

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.refuse_moved_since(request, obj)
        super().delete_model(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except Refusal as refusal:
            return self.not_deleted(request, object_id, refusal)

    def not_deleted(self, request: HttpRequest, object_id: str, refusal: Refusal) -> HttpResponse:
        sentence = f"{refusal.message} {self.instead_of_deleting}".strip()
        self.message_user(request, sentence, messages.ERROR)
        opts = self.opts
        return redirect(
            reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[object_id])
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Only the things themselves: what refers to them may not be the reader's to see."""
        names = [str(thing) for thing in objs]
        return names, {self.opts.verbose_name_plural: len(names)}, set(), []
