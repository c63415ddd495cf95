"""The small fixed cast of the tests: a city, three districts, and people with one role each.

Catalogue and people are made by plain helpers; figures come only through the door (`enter`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from indicators.models import (
    Definition,
    DutyArea,
    Framework,
    Indicator,
    Jurisdiction,
    Membership,
    Target,
    User,
    YearlyResult,
    YearlyValue,
)
from indicators.recording import Entry, save_value, save_values
from indicators.recording.catalogue import save_definition, save_target
from indicators.recording.catalogue_change import changing_catalogue

PASSWORD = "Correct-Horse-7"
YEAR = 2021


def make_unit(code: str, name: str, level: str = "district", **fields: Any) -> Jurisdiction:
    given = {"name_zh": name, "name_en": name, "valid_from": 1997, "level": level, **fields}
    with changing_catalogue(actor=None):
        return Jurisdiction.objects.create(code=code, **given)


def make_indicator(code: str, *, formula: str = "", **fields: Any) -> Indicator:
    """A count of persons that districts report and the city sums, unless said otherwise."""
    if not formula:
        return make_indicators([code], **{"position": 0, **fields})[0]
    with changing_catalogue(actor=None):
        indicator = _indicator(code, **{"aggregation": "none", **fields})
    save_definition(
        Definition(indicator=indicator, valid_from=1997, meaning_zh="口径", formula=formula),
        actor=None,
    )
    return indicator


def make_indicators(codes: Iterable[str], **fields: Any) -> list[Indicator]:
    """Several of a kind, one after the other, in one change of the catalogue."""
    with changing_catalogue(actor=None):
        made = [
            _indicator(code, **{"position": position, **fields})
            for position, code in enumerate(codes, start=1)
        ]
        Definition.objects.bulk_create(
            Definition(indicator=one, version=1, valid_from=1997, meaning_zh="口径") for one in made
        )
    return made


def _indicator(code: str, **fields: Any) -> Indicator:
    area, _made = DutyArea.objects.get_or_create(code="funding", defaults={"name_zh": "优先保障"})
    given: dict[str, Any] = {
        "duty_area": area,
        "name_zh": f"指标{code}",
        "name_en": code,
        "unit": "persons",
        "display_unit": "persons",
        "quantity_kind": "count",
        "aggregation": "sum",
        "reporting_level": "units",
        "period_kind": "calendar_year",
        "lower_limit": 0,
    } | fields
    return Indicator.objects.create(code=code, **given)


def make_share(code: str, formula: str) -> Indicator:
    return make_indicator(
        code, formula=formula, unit="percent", display_unit="percent", quantity_kind="share"
    )


def make_points(code: str, formula: str) -> Indicator:
    """In percentage points, which may fall."""
    return make_indicator(
        code,
        formula=formula,
        unit="percentage_points",
        quantity_kind="percentage_points",
        lower_limit=None,
    )


def make_statement(code: str, **fields: Any) -> Indicator:
    return make_indicator(
        code,
        unit="",
        display_unit="",
        quantity_kind="statement",
        lower_limit=None,
        **{"aggregation": "all", **fields},
    )


def make_target(indicator: Indicator, comparator: str, value: Any = None, **fields: Any) -> Target:
    basis = fields.pop("basis", "statute")
    framework, _made = Framework.objects.get_or_create(
        code=basis, defaults={"basis": basis, "name_zh": basis}
    )
    given = {"level": "city", "principal": True, "confirmed": True, **fields}
    return save_target(
        Target(
            framework=framework, indicator=indicator, comparator=comparator, value=value, **given
        ),
        actor=None,
    )


def make_user(name: str, role: str, unit: Jurisdiction, **fields: Any) -> User:
    user = User.objects.create_user(name, password=PASSWORD, **fields)
    Membership.objects.create(user=user, jurisdiction=unit, role=role)
    return user


def enter(
    indicator: Indicator,
    unit: Jurisdiction,
    text: str = "",
    *,
    year: int = YEAR,
    actor: User | None = None,
    reason: str = "",
    origin: str = "entered",
    **fields: Any,
) -> YearlyValue | None:
    """Enter a figure over whatever version there is, as its seeds or its officer would."""
    now = YearlyValue.objects.filter(indicator=indicator, jurisdiction=unit, year=year).first()
    version = now.version if now else 0
    entry = Entry(indicator, unit, year, **{"version": version, "text": text, **fields})
    return save_value(entry, actor=actor, reason=reason, origin=origin)


def enter_approved(
    indicator: Indicator, unit: Jurisdiction, text: str = "", *, year: int = YEAR, **fields: Any
) -> None:
    """As the operator loads it, or corrects what stands: reported and approved at once."""
    now = YearlyValue.objects.filter(indicator=indicator, jurisdiction=unit, year=year).first()
    version = now.version if now else 0
    entry = Entry(indicator, unit, year, **{"version": version, "text": text, **fields})
    tiers = ("reported", "approved")
    save_values([entry], actor=None, reason="更正", origin="seed", tiers=tiers, corrects=True)


def result(
    indicator: Indicator, unit: Jurisdiction, *, year: int = YEAR, tier: str = "reported"
) -> YearlyResult:
    return YearlyResult.objects.get(indicator=indicator, jurisdiction=unit, year=year, tier=tier)


@pytest.fixture
def city(db: None) -> Jurisdiction:
    return make_unit("500000", "山城", "city")


@pytest.fixture
def north(city: Jurisdiction) -> Jurisdiction:
    return make_unit("500101", "北区", parent=city)


@pytest.fixture
def south(city: Jurisdiction) -> Jurisdiction:
    return make_unit("500102", "南区", parent=city)


@pytest.fixture
def officer(north: Jurisdiction) -> User:
    return make_user("officer", "officer", north)


@pytest.fixture
def other_officer(south: Jurisdiction) -> User:
    return make_user("other_officer", "officer", south)


@pytest.fixture
def city_officer(city: Jurisdiction) -> User:
    return make_user("city_officer", "officer", city)


@pytest.fixture
def lead(north: Jurisdiction) -> User:
    return make_user("lead", "lead", north)


@pytest.fixture
def supervisor(city: Jurisdiction) -> User:
    return make_user("supervisor", "supervisor", city)


@pytest.fixture
def editor(city: Jurisdiction) -> User:
    return make_user("editor", "editor", city)


@pytest.fixture
def auditor(city: Jurisdiction) -> User:
    return make_user("auditor", "auditor", city)


@pytest.fixture
def administrator(city: Jurisdiction) -> User:
    return make_user("administrator", "administrator", city)


@pytest.fixture
def superuser(db: None) -> User:
    return User.objects.create_superuser("root", password=PASSWORD)


@pytest.fixture
def children(db: None) -> Indicator:
    return make_indicator("children", unit="children", display_unit="children")


@pytest.fixture
def children_public(db: None) -> Indicator:
    return make_indicator("children_public", unit="children", display_unit="children")


@pytest.fixture
def share(children: Indicator, children_public: Indicator) -> Indicator:
    return make_share("share", "children_public / children * 100")
