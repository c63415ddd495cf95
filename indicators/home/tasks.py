"""What each role does next."""

from __future__ import annotations

from collections.abc import Iterator, Set
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.figures import Figure, evaluation_years, figures_of, progress_of_units, tallies
from indicators.figures.doubt_sources import doubts_in_sums
from indicators.home.city_tasks import tasks_of_city
from indicators.home.problem_tasks import (
    measures_to_do,
    problems_to_decide,
    problems_to_watch,
)
from indicators.home.report_tasks import tasks_of_reports
from indicators.home.task import Task, in_order
from indicators.home.unit_tasks import tasks_of_unit
from indicators.models import (
    Jurisdiction,
    Role,
    Round,
    Status,
    Target,
    Tier,
    User,
    ValueRevision,
)


def tasks_for(user: User) -> list[Task]:
    """The tasks of all the user's roles, by deadline; of those without one, what holds others up
    comes first."""
    scope = user.scope
    found: list[Task] = []
    year = next(iter(evaluation_years(user)), None) if scope.sees_figures else None
    asked = _asked_since(year) if year else set()
    if scope.own:
        found += tasks_of_unit(user)
        found += measures_to_do(user)
    if scope.supervises or scope.audits:
        found += tasks_of_city(user)
    if scope.own or scope.supervises:
        found += tasks_of_reports(user)
    if scope.supervises:
        found += _doubted(user)
        found += problems_to_decide(user)
    elif scope.audits:
        found += problems_to_watch(user)
    if year is not None and scope.own:
        found += _sheets(user, year, asked)
    if year is not None and scope.whole:
        found += _city(user, year, asked)
    if scope.edits_catalogue:
        found += _catalogue()
    if scope.audits:
        found += _audit(user)
    if Role.ADMINISTRATOR in scope.roles or user.is_superuser:
        found += _accounts(user)
    return in_order(found)


def _asked_since(year: int) -> set[int]:
    """Cities (ids) with a round for the year, or one under way for a later year: it says what is
    missing, and older gaps wait for nobody."""
    later = Q(evaluation_year__gt=year, opened_at__isnull=False)
    rounds = Round.objects.filter(Q(evaluation_year=year) | later)
    return set(rounds.values_list("city", flat=True))


def _sheets(user: User, year: int, asked: Set[int]) -> Iterator[Task]:
    """Duty areas of the own unit with figures still due, the emptiest first; where no round of the
    city (`asked`: ids) tells what is missing."""
    for unit in Jurisdiction.objects.filter(pk__in=user.scope.own).valid_in(year):
        if asked & {unit.pk, unit.parent_id}:
            continue
        empty: dict[str, list[Figure]] = {}
        for figure in figures_of(user, unit, year):
            mine = user.scope.enters.get(unit.pk)
            if mine and figure.indicator.duty_area_id not in mine:
                continue
            if figure.is_expected and not (figure.has_figure or figure.state):
                empty.setdefault(figure.indicator.duty_area.code, []).append(figure)
        for area, figures in sorted(empty.items(), key=lambda pair: -len(pair[1])):
            yield Task(
                _("%(area)s %(year)s") % {"area": figures[0].area, "year": year},
                ngettext("%(n)s figure is missing", "%(n)s figures are missing", len(figures))
                % {"n": len(figures)},
                reverse("entry:sheet", args=[unit.slug, year, area]),
            )


def _city(user: User, year: int, asked: Set[int]) -> Iterator[Task]:
    """Units that have not reported everything, where no round (`asked`) tells who is late, and the
    city's figures that miss their target."""
    progress = progress_of_units(user, year, tier=Tier.REPORTED)
    late = [
        row
        for row in progress
        if row.reported < row.expected and row.unit.pk not in user.scope.whole
        if row.unit.parent_id not in asked
    ]
    if late:
        least = min(row.reported / row.expected for row in late)
        last = [row.unit.name for row in late if row.reported / row.expected == least]
        # Of several that have reported as little none is the least.
        words = (
            ngettext("%(n)s unit, least %(unit)s", "%(n)s units, least %(unit)s", len(late))
            if len(last) == 1
            else ngettext("%(n)s unit", "%(n)s units", len(late))
        )
        yield Task(
            _("Units that have not reported everything"),
            words % {"n": len(late), "unit": last[0]},
            f"{reverse('dashboards:units')}?{urlencode({'year': year})}",
        )
    for row in progress:
        if row.unit.pk not in user.scope.whole:
            continue
        figures = figures_of(user, row.unit, year)
        total = tallies(figures)[-1]
        address = reverse("dashboards:overview")
        for status, label in ((Status.MISSED, _("Missed")), (Status.NEAR, _("Near"))):
            if count := total.counts[status]:
                query = urlencode({"year": year, "jurisdiction": row.unit.code, "status": status})
                yield Task(
                    _("Figures of the city: %(status)s") % {"status": label},
                    ngettext("%(n)s figure", "%(n)s figures", count) % {"n": count},
                    f"{address}?{query}",
                )
        differ = [figure for figure in figures if figure.agrees is False]
        if differ:
            yield Task(
                _("Stated figures that differ from the computed ones"),
                _(", ").join(figure.name for figure in differ[:3]),
                f"{address}?{urlencode({'year': year, 'jurisdiction': row.unit.code})}",
            )


def _doubted(user: User) -> Iterator[Task]:
    """Figures in doubt that rest in the city's sums, shares and lights."""
    count, resting = doubts_in_sums(user)
    if resting:
        yield Task(
            _("Figures to be verified"),
            _("%(n)s; %(resting)s sums and shares of the level above rest on them")
            % {"n": count, "resting": resting},
            reverse("dashboards:doubts"),
        )


def _catalogue() -> Iterator[Task]:
    unconfirmed = Target.objects.filter(confirmed=False).count()
    if unconfirmed:
        yield Task(
            _("Targets whose source is unconfirmed"),
            ngettext("%(n)s target", "%(n)s targets", unconfirmed) % {"n": unconfirmed},
            reverse("admin:indicators_target_changelist") + "?confirmed__exact=0",
        )


def _audit(user: User) -> Iterator[Task]:
    counted = ValueRevision.objects.for_user(user).aggregate(
        outside=Count("pk", filter=Q(change__outside=True)),
        changed=Count("pk", filter=Q(version__gt=1)),
    )
    yield Task(
        _("Changes of figures"),
        _("%(changed)s changes, %(outside)s of them made outside the application") % counted,
        reverse("admin:indicators_yearlyvalue_changelist"),
    )


def _accounts(user: User) -> Iterator[Task]:
    if user.is_superuser and not Jurisdiction.objects.exists():
        yield Task(
            _("No unit yet"),
            _("Whoever keeps the server makes the city and its units; accounts come after that."),
            reverse("guide:start") + "#administrator",
        )
        return
    counted = User.objects.filter(is_active=True).aggregate(
        without=Count("pk", filter=Q(memberships=None, is_superuser=False), distinct=True),
        officers=Count("pk", filter=Q(memberships__role=Role.OFFICER), distinct=True),
    )
    if without := counted["without"]:
        yield Task(
            _("Accounts without a role"),
            ngettext("%(n)s account", "%(n)s accounts", without) % {"n": without},
            reverse("admin:indicators_user_changelist"),
        )
    elif not counted["officers"]:
        yield Task(
            _("Accounts of the units' people"),
            _("Nobody enters figures yet. Bring people in by a table."),
            reverse("accounts:roster"),
        )
    else:
        yield Task(
            _("Accounts and memberships"), _("Every account has a role."), reverse("admin:index")
        )
