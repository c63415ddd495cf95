from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, no_translations

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.collection import ApprovedWouldMove
from indicators.figures.moved import moved_figures
from indicators.recording.examination import examine_due


class Command(BaseCommand):
    help = "Load or refresh the catalogue and figures of seeds/, keeping what users changed."

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
        parser.add_argument(
            "--beside",
            type=Path,
            metavar="DIR",
            help="a folder whose catalogue (such as targets) is loaded with it",
        )
        parser.add_argument(
            "--reason",
            default="",
            help="why approved figures may change; else they are listed and nothing is loaded",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcomes = load_seeds(
                options["folder"],
                beside=options["beside"],
                catalogue_only=options["catalogue"],
                reason=options["reason"].strip(),
            )
        except SeedFault as fault:
            raise CommandError(f"{fault} Nothing was loaded.") from fault
        except ApprovedWouldMove as refusal:
            for one in moved_figures(refusal.moved):
                self.stderr.write(f"  {one}")
            raise CommandError(
                f"{len(refusal.moved)} approved figures would change. Nothing was loaded; give"
                " --reason to change them, each with a correction."
            ) from refusal
        examine_due()
        for outcome in outcomes:
            self.stdout.write(str(outcome))
            for key, reason in outcome.left.items():
                self.stdout.write(f"  left {key}: {reason}")
            for words in outcome.doubted:
                self.stdout.write(f"  doubted {words}")
