from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from indicators.home.tasks import tasks_for
from indicators.models import SignedInRequest


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """What is to be done next."""
    return render(request, "home/home.html", {"tasks": tasks_for(request.user)})
