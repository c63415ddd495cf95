import math
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from indicators.accounts import password_mail, sign_ins
from indicators.accounts.first_start import FirstStartForm, is_open
from indicators.accounts.navigation import THEME_COOKIE, THEMES
from indicators.accounts.start import StartForm
from indicators.models import FirstStartCode, SignedInRequest

A_YEAR = 365 * 24 * 3600


SIGN_IN = "accounts/login.html"
PASSWORDS = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    """Leads on to the first account while there is none; asks for a second's patience where many
    attempts from the address have failed."""

    template_name = SIGN_IN

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_open():
            return redirect("accounts:first_start")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if seconds := sign_ins.seconds_slowed(request, sign_ins.typed_name(request.POST)):
            said = _("Many attempts from this network address have failed. Try again in %(n)s s.")
            return _not_now(request, said % {"n": seconds}, seconds)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | _help()

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        sign_ins.remember_browser(self.request, response, form.get_user())
        return response


def locked(
    request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """What django-axes answers with in place of a page where the pair is locked."""
    seconds = sign_ins.seconds_locked(request, credentials)
    said = _(
        "The account “%(account)s” is locked at this network address after %(count)s failed"
        " attempts in a row. Try again in %(minutes)s min, at %(time)s. Other accounts are not"
        " locked."
    ) % {
        "account": _visible(sign_ins.typed_name(credentials)),
        "count": settings.AXES_FAILURE_LIMIT,
        "minutes": math.ceil(seconds / 60),
        "time": f"{timezone.localtime() + timedelta(seconds=seconds):%H:%M}",
    }
    return _not_now(request, said, seconds)


def _not_now(request: HttpRequest, said: str, seconds: int) -> HttpResponse:
    """The sign-in page again, with the name that was typed and why nothing was asked of it."""
    context = {
        "form": AuthenticationForm(request, initial={"username": request.POST.get("username")}),
        "next": request.POST.get("next", ""),
        "refused": said,
    } | _help()
    page = render(request, SIGN_IN, context, status=429)
    page.headers["Retry-After"] = str(seconds)
    return page


def _help() -> dict[str, Any]:
    """What somebody can do who does not get in."""
    return {"contact": settings.HELP_CONTACT, "mails": password_mail.is_set_up()}


def _visible(name: str) -> str:
    """Without signs that would turn the sentence around."""
    return "".join(sign for sign in name if sign.isprintable())


@sensitive_post_parameters("code", "password1", "password2")
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
        login(request, user, PASSWORDS)
        messages.success(request, _("The first account was made. It keeps accounts and units."))
        return redirect("home:home")
    return render(request, "accounts/first_start.html", {"form": form})


@sensitive_post_parameters("code", "password1", "password2")
def start(request: HttpRequest) -> HttpResponse:
    """The own password, chosen with the code that was handed out; signed in with it."""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = form.save()
        if user is not None:
            login(request, user, PASSWORDS)
            messages.success(request, _("The password is chosen, and you are signed in."))
            return redirect("home:home")
        form = StartForm(request.POST)  # somebody was quicker: now it says so
    return render(request, "accounts/start.html", {"form": form})


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
