"""The demonstration's accounts: one for each role, a desk of two districts and of the city."""

from dataclasses import dataclass

from django.db import transaction

from indicators.models import Jurisdiction, Membership, Role, User

CITY, SHAPINGBA, YUZHONG = "500000", "500106", "500103"


@dataclass(frozen=True)
class Account:
    username: str
    full_name: str
    role: Role
    jurisdiction: str

    @property
    def password(self) -> str:
        return f"demo-{self.username}"


ACCOUNTS = [
    Account("officer", "沈小平", Role.OFFICER, SHAPINGBA),
    Account("lead", "罗建华", Role.LEAD, SHAPINGBA),
    Account("officer-yuzhong", "于晓钟", Role.OFFICER, YUZHONG),
    Account("lead-yuzhong", "任重", Role.LEAD, YUZHONG),
    Account("officer-city", "程文", Role.OFFICER, CITY),
    Account("lead-city", "郑树声", Role.LEAD, CITY),
    Account("supervisor", "杜思远", Role.SUPERVISOR, CITY),
    Account("editor", "卞静", Role.EDITOR, CITY),
    Account("auditor", "沈青", Role.AUDITOR, CITY),
    Account("administrator", "管宁", Role.ADMINISTRATOR, CITY),
]


def telephone(place: int) -> str:
    """A number that nobody has, by its place in the book.

    >>> telephone(0), telephone(83)
    ('023-5550 0100', '023-5550 0183')
    """
    return f"023-5550 {100 + place:04}"


@transaction.atomic
def stand_ready() -> None:
    """Every account is there as it is printed; one changed meanwhile is put back."""
    for place, account in enumerate(ACCOUNTS):
        user, new = User.objects.get_or_create(
            username=account.username,
            defaults={"full_name": account.full_name, "telephone": telephone(place)},
        )
        if new or not user.check_password(account.password):
            user.set_password(account.password)
        user.is_active = True
        user.save()
        Membership.objects.get_or_create(
            user=user,
            role=account.role,
            jurisdiction=Jurisdiction.objects.get(code=account.jurisdiction, valid_to__isnull=True),
        )
