from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render

from indicators.figures.notices import wording_of
from indicators.home.tasks import tasks_for
from indicators.models import Notice, SavedQuestion, SignedInRequest

NOTICES_AT_MOST = 5


@login_required
def home(request: SignedInRequest) -> HttpResponse:
    """What is to be done next, above it what the person was told and has not seen, and below it
    the tables that they pinned."""
    unseen = Notice.objects.for_user(request.user).unseen()
    of = ("submission__jurisdiction", "submission__round", "event__change", "indicator")
    notices = unseen.select_related(*of)[:NOTICES_AT_MOST]
    context = {
        "tasks": tasks_for(request.user),
        "notices": [wording_of(one) for one in notices],
        "pinned": SavedQuestion.objects.for_user(request.user).pinned(),
    }
    return render(request, "home/home.html", context)
