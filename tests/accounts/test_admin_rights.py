"""Role × object × action over everything in the admin, the superuser included."""

from urllib.parse import unquote

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from indicators.accounts.tokens import make_token
from indicators.admin import site
from indicators.models import (
    Framework,
    JurisdictionChange,
    Membership,
    Rule,
    SignInLock,
    SignInRecord,
    UnitOfMeasure,
    User,
)
from tests.accounts.test_sign_ins import fail
from tests.cast import enter, make_target, make_user

CATALOGUE = {
    "dutyarea",
    "indicator",
    "definition",
    "framework",
    "target",
    "rule",
    "unitofmeasure",
    "jurisdiction",
    "jurisdictionchange",
}
ACCOUNTS = {"user", "membership"}
VALUES = {"yearlyvalue"}
SIGN_INS = {"signinrecord", "signinlock", "apitoken"}
NOBODY: dict[str, set[str]] = {}
ALL = {"view", "add", "change", "delete"}
READ = {"view"}
# What each role may do; the value is one of the unit `north`.
MAY = {
    "officer": {"catalogue": READ, "values": {"view", "add", "change"}},
    "lead": {"catalogue": READ, "values": READ},
    "other_officer": {"catalogue": READ, "values": {"add"}},
    "city_officer": {"catalogue": READ, "values": {"add"}},
    "supervisor": {"catalogue": READ},
    "editor": {"catalogue": ALL},
    "auditor": {"catalogue": READ, "values": READ, "sign_ins": READ, "accounts": READ},
    "administrator": {"accounts": ALL, "sign_ins": READ},
    "superuser": {"accounts": ALL, "sign_ins": READ},
    "stranger": NOBODY,
}
GROUPS = {
    "catalogue": CATALOGUE,
    "accounts": ACCOUNTS,
    "values": VALUES,
    "sign_ins": SIGN_INS,
}


@pytest.fixture
def stranger(db):
    """An account without any role, which Django's own tables would let in everywhere."""
    user = User.objects.create_user("stranger", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.all())
    return user


@pytest.fixture
def things(children, city, north, south):
    """One of each, by the name of its model."""
    target = make_target(children, "ge", 5, level="county")
    change = JurisdictionChange.objects.create(year=2011, kind="merge")
    change.from_units.add(north)
    change.to_units.add(south)
    someone = make_user("someone", "officer", south)
    fail(Client(), "someone")
    return {
        "dutyarea": children.duty_area,
        "indicator": children,
        "definition": children.definitions.get(),
        "framework": Framework.objects.get(),
        "target": target,
        "rule": Rule.objects.create(
            code="slips", name_zh="错位", kind="unit_slip", severity="warning"
        ),
        "unitofmeasure": UnitOfMeasure.objects.create(
            code="new", name_zh="亩", base="new", dimension=""
        ),
        "jurisdiction": south,
        "jurisdictionchange": change,
        "user": someone,
        "membership": Membership.objects.get(user=someone),
        "signinrecord": SignInRecord.objects.get(),
        "signinlock": SignInLock.objects.get(),
        "apitoken": make_token(someone, "测试", 30)[0],
        "yearlyvalue": enter(children, north, "7654321"),
    }


def url(model, action, thing=None):
    return reverse(f"admin:indicators_{model}_{action}", args=[thing.pk] if thing else [])


def test_the_table_speaks_of_every_model_on_the_site():
    assert {model._meta.model_name for model in site._registry} == set().union(*GROUPS.values())


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("group", GROUPS)
def test_who_may_do_what(request, client, things, role, group):
    client.force_login(request.getfixturevalue(role))
    may = MAY[role].get(group, set())
    if MAY[role] == NOBODY:
        assert client.get(reverse("admin:index"), follow=True).status_code == 403
        return
    for model in GROUPS[group]:
        thing = things[model]
        change, delete = url(model, "change", thing), url(model, "delete", thing)
        found = {
            "view": client.get(change).status_code == 200,
            "add": client.get(url(model, "add")).status_code == 200,
            "change": client.post(change, {}).status_code == 200,  # the form, with its errors
            "delete": client.get(delete).status_code == 200,
        }
        assert {action for action, allowed in found.items() if allowed} == may, model
        assert (client.post(url(model, "add"), {}).status_code == 200) == ("add" in may)
        refused = {client.get(change).status_code, client.post(delete, {"post": "yes"}).status_code}
        assert refused & {403, 404} or "delete" in may
        assert type(thing).objects.filter(pk=thing.pk).exists() or "delete" in may


@pytest.mark.parametrize("role", MAY)
def test_lists_and_the_index_show_what_may_be_seen(request, client, things, role):
    client.force_login(request.getfixturevalue(role))
    listed = {
        group
        for group, models in GROUPS.items()
        for model in models
        if client.get(url(model, "changelist")).status_code == 200
    }

    # An officer of another unit has a list too; what is in it is asked below.
    assert listed == {group for group, acts in MAY[role].items() if acts}
    index = client.get(reverse("admin:index"), follow=True)
    offered = {model for models in GROUPS.values() for model in models if _links(index, model)}
    assert offered == set().union(*(GROUPS[group] for group in listed))


@pytest.mark.parametrize("role", sorted(set(MAY) - {"officer", "lead", "auditor"}))
def test_nobody_else_finds_the_value_anywhere(request, client, things, role):
    client.force_login(request.getfixturevalue(role))
    value = things["yearlyvalue"]
    pages = [url(model, "changelist") for models in GROUPS.values() for model in models]
    pages += [url(model, "change", thing) for model, thing in things.items()]
    pages += [url(model, "history", thing) for model, thing in things.items()]
    pages += [
        f"{url('indicator', 'changelist')}?values={value.pk}",
        f"{url('indicator', 'changelist')}?values__isnull=0",
        f"{url('jurisdiction', 'changelist')}?results__year=2021",
        f"{url('user', 'changelist')}?%2B__isnull=0",
        reverse("admin:view_on_site", args=[1, value.pk]),
    ]
    for page in pages:
        shown = client.get(page, follow=True)
        assert "7654321" not in shown.content.decode(), page
        assert "7 654 321" not in shown.content.decode().replace("\u2009", " "), page
    for lookup in (page for page in pages if "?" in page):
        assert client.get(lookup).status_code in (302, 400, 403), lookup


def test_a_visitor_is_sent_to_the_applications_own_sign_in(client, things):
    page = url("indicator", "changelist")

    shown = client.get(page, follow=True)
    assert shown.request["PATH_INFO"] == reverse("accounts:login")
    assert page in unquote(shown.request["QUERY_STRING"])


def test_a_deactivated_account_is_out(client, officer, things):
    client.force_login(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)

    shown = client.get(url("yearlyvalue", "changelist"), follow=True)
    assert shown.request["PATH_INFO"] == reverse("accounts:login")


def _links(page, model):
    return f'href="{reverse(f"admin:indicators_{model}_changelist")}"' in page.content.decode()
