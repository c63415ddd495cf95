"""`manage.py publish_figures UNIT YEAR FOLDER`: a unit's figures of a year as static pages."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.models import Jurisdiction
from indicators.reports.site import site_of_year
from indicators.reports.site_files import written


class Command(BaseCommand):
    help = (
        "Write a unit's approved figures of a year out as static pages with their data: only "
        "what may be told to everybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("unit", help="code of the unit, such as 500000")
        parser.add_argument("year", type=int, help="evaluation year")
        parser.add_argument("folder", type=Path, help="a new or empty folder")

    def handle(self, *_args: Any, unit: str, year: int, folder: Path, **_options: Any) -> None:
        found = Jurisdiction.objects.valid_in(year).filter(code=unit).first()
        if found is None:
            raise CommandError(f"No unit has the code {unit!r} in {year}.")
        files = site_of_year(found, year)
        if len(files["figures.csv"].splitlines()) == 1:
            raise CommandError(f"{found.name} has no figure of {year} that may stand in public.")
        self.stdout.write(written(files, folder))
