"""`manage.py test`: in place of Django's own, pytest on both databases."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from education_duty.bootstrap import test_runs


class Command(BaseCommand):
    help = "Run the tests on SQLite and PostgreSQL; arguments go on to pytest."
    requires_system_checks = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Not parsed by Django: what follows is pytest's."""
        sys.exit(test_runs.main(argv[2:]))

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(test_runs.main(list(args)))
