"""When what is worked out over units may be told to the people of one of them.

The rule, which holds for pages and files alike and over time, is written in `models.scope`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from indicators.models.correction import Correction
from indicators.models.jurisdiction import JurisdictionChange
from indicators.models.round import Round
from indicators.models.submission import Act, SubmissionEvent
from indicators.models.value import Standing, Tier

if TYPE_CHECKING:
    from decimal import Decimal

# Own unit and five others: from so many on a sum says nothing about one of them.
FEWEST_COUNTED = 6
# Quartiles of so many others, to two significant digits, are nobody's figure.
FEWEST_SPREAD = 8


def settled(city: str = "jurisdiction") -> Q:
    """Results of a city whose evaluation year no round is still collecting."""
    lag = OuterRef("indicator__lag")
    collecting = Round.objects.filter(
        city=OuterRef(city), evaluation_year=OuterRef("year") - lag, closed_at__isnull=True
    )
    return Q(~Exists(collecting))


def corrected(city: str = "jurisdiction") -> Q:
    """Results that moved after they could be told: since the round closed for the first time, or
    ever where no round was open before, or only one that came when figures were approved already.
    """
    approved_before = Standing.objects.filter(
        tier=Tier.APPROVED,
        value__year=OuterRef(OuterRef("year")),
        value__jurisdiction__parent=OuterRef("city"),
        change__at__lt=OuterRef("opened_at"),
    )
    rounds = Round.objects.filter(
        ~Exists(approved_before),
        city=OuterRef(city),
        evaluation_year=OuterRef("year") - OuterRef("indicator__lag"),
        opened_at__lt=OuterRef("change__at"),
    )
    closed = SubmissionEvent.objects.filter(
        act=Act.FREEZE,
        submission__round__city=OuterRef(city),
        submission__round__evaluation_year=OuterRef("year") - OuterRef("indicator__lag"),
        change__at__lt=OuterRef("change__at"),
    )
    moved = Correction.objects.filter(
        Exists(closed) | ~Exists(rounds),
        indicator=OuterRef("indicator"),
        jurisdiction=OuterRef("jurisdiction"),
        year=OuterRef("year"),
    )
    return Q(Exists(moved))


def released(results: QuerySet, *, second: bool = False) -> Exists:
    """Whether a result over units, or the `second` one beside a stated one, is what was released.

    `results` are all there are.
    """
    number, statement = ("computed", "computed_statement") if second else ("number", "statement")
    same = Q(**{number: OuterRef(number)}) | ~Q(**{statement: ""})
    return Exists(
        results.filter(
            same,
            settled(),
            ~corrected(),
            indicator=OuterRef("indicator"),
            jurisdiction=OuterRef("jurisdiction"),
            year=OuterRef("year"),
            tier=Tier.APPROVED,
            missing_units=[],
            counted__gte=FEWEST_COUNTED,
            **{statement: OuterRef(statement)},
        )
    )


def released_numbers(
    results: QuerySet, *, parent: int, units: Collection[int], others: Iterable[int]
) -> list[Decimal]:
    """The numbers that stand as approved of the others; none where they are not released.

    `results` are those of one indicator and year, `units` those of one parent in the year, `others`
    the ones among them that are told of, of which each has answered.
    """
    wanted = set(others)
    rows = list(
        results.filter(
            settled("jurisdiction__parent"),
            ~corrected("jurisdiction__parent"),
            jurisdiction__in=wanted,
            tier=Tier.APPROVED,
            missing_units=[],
        ).exclude(number__isnull=True, statement="", state__in=["", "not_available"])
    )
    numbers = [row.number for row in rows if row.number is not None]
    if len(rows) != len(wanted) or len(numbers) < FEWEST_SPREAD:
        return []
    moved = results.filter(corrected(), jurisdiction=parent).exists()
    return [] if moved or _regrouped(rows[0].indicator_id, rows[0].year, parent, units) else numbers


def _regrouped(indicator: int, year: int, parent: int, units: Collection[int]) -> bool:
    """Whether units were merged or split when figures of the year stood as approved already: their
    quartiles had been told. A renamed unit's figures went along with it."""
    gone = Standing.objects.filter(
        tier=Tier.APPROVED,
        value__indicator=indicator,
        value__year=year,
        value__jurisdiction__parent=parent,
    ).exclude(value__jurisdiction__in=units)
    kinds = JurisdictionChange.Kind
    renamed = Q(value__jurisdiction__changes_from__kind__in=[kinds.RENAME, kinds.UPGRADE])
    return gone.exclude(renamed).exists()
