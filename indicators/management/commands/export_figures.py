"""`manage.py export_figures > figures.csv`: the same file as from the browser, of all units."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from indicators.exchange.forms import ExportForm
from indicators.figures.long_csv import csv_file
from indicators.models import Tier


class Command(BaseCommand):
    help = "The long CSV on standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", help="year of the value", metavar="YEAR")
        parser.add_argument("--jurisdiction", metavar="CODE")
        parser.add_argument("--area", help="code of a duty area", metavar="CODE")
        parser.add_argument(
            "--approved", action="store_true", help="what was approved, not what was reported"
        )
        parser.add_argument("--header", choices=["codes", "names"], default="codes")

    def handle(self, *args: Any, **options: Any) -> None:
        data = {name: options[name] for name in ("year", "jurisdiction", "area", "header")}
        tier = Tier.APPROVED if options["approved"] else Tier.REPORTED
        form = ExportForm(None, data | {"tier": tier})
        with translation.override("en"):
            faults = form.errors.get_json_data()
        if faults:
            sentences = [
                f"--{name}: {fault['message']}" for name in faults for fault in faults[name]
            ]
            raise CommandError(" ".join(sentences))
        for chunk in csv_file(None, form.asked, header=options["header"]):
            self._write(chunk)

    def _write(self, chunk: bytes) -> None:
        """As bytes where stdout takes them: its own encoding may be ASCII, as in locale C."""
        raw = getattr(self.stdout, "buffer", None)
        if raw is not None:
            raw.write(chunk)
        else:
            self.stdout.write(chunk.decode(), ending="")
