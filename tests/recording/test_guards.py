"""History holds against raw SQL, REPLACE, bulk updates and TRUNCATE, and after every migration."""

import importlib
import re
import sys
from decimal import Decimal as D

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from indicators.models import Release, Standing, ValueRevision, YearlyValue
from indicators.models.value import CONTENT_FIELDS
from indicators.recording import guards
from tests.cast import enter

VALUE = "indicators_yearlyvalue"
REVISION = "indicators_valuerevision"
STANDING = "indicators_standing"


def run(sql, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def history(value):
    versions = ValueRevision.objects.filter(value=value).order_by("version")
    return [(r.version, r.note, r.change.outside, r.change.actor_id) for r in versions]


@pytest.fixture
def value(children, north, officer):
    return enter(children, north, "10", note="counted", actor=officer)


def test_all_triggers_are_in_place_after_all_migrations(db):
    assert guards.missing() == []
    assert guards.check_in_place(["default"]) == []


@pytest.mark.parametrize("name", ["record_value_update", "guard_standing_insert"])
def test_the_system_check_names_a_missing_trigger(db, name):
    table = VALUE if "value" in name else STANDING
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))

    assert [error.id for error in guards.check_in_place(["default"])] == ["indicators.E001"]
    assert name in guards.check_in_place(["default"])[0].msg


def test_a_raw_update_is_recorded_as_made_outside(value, officer):
    run(f"UPDATE {VALUE} SET note = 'cooked' WHERE id = %s", value.pk)

    assert history(value) == [(1, "counted", False, officer.pk), (2, "cooked", True, None)]
    value.refresh_from_db()
    assert (value.version, value.change.actor, value.change.reason) == (2, None, "")


def test_a_raw_update_that_names_somebody_but_skips_a_version_is_outside(value, officer):
    run(f"UPDATE {VALUE} SET note = 'x', change_id = NULL, version = 9 WHERE id = %s", value.pk)

    assert history(value)[-1] == (2, "x", True, None)


def test_bulk_update_and_queryset_update_are_recorded(value):
    value.note = "bulk"
    YearlyValue.objects.bulk_update([value], ["note"])
    YearlyValue.objects.filter(pk=value.pk).update(note="queryset")

    assert [(v, note, out) for v, note, out, _by in history(value)] == [
        (1, "counted", False),
        (2, "bulk", True),
        (3, "queryset", True),
    ]


def test_a_raw_insert_is_recorded_as_made_outside(value, south):
    columns = [f.column for f in YearlyValue._meta.local_fields if f.column != "id"]
    given = {"jurisdiction_id": str(south.pk), "change_id": "NULL"}
    select = ", ".join(given.get(column, column) for column in columns)
    run(f"INSERT INTO {VALUE} ({', '.join(columns)}) SELECT {select} FROM {VALUE}")

    inserted = YearlyValue.objects.get(jurisdiction=south)
    assert history(inserted) == [(1, "counted", True, None)]


def test_values_that_one_statement_adds_each_have_their_version(value, south, city):
    columns = [f.column for f in YearlyValue._meta.local_fields if f.column != "id"]
    select = ", ".join("u.id" if column == "jurisdiction_id" else column for column in columns)
    run(
        f"INSERT INTO {VALUE} ({', '.join(columns)}) SELECT {select} FROM {VALUE},"
        " (SELECT %s AS id UNION SELECT %s) AS u",
        south.pk,
        city.pk,
    )

    for unit in (south, city):
        inserted = YearlyValue.objects.get(jurisdiction=unit)
        assert history(inserted) == [(1, "counted", False, value.change.actor_id)]


def test_a_value_is_not_deleted(value):
    with pytest.raises(DatabaseError, match="history"):
        run(f"DELETE FROM {VALUE}")
    with pytest.raises(ProtectedError):
        value.delete()
    assert YearlyValue.objects.count() == 1


def test_a_value_does_not_move_to_another_place(value, south):
    for change in (f"jurisdiction_id = {south.pk}", "year = 2020", "id = 999"):
        with pytest.raises(DatabaseError, match="history"):
            run(f"UPDATE {VALUE} SET {change}")


def test_versions_are_written_by_triggers_only(value):
    columns = [f.column for f in ValueRevision._meta.local_fields if f.column != "id"]
    forged = ", ".join("2" if column == "version" else column for column in columns)
    for sql in (
        f"INSERT INTO {REVISION} ({', '.join(columns)}) SELECT {forged} FROM {REVISION}",
        f"UPDATE {REVISION} SET note = 'never'",
        f"DELETE FROM {REVISION}",
    ):
        with pytest.raises(DatabaseError, match="history"):
            run(sql)
    assert history(value)[0][:3] == (1, "counted", False)


def test_standings_are_appended_only(value):
    for sql in (f"UPDATE {STANDING} SET tier = 'approved'", f"DELETE FROM {STANDING}"):
        with pytest.raises(DatabaseError, match="history"):
            run(sql)


