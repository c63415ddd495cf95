"""A new password by e-mail, where mail is set up: asked for, sent, chosen.

Django's own views and tokens. Decided: the answer is the same whether an account has the address
or not; who asks often from one network is told to wait, and an account gets a few mails an hour.
That is also how much could be learnt from how long an answer takes. An account that was never
started has no password to replace: it keeps its start-up code. Who asked is kept with the sign-ins.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.forms import PasswordResetForm
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _

from indicators.accounts.client import address_of
from indicators.accounts.sign_ins import keep
from indicators.models import SignInRecord, SignInResult, User

AN_HOUR = timedelta(hours=1)
FROM_AN_ADDRESS = 20  # an hour; an office shares one
OF_AN_ACCOUNT = 3


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def _asked(**event: Any) -> int:
    """How often a new password was asked for in the last hour."""
    lately = SignInRecord.objects.filter(
        result=SignInResult.ASKED_BY_MAIL, at__gt=timezone.now() - AN_HOUR
    )
    return lately.filter(**event).count()


class AskForm(PasswordResetForm):
    """Sends to every active account with the address, but no more than a few an hour."""

    send_to: Iterable[User] = ()

    def get_users(self, email: str) -> Iterable[User]:
        return self.send_to

    def save(self, *args: Any, **options: Any) -> None:
        there = list(super().get_users(self.cleaned_data["email"]))
        self.send_to = [one for one in there if _asked(username=one.username) < OF_AN_ACCOUNT]
        for name in [user.username for user in there] or [""]:
            keep(options["request"], name, SignInResult.ASKED_BY_MAIL)
        super().save(*args, **options)


class _WithMail:
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_set_up():
            raise Http404
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class Ask(_WithMail, auth.PasswordResetView):
    form_class = AskForm
    template_name = "accounts/ask_by_mail.html"
    email_template_name = "accounts/password_mail.txt"
    subject_template_name = "accounts/password_mail_subject.txt"
    success_url = reverse_lazy("accounts:asked_by_mail")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _asked(address=address_of(request)) >= FROM_AN_ADDRESS:
            said = _("Many have asked from this network address lately. Try again in an hour.")
            context = self.get_context_data(refused=said)
            return self.render_to_response(context, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: PasswordResetForm) -> HttpResponse:
        site = settings.SITE_URL or f"{self.request.scheme}://{self.request.get_host()}"
        self.extra_email_context = {"site": site.rstrip("/")}
        return super().form_valid(form)


class Asked(_WithMail, auth.PasswordResetDoneView):
    template_name = "accounts/asked_by_mail.html"


class Choose(_WithMail, auth.PasswordResetConfirmView):
    template_name = "accounts/choose_password.html"
    success_url = reverse_lazy("accounts:login")

    def get_user(self, uidb64: str) -> User | None:
        """Nobody, where the account was closed since the mail was sent."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("The password was changed. Please sign in."))
        return super().form_valid(form)
