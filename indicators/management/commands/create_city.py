"""`manage.py create_city`: from an empty installation to a city whose people can begin."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, no_translations
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from indicators.accounts.codes import new_start_codes
from indicators.accounts.new_account import make_account
from indicators.catalogue.area_codes import Area, find
from indicators.catalogue.new_city import (
    LEVELS,
    NewCity,
    city_from_list,
    level_in,
    load_city,
    with_units,
)
from indicators.catalogue.seeds import SHIPPED, SeedFault, load_seeds
from indicators.models import Jurisdiction, Role, User

YEARS_BACK = 5
ROLES = (Role.ADMINISTRATOR, Role.EDITOR)
AGREED = frozenset({"y", "yes", "ok", "是", "好", "对"})


class Command(BaseCommand):
    help = (
        "Make a city, a province or a county with its units, the shared catalogue, the first "
        "administrator and editor."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--name", default="", help="as 杭州市; or its code, as 330100")
        parser.add_argument("--code", default="", help="needed for what is not in the list")
        parser.add_argument(
            "--level", choices=[*LEVELS], help="needed for what is not in the list of codes"
        )
        parser.add_argument(
            "--units",
            metavar="FILE",
            help="the units that report, a line each: 330102 上城区; + before a line adds the unit"
            " to those of the list; - for standard input",
        )
        parser.add_argument(
            "--since",
            type=int,
            default=timezone.localdate().year - YEARS_BACK,
            metavar="YEAR",
            help="first year whose figures will be brought in: units that ended later are made too"
            " (%(default)s)",
        )
        for role in ROLES:
            parser.add_argument(f"--{role}", default="", metavar="USERNAME")
        parser.add_argument(
            "--no-input",
            "--noinput",
            action="store_false",
            dest="interactive",
            help="ask nothing; a start-up code is printed for each account",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._make(options)
        except EOFError:
            raise CommandError(
                "The answers ended before everything was asked. Nothing was made."
            ) from None

    def _make(self, options: dict[str, Any]) -> None:
        self.interactive: bool = options["interactive"]
        there = Jurisdiction.objects.filter(parent=None).first()
        if there is not None:
            raise CommandError(
                f"{there.name_zh} ({there.code}) is there already. An installation keeps one city;"
                " further units are made in the administration or by load_seeds --from."
            )
        city = self._city(options)
        city = self._with_units(city, options["units"])
        try:
            with transaction.atomic():
                load_seeds(SHIPPED, catalogue_only=True)
                load_city(city)
                top = Jurisdiction.objects.get(parent=None)
                made = [self._account(role, options[role], top) for role in ROLES]
        except SeedFault as fault:
            raise CommandError(f"{fault} Nothing was made.") from fault
        self._tell(city, [one for one in made if one])

    def _city(self, options: dict[str, Any]) -> NewCity:
        name = options["name"] or self._ask("Name or code of the city, province or county: ")
        code = options["code"]
        found = find(code or name)
        if len(found) > 1:
            for area in found:
                self.stdout.write(f"  {area.code} {area.name}")
            found = find(self._ask("Which of them? Its code: ", instead="--code"))
        if len(found) == 1:
            self._refuse_other_name(name, found[0])
            city = city_from_list(found[0], since=options["since"])
            level = options["level"]
            if level and _kind(found[0]) != level:
                raise CommandError(
                    f"{city.name} ({city.code}) is a {_kind(found[0])}, not a {level}."
                )
            return city
        self.stdout.write(f"{name} is not in the list of codes.")
        code = code or self._ask("Its code, at most 12 letters and digits: ", instead="--code")
        level = options["level"] or self._ask("province, city or county? ", instead="--level")
        if not (code.isascii() and code.isalnum() and len(code) <= 12):
            raise CommandError(f"{code!r} is no code; use at most 12 letters and digits.")
        if level not in LEVELS:
            raise CommandError(f"{level!r} is none of {', '.join(LEVELS)}.")
        return NewCity(code, name, LEVELS[level])

    def _refuse_other_name(self, name: str, area: Area) -> None:
        if name not in ("", area.code) and not area.name.startswith(name):
            raise CommandError(f"{area.code} is {area.name}, not {name}.")

    def _with_units(self, city: NewCity, file: str | None) -> NewCity:
        self._list("Units that report", city, ended=False)
        self._list("Ended since", city, ended=True)
        if file:
            city = self._with_lines(city, self._read(file))
        elif self.interactive:
            others = "Press Enter to take them, or type others" if city.units else "Type the units"
            self.stdout.write(
                f"{others}: a code and a name a line, + before it to add one; an empty line ends."
            )
            listed = city
            while text := self._typed():
                city = self._with_lines(listed, text)
                self.stdout.write("Press Enter to go on, or type all of them anew.")
        if not city.units:
            raise CommandError(
                f"No unit reports to {city.name} ({city.code}); give them with --units."
            )
        return city

    def _typed(self) -> str:
        """Lines up to an empty one, or none to a yes: nobody calls a unit so."""
        lines: list[str] = []
        while line := input("> ").strip():
            if not lines and line.casefold() in AGREED:
                break
            lines.append(line)
        return "\n".join(lines)

    def _with_lines(self, city: NewCity, text: str) -> NewCity:
        if not text:
            return city
        try:
            found = with_units(city, text.lstrip("\ufeff"))
        except SeedFault as fault:
            raise CommandError(f"{fault} Nothing was made.") from fault
        self._list("Then", found, ended=False)
        return found

    def _read(self, file: str) -> str:
        try:
            if file == "-":
                return sys.stdin.read()
            with open(file, encoding="utf-8-sig") as lines:
                return lines.read()
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file} cannot be read as UTF-8 text: {error}") from error

    def _account(self, role: Role, username: str, top: Jurisdiction) -> tuple[User, str] | None:
        """The account, and its start-up code where no password was asked."""
        if role == Role.ADMINISTRATOR and not username and User.objects.exists():
            return None  # the first start in the browser made one
        while True:
            name = username or self._ask(f"User name of the first {role}: ", instead=f"--{role}")
            full_name = self._ask("Full name: ") if self.interactive else ""
            password = self._password() if self.interactive else None
            try:
                user = make_account(
                    name, full_name=full_name, role=role, unit=top, password=password
                )
            except ValidationError as error:
                said = " ".join(error.messages)
                if not self.interactive:
                    raise CommandError(f"{name}: {said}") from error
                self.stderr.write(said)
                username = ""
            else:
                return user, "" if self.interactive else new_start_codes([user])[user]

    def _password(self) -> str:
        while True:
            password = getpass("Password: ")
            if password == getpass("Password again: "):
                return password
            self.stderr.write("The two passwords are not the same.")

    def _ask(self, question: str, *, instead: str = "--name") -> str:
        if not self.interactive:
            raise CommandError(f"Give {instead}.")
        while not (said := input(question).strip()):
            pass
        return said

    def _list(self, heading: str, city: NewCity, *, ended: bool) -> None:
        units = [unit for unit in city.units if (unit.valid_to is not None) == ended]
        if units:
            self.stdout.write(f"{heading} ({len(units)}):")
            for unit in units:
                years = f"  to {unit.valid_to - 1}" if unit.valid_to else ""
                level = level_in(city, unit)
                self.stdout.write(f"  {unit.code} {unit.name} ({level}){years}")

    def _tell(self, city: NewCity, made: list[tuple[User, str]]) -> None:
        today = sum(unit.valid_to is None for unit in city.units)
        self.stdout.write(
            f"{city.name} ({city.code}) is made, with {today} units that report,"
            f" {len(city.units) - today} that ended and {len(city.changes)} changes."
        )
        for user, code in made:
            said = f", start-up code {code} for {reverse('accounts:start')}" if code else ""
            self.stdout.write(f"  {user.username}: {user.memberships.get().role}{said}")
        self.stdout.write(
            "The administrator makes accounts at /admin/; the editor keeps indicators and targets."
        )


def _kind(area: Area) -> str:
    levels = {level: name for name, level in LEVELS.items()}
    return levels.get(Jurisdiction.Level(area.level), "county")
