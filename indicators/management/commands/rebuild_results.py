"""`manage.py rebuild_results [--check]`: work out every result again, or only compare."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.models import Indicator, Jurisdiction
from indicators.recording.examination import examine_due
from indicators.results.rebuild import Difference, check, rebuild

SHOWN = 20


class Command(BaseCommand):
    help = "Recompute all results from what stands."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="compare and change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if not options["check"]:
            total, changed = rebuild()
            examine_due()
            self.stdout.write(f"{total} results worked out, {changed} changed.")
            return
        compared, differences = check()
        for difference in differences[:SHOWN]:
            self.stdout.write(in_words(difference))
        self.stdout.write(f"{compared} results compared, {len(differences)} differ.")
        if differences:
            raise CommandError("Run rebuild_results without --check to mend them.")


def in_words(difference: Difference) -> str:
    """`preschool_total 500106 2021 reported: number 10 should be 11`."""
    key, tier = difference.place
    indicator = Indicator.objects.get(pk=key.indicator_id).code
    unit = Jurisdiction.objects.get(pk=key.unit_id).code
    fields = "; ".join(f"{k} {a} should be {b}" for k, (a, b) in difference.fields.items())
    return f"{indicator} {unit} {key.year} {tier}: {fields}"
