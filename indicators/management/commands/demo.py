"""`manage.py demo`: prepare the demonstration, say where it is, serve it."""

import fcntl
import json
import os
from argparse import ArgumentTypeError
from socket import socket
from typing import IO, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection

from education_duty.bootstrap.places import VAR, say
from education_duty.bootstrap.tools import one_at_a_time
from education_duty.checks_at_start import in_url
from indicators.demo import preparation, server
from indicators.demo.accounts import ACCOUNTS
from indicators.demo.preparation import DATABASE

ANEW = "make an empty database and name it."


class Command(BaseCommand):
    help = "Serve a demonstration with its own database on 127.0.0.1."
    requires_system_checks = []  # they run with `test`; here every second counts

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=port_number, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="prepare, print, and end")
        parser.add_argument(
            "--database",
            metavar="URL",
            default="",
            help="an empty PostgreSQL database for it, as postgresql://duty@127.0.0.1/demo",
        )
        parser.add_argument("--reset", action="store_true", help="make the database anew")
        parser.add_argument(
            "--json", action="store_true", help="print addresses and accounts as one JSON object"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.MODE != "demo":
            raise CommandError("The demo is started by `python3 manage.py demo` alone.")
        if options["database"]:
            refuse_another(reset=options["reset"])
        if os.environ.get("DATABASE_URL"):
            say("DATABASE_URL is left alone: the demo has a database of its own.")
        listening = None if options["no_serve"] else take(options["port"])
        port = listening.getsockname()[1] if listening else options["port"]
        with (VAR / "demo.serving").open("a") as serving:
            hold(serving, alone=options["reset"])
            with one_at_a_time(VAR / "demo.lock", "Another demo is being prepared; waiting ..."):
                if options["reset"]:
                    preparation.forget()
                try:
                    preparation.prepare()
                except DatabaseError as error:
                    raise CommandError(
                        f"The demo's database does not fit this version ({error}): "
                        + (ANEW if options["database"] else "make it anew with --reset.")
                    ) from error
            hold(serving, alone=False)
            self.tell(port, options["database"], as_json=options["json"])
            if listening:
                say("Serving; Ctrl-C ends it.")
                server.serve(listening)

    def tell(self, port: int, database_url: str = "", *, as_json: bool) -> None:
        url = f"http://127.0.0.1:{port}/"
        database_url = database_url or f"sqlite:///{in_url(DATABASE)}"
        accounts = [
            {
                "role": account.role.value,
                "username": account.username,
                "password": account.password,
                "jurisdiction": account.jurisdiction,
            }
            for account in ACCOUNTS
        ]
        if as_json:
            summary = {"url": url, "database_url": database_url, "accounts": accounts}
            self.stdout.write(json.dumps(summary))
        else:
            self.stdout.write(f"{url}\n{url}admin/\n{database_url}\n")
            for account in accounts:
                self.stdout.write(
                    "{role:14} {jurisdiction}  {username:16} {password}".format(**account)
                )
        self.stdout.flush()


def refuse_another(*, reset: bool) -> None:
    """Nothing but an empty database of PostgreSQL, or one that the demo began in."""
    if connection.vendor != "postgresql":
        raise CommandError("--database takes a PostgreSQL database (postgresql://...).")
    name = connection.settings_dict["NAME"]
    try:
        fits = preparation.is_empty() or preparation.is_own()
    except DatabaseError as error:
        raise CommandError(f"The database cannot be used: {error}") from error
    if not fits:
        raise CommandError(
            f"The database {name} holds something that is not the demo's. "
            "Nothing was changed; name an empty one."
        )
    if reset:
        raise CommandError(f"--reset removes the demo's own file only; {ANEW}")


def port_number(text: str) -> int:
    if not (text.isdecimal() and int(text) < 2**16):
        raise ArgumentTypeError("a port is a number up to 65535; 0 takes any that is free")
    return int(text)


def take(port: int) -> socket:
    try:
        return server.listen(port)
    except OSError as error:
        raise CommandError(
            f"Port {port} on 127.0.0.1 cannot be had ({os.strerror(error.errno or 0)}): "
            f"stop what uses it, or choose another (--port {port + 1})."
        ) from None


def hold(serving: IO[str], *, alone: bool) -> None:
    """Every demo that serves holds this file until its process ends; a reset wants it alone."""
    try:
        fcntl.flock(serving, fcntl.LOCK_EX | fcntl.LOCK_NB if alone else fcntl.LOCK_SH)
    except BlockingIOError:
        raise CommandError("The demo is being served: stop it before --reset.") from None
