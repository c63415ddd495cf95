"""`manage.py publish_edition DIGEST FOLDER`: an edition as static pages for any web server."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.models import Edition
from indicators.reports.site import site_of
from indicators.reports.site_files import written


class Command(BaseCommand):
    help = (
        "Write a report's edition out as static pages with its data: only what may be told to "
        "everybody."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("digest", help="the edition's SHA-256, or its first signs")
        parser.add_argument("folder", type=Path, help="a new or empty folder")

    def handle(self, *_args: Any, digest: str, folder: Path, **_options: Any) -> None:
        found = list(Edition.objects.filter(digest__startswith=digest.lower())[:2])
        if len(found) != 1 or not digest:
            how_many = "Several editions have" if found and digest else "No edition has"
            raise CommandError(f"{how_many} the digest {digest!r}. Copy it from its page.")
        self.stdout.write(written(site_of(found[0]), folder))
