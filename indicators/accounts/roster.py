"""Accounts from a table: what is pasted becomes people, each with a unit and a role.

Goes in: text as it is copied from Excel or WPS, or CSV, whose first line names the columns
(`roster_file` makes it of a workbook). Comes out: for each line what would be made of it, or why
nothing; and, once confirmed, accounts without a password, each with a code for its first sign-in.

Decided: a table adds and takes nothing away. An account that is there gets a further role; who has
the role already is left as they are; another name for a user name that is taken is refused. What
cannot be seen, and a cell of several lines, is refused: it would hide what is made.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from indicators.accounts.codes import new_start_codes
from indicators.accounts.slips import Slip
from indicators.collection import Refusal
from indicators.models import DutyArea, Jurisdiction, Membership, Role, User
from indicators.models.account import role_fault
from indicators.models.cleaning import marks_in, without_padding

MOST_ROWS = 2_000
COLUMNS = {
    "username": ("用户名", "账号", "登录名", "user name"),
    "full_name": ("姓名", "name", "full name"),
    "unit": ("单位", "单位名称", "单位代码", "jurisdiction"),
    "role": ("角色", "身份"),
    "duty_areas": ("职责", "duty areas"),
    "telephone": ("电话", "手机", "手机号", "联系电话", "phone"),
    "email": ("邮箱", "电子邮箱", "电子邮件", "mail", "e-mail"),
}
NEEDED = ("username", "full_name", "unit", "role")
LABELS = {
    "username": gettext_lazy("username"),
    "full_name": gettext_lazy("name"),
    "unit": gettext_lazy("jurisdiction"),
    "role": gettext_lazy("role"),
    "duty_areas": gettext_lazy("duty areas"),
    "telephone": gettext_lazy("telephone"),
    "email": gettext_lazy("email address"),
}
_SEVERAL = re.compile(r"[;；、,，/]+")


@dataclass
class RosterRow:
    """A line, what it says by column, and what would be made of it."""

    line: int
    cells: dict[str, str]
    user: User | None = None
    """The account that is there."""
    unit: Jurisdiction | None = None
    role: str = ""
    areas: list[DutyArea] = field(default_factory=list)
    is_there: bool = False
    """The account has the role at the unit."""
    faults: list[str] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether something is made of it."""
        return not self.faults and not self.is_there

    @property
    def outcome(self) -> str:
        if self.faults:
            return _("Refused")
        if self.is_there:
            return _("There already")
        return _("New role") if self.user else _("New account")

    @property
    def waits(self) -> bool:
        """The account has not been started yet: its code was handed out."""
        return self.user is not None and not self.user.has_usable_password()

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label) if self.role else self.cells["role"]

    @property
    def area_names(self) -> str:
        return "、".join(area.name for area in self.areas)


def read_roster(text: str, *, actor: User) -> list[RosterRow]:
    """What each line would make. Raises ValidationError where the whole cannot be read."""
    rows = [RosterRow(line, cells) for line, cells in _lines(text)]
    if not rows:
        raise ValidationError(_("There is no line below the names of the columns."))
    if len(rows) > MOST_ROWS:
        raise ValidationError(
            _("%(rows)s lines are too many at once; at most %(most)s.")
            % {"rows": len(rows), "most": MOST_ROWS}
        )
    users = {user.username: user for user in User.objects.all()}
    by_letters = {name.casefold(): name for name in users}
    held = set(Membership.objects.values_list("user__username", "jurisdiction_id", "role"))
    units, areas = _units(), list(DutyArea.objects.all())
    named: dict[str, str] = {}
    seen: set[tuple[str, int, str]] = set()
    for row in rows:
        row.user = users.get(row.cells["username"])
        _read_unit(row, units)
        _read_role(row)
        if row.unit and row.role and (said := role_fault(row.role, row.unit)):
            row.faults.append(said)
        _read_areas(row, areas)
        _read_person(row, named, actor)
        name = row.cells["username"]
        if (other := by_letters.setdefault(name.casefold(), name)) != name:
            row.faults.append(
                _("%(username)s differs from %(other)s in capital letters only.")
                % {"username": name, "other": other}
            )
        place = (row.cells["username"], row.unit.pk if row.unit else 0, row.role)
        if place in seen and not row.faults:
            row.faults.append(_("The same person, unit and role stand in a line above."))
        seen.add(place)
        row.is_there = place in held
    return rows


