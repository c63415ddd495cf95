"""`manage.py check_report FILE`: every number of a text held against the figures."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.figures.text_check import NothingToHoldAgainst, check_text
from indicators.models import Tier
from indicators.number_check.text_files import LIMITS, text_of_file
from indicators.number_check.written import as_json, as_lines
from indicators.spreadsheets import UnreadableFile

WHY = {
    "no_unit": "There is no unit; load some first.",
    "no_such_unit": "There is no such unit in that year.",
    "no_figures": "The unit has no figures to hold the text against.",
}


class Command(BaseCommand):
    help = (
        "Hold every number of a text (docx, pdf, txt) against the figures, with --json as one "
        "object; fails where one differs. --unit, --year, --approved say against which, "
        "--text OUT writes the text as read."
    )
    # It changes nothing; Django's checks of pages and forms take longer than a whole report.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="all numbers, as one JSON object")
        parser.add_argument("--text", metavar="OUT", type=Path, help="write the text as read")
        parser.add_argument("--year", type=int, help="evaluation year; else the text's own")
        parser.add_argument("--unit", default="", metavar="CODE", help="else the one it names")
        parser.add_argument(
            "--approved", action="store_true", help="against what was approved, not reported"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = self._text(options["file"])
        if options["text"]:
            options["text"].write_bytes(text.encode())
        tiers = (Tier.APPROVED if options["approved"] else Tier.REPORTED,)
        try:
            found = check_text(text, None, unit=options["unit"], year=options["year"], tiers=tiers)
        except NothingToHoldAgainst as nothing:
            raise CommandError(WHY[nothing.code]) from nothing
        if options["json"]:
            self.stdout.write(json.dumps(as_json(found), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(as_lines(found)))
        if found.differs:
            raise SystemExit(1)

    def _text(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                content = file.read(LIMITS.bytes + 1)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        try:
            return text_of_file(content)
        except UnreadableFile as unreadable:
            raise CommandError(f"{path}: {unreadable}") from unreadable
