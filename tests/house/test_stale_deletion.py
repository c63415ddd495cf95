"""What somebody else changed meanwhile is not deleted by who did not see it."""

import re

import pytest
from django.urls import reverse

from indicators.models import Membership, Target, User
from indicators.recording.catalogue import save_target
from tests.cast import make_target, make_user


def url(model, thing):
    return reverse(f"admin:indicators_{model}_delete", args=[thing.pk])


def asked(client, model, thing):
    """What the page that asks sends on."""
    page = client.get(url(model, thing)).content.decode()
    return {"post": "yes", "seen": re.search(r'name="seen" value="(\w+)"', page)[1]}


def deleted(client, model, thing, said):
    page = client.post(url(model, thing), said, follow=True).content.decode()
    if not type(thing).objects.filter(pk=thing.pk).exists():
        return True
    assert "其间已有他人改动" in page
    return False


@pytest.mark.parametrize("moved", [True, False])
def test_a_target(client, children, editor, moved):
    target = make_target(children, "ge", 55)
    client.force_login(editor)
    said = asked(client, "target", target)
    if moved:
        other = Target.objects.get(pk=target.pk)
        other.value = 60
        save_target(other, actor=editor)

    assert deleted(client, "target", target, said) is not moved
    if moved:
        assert deleted(client, "target", target, asked(client, "target", target))


@pytest.mark.parametrize("moved", [True, False])
def test_an_account(client, administrator, north, moved):
    user = User.objects.create_user("nobody", password=None)
    client.force_login(administrator)
    said = asked(client, "user", user)
    if moved:
        Membership.objects.create(user=user, jurisdiction=north, role="lead")

    assert deleted(client, "user", user, said) is not moved


@pytest.mark.parametrize("moved", [True, False])
def test_a_membership(client, administrator, north, south, moved):
    membership = make_user("somebody", "lead", north).memberships.get()
    client.force_login(administrator)
    said = asked(client, "membership", membership)
    if moved:
        Membership.objects.filter(pk=membership.pk).update(jurisdiction=south)

    assert deleted(client, "membership", membership, said) is not moved
