"""An officer and a lead for each district, so that the progress page says whom to ring.

All are made up, as their telephones are. Nobody signs in as one of them: they have no password.
"""

from __future__ import annotations

from dataclasses import dataclass

from indicators.demo.accounts import ACCOUNTS, telephone
from indicators.demo.story import EVALUATION_YEAR
from indicators.models import Jurisdiction, Membership, Role, User

SURNAMES = "白蔡陈邓丁范方冯高龚顾郭韩何贺侯胡黄江蒋黎李林刘龙卢陆吕马毛孟潘彭秦邱任石宋苏唐"
OFFICERS = ("雪梅", "一帆", "晓琳", "志强", "文静", "俊杰", "春燕", "永福", "佳怡", "国栋")
LEADS = ("正清", "淑芬", "建国", "维新", "秀兰", "德明", "敏学")
UNIT_ROLES = {Role.OFFICER: OFFICERS, Role.LEAD: LEADS}


@dataclass(frozen=True)
class Person:
    username: str
    full_name: str
    role: Role
    jurisdiction: str
    telephone: str


def people(units: list[str]) -> list[Person]:
    """An officer and a lead for each of the units (codes) that has no account of the role."""
    have = {(account.jurisdiction, account.role) for account in ACCOUNTS}
    wanted = [(unit, role) for unit in units for role in UNIT_ROLES if (unit, role) not in have]
    return [
        Person(
            f"{role.value}-{unit}",
            # The leads' surnames run backwards, so that a unit's two are no kin.
            SURNAMES[:: 1 if role == Role.OFFICER else -1][at // 2 % len(SURNAMES)]
            + UNIT_ROLES[role][at // 2 % len(UNIT_ROLES[role])],
            role,
            unit,
            telephone(len(ACCOUNTS) + at),
        )
        for at, (unit, role) in enumerate(wanted)
    ]


def move_in(found: list[Person]) -> None:
    """They are there, each at the desk of the unit."""
    units = {unit.code: unit for unit in Jurisdiction.objects.valid_in(EVALUATION_YEAR)}
    for person in found:
        user = User(
            username=person.username, full_name=person.full_name, telephone=person.telephone
        )
        user.set_unusable_password()
        user.save()
        Membership.objects.create(
            user=user, jurisdiction=units[person.jurisdiction], role=person.role
        )
