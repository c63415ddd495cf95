from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from indicators.catalogue.seeds import SeedFault, load_seeds


class Command(BaseCommand):
    help = "Loads the starting data; can be run again, and keeps what users changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--catalogue",
            action="store_true",
            help="duty areas, indicators, definitions, frameworks, targets only: for another city",
        )
        parser.add_argument(
            "--from",
            dest="folder",
            type=Path,
            default=settings.BASE_DIR / "seeds",
            metavar="DIR",
            help="another folder with files of the same names",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcomes = load_seeds(options["folder"], catalogue_only=options["catalogue"])
        except SeedFault as fault:
            raise CommandError(f"{fault} Nothing was loaded.") from fault
        for outcome in outcomes:
            self.stdout.write(str(outcome))
            for key, reason in outcome.left.items():
                self.stdout.write(f"  left {key}: {reason}")
