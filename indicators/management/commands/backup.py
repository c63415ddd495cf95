from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from education_duty.backups import back_up
from education_duty.bootstrap.places import Refusal


class Command(BaseCommand):
    help = "Write the whole database into one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            size = back_up(options["file"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{options['file']}: {size:,} bytes. It holds accounts; keep it safe.")
