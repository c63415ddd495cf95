"""`manage.py run_imports`: reads, saves and takes back the large files that were uploaded."""

import logging
import os
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from indicators.imports.tasks import do_next

LOOKS_EVERY = 1  # seconds
AFTER_A_FAULT = 5
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Read, save and take back large files that were uploaded, one after another; runs "
        "beside the web process, --once ends when nothing waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="end when nothing waits")
        parser.add_argument(
            "--with-parent", action="store_true", help="end when whoever started it has ended"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        over = threading.Event()

        def end(_signal: int, _frame: FrameType | None) -> None:
            over.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        parent = os.getppid()
        while not over.is_set():
            if options["with_parent"] and os.getppid() != parent:
                return
            pause = 0
            try:
                if not do_next():
                    if options["once"]:
                        return
                    pause = LOOKS_EVERY
            except Exception:  # the database is away or was restarted, or a fault of ours
                if options["once"]:
                    raise
                log.exception("A task of an import was broken off; going on.")
                connection.close()
                pause = AFTER_A_FAULT
            if pause:
                close_old_connections()
                over.wait(pause)
