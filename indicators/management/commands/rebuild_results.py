"""`manage.py rebuild_results [--check] [--reason]`: work out every result again, or compare."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from education_duty.bootstrap.places import say
from indicators.collection import ApprovedWouldMove
from indicators.figures.moved import moved_figures
from indicators.models import Indicator, Jurisdiction
from indicators.recording.examination import examine_due
from indicators.recording.rebuilding import rebuild_results
from indicators.results.rebuild import Difference, check

SHOWN = 20
TOLD_EVERY = 100_000  # results
INTERRUPTED = 130  # as a shell has it


class Command(BaseCommand):
    help = (
        "Recompute every result and compare; without --check store them, and with --reason "
        "also what moves approved figures."
    )

    _last_told = 0

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare and change nothing")
        parser.add_argument(
            "--reason",
            default="",
            help="why approved figures may change; else they are listed and nothing is stored",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self._check()
            else:
                self._rebuild(options["reason"].strip())
        except KeyboardInterrupt as stop:
            raise CommandError(
                "Interrupted. Nothing was changed.", returncode=INTERRUPTED
            ) from stop

    def _told(self, done: int) -> None:
        if done - self._last_told >= TOLD_EVERY:
            self._last_told = done
            say(f"  {done} results ...")

    def _check(self) -> None:
        compared, differences = check(self._told)
        for difference in differences[:SHOWN]:
            self.stdout.write(in_words(difference))
        self.stdout.write(f"{compared} results compared, {len(differences)} differ.")
        if differences:
            raise CommandError("Run rebuild_results without --check to mend them.")

    def _rebuild(self, reason: str) -> None:
        try:
            total, changed, _moved = rebuild_results(reason=reason, told=self._told)
        except ApprovedWouldMove as refusal:
            for one in moved_figures(refusal.moved):
                self.stderr.write(f"  {one}")
            raise CommandError(
                f"{len(refusal.moved)} approved figures would change. Nothing was stored; give"
                " --reason to change them, each with a correction."
            ) from refusal
        examine_due()
        self.stdout.write(f"{total} results worked out, {changed} changed.")


def in_words(difference: Difference) -> str:
    """`preschool_total 500106 2021 reported: number 10 should be 11`."""
    key, tier = difference.place
    indicator = Indicator.objects.get(pk=key.indicator_id).code
    unit = Jurisdiction.objects.get(pk=key.unit_id).code
    fields = "; ".join(f"{k} {a} should be {b}" for k, (a, b) in difference.fields.items())
    return f"{indicator} {unit} {key.year} {tier}: {fields}"
