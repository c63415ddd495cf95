"""The demonstration's database and static files, brought up to what the tree says."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from education_duty.bootstrap import fingerprint
from education_duty.bootstrap.places import ASSETS, PROJECT, ROOT, VAR, say
from education_duty.bootstrap.tools import step
from indicators.demo import accounts, data, loading, problem_story
from indicators.demo.districts import districts
from indicators.demo.people import move_in, people
from indicators.demo.round import run
from indicators.demo.round_story import deeds
from indicators.demo.story import EVALUATION_YEAR
from indicators.models import Round
from indicators.recording.examination import examine_due

DATABASE = VAR / "demo.sqlite3"

# Frameworks and targets, of the city and of districts, so that more than a third of what is shown
# has a light.
MADE_UP_TARGETS = Path(__file__).parent / "seeds"

MARK = "education_duty_demo"

stamps = fingerprint.Stamps(VAR / "demo.json")


def prepare() -> None:
    """Migrate, load seeds, make accounts and the districts' figures, gather static files: what
    changed since the last time.

    All code of the application counts as a cause, not migrations and seeds alone: a corrected
    loader has to run as well, and running once too often only costs seconds.
    """
    made_of = [ROOT / "indicators", ROOT / "seeds", PROJECT / "requirements.txt"]
    tree = fingerprint.of_files(made_of)
    if is_empty():
        begin()
    changed = not stamps.fits(stamp("data"), tree)
    if changed:
        with step("Bringing the demo's database up to date"):
            call_command("migrate", interactive=False, verbosity=0)
        with step("Loading seeds"):
            call_command(
                "load_seeds", beside=MADE_UP_TARGETS, reason="演示数据更新", stdout=sys.stderr
            )
    with step("Checking the accounts"):
        accounts.stand_ready()
    if changed:
        make_district_figures()
        examine_due()
        stamps.set(stamp("data"), tree)
    say_if_over()
    static = fingerprint.of_files(
        [ROOT / "indicators/static", ASSETS, PROJECT / "requirements.txt"]
    )
    if not (Path(settings.STATIC_ROOT).exists() and stamps.fits("static", static)):
        with step("Gathering static files"):
            call_command("collectstatic", interactive=False, clear=True, verbosity=0)
        stamps.set("static", static)


def is_empty() -> bool:
    """Whether the database holds no table of anybody's."""
    if connection.vendor == "sqlite":
        return not connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT NOT EXISTS (SELECT FROM pg_class JOIN pg_namespace space"
            " ON space.oid = relnamespace WHERE nspname !~ '^pg_' AND nspname <> %s)",
            ["information_schema"],
        )
        return bool(cursor.fetchone()[0])


def is_own() -> bool:
    """Whether the demo has begun in the PostgreSQL database."""
    return MARK in connection.introspection.table_names()


def begin() -> None:
    """Nothing of what was done in an earlier database of the name counts; PostgreSQL's is marked
    before anything else, so that a start that broke off can be taken up again."""
    for what in ("data", "district figures"):
        stamps.set(stamp(what), "")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {MARK} ()")


def stamp(what: str) -> str:
    """The name of a stamp: of each PostgreSQL database its own."""
    if connection.vendor == "sqlite":
        return what
    of = connection.settings_dict
    return f"{what} {of['HOST']}:{of['PORT']}/{of['NAME']}"


def make_district_figures() -> None:
    """Once for each database: a later version would write over what visitors have entered."""
    figures = data.figures()
    done = deeds([unit.code for unit in districts()], figures)
    version = data.version([*figures, *done, *problem_story.told()])
    if not loading.are_there():
        with step(f"Making {len(figures)} figures of districts"):
            tell(figures, say)
        stamps.set(stamp("district figures"), version)
    elif not stamps.fits(stamp("district figures"), version):
        say("The districts' figures are of an earlier version; --reset makes them anew.")


def say_if_over() -> None:
    """The round's days do not move with a database that is kept."""
    if Round.objects.filter(closes_on__lt=timezone.localdate(), closed_at=None).exists():
        say("The last day of the demonstration's round has passed; --reset makes it anew.")


@transaction.atomic
def tell(figures: Sequence[data.Figure], say: Callable[[str], None]) -> None:
    """What was handed in before the round, then the round itself; all or nothing."""
    in_round = [figure for figure in figures if figure.in_round]
    move_in(people([unit.code for unit in districts()]))
    loading.load([figure for figure in figures if not figure.in_round], say)
    run(in_round)
    say(f"  {EVALUATION_YEAR}: {len(in_round)} figures in the round")


def forget() -> None:
    """Remove the database; the next preparation makes it anew."""
    for suffix in ("", "-wal", "-shm"):
        DATABASE.with_name(DATABASE.name + suffix).unlink(missing_ok=True)