@pytest.mark.parametrize(
    "sql",
    ["UPDATE {} SET number = NULL", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"],
)
def test_what_was_released_stays_as_it_was_told(children, city, sql):
    Release.objects.create(
        kind="figure", indicator=children, jurisdiction=city, year=2021, number=7
    )
    if connection.vendor == "postgresql" and "REPLACE" in sql:
        sql = "TRUNCATE {}"
    with pytest.raises(DatabaseError):
        run(sql.replace("{}", "indicators_release"))
    assert Release.objects.get().number == 7


def test_a_standing_is_of_a_version_of_its_own_value(value, children_public, north, officer):
    other = enter(children_public, north, "5", actor=officer)
    own, foreign = ValueRevision.objects.get(value=value), ValueRevision.objects.get(value=other)

    with pytest.raises(DatabaseError, match="history"), transaction.atomic():
        Standing.objects.bulk_create(
            Standing(value=value, revision=one, tier="approved", change=value.change)
            for one in (own, foreign)
        )
    assert not Standing.objects.filter(tier="approved").exists()


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {VALUE} SET change_id = 999, version = version + 1",
        f"INSERT INTO {STANDING} (value_id, revision_id, tier, change_id)"
        f" SELECT value_id, id, 'approved', 999 FROM {REVISION}",
        f"INSERT INTO {VALUE} (indicator_id, jurisdiction_id, year, change_id, {{columns}})"
        f" SELECT indicator_id, jurisdiction_id, year + 1, 999, {{columns}} FROM {VALUE}",
    ],
)
def test_what_is_written_points_to_a_change_that_there_is(value, sql):
    columns = ", ".join(name for name in CONTENT_FIELDS if name != "change_id")

    with pytest.raises(DatabaseError, match=r"no .*change"), transaction.atomic():
        run(sql.format(columns=columns))
    assert len(history(value)) == 1


@pytest.mark.parametrize("revision", ["999", "NULL"])
def test_a_standing_is_of_a_version_that_there_is(value, revision):
    with pytest.raises(DatabaseError), transaction.atomic():
        run(
            f"INSERT INTO {STANDING} (value_id, revision_id, tier, change_id)"
            f" SELECT id, {revision}, 'approved', change_id FROM {VALUE}"
        )


@pytest.mark.parametrize("table", [VALUE, REVISION, STANDING])
def test_truncate_is_refused(value, table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE; it deletes, which is refused")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="history"):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", [VALUE, REVISION, STANDING])
def test_insert_or_replace_is_refused(value, table):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    with pytest.raises(DatabaseError, match="history"):
        run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")
    assert len(history(value)) == 1


def test_an_upsert_is_recorded_or_refused(value):
    value.note = "upserted"

    def upsert():
        with transaction.atomic():
            YearlyValue.objects.bulk_create(
                [value], update_conflicts=True, unique_fields=["id"], update_fields=["note"]
            )

    if connection.vendor == "sqlite":
        with pytest.raises(DatabaseError, match="history"):
            upsert()
    else:
        upsert()
        assert history(value)[-1][:3] == (2, "upserted", True)


def test_what_a_migration_changes_is_recorded_when_the_triggers_are_back(value):
    guards.before_migrate("default")
    run(f"UPDATE {VALUE} SET note = 'migrated'")
    assert len(history(value)) == 1
    guards.after_migrate("default")

    assert history(value)[-1] == (2, "migrated", True, None)
    assert guards.missing() == []
    guards.after_migrate("default")
    assert len(history(value)) == 2


def test_migrate_itself_leaves_the_triggers_in_place(transactional_db):
    guards.off()
    call_command("migrate", verbosity=0, skip_checks=True)

    assert guards.missing() == []


def test_numbers_are_integers_on_sqlite(value):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps numeric(18,4)")
    for wrong in ("1.5", "'twelve'", str(10**18)):
        with pytest.raises(DatabaseError, match="CHECK"):
            run(f"UPDATE {VALUE} SET number = {wrong}")
    run(f"UPDATE {VALUE} SET number = 15000")
    value.refresh_from_db()
    assert value.number == D("1.5")


def test_people_and_units_with_figures_are_protected(value, officer, north):
    for thing in (officer, north):
        with pytest.raises(ProtectedError):
            thing.delete()


def test_no_trigger_is_named_twice():
    for vendor in ("sqlite", "postgresql"):
        sql = (guards.HERE / f"{vendor}.sql").read_text()
        names = re.findall(r"CREATE TRIGGER (\w+)", sql)
        assert len(names) == len(set(names)) >= 10


# The web process does not start without the guards of history.


@pytest.mark.django_db
def test_without_a_trigger_the_web_process_refuses_to_start(monkeypatch):
    monkeypatch.setattr(guards, "missing", lambda using: ["guard_value_delete"])
    monkeypatch.delitem(sys.modules, "education_duty.wsgi", raising=False)

    with pytest.raises(ImproperlyConfigured, match="guard_value_delete are missing"):
        importlib.import_module("education_duty.wsgi")
