"""The demonstration has an account for each role, and they work as printed."""

import pytest

from indicators.demo import accounts
from indicators.models import Membership, Role, User
from tests.cast import make_unit


@pytest.fixture
def units(db: None) -> None:
    make_unit(accounts.CITY, "重庆市", level="city")
    make_unit(accounts.SHAPINGBA, "沙坪坝区")
    make_unit(accounts.YUZHONG, "渝中区")


def test_every_role_has_an_account() -> None:
    assert {account.role for account in accounts.ACCOUNTS} == set(Role)


def test_officers_are_of_two_districts_and_of_the_city() -> None:
    assert {
        account.jurisdiction for account in accounts.ACCOUNTS if account.role == Role.OFFICER
    } == {accounts.CITY, accounts.SHAPINGBA, accounts.YUZHONG}


@pytest.mark.usefixtures("units")
def test_accounts_stand_as_printed_however_often_they_are_made() -> None:
    accounts.stand_ready()
    accounts.stand_ready()

    assert [
        (membership.user.username, membership.role, membership.jurisdiction.code)
        for membership in Membership.objects.order_by("pk")
    ] == [(account.username, account.role, account.jurisdiction) for account in accounts.ACCOUNTS]
    for account in accounts.ACCOUNTS:
        assert User.objects.get(username=account.username).check_password(account.password)


@pytest.mark.usefixtures("units")
def test_a_changed_password_is_put_back() -> None:
    accounts.stand_ready()
    officer = User.objects.get(username="officer")
    officer.set_password("something else")
    officer.is_active = False
    officer.save()

    accounts.stand_ready()

    officer.refresh_from_db()
    assert officer.is_active
    assert officer.check_password("demo-officer")


@pytest.mark.usefixtures("units")
def test_nobody_is_a_superuser() -> None:
    accounts.stand_ready()

    assert not User.objects.filter(is_superuser=True).exists()
