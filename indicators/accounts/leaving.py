"""The page on which an administrator closes an account and names who takes over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.accounts.admin import roles_of
from indicators.collection import Refusal
from indicators.figures.widgets import Select
from indicators.models import SignedInRequest, User
from indicators.recording.leaving import duties_of, leave
from indicators.recording.seen import digest_of_row
from indicators.recording.unit_choices import unit_name


class SuccessorField(forms.ModelChoiceField):
    """People by name and role, with the user name where several have both."""

    several: Collection[str] = ()

    def label_from_instance(self, user: Any) -> str:
        said = in_words(user)
        return f"{said} {user.username}" if said in self.several else said


def in_words(user: User) -> str:
    roles = "；".join(roles_of(user))
    return f"{user.get_full_name()}（{roles}）" if roles else user.get_full_name()


class LeavingForm(forms.Form):
    """`seen` is what the administrator was shown of the account."""

    seen = forms.CharField(widget=forms.HiddenInput)
    successor = SuccessorField(User.objects.none(), label=gettext_lazy("Successor"), widget=Select)
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea({"rows": 2}))

    def __init__(self, person: User, actor: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        others = User.objects.filter(is_active=True).exclude(pk__in=(person.pk, actor.pk))
        field: Any = self.fields["successor"]
        field.queryset = others.order_by("full_name", "username").prefetch_related("memberships")
        named = Counter(in_words(user) for user in field.queryset)
        field.several = {said for said, people in named.items() if people > 1}


@login_required
def leaving(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who takes over, and why; posted, it is done."""
    if not request.user.keeps_accounts:
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    duties = duties_of(person)
    if request.method != "POST":
        form = LeavingForm(person, request.user, initial={"seen": digest_of_row(person, duties)})
        return _page(request, person, form)
    form = LeavingForm(person, request.user, request.POST)
    if not form.is_valid():
        return _page(request, person, form, status=422)
    try:
        leave(person, actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return _page(request, person, form, status=409)
    names = {
        "person": person.get_full_name(),
        "successor": form.cleaned_data["successor"].get_full_name(),
    }
    messages.success(
        request, _("The account of %(person)s is closed; %(successor)s takes over.") % names
    )
    return redirect("admin:indicators_user_changelist")


def _page(
    request: SignedInRequest, person: User, form: LeavingForm, status: int = 200
) -> HttpResponse:
    duties = [(unit_name(one.jurisdiction_id), one) for one in duties_of(person)]
    context = {"person": person, "duties": duties, "form": form}
    return render(request, "accounts/leaving.html", context, status=status)
