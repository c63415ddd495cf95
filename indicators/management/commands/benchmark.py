"""`manage.py benchmark`: what pages, saves, export and load cost.

`city`: how near they come to their floors. `nation`: how much more pages cost than in a city.
`dashboards`: the same of all pages of the dashboards, and what a page that is as it was costs.
`exchange`: what files cost on their way in and out. `check_report`: what the number check costs.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from education_duty.bootstrap import postgres
from education_duty.bootstrap.places import ROOT, Refusal, say
from indicators.benchmark import checking, database, exchange, nation, run
from indicators.benchmark.city import Size
from indicators.figures.long_csv import select
from indicators.figures.long_rows import Asked, before_corrections, doubts
from indicators.models import User

# Set for the process that measures, whose settings already name the database made for it.
INSIDE = "EDUCATION_DUTY_BENCHMARK_INSIDE"
# Beside a city.
NATIONS = {"nation": nation.measure, "dashboards": nation.measure_dashboards}
# By what is measured: what may be at most so much, and what is to be at least so much.
BOUNDS: dict[str, tuple[dict[str, float], dict[str, float]]] = {
    "city": (run.BOUNDS, {}),
    "nation": (nation.BOUNDS, {}),
    "dashboards": (nation.DASHBOARDS_BOUNDS, {}),
    "exchange": (exchange.AT_MOST, exchange.AT_LEAST),
    "check_report": (checking.AT_MOST, {}),
}


class Command(BaseCommand):
    help = (
        "Makes a PostgreSQL database with a made-up city, measures pages, saves, export and load "
        "against the least that PostgreSQL and the libraries can do, and drops it again; or one "
        "with a city and one with a nation of 31 provinces and 3,000 counties, and their pages "
        "against each other; or imports, exports and workbooks against COPY and other libraries; "
        "or the number check of a long text. "
        "Progress, SQL and EXPLAIN go to stderr."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=sorted(BOUNDS))
        parser.add_argument(
            "--json", action="store_true", help="the last line is one JSON object, not a table"
        )
        for name, number in vars(Size()).items():
            of_nation = getattr(nation.SIZE, name)
            which = f"{number} in the city, {of_nation} in the nation"
            parser.add_argument(f"--{name}", type=int, metavar="N", help=which)
        parser.add_argument(
            "--large-units",
            type=int,
            metavar="N",
            default=exchange.LARGE_UNITS,
            help=f"units of the city whose large export is measured, {exchange.LARGE_UNITS}",
        )
        parser.add_argument("--quick", action="store_true", help="two repetitions, to try it out")

    def handle(self, *args: Any, **options: Any) -> None:
        usual = nation.SIZE if options["what"] in NATIONS else Size()
        size = {name: options[name] or number for name, number in vars(usual).items()}
        if os.environ.get(INSIDE):
            self._inside(Size(**size), **options)
            return
        try:
            with postgres.server(os.environ.get("TEST_POSTGRES_URL", "")) as server:
                say(f"On {server.description}.")
                if options["what"] in NATIONS:
                    self._tell(self._nation(server.url, Size(**size), **options), **options)
                elif options["what"] == "exchange":
                    self._tell(self._exchange(server.url, size, **options), **options)
                else:
                    self._alone(server.url, size, **options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _alone(self, server: str, size: dict[str, int], **options: Any) -> None:
        """In one database, by a process that tells what it found by itself."""
        asked = [f"--{name}={number}" for name, number in size.items()]
        asked += [f"--{name}" for name in ("json", "quick") if options[name]]
        command = [sys.executable, str(ROOT / "manage.py"), "benchmark", options["what"], *asked]
        with database.made(server) as url:
            env = database.environment(url) | {INSIDE: "1"}
            if subprocess.run(command, env=env, check=False).returncode:
                raise CommandError("The benchmark did not come to its end.")

    def _nation(self, server: str, size: Size, **options: Any) -> dict[str, Any]:
        try:
            measure = NATIONS[options["what"]]
            return measure(server, size, inside={INSIDE: "1"}, quick=options["quick"])
        except subprocess.CalledProcessError as error:
            raise CommandError("The benchmark did not come to its end.") from error

    def _exchange(self, server: str, size: dict[str, int], **options: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for part, units in (("city", size["units"]), ("large", options["large_units"])):
            asked = [f"--{name}={number}" for name, number in (size | {"units": units}).items()]
            command = [sys.executable, str(ROOT / "manage.py"), "benchmark", "exchange", *asked]
            command += ["--quick"] if options["quick"] else []
            with database.made(server, part) as url:
                env = database.environment(url) | {INSIDE: part}
                done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=False)
            if done.returncode:
                raise CommandError("The benchmark did not come to its end.")
            found |= json.loads(done.stdout.splitlines()[-1])
        return found

    def _inside(self, size: Size, **options: Any) -> None:
        call_command("migrate", verbosity=0, skip_checks=True)
        if options["what"] == "exchange":
            large = os.environ[INSIDE] == "large"
            measure = exchange.measure_large if large else exchange.measure
            self.stdout.write(json.dumps(measure(size, _export_of, quick=options["quick"])))
            return
        if options["what"] == "nation":
            asked = json.loads(os.environ[nation.ASKED])
            self.stdout.write(json.dumps(nation.carry_out(asked, size)))
            return
        if options["what"] == "check_report":
            self._tell(checking.measure(quick=options["quick"]), **options)
            return
        self._tell(run.measure(size, _export_of, quick=options["quick"]), **options)

    def _tell(self, found: dict[str, Any], **options: Any) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        at_most, at_least = BOUNDS[options["what"]]
        for name, bound in at_most.items():
            verdict = "within" if found[name] <= bound else "OVER"
            self.stdout.write(f"{name:28}{found[name]:>10}   {verdict} {bound}")
        for name, bound in at_least.items():
            verdict = "within" if found[name] >= bound else "UNDER"
            self.stdout.write(f"{name:28}{found[name]:>10}   {verdict} {bound}")
        for name, pair in found.get("medians", {}).items():
            self.stdout.write(f"{name:20}{pair['act']:>10} ms, floor {pair['floor']} ms")
        for name, page in found.get("pages", {}).items():
            self.stdout.write(f"{name:20}{page['nation']:>10} ms, city {page['city']} ms")
        for name, seconds in found.get("cpu_seconds", {}).items():
            self.stdout.write(f"{name:28}{seconds:>10} s")


def _export_of(user: User) -> str:
    """The SELECT behind the export, its values filled in."""
    sql, values = select(user, Asked(), before_corrections(user), doubts(user))
    with connection.cursor() as cursor:
        return cursor.mogrify(sql, values)
