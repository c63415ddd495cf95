"""`manage.py benchmark city`: how near pages, saves, export and load come to their floors."""

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
from indicators.benchmark import database, run
from indicators.benchmark.city import Size
from indicators.exchange.postgres_csv import select
from indicators.exchange.queries import Asked, before_corrections, doubts
from indicators.models import User

# Set for the process that measures, whose settings already name the database made for it.
INSIDE = "EDUCATION_DUTY_BENCHMARK_INSIDE"


class Command(BaseCommand):
    help = (
        "Makes a PostgreSQL database with a made-up city, measures pages, saves, export and load "
        "against the least that PostgreSQL and the libraries can do, and drops it again. "
        "Progress, SQL and EXPLAIN go to stderr."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["city"])
        parser.add_argument(
            "--json", action="store_true", help="the last line is one JSON object, not a table"
        )
        for name, number in vars(Size()).items():
            parser.add_argument(f"--{name}", type=int, default=number, metavar="N")
        parser.add_argument("--quick", action="store_true", help="two repetitions, to try it out")

    def handle(self, *args: Any, **options: Any) -> None:
        if os.environ.get(INSIDE):
            self._measure(**options)
            return
        given = [f"--{name}={options[name]}" for name in vars(Size())]
        given += [f"--{name}" for name in ("json", "quick") if options[name]]
        command = [sys.executable, str(ROOT / "manage.py"), "benchmark", "city", *given]
        try:
            with (
                postgres.server(os.environ.get("TEST_POSTGRES_URL", "")) as server,
                database.made(server.url) as url,
            ):
                say(f"On {server.description}.")
                env = database.environment(url) | {INSIDE: "1"}
                status = subprocess.run(command, env=env, check=False).returncode
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if status:
            raise CommandError("The benchmark did not come to its end.")

    def _measure(self, **options: Any) -> None:
        call_command("migrate", verbosity=0, skip_checks=True)
        size = Size(**{name: options[name] for name in vars(Size())})
        found = run.measure(size, _export_of, quick=options["quick"])
        if options["json"]:
            self.stdout.write(json.dumps(found))
            return
        for name, bound in run.BOUNDS.items():
            told = "within" if found[name] <= bound else "OVER"
            self.stdout.write(f"{name:20}{found[name]:>10}   {told} {bound}")
        for name, pair in found["medians"].items():
            self.stdout.write(f"{name:20}{pair['act']:>10} ms, floor {pair['floor']} ms")


def _export_of(user: User) -> str:
    """The SELECT behind the export, its values filled in."""
    sql, values = select(user, Asked(), before_corrections(user), doubts())
    with connection.cursor() as cursor:
        return cursor.mogrify(sql, values)
