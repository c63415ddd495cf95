from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from indicators.catalogue.check import check_catalogue
from indicators.models import Indicator


class Command(BaseCommand):
    help = "Find broken formulas, cycles, units that do not fit."

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        found = check_catalogue()
        for finding in found:
            self.stdout.write(str(finding))
        number = Indicator.objects.count()
        if found:
            raise CommandError(f"{len(found)} findings in {number} indicators")
        self.stdout.write(f"{number} indicators, nothing found")
