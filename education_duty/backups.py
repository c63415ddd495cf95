"""The whole database in one file, and back: accounts, catalogue, figures and their whole history.

Goes in: a file's path. PostgreSQL is dumped by its own `pg_dump` (custom format), SQLite by its
backup interface; both see one moment, and nobody has to stop working. Restoring puts all that is in
the file in the place of all that is in the database, or leaves it as it is.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from education_duty.bootstrap.places import Refusal
from education_duty.bootstrap.postgres import installed_binaries

BEGINNINGS = {b"SQLite format 3\0": "sqlite", b"PGDMP": "postgresql"}
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def back_up(path: Path) -> int:
    """Write the file, which only its owner can read; its size in bytes.

    Refuses: a file that is there; a folder that is not; what pg_dump refuses.
    """
    if path.exists():
        raise Refusal(f"{path} is there already; give another name.")
    if not path.parent.is_dir():
        raise Refusal(f"There is no folder {path.parent}.")
    with _beside(path) as unfinished:
        if connection.vendor == "postgresql":
            _run("pg_dump", ["--format=custom", f"--file={unfinished}"])
            _run("pg_restore", ["--list", str(unfinished)], connected=False)
        else:
            connection.ensure_connection()
            with closing(sqlite3.connect(unfinished)) as copy:
                connection.connection.backup(copy)
                _refuse_damaged(copy, path)
        unfinished.replace(path)
    return path.stat().st_size


def restore(path: Path, *, replace: bool = False) -> None:
    """Put what the file holds in the place of what the database holds, all or nothing.

    Refuses: a file that is none of ours, or of the other kind of database; a database that holds
    accounts, unless to `replace`; what pg_restore refuses.
    """
    kind = _kind_of(path)
    if kind != connection.vendor:
        raise Refusal(
            f"{path} holds a {NAMES[kind]} database, DATABASE_URL names a"
            f" {NAMES[connection.vendor]} one."
        )
    if not replace and _holds_accounts():
        raise Refusal(
            "The database holds accounts. With --replace all of it is given up for the file's."
        )
    if kind == "postgresql":
        _refuse_newer_tables(path)
        connection.close()
        once = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
        _run("pg_restore", [*once, "--clean", "--if-exists", str(path)], into=True)
        return
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as copy:
        _refuse_damaged(copy, path)
        connection.ensure_connection()
        copy.backup(connection.connection)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """An empty file of the same folder, gone afterwards unless it was renamed."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _kind_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            begins = file.read(16)
    except OSError as error:
        raise Refusal(f"{path} cannot be read: {error.strerror}.") from error
    for beginning, kind in BEGINNINGS.items():
        if begins.startswith(beginning):
            return kind
    raise Refusal(f"{path} is no file that `manage.py backup` has written.")


def _refuse_damaged(copy: sqlite3.Connection, path: Path) -> None:
    try:
        (said,) = copy.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        said = str(error)
    if said != "ok":
        raise Refusal(f"{path} is damaged: {said}.")


def _refuse_newer_tables(path: Path) -> None:
    """What the file does not know would stay, and stand in the way of `migrate`."""
    listed = _run("pg_restore", ["--list", str(path)], connected=False)
    known = set(re.findall(r" TABLE \S+ (\S+) ", listed))
    if newer := sorted(set(connection.introspection.table_names()) - known):
        raise Refusal(
            f"{path} is of an older version: it has no {', '.join(newer[:3])}. Restore it into an"
            " empty database and run migrate."
        )


def _holds_accounts() -> bool:
    table = "indicators_user"
    if table not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} LIMIT 1")
        return cursor.fetchone() is not None


def _run(name: str, options: list[str], *, connected: bool = True, into: bool = False) -> str:
    """What one of PostgreSQL's programs says, with the connection that DATABASE_URL names."""
    folder = installed_binaries()
    program = (folder and shutil.which(name, path=str(folder))) or shutil.which(name)
    if not program:
        raise Refusal(f"There is no {name} on this machine; install PostgreSQL's client programs.")
    env: dict[str, str] | None = None
    where: list[str] = []
    if connected:
        # Django's own way to psql; the programs take the same options and variables.
        (_psql, *where), env = connection.client.settings_to_cmd_args_env(
            connection.settings_dict, []
        )
        database = where.pop()
        where += [f"--dbname={database}"] if into else [database]
    done = subprocess.run(
        [program, *where, *options] if into else [program, *options, *where],
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Refusal(f"{name} did not come to its end: {done.stderr.strip()[-500:]}")
    return done.stdout
