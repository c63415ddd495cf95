"""Units in their years, and trees of units at any depth."""

import hypothesis.strategies as st
import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings

from indicators.models import Jurisdiction, names_apart, unit_with_slug
from indicators.models.path import ids_in
from tests.cast import make_unit


@pytest.fixture
def reused(city):
    """500110 was 万盛区 until 2011 and is 綦江区 from 2011 on; 綦江县 ended then."""
    return {
        "万盛区": make_unit("500110", "万盛区", parent=city, valid_to=2011),
        "綦江区": make_unit("500110", "綦江区", parent=city, valid_from=2011),
        "綦江县": make_unit("500222", "綦江县", parent=city, valid_to=2011),
    }


@pytest.mark.parametrize(
    ("code", "year", "names"),
    [
        ("500110", 1996, []),
        ("500110", 1997, ["万盛区"]),
        ("500110", 2010, ["万盛区"]),
        ("500110", 2011, ["綦江区"]),
        ("500110", 2022, ["綦江区"]),
        ("500222", 2010, ["綦江县"]),
        ("500222", 2011, []),
    ],
)
def test_a_code_means_the_unit_valid_in_the_year(reused, code, year, names):
    found = Jurisdiction.objects.valid_in(year).filter(code=code)

    assert [unit.name_zh for unit in found] == names


@pytest.mark.parametrize("year", [1996, 1997, 2010, 2011, 2012])
def test_a_unit_and_a_query_agree_on_what_is_valid(reused, year):
    by_query = set(Jurisdiction.objects.valid_in(year))

    assert by_query == {unit for unit in Jurisdiction.objects.all() if unit.valid_in(year)}


def plant(parents):
    """A forest: the parent of each unit is an earlier one, or none."""
    units = []
    for place, parent in enumerate(parents):
        units.append(
            Jurisdiction.objects.create(
                code=f"{place}",
                name_zh=f"{place}",
                level="district",
                valid_from=1997,
                parent=units[parent] if parent is not None and parent < place else None,
            )
        )
    return units


def paths_of(units):
    """As they are stored."""
    found = Jurisdiction.objects.filter(pk__in=[unit.pk for unit in units])
    return list(found.values_list("path", flat=True))


def chain(units, unit):
    """The unit and those above it, the slow way."""
    by_id = {one.pk: one for one in units}
    found = []
    while unit is not None:
        found.append(unit)
        unit = by_id.get(unit.parent_id)
    return found


@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    parents=st.lists(st.one_of(st.none(), st.integers(0, 8)), min_size=1, max_size=9),
    data=st.data(),
)
def test_trees_are_walked_to_any_depth(db, parents, data):
    with transaction.atomic():
        units = plant(parents)
        chosen = data.draw(st.lists(st.sampled_from(range(len(units))), max_size=3))
        roots = [units[place] for place in chosen]
        ids = [root.pk for root in roots]
        paths = paths_of(roots)

        assert set(Jurisdiction.objects.within(paths)) == {
            unit for unit in units if set(chain(units, unit)) & set(roots)
        }
        assert set(ids_in("".join(paths))) == {
            unit.pk for root in roots for unit in chain(units, root)
        }
        assert set(Jurisdiction.objects.above(ids)) == {
            unit for root in roots for unit in chain(units, root)
        }
        transaction.set_rollback(True)


def test_a_walk_is_one_query_and_goes_with_other_filters(city, django_assert_num_queries):
    north = make_unit("500101", "北区", parent=city)
    make_unit("500102", "南区", parent=city)
    school = make_unit("S1", "一小", parent=north, valid_from=2021)
    paths = paths_of([city, north])

    with django_assert_num_queries(1):
        below = Jurisdiction.objects.within(paths).valid_in(2020).exclude(code="500102")
        assert list(below) == [city, north]
    with django_assert_num_queries(1):
        above = Jurisdiction.objects.filter(
            pk__in=Jurisdiction.objects.above([school.pk]).values("pk")
        )
        assert list(above) == [city, north, school]


def test_from_nowhere_one_gets_nowhere(city):
    assert not Jurisdiction.objects.within([]).exists()
    assert not Jurisdiction.objects.above([]).exists()
    assert not Jurisdiction.objects.within([f"{city.pk + 1000}."]).exists()


def test_a_walk_ends_even_where_raw_sql_made_a_circle(city):
    north = make_unit("500101", "北区", parent=city)
    Jurisdiction.objects.filter(pk=city.pk).update(parent=north)

    assert north in Jurisdiction.objects.within(paths_of([north]))
    assert set(Jurisdiction.objects.above([north.pk])) == {city, north}


def test_a_path_leads_from_the_topmost_unit_down(city):
    north = make_unit("500101", "北区", parent=city)
    school = make_unit("S1", "一小", parent=north)

    assert paths_of([school]) == [f"{city.pk}.{north.pk}.{school.pk}."]


def move_by_save(unit, parent):
    unit.parent = parent
    unit.save()


def move_by_update(unit, parent):
    Jurisdiction.objects.filter(pk=unit.pk).update(parent=parent)


def move_by_raw_sql(unit, parent):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE indicators_jurisdiction SET parent_id = %s WHERE id = %s",
            [parent and parent.pk, unit.pk],
        )


@pytest.mark.parametrize("move", [move_by_save, move_by_update, move_by_raw_sql])
def test_all_that_lies_below_moves_along(city, move):
    north = make_unit("500101", "北区", parent=city)
    south = make_unit("500102", "南区", parent=city)
    school = make_unit("S1", "一小", parent=north)
    class_ = make_unit("C1", "一班", parent=school)

    move(school, south)
    assert paths_of([class_]) == [f"{city.pk}.{south.pk}.{school.pk}.{class_.pk}."]
    move(north, None)
    assert paths_of([north]) == [f"{north.pk}."]
    assert paths_of([south, school]) == [
        f"{city.pk}.{south.pk}.",
        f"{city.pk}.{south.pk}.{school.pk}.",
    ]


def test_whatever_is_written_as_a_path_is_put_right(city):
    north = make_unit("500101", "北区", parent=city)
    right = paths_of([north])

    Jurisdiction.objects.update(path="")
    assert paths_of([north]) == right
    Jurisdiction.objects.bulk_create(
        Jurisdiction(
            code=code, name_zh=code, level="district", valid_from=1997, parent=north, path="9."
        )
        for code in ("a", "b")
    )
    for unit in Jurisdiction.objects.filter(code__in=("a", "b")):
        assert unit.path == f"{right[0]}{unit.pk}."


def test_of_two_units_of_one_name_the_years_are_told(city):
    old = make_unit("500201", "上城区", parent=city, valid_to=2021)
    new = make_unit("500202", "上城区", parent=city, valid_from=2021)
    other = make_unit("500203", "下城区", parent=city, valid_from=2021)

    assert list(names_apart([old, new, other]).values()) == [
        "上城区（至 2020 年）",
        "上城区（2021 年起）",
        "下城区",
    ]


def test_an_address_means_the_unit_that_has_the_code_now_or_says_since_when(city):
    old = make_unit("500201", "上城区", parent=city, valid_to=2021)
    new = make_unit("500201", "上城新区", parent=city, valid_from=2021)

    assert (old.slug, new.slug) == ("500201@1997", "500201")
    assert unit_with_slug([new, old], "500201") == new
    assert unit_with_slug([new, old], "500201@1997") == old
    assert unit_with_slug([old], "500201") == old
    assert unit_with_slug([old], "500209") is None
    assert list(Jurisdiction.objects.with_slug("500201@1997")) == [old]
    assert list(Jurisdiction.objects.with_slug("500201")) == [old, new]
