from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.accounts.first_start import FirstStartForm, is_open
from indicators.accounts.navigation import THEME_COOKIE, THEMES
from indicators.models import FirstStartCode, SignedInRequest

A_YEAR = 365 * 24 * 3600


class SignIn(LoginView):
    """Leads on to the first account while there is none."""

    template_name = "accounts/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_open():
            return redirect("accounts:first_start")
        return super().get(request, *args, **kwargs)


def first_start(request: HttpRequest) -> HttpResponse:
    """The first account of an installation; no page once there is one."""
    if not is_open():
        raise Http404
    form = FirstStartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = form.save()
        except FirstStartCode.DoesNotExist:
            raise Http404 from None
        login(request, user)
        messages.success(request, _("The first account was made. It keeps accounts and units."))
        return redirect("home:home")
    return render(request, "accounts/first_start.html", {"form": form})


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark, or as the device has it; kept in a cookie, so it works without JavaScript."""
    chosen = request.POST.get("theme", "")
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    # Not `redirect(back)`, which takes a word without a slash for the name of a page.
    response = HttpResponseRedirect(back if here else reverse("home:home"))
    if chosen in THEMES:
        response.set_cookie(
            THEME_COOKIE, chosen, max_age=A_YEAR, samesite="Lax", secure=request.is_secure()
        )
    return response


@login_required
def password_changed(request: SignedInRequest) -> HttpResponse:
    messages.success(request, _("The password was changed."))
    return redirect("home:home")
