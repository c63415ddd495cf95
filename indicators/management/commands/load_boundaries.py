"""`manage.py load_boundaries FILE`: boundaries of units, drawn on the pages of indicators."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from indicators.catalogue.boundaries import BoundaryFault, read_boundaries
from indicators.models import Boundary, Jurisdiction
from indicators.recording.boundary import forget_boundaries, keep_boundaries

MEGABYTES = 50


class Command(BaseCommand):
    help = (
        "Load boundaries of units from GeoJSON, with the map's review number (审图号); where all "
        "units of a page have one, they are drawn in place of tiles."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="GeoJSON (RFC 7946), in UTF-8")
        parser.add_argument("--approval-number", default="", help="审图号, as GS(2024)0650号")
        parser.add_argument("--source", default="", help="who drew them; stands beside the number")
        parser.add_argument(
            "--year",
            type=int,
            default=timezone.localdate().year,
            help="the codes are those of units of this year (%(default)s)",
        )
        parser.add_argument("--clear", action="store_true", help="forget those of all units")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["clear"]:
            self.stdout.write(f"{forget_boundaries()} boundaries forgotten.")
        if options["file"]:
            self._load(**options)
        elif not options["clear"]:
            raise CommandError("Name a file of GeoJSON.")

    def _load(self, *, file: Path, approval_number: str, source: str, year: int, **_: Any) -> None:
        if not approval_number.strip():
            raise CommandError("Give the map's review number (审图号) with --approval-number.")
        try:
            if file.stat().st_size > MEGABYTES * 1_000_000:
                raise CommandError(f"{file} is larger than {MEGABYTES} MB. Simplify it first.")
            outlines = read_boundaries(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except BoundaryFault as fault:
            raise CommandError(f"{file}: {fault} Nothing was loaded.") from fault
        units = {unit.code: unit for unit in Jurisdiction.objects.valid_in(year)}
        known = {code: outline for code, outline in outlines.items() if code in units}
        if not known:
            raise CommandError(f"{file}: none of its codes is that of a unit of {year}.")
        said = {"approval_number": approval_number.strip(), "source": source.strip()}
        try:
            keep_boundaries(
                [
                    Boundary(jurisdiction=units[code], **vars(outline), **said)
                    for code, outline in known.items()
                ]
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{len(known)} boundaries loaded.")
        left = sorted(outlines.keys() - known.keys())
        if left:
            self.stdout.write(f"No unit of {year} has the code {', '.join(left[:20])}.")
