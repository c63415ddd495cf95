"""A question that is compiled once answers as the QuerySet it is made of."""

from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from indicators.models import Jurisdiction, User
from indicators.models.prepared import MANY, prepared
from tests.cast import make_unit, make_user


def districts_of(parent, years):
    found = Jurisdiction.objects.filter(parent=parent, valid_from__in=years)
    return found.select_related("parent").order_by("code")


def named(units):
    found = Jurisdiction.objects.filter(memberships__jurisdiction__id__in=units)
    return found.order_by("code").values_list("pk", "name_zh")


@pytest.fixture
def question():
    return prepared(districts_of)


def sent(act):
    """The SQL of what the act asks, and what it comes back with."""
    with CaptureQueriesContext(connection) as queries:
        found = act()
    return [query["sql"] for query in queries], found


def test_it_says_what_the_queryset_says(question, city, north, south):
    for _again in range(2):
        asked = sent(lambda: question(parent=city.pk, years=[1997]))

        assert asked == sent(lambda: list(districts_of(city.pk, [1997])))
    assert asked[1] == [north, south]


def test_rows_are_made_as_those_of_the_queryset(question, city, north):
    (found,) = question(parent=city.pk, years=[1997])

    assert vars(found) | {"_state": None} == vars(north) | {"_state": None, "path": found.path}
    assert sent(lambda: found.parent) == ([], city)


def test_columns_come_as_tuples(north, south, officer):
    make_user("second", "lead", north)

    assert prepared(named)(units={north.pk, south.pk}) == [(north.pk, north.name_zh)] * 2


def test_it_is_asked_again_with_other_values_and_with_more(question, city, north, south):
    new = make_unit("500199", "新区", parent=city, valid_from=2020)
    top = make_unit("600000", "邻市", "city")
    beside = make_unit("600101", "邻区", parent=top)

    assert question(parent=city.pk, years={1997}) == [north, south]
    assert question(parent=city.pk, years={2020}) == [new]
    assert question(parent=city.pk, years={1997, 2020}) == [north, south, new]
    assert question(parent=top.pk, years={1997, 2020}) == [beside]
    assert question(parent=city.pk, years={1997}) == [north, south]


def test_what_comes_back_does_not_see_later_rows_but_the_next_question_does(question, city, north):
    before = question(parent=city.pk, years=[1997])
    later = make_unit("500199", "新区", parent=city)

    assert before == [north]
    assert question(parent=city.pk, years=[1997]) == [north, later]


def test_without_anything_to_look_for_nothing_is_asked(question, city, north):
    assert sent(lambda: question(parent=city.pk, years=[])) == ([], [])


def test_many_are_asked_for_in_the_usual_way(question, city, north):
    years = range(1990, 1990 + MANY)

    assert question(parent=city.pk, years=years) == [north]
    assert question._compiled.cache_info().currsize == 0


def in_force(units, level):
    return Jurisdiction.objects.filter(pk__in=units, level=level).order_by("code")


def test_a_code_is_a_value_as_a_number_is(city, north, south):
    question, units = prepared(in_force), [city.pk, north.pk, south.pk]

    assert question(units=units, level="district") == [north, south]
    assert question(units=units, level="city") == [city]
    assert question._compiled.cache_info().currsize == 1


@pytest.mark.parametrize("beside", [0, MANY])
def test_its_sql_can_stand_in_other_sql(north, officer, beside):
    question, units = prepared(named), [north.pk, *range(10**6, 10**6 + beside)]
    found = []
    for _again in range(2):
        sql, values = question.as_sql(units=units)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT name_zh FROM ({sql}) AS found", values)
            found += cursor.fetchall()

    assert found == [(north.name_zh,)] * 2


def test_rows_are_locked_in_a_transaction_only(transactional_db, city, north):
    question = prepared(lambda parent: districts_of(parent, [1997]).select_for_update(of=["self"]))

    with transaction.atomic():
        assert question(parent=city.pk) == [north]
    with pytest.raises(transaction.TransactionManagementError):
        question(parent=city.pk)


def test_every_thread_asks_through_its_own_connection(transactional_db, question, city, north):
    question(parent=city.pk, years=[1997])
    found = []

    def ask():
        found.append(sent(lambda: question(parent=city.pk, years=[1997])))
        connections.close_all()

    def other_thread():
        thread = Thread(target=ask)
        thread.start()
        thread.join(timeout=30)

    beside, _nothing = sent(other_thread)

    ((asked, rows),) = found
    assert (beside, len(asked), rows) == ([], 1, [north])


def test_a_user_is_known_to_the_own_memberships(officer, north):
    membership = User.objects.get(pk=officer.pk).scope.memberships[0]

    assert sent(lambda: membership.user) == ([], officer)
