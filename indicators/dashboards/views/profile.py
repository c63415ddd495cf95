from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from indicators.dashboards import findings
from indicators.dashboards.asked import page, refused, unit_asked
from indicators.dashboards.forms import ProfileForm
from indicators.dashboards.matrix_rows import of_profile
from indicators.figures.boundaries import Boundaries, units_then
from indicators.figures.profile import profile_of
from indicators.models import Jurisdiction, SignedInRequest, User


@login_required
def profile(request: SignedInRequest) -> HttpResponse:
    """One unit: its course through the years, and where it stands in its comparison group."""
    form = unit_asked(request, ProfileForm)
    if not form.is_valid():
        return refused(request, form)
    year, tier = form.cleaned_data["year"], form.cleaned_data["tier"]
    boundaries = form.cleaned_data["boundaries"]
    found = profile_of(request.user, form.unit, year, tier=tier, boundaries=boundaries)
    area = form.cleaned_data["area"]
    lines = [one for one in found.lines if area in ("", one.figure.indicator.duty_area.code)]
    over_now = boundaries == Boundaries.NOW
    context = {
        "unit": form.unit,
        "was_there": form.unit.valid_in(year),
        "over_now": over_now,
        "refused": found.refused,
        "then": _then(request.user, form.unit, year) if over_now else [],
        "peers": found.peers,
        "lines": lines,
        "rows": of_profile(lines, over_now=over_now, peers=bool(found.peers)),
        "finding": found.refused or findings.of_profile(lines),
    }
    return page(request, "profile", form, context)


def _then(user: User, unit: Jurisdiction, year: int) -> list[tuple[Jurisdiction, str]]:
    """The units that it was in the year; none where it was itself there, and nothing else."""
    found = units_then(user, unit, year)
    return [] if [one for one, _name in found] == [unit] else found
