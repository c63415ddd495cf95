from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from indicators.accounts.navigation import first_page
from indicators.models import SignedInRequest


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """To where this role's work begins."""
    page = first_page(request.user)
    return redirect(page) if page else render(request, "accounts/no_role.html")


@login_required
def password_changed(request: SignedInRequest) -> HttpResponse:
    messages.success(request, _("The password was changed."))
    return redirect("accounts:home")
