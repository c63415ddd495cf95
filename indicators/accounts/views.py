from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from indicators.accounts.navigation import THEME_COOKIE, THEMES
from indicators.models import SignedInRequest

A_YEAR = 365 * 24 * 3600


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
