"""The demonstration's database and static files, brought up to what the tree says."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from education_duty.bootstrap import fingerprint
from education_duty.bootstrap.places import ASSETS, PROJECT, ROOT, VAR, say
from education_duty.bootstrap.tools import step
from indicators.demo import accounts, data, loading

DATABASE = VAR / "demo.sqlite3"

stamps = fingerprint.Stamps(VAR / "demo.json")


def prepare() -> None:
    """Migrate, load seeds, make accounts and the districts' figures, gather static files: what
    changed since the last time.

    All code of the application counts as a cause, not migrations and seeds alone: a corrected
    loader has to run as well, and running once too often only costs seconds.
    """
    made_of = [ROOT / "indicators", ROOT / "seeds", PROJECT / "requirements.txt"]
    tree = fingerprint.of_files(made_of)
    changed = not (DATABASE.exists() and stamps.fits("data", tree))
    if changed:
        with step("Bringing the demo's database up to date"):
            call_command("migrate", interactive=False, verbosity=0)
        with step("Loading seeds"):
            call_command("load_seeds", stdout=sys.stderr)
    with step("Checking the accounts"):
        accounts.stand_ready()
    if changed:
        make_district_figures()
        stamps.set("data", tree)
    static = fingerprint.of_files(
        [ROOT / "indicators/static", ASSETS, PROJECT / "requirements.txt"]
    )
    if not (Path(settings.STATIC_ROOT).exists() and stamps.fits("static", static)):
        with step("Gathering static files"):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamps.set("static", static)


def make_district_figures() -> None:
    """Once for each database: a later version would write over what visitors have entered."""
    figures = data.figures()
    version = data.version(figures)
    if not loading.are_there():
        with step(f"Making {len(figures)} figures of districts"):
            loading.load(figures, say)
        stamps.set("district figures", version)
    elif not stamps.fits("district figures", version):
        say("The districts' figures are of an earlier version; --reset makes them anew.")


def forget() -> None:
    """Remove the database; the next preparation makes it anew."""
    for suffix in ("", "-wal", "-shm"):
        DATABASE.with_name(DATABASE.name + suffix).unlink(missing_ok=True)
