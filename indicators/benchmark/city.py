"""A made-up city: units, indicators, targets, people and figures, the same on every run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indicators.models import (
    Comparator,
    Definition,
    Doubt,
    DutyArea,
    Framework,
    Indicator,
    Jurisdiction,
    Membership,
    Rule,
    RuleKind,
    Severity,
    Target,
    User,
)
from indicators.recording import Entry
from indicators.recording.catalogue_change import changing_catalogue

LAST_YEAR = 2022
AREAS = 8
DOUBTED = 100  # figures
SEED = 20221231


@dataclass(frozen=True)
class Size:
    """How many units below the city report how many entered indicators over how many years."""

    units: int = 41
    indicators: int = 150
    years: int = 10

    @property
    def values(self) -> int:
        return self.units * self.indicators * self.years

    def __str__(self) -> str:
        return (
            f"{self.units} units × {self.indicators} indicators × {self.years} years"
            f" = {self.values} values"
        )


@dataclass(frozen=True)
class City:
    """What was made. `entered` are the indicators that units report; of the first two of every
    twenty, a share is derived."""

    size: Size
    top: Jurisdiction
    units: list[Jurisdiction]
    entered: list[Indicator]
    supervisor: User

    @property
    def kept_up(self) -> list[Indicator]:
        """Those that `forbid_to_fall` takes."""
        return self.entered[1::20]

    @property
    def with_target(self) -> list[Indicator]:
        """Of those that are entered."""
        return self.entered[::2]

    @property
    def behind_shares(self) -> list[Indicator]:
        return [*self.entered[::20], *self.entered[1::20]]

    @property
    def above(self) -> Jurisdiction:
        """A unit right above some that report."""
        return self.units[0].parent or self.top

    @property
    def years(self) -> range:
        return range(LAST_YEAR + 1 - self.size.years, LAST_YEAR + 1)


Below = Callable[[Jurisdiction, Size], list[Jurisdiction]]


def make_city(
    size: Size, *, below: Below | None = None, level: str = Jurisdiction.Level.CITY
) -> City:
    """The catalogue and a supervisor at the topmost unit, of the level; no figure yet. `below`
    makes the units, and gives those that report; else they are districts."""
    with changing_catalogue(actor=None):
        top = make_unit("500000", "山城", level)
        units = (below or _districts)(top, size)
        areas = DutyArea.objects.bulk_create(
            DutyArea(code=f"area_{i}", name_zh=f"职责{i + 1}", name_en=f"Duty {i + 1}", position=i)
            for i in range(AREAS)
        )
        entered = Indicator.objects.bulk_create(
            _indicator(f"count_{i:03}", f"人数{i + 1}", areas[i % AREAS], i, aggregation="sum")
            for i in range(size.indicators)
        )
        shares = Indicator.objects.bulk_create(
            _indicator(
                f"share_{i:03}",
                f"比例{i + 1}",
                areas[i % AREAS],
                1000 + i,
                unit="percent",
                display_unit="percent",
                quantity_kind="share",
                decimals=2,
            )
            for i in range(0, size.indicators - 1, 20)
        )
        _define(entered, shares)
        _set_targets(entered, shares, _level_of(top))
    user = User.objects.create_user("supervisor", full_name="督导")
    Membership.objects.create(user=user, jurisdiction=top, role="supervisor")
    return City(size, top, units, entered, user)


def forbid_to_fall(city: City) -> None:
    """A target on one of every twenty indicators that no unit may fall below last year in, for the
    page that shows them."""
    plan = Framework.objects.get(code="plan")
    with changing_catalogue(actor=None):
        Target.objects.bulk_create(
            Target(
                framework=plan,
                indicator=indicator,
                level=level,
                comparator=Comparator.NOT_BELOW_LAST_YEAR,
                principal=True,
                confirmed=True,
                legal_basis="第2条",
            )
            for indicator in city.kept_up
            for level in (_level_of(city.top), "county")
        )


def doubt_some(city: City) -> None:
    """DOUBTED of last year's figures are in doubt, as where most of what is odd was explained: a
    page full. The rule found nothing, as how it does is not measured."""
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(
            code="swing",
            kind=RuleKind.GROWTH,
            severity=Severity.WARNING,
            name_zh="波动",
            name_en="Swing",
            lower=-30,
            upper=30,
        )
    # Over all units and indicators, so that whatever is told of the topmost unit rests on some.
    places = [(unit, one) for one in city.entered for unit in city.units]
    step = len(places) // DOUBTED + 1
    Doubt.objects.bulk_create(
        Doubt(jurisdiction=unit, year=LAST_YEAR, indicator=indicator, rule=rule)
        for unit, indicator in places[::step]
    )


def entries(city: City) -> Iterator[Entry]:
    """A figure for every unit, indicator and year: a size that grows by some per cent a year."""
    dice = random.Random(SEED)
    for unit in city.units:
        for indicator in city.entered:
            size = dice.randint(2_000, 400_000)
            for year in city.years:
                size = size * dice.randint(97, 106) // 100
                text = str(size) if dice.randrange(10) else f"{size / 10_000:.2f}万"
                yield Entry(indicator, unit, year, 0, text=text)


def _districts(top: Jurisdiction, size: Size) -> list[Jurisdiction]:
    return [
        make_unit(str(500101 + i), f"第{i + 1}区", Jurisdiction.Level.DISTRICT, parent=top)
        for i in range(size.units)
    ]


def make_unit(code: str, name: str, level: str, parent: Jurisdiction | None = None) -> Jurisdiction:
    return Jurisdiction.objects.create(
        code=code, name_zh=name, name_en=f"Unit {code}", level=level, parent=parent, valid_from=1997
    )


def _indicator(code: str, name: str, area: DutyArea, position: int, **fields: object) -> Indicator:
    values = {
        "unit": "persons",
        "display_unit": "persons",
        "quantity_kind": "count",
        "period_kind": "calendar_year",
        "lower_limit": 0,
    } | fields
    return Indicator(
        code=code, name_zh=name, name_en=code, duty_area=area, position=position, **values
    )


def _define(entered: list[Indicator], shares: list[Indicator]) -> None:
    formulas = {
        share.pk: f"{entered[at].code} / {entered[at + 1].code} * 100"
        for share, at in zip(shares, range(0, len(entered) - 1, 20), strict=True)
    }
    Definition.objects.bulk_create(
        Definition(
            indicator=indicator,
            version=1,
            valid_from=1997,
            meaning_zh="口径",
            formula=formulas.get(indicator.pk, ""),
        )
        for indicator in [*entered, *shares]
    )


def _level_of(top: Jurisdiction) -> str:
    """Of the targets that hold for the topmost unit."""
    return "national" if top.level == Jurisdiction.Level.NATION else "city"


def _set_targets(entered: list[Indicator], shares: list[Indicator], top: str) -> None:
    """One for the topmost unit, one for counties, on every second indicator and all shares."""
    plan = Framework.objects.create(code="plan", basis="city_plan", name_zh="规划", name_en="Plan")
    Target.objects.bulk_create(
        Target(
            framework=plan,
            indicator=indicator,
            level=level,
            comparator="ge",
            value=value,
            principal=True,
            confirmed=True,
            legal_basis="第1条",
        )
        for indicators, values in ((entered[::2], (8_000_000, 200_000)), (shares, (100, 100)))
        for indicator in indicators
        for level, value in zip((top, "county"), values, strict=True)
    )
