from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from education_duty.backups import restore
from education_duty.bootstrap.places import Refusal


class Command(BaseCommand):
    help = (
        "Put what a file of backup holds in the place of what the database holds; stop the web "
        "processes first, and run migrate after it where the file is of an older version."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="also where the database holds accounts"
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            restore(options["file"], replace=options["replace"])
        except Refusal as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self.stdout.write(f"{options['file']} is in place.")
