"""The drill: backed up, lost, restored, and every row is what it was; on both databases."""

import stat

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from indicators.models import Jurisdiction, User, ValueRevision, YearlyValue
from tests.cast import enter, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def every_row():
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
    }


@pytest.fixture
def file(tmp_path):
    return tmp_path / "education_duty.backup"


@pytest.fixture
def figures(children, north, south, officer):
    enter(children, north, "100", actor=officer)
    enter(children, north, "120", actor=officer)
    enter(children, south, "42余万", actor=None)


def test_what_was_lost_comes_back_row_by_row(file, figures, children, north, officer):
    before = every_row()
    call_command("backup", file, verbosity=0)
    enter(children, north, "999", actor=officer)
    make_user("late", "officer", north)
    assert every_row() != before

    call_command("restore", file, replace=True)

    assert every_row() == before
    assert sum(map(len, before.values())) > 50


def test_history_is_written_after_restoring_as_before(file, figures, children, north, officer):
    call_command("backup", file)
    call_command("restore", file, replace=True)
    versions = ValueRevision.objects.count()

    enter(children, north, "130", actor=officer)

    assert ValueRevision.objects.count() == versions + 1
    assert YearlyValue.objects.get(indicator=children, jurisdiction=north).number == 130


def test_only_its_owner_reads_the_file(file, figures):
    call_command("backup", file)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_a_file_is_not_written_over(file, figures):
    file.write_text("of somebody")

    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", file)

    assert file.read_text() == "of somebody"


def test_a_database_with_accounts_is_not_given_up_unasked(file, figures, officer):
    call_command("backup", file)
    before = every_row()

    with pytest.raises(CommandError, match=r"holds accounts.* --replace.*Nothing was changed"):
        call_command("restore", file)

    assert every_row() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no file that `manage.py backup` has written"),
        (b"PK\x03\x04 a workbook", "is no file that `manage.py backup` has written"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_backup_is_said(file, db, content, said):
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=said):
        call_command("restore", file)


def test_a_file_of_the_other_database_is_said(file, db):
    other = {"sqlite": b"PGDMP", "postgresql": b"SQLite format 3\0"}
    file.write_bytes(other[connection.vendor] + b"\0" * 100)

    with pytest.raises(CommandError, match="DATABASE_URL names a"):
        call_command("restore", file)


def test_a_file_that_is_cut_off_changes_nothing(file, figures, officer):
    call_command("backup", file)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    before = every_row()

    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("restore", file, replace=True)

    assert every_row() == before
    assert User.objects.filter(pk=officer.pk).exists()
    assert Jurisdiction.objects.exists()


def test_a_file_of_an_older_version_leaves_no_newer_table_behind(file, figures):
    call_command("backup", file)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE newer (id integer)")
    try:
        if connection.vendor == "postgresql":
            with pytest.raises(CommandError, match=r"it has no newer\. Restore it into an empty"):
                call_command("restore", file, replace=True)
        else:
            call_command("restore", file, replace=True)
            assert "newer" not in connection.introspection.table_names()
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS newer")


def test_without_a_folder_nothing_is_written(tmp_path, db):
    with pytest.raises(CommandError, match="There is no folder"):
        call_command("backup", tmp_path / "nowhere" / "x.backup")
