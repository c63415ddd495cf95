"""Who may enter what, for which unit and year, and within which limits."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone

from indicators.collection.refusals import Refusal
from indicators.measures.exact import plain
from indicators.models import Indicator, Jurisdiction, ReportingLevel, User

FIRST_YEAR = 1990
_ABOVE = ReportingLevel.ABOVE  # looked up once, as it is asked of every figure of a load
STARTED_IN = datetime.date.today().year  # by this process, so that what is earlier is over


def last_year() -> int:
    """The latest year a value may be of: plans are entered a year ahead."""
    return timezone.localdate(timezone=timezone.get_default_timezone()).year + 1


def years() -> range:
    return range(FIRST_YEAR, last_year() + 1)


def on_behalf(actor: User | None, indicator: Indicator, jurisdiction: Jurisdiction) -> bool:
    """Whether the actor enters the figure not as the unit's own officer but for it (代填)."""
    if actor is None or actor.scope.may_enter(jurisdiction.pk, indicator.duty_area_id):
        return False
    return actor.scope.may_enter_for(jurisdiction, indicator.duty_area_id)


def refuse_unless_enterable(
    actor: User | None,
    indicator: Indicator,
    jurisdiction: Jurisdiction,
    year: int,
    *,
    reason: str = "",
) -> None:
    """Refuses: out_of_scope, reason_needed_on_behalf, unknown_year, jurisdiction_closed,
    not_asked_in_year, city_only.

    `actor` is None for the seeds, which are loaded from the command line.
    """
    if actor is not None:
        _refuse_unless_theirs(actor, indicator, jurisdiction, reason)
    # Nearly all are of years that are over; of the others the city's clock is asked.
    if not FIRST_YEAR <= year < STARTED_IN and year not in years():
        raise Refusal("unknown_year", field="year", year=year, first=FIRST_YEAR, last=last_year())
    if not jurisdiction.valid_in(year):
        raise Refusal("jurisdiction_closed", field="year", unit=jurisdiction.name, year=year)
    if not indicator.is_asked_for(year):
        raise Refusal(
            "not_asked_in_year",
            field="year",
            name=indicator.name,
            year=year - indicator.lag,
            span=indicator.years_asked,
        )
    if indicator.reporting_level == _ABOVE and not jurisdiction.collects:
        raise Refusal("city_only")


def _refuse_unless_theirs(
    actor: User, indicator: Indicator, jurisdiction: Jurisdiction, reason: str
) -> None:
    if on_behalf(actor, indicator, jurisdiction):
        if not reason.strip():
            raise Refusal("reason_needed_on_behalf", field="reason", unit=jurisdiction.name)
    elif not actor.scope.may_enter(jurisdiction.pk, indicator.duty_area_id):
        raise Refusal("out_of_scope")


def refuse_unless_within_limits(indicator: Indicator, number: Decimal) -> None:
    """Refuses: below_limit, above_limit, by the natural limits of the indicator."""
    if indicator.lower_limit is not None and number < indicator.lower_limit:
        raise Refusal("below_limit", field="value", limit=plain(indicator.lower_limit))
    if indicator.upper_limit is not None and number > indicator.upper_limit:
        raise Refusal("above_limit", field="value", limit=plain(indicator.upper_limit))