def digest_of(rows: Sequence[RosterRow]) -> str:
    """Of what would be made: another one once somebody else has made some of it."""
    with override("en"):
        said = [[row.cells, row.outcome, row.faults] for row in rows]
    return hashlib.sha256(repr(said).encode()).hexdigest()


class MovedMeanwhile(Exception):
    """What the table would make is not what was previewed."""


@transaction.atomic
def make_accounts(text: str, digest: str, *, actor: User) -> list[Slip]:
    """Make what is new of the table that was previewed, one administrator after another; the slips
    of everybody concerned, in the order of the table. Raises MovedMeanwhile."""
    # The unit at the top stands for all accounts: held, nobody else brings people in.
    list(Jurisdiction.objects.select_for_update(no_key=True).filter(parent=None))
    rows = read_roster(text, actor=actor)
    if digest_of(rows) != digest:
        raise MovedMeanwhile
    wanted = [row for row in rows if row.is_new]
    named = {row.cells["username"]: row.cells["full_name"] for row in wanted}
    people: dict[str, User] = {}
    for row in wanted:
        people.setdefault(row.cells["username"], row.user or _person(row))
    made = [user for user in people.values() if user.pk is None]
    try:
        with transaction.atomic():
            User.objects.bulk_create(made)
            roles = _give_roles(wanted, people)
    except IntegrityError as error:
        raise MovedMeanwhile from error
    nameless = [row.user for row in wanted if row.user and not row.user.full_name]
    for user in nameless:
        user.full_name = named[user.username]
    User.objects.bulk_update(nameless, ["full_name"])
    codes = new_start_codes(made)
    LogEntry.objects.log_actions(actor.pk, people.values(), ADDITION)
    return [Slip(user, codes.get(user, ""), roles[name]) for name, user in people.items()]


