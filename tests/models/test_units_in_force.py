"""The units by code: asked once a look at the catalogue, and never another transaction's."""

from threading import Thread

import pytest
from django.db import connection, transaction

from indicators.models import UNITS, UnitOfMeasure, read_units
from indicators.recording.unit_of_measure import save_unit_of_measure
from indicators.results import current_snapshot, one_snapshot
from tests.measures.shipped import UNITS as SHIPPED


def rename(code, name):
    measure = UnitOfMeasure.objects.get(code=code)
    measure.name_zh = name
    return save_unit_of_measure(measure, actor=None)


def test_an_installation_has_the_units_that_ship(db):
    assert read_units() == SHIPPED
    assert list(read_units()) == list(SHIPPED)


def test_a_look_at_the_catalogue_brings_them(db, django_assert_num_queries):
    current_snapshot()

    with one_snapshot():
        current_snapshot()
        with django_assert_num_queries(0):
            assert UNITS["persons"].zh == "人"
            assert "" not in UNITS
            assert len(UNITS) == len(SHIPPED)


def test_without_one_they_are_asked_once(db, django_assert_num_queries):
    UNITS.forget()

    with django_assert_num_queries(1):
        assert [UNITS[code].code for code in ("persons", "yuan")] == ["persons", "yuan"]


def test_a_changed_name_is_seen_by_the_next_request(db):
    kept = current_snapshot()
    rename("rooms", "间房")
    UNITS.looked(kept.units_of_measure)  # as another process has them

    with one_snapshot():
        assert UNITS["rooms"].zh == "间房"
    with one_snapshot():
        current_snapshot()
        assert UNITS["rooms"].zh == "间房"


def test_a_unit_that_is_not_known_asks_again_before_it_is_said_not_to_be_there(
    db, django_assert_num_queries
):
    current_snapshot()
    UnitOfMeasure.objects.create(code="mu", name_zh="亩", base="mu")  # by another process

    assert UNITS["mu"].zh == "亩"
    with django_assert_num_queries(1), pytest.raises(KeyError):
        UNITS["furlongs"]


def test_what_was_rolled_back_is_not_remembered(db):
    with transaction.atomic():
        rename("rooms", "间房")
        assert UNITS["rooms"].zh == "间房"
        transaction.set_rollback(True)
    current_snapshot()

    assert UNITS["rooms"].zh == "间"


def test_what_is_not_committed_is_no_other_threads(db):
    seen = []
    with transaction.atomic():
        rename("rooms", "间房")
        UNITS["rooms"]
        other = Thread(target=lambda: seen.append(getattr(UNITS._here, "units", None)))
        other.start()
        other.join()
        transaction.set_rollback(True)

    assert seen == [None]


def test_units_that_are_read_and_not_written_are_known_meanwhile(db):
    mu = SHIPPED["rooms"]
    with UNITS.beside({"mu": mu}):
        assert (UNITS["mu"], "mu" in UNITS, "rooms" in UNITS) == (mu, True, True)

    assert "mu" not in UNITS


def test_a_unit_whose_base_is_gone_spoils_no_other(db):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_unitofmeasure SET base = 'gone' WHERE code = 'wan_yuan'")

    assert SHIPPED.keys() - read_units().keys() == {"wan_yuan"}
