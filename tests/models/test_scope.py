"""Who sees what: every role against every unit, with something planted in each that could leak."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import EmptyResultSet

from indicators.models import (
    DutyArea,
    Jurisdiction,
    Membership,
    Standing,
    User,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from tests.cast import PASSWORD, YEAR, enter, make_indicator, make_unit

# Two cities. In ours: two districts, one that ended in 2011 with its figures, and two schools.
UNITS = {
    "city": (None, "city", {}),
    "north": ("city", "district", {}),
    "south": ("city", "district", {}),
    "ended": ("city", "district", {"valid_to": 2011}),
    "north_school": ("north", "district", {}),
    "south_school": ("south", "district", {}),
    "far_city": (None, "city", {}),
    "far_district": ("far_city", "district", {}),
}
OURS = {"city", "north", "south", "ended", "north_school", "south_school"}
NOBODY: set[str] = set()

# Name: memberships, units seen by name, units whose drafts are seen as well.
PEOPLE = {
    "officer": ([("officer", "north")], {"north", "city"}, {"north"}),
    "lead": ([("lead", "south")], {"south", "city"}, {"south"}),
    "officer_of_two_units": (
        [("officer", "north"), ("officer", "south")],
        {"north", "south", "city"},
        {"north", "south"},
    ),
    "officer_and_lead": ([("officer", "north"), ("lead", "north")], {"north", "city"}, {"north"}),
    "officer_of_an_ended_unit": ([("officer", "ended")], {"ended", "city"}, {"ended"}),
    "officer_of_a_school": (
        [("officer", "north_school")],
        {"north_school", "north", "city"},
        {"north_school"},
    ),
    "officer_of_another_city": (
        [("officer", "far_district")],
        {"far_district", "far_city"},
        {"far_district"},
    ),
    "city_officer": ([("officer", "city")], OURS, {"city"}),
    "city_lead": ([("lead", "city")], OURS, {"city"}),
    "supervisor": ([("supervisor", "city")], OURS, NOBODY),
    "auditor": ([("auditor", "city")], OURS, OURS),
    "editor": ([("editor", "city")], {"city"}, NOBODY),
    "editor_and_officer": (
        [("editor", "city"), ("officer", "north")],
        {"north", "city"},
        {"north"},
    ),
    "administrator": ([("administrator", "city")], NOBODY, NOBODY),
    "administrator_and_officer": (
        [("administrator", "city"), ("officer", "south")],
        {"south", "city"},
        {"south"},
    ),
    "nobody": ([], NOBODY, NOBODY),
    "superuser": ([], NOBODY, NOBODY),
    "superuser_and_officer": ([("officer", "north")], {"north", "city"}, {"north"}),
    "inactive_auditor": ([("auditor", "city")], NOBODY, NOBODY),
    "inactive_superuser": ([], NOBODY, NOBODY),
}


def make_person(name, memberships, units):
    user = User.objects.create_user(
        name,
        password=PASSWORD,
        is_active="inactive" not in name,
        is_superuser="superuser" in name,
        is_staff="superuser" in name,
    )
    for role, unit in memberships:
        Membership.objects.create(user=user, jurisdiction=units[unit], role=role)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def house(db):
    """In every unit: a figure that was submitted, and over it a draft that nobody submitted."""
    units = {}
    for place, (name, (parent, level, fields)) in enumerate(UNITS.items()):
        above = units[parent] if parent else None
        units[name] = make_unit(f"{500_000 + place}", name, level, parent=above, **fields)
    children = make_indicator("children", unit="children", display_unit="children")
    for name, unit in units.items():
        enter(children, unit, "5", year=2010 if name == "ended" else YEAR, note="submitted")
    YearlyValue.objects.update(note="draft")
    return SimpleNamespace(units=units, children=children)


@pytest.fixture
def people(house):
    return {name: make_person(name, row[0], house.units) for name, row in PEOPLE.items()}


def units_of(rows):
    """By whom the rows are, of versions through their values."""
    path = "value__jurisdiction" if rows.model is ValueRevision else "jurisdiction"
    return set(rows.values_list(f"{path}__name_zh", flat=True))


def each(people, look):
    return {name: look(user) for name, user in people.items()}


SEEN = {name: seen for name, (_memberships, seen, _drafts) in PEOPLE.items()}
DRAFTS = {name: drafts for name, (_memberships, _seen, drafts) in PEOPLE.items()}


def test_something_is_planted_everywhere(house):
    assert units_of(YearlyResult.objects.exclude(basis="")) == set(UNITS)
    assert units_of(YearlyValue.objects.all()) == set(UNITS)
    drafts = ValueRevision.objects.filter(note="draft")
    assert units_of(drafts) == set(UNITS)
    assert not Standing.objects.filter(revision__in=drafts).exists()


def test_figures_that_stand_are_seen_of_the_units_seen_by_name(people):
    figures = YearlyResult.objects

    assert each(people, lambda user: units_of(figures.for_user(user))) == SEEN
    with_figure = figures.in_tier("reported").with_figure()
    assert each(people, lambda user: units_of(with_figure.for_user(user))) == SEEN


def test_units_are_seen_by_name_as_their_figures_are(people):
    def named(user):
        return {unit.name_zh for unit in Jurisdiction.objects.for_user(user)}

    assert each(people, named) == SEEN


def test_values_as_they_are_now_are_seen_of_the_own_unit_only(people):
    values = YearlyValue.objects

    assert each(people, lambda user: units_of(values.for_user(user))) == DRAFTS
    assert each(people, lambda user: units_of(values.of_year(2010).for_user(user))) == {
        name: units & {"ended"} for name, units in DRAFTS.items()
    }


def test_of_other_units_only_submitted_versions_are_seen(people):
    submitted = ValueRevision.objects.filter(note="submitted")
    drafts = ValueRevision.objects.filter(note="draft")

    assert each(people, lambda user: units_of(submitted.for_user(user))) == SEEN
    assert each(people, lambda user: units_of(drafts.for_user(user))) == DRAFTS


def test_nothing_can_be_counted_that_is_not_seen(people):
    def counts(user):
        models = (Jurisdiction, YearlyValue, ValueRevision)
        return [model.objects.for_user(user).count() for model in models]

    assert each(people, counts) == {
        name: [len(SEEN[name]), len(DRAFTS[name]), len(SEEN[name]) + len(DRAFTS[name])]
        for name in PEOPLE
    }


def test_business_data_is_there_for_whoever_sees_a_unit(people):
    expected = {name: bool(seen) for name, seen in SEEN.items()}

    assert each(people, lambda user: user.scope.sees_figures) == expected
    assert each(people, lambda user: user.scope.reads_catalogue) == expected


def test_only_officers_enter_and_only_for_their_own_unit(people, house):
    def enters(user):
        area = house.children.duty_area_id
        return {name for name, u in house.units.items() if user.scope.may_enter(u.pk, area)}

    assert each(people, enters) == {
        name: {unit for role, unit in memberships if role == "officer"}
        for name, (memberships, _seen, _drafts) in PEOPLE.items()
    }


def test_only_editors_change_the_catalogue(people):
    editors = {name for name, user in people.items() if user.scope.edits_catalogue}

    assert editors == {"editor", "editor_and_officer"}


def test_duty_areas_narrow_what_is_entered_not_what_is_seen(house):
    user = make_person("officer", [("officer", "north")], house.units)
    safety = DutyArea.objects.create(code="safety", name_zh="校园安全")
    user.memberships.get().duty_areas.add(safety)
    north, area = house.units["north"].pk, house.children.duty_area_id

    assert user.scope.may_enter(north, safety.pk) is True
    assert user.scope.may_enter(north, area) is False
    assert units_of(YearlyValue.objects.for_user(user)) == {"north"}


def test_duty_areas_of_one_unit_do_not_reach_another(house):
    user = make_person("officer", [("officer", "north"), ("officer", "south")], house.units)
    safety = DutyArea.objects.create(code="safety", name_zh="校园安全")
    user.memberships.get(jurisdiction=house.units["north"]).duty_areas.add(safety)
    area = house.children.duty_area_id

    assert user.scope.may_enter(house.units["north"].pk, area) is False
    assert user.scope.may_enter(house.units["south"].pk, area) is True


def test_a_scope_costs_two_queries_however_many_units(house, django_assert_num_queries):
    everywhere = [("officer", name) for name in UNITS]
    for name, memberships in (("one", everywhere[:1]), ("many", everywhere)):
        user = make_person(name, memberships, house.units)
        # memberships, their duty areas; the results
        with django_assert_num_queries(3):
            list(YearlyResult.objects.for_user(user))
        with django_assert_num_queries(1):
            list(YearlyResult.objects.for_user(user))


def test_duty_areas_are_not_asked_of_those_who_enter_nothing(house, django_assert_num_queries):
    user = make_person("supervisor", [("supervisor", "city")], house.units)
    with django_assert_num_queries(1):
        assert user.scope.enters == {}


@pytest.mark.parametrize("role", ["supervisor", "auditor", "officer", "editor"])
def test_no_question_names_the_units_below(house, role):
    def asked():
        """With how many values the database is asked what the role sees."""
        user = make_person(f"{role}_{User.objects.count()}", [(role, "city")], house.units)
        for model in (YearlyResult, YearlyValue, ValueRevision, Jurisdiction):
            try:
                yield len(model.objects.for_user(user).query.sql_with_params()[1])
            except EmptyResultSet:
                yield 0

    before = list(asked())
    for number in range(30):
        make_unit(f"7{number:05}", f"区{number}", parent=house.units["north"])

    assert list(asked()) == before