def _give_roles(wanted: Sequence[RosterRow], people: dict[str, User]) -> dict[str, list[str]]:
    """The memberships; in words by user name."""
    words: dict[str, list[str]] = {name: [] for name in people}
    memberships = []
    for row in wanted:
        name = row.cells["username"]
        assert row.unit is not None
        memberships.append(Membership(user=people[name], jurisdiction=row.unit, role=row.role))
        words[name].append(f"{row.unit.name} · {row.role_label}")
    Membership.objects.bulk_create(memberships)
    limited = Membership.duty_areas.through
    limited.objects.bulk_create(
        limited(membership=membership, dutyarea=area)
        for membership, row in zip(memberships, wanted, strict=True)
        for area in row.areas
    )
    return words


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number and its cells by column."""
    text = text.lstrip("\ufeff")
    first = text.lstrip("\r\n").partition("\n")[0]
    apart = "\t" if "\t" in first else ","
    table = csv.reader(io.StringIO(text, newline=""), delimiter=apart, strict=True)
    header: list[str] = []
    try:
        for cells in table:
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            _refuse_hidden(cells, table.line_num)
            if not header:
                header = _header(cells)
                continue
            if any(cells[len(header) :]):
                raise ValidationError(
                    _("Line %(line)s has more cells than there are columns.")
                    % {"line": table.line_num}
                )
            found = dict.fromkeys(COLUMNS, "")
            found |= {name: cell for name, cell in zip(header, cells, strict=False) if name}
            for name in ("full_name", "unit", "role"):
                found[name] = without_padding(found[name])
            found["username"] = User.normalize_username(found["username"])
            yield table.line_num, found
    except csv.Error as error:
        raise ValidationError(
            _("Line %(line)s cannot be read as a table: a quotation mark is not closed.")
            % {"line": table.line_num}
        ) from error


def _refuse_hidden(cells: list[str], line: int) -> None:
    for cell in cells:
        if any(sign in cell for sign in "\r\n"):
            raise ValidationError(
                _("A cell that ends in line %(line)s has several lines; make it one.")
                % {"line": line}
            )
        if marks_in(cell):
            raise ValidationError(
                _("A cell in line %(line)s holds characters that cannot be seen; type it anew.")
                % {"line": line}
            )


def _header(cells: list[str]) -> list[str]:
    """The columns by name; empty for one that says nothing to us."""
    known = {word: name for name, words in COLUMNS.items() for word in (name, *words)}
    found = [known.get(cell.lower(), "") for cell in cells]
    missing = [str(LABELS[name]) for name in NEEDED if name not in found]
    if missing:
        raise ValidationError(
            _("The first line names the columns; there is none for %(columns)s.")
            % {"columns": "、".join(missing)}
        )
    if twice := [name for name in found if name and found.count(name) > 1]:
        raise ValidationError(
            _("The column %(column)s is there twice.") % {"column": LABELS[twice[0]]}
        )
    return found


def _units() -> dict[str, list[Jurisdiction]]:
    """The units by code and by name: those of today, else those that ended."""
    found: dict[str, list[Jurisdiction]] = {}
    for unit in Jurisdiction.objects.order_by(F("valid_to").desc(nulls_first=True)):
        for word in {unit.code, unit.name_zh, unit.name_en} - {""}:
            others = found.setdefault(word, [])
            if unit.valid_to is None or not others:
                others.append(unit)
    return found


def _read_unit(row: RosterRow, units: dict[str, list[Jurisdiction]]) -> None:
    said = row.cells["unit"]
    found = units.get(said, [])
    if found and (year := found[0].valid_to):
        row.faults.append(_("%(unit)s ended in %(year)s.") % {"unit": said, "year": year})
    elif len(found) == 1:
        row.unit = found[0]
    elif found:
        codes = "、".join(unit.code for unit in found)
        row.faults.append(
            _("Several units are called %(unit)s; write the code: %(codes)s.")
            % {"unit": said, "codes": codes}
        )
    elif said:
        near = [word for word in units if said in word or word in said][:3]
        hint = _(" Did you mean %(units)s?") % {"units": "、".join(near)} if near else ""
        row.faults.append(_("There is no unit %(unit)s today.") % {"unit": said} + hint)
    else:
        row.faults.append(_("The unit is missing."))


def _read_role(row: RosterRow) -> None:
    said = row.cells["role"]
    words: dict[str, str] = {}
    for language in ("zh-hans", "en"):
        with override(language):
            words |= {str(role.label).lower(): role.value for role in Role}
    words |= {role.value: role.value for role in Role}
    row.role = words.get(said.lower(), "")
    if not row.role:
        labels = "、".join(str(role.label) for role in Role)
        row.faults.append(
            _("“%(role)s” is no role; there are %(roles)s.") % {"role": said, "roles": labels}
        )


def _read_areas(row: RosterRow, areas: list[DutyArea]) -> None:
    by_word = {word: area for area in areas for word in (area.code, area.name_zh, area.name_en)}
    for said in filter(None, map(str.strip, _SEVERAL.split(row.cells["duty_areas"]))):
        area = by_word.get(said)
        if area is None:
            names = "、".join(area.name for area in areas)
            row.faults.append(
                _("There is no duty area %(area)s; there are %(areas)s.")
                % {"area": said, "areas": names}
            )
        elif area not in row.areas:
            row.areas.append(area)


def _read_person(row: RosterRow, named: dict[str, str], actor: User) -> None:
    name, full_name = row.cells["username"], row.cells["full_name"]
    if row.user == actor:
        row.faults.append(Refusal("own_rights").message)
    known = without_padding(row.user.full_name if row.user else "") or named.setdefault(
        name, full_name
    )
    if row.user and not row.user.is_active:
        row.faults.append(_("The account is deactivated."))
    if name and known != full_name:
        row.faults.append(
            _("The account %(username)s is that of %(known)s.")
            % {"username": name, "known": known or name}
        )
    if not full_name:
        row.faults.append(_("The name is missing."))
    if row.user is None:
        try:
            _person(row).full_clean(validate_unique=False, validate_constraints=False)
        except ValidationError as error:
            row.faults += [
                f"{LABELS.get(column, column)}{_(': ')}{' '.join(said)}"
                for column, said in error.message_dict.items()
            ]


def _person(row: RosterRow) -> User:
    columns = ("username", "full_name", "telephone", "email")
    user = User(**{name: row.cells[name] for name in columns})
    user.set_unusable_password()
    return user
