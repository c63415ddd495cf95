"""Which target a figure is held against: whom it binds, in which year, and which one lights."""

from __future__ import annotations

from indicators.models import Comparator, Indicator, Jurisdiction, Target, TargetLevel

_ORDER = {
    "city_plan": 0,
    "statute": 1,
    "national_plan": 2,
    "county_evaluation": 3,
    "demonstration": 4,
}

_BINDS: dict[str, str] = {
    Jurisdiction.Level.NATION: TargetLevel.NATIONAL,
    Jurisdiction.Level.PROVINCE: "",
    Jurisdiction.Level.CITY: TargetLevel.CITY,
    Jurisdiction.Level.TOWNSHIP: "",
    Jurisdiction.Level.SCHOOL: TargetLevel.SCHOOL,
}


def applicable_targets(
    targets: list[Target], indicator: Indicator, unit: Jurisdiction, year: int
) -> list[Target]:
    """The targets that bind the unit in the year; the first lights the status.

    Own jurisdiction before level, own year before the nearest later before none, then the principal
    one; what is made up for a demonstration after all that is not. A national one is held against a
    city or a province that has none; a school's full coverage also against the statement of what
    lies above it.
    """
    in_force = [(rank, target) for target in targets if (rank := _in_force(target, year))]
    real = [pair for pair in in_force if not pair[1].framework.is_made_up]
    made_up = [pair for pair in in_force if pair[1].framework.is_made_up]
    return [*_in_order(real, indicator, unit), *_in_order(made_up, indicator, unit)]


def _in_order(
    in_force: list[tuple[tuple[int, int], Target]], indicator: Indicator, unit: Jurisdiction
) -> list[Target]:
    groups = [
        [pair for pair in in_force if pair[1].jurisdiction_id == unit.pk],
        [pair for pair in in_force if pair[1].level and pair[1].level == _own_level(unit)],
    ]
    if unit.collects and not any(groups):
        groups.append([pair for pair in in_force if pair[1].level == TargetLevel.NATIONAL])
    if indicator.is_statement and _own_level(unit) != TargetLevel.SCHOOL:
        groups.append(
            [
                pair
                for pair in in_force
                if pair[1].level == TargetLevel.SCHOOL and pair[1].comparator == Comparator.ALL
            ]
        )
    return [target for group in groups for _rank, target in sorted(group, key=_precedence)]


def _own_level(unit: Jurisdiction) -> str:
    """Empty for a province, or a part of a county: plans of its own bind it by name."""
    return _BINDS.get(unit.level, TargetLevel.COUNTY)


def _in_force(target: Target, year: int) -> tuple[int, int] | None:
    """How near the target's year is (smaller is nearer), or None where it does not bind.

    A plan is to be met by its year; a statute or an evaluation binds from its year on.
    """
    if target.year is None:
        return (3, 0)
    if target.year == year:
        return (0, 0)
    if target.framework.is_plan:
        return (1, target.year - year) if target.year > year else None
    return (2, year - target.year) if target.year < year else None


def _precedence(pair: tuple[tuple[int, int], Target]) -> tuple[object, ...]:
    rank, target = pair
    basis = _ORDER[target.framework.basis]
    return (*rank, not target.principal, basis, target.framework.code)
