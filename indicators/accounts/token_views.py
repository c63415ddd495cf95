from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from indicators.accounts.tokens import TokenForm, make_token, revoke
from indicators.models import ApiToken, SignedInRequest


@login_required
@never_cache
def tokens(request: SignedInRequest) -> HttpResponse:
    """The person's own tokens; a new one's text is on the page that answers its making, only."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    text = ""
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        _token, text = make_token(request.user, given["name"], given["days"])
        form = TokenForm()
    context = {"form": form, "text": text, "tokens": request.user.api_tokens.all()}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke_token(request: SignedInRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk, owner=request.user)
    if revoke(token, actor=request.user):
        messages.success(request, _("The token “%(name)s” is revoked.") % {"name": token.name})
    return redirect("accounts:tokens")
