"""From the refused form to the confirmed list: an editor proposes, a supervisor confirms."""

import pytest
from django.urls import reverse

from indicators.models import CatalogueProposal, Correction, Definition, Indicator
from tests.cast import YEAR
from tests.catalogue.test_admin import boxes


def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def proposed(client, published, children, editor):
    """The editor's form is refused with the city's figures, and then sent with a reason."""
    signed_in(client, editor)
    page = reverse("admin:indicators_indicator_change", args=[children.pk])
    refused = client.post(page, boxes(client, page, aggregation="max"))
    assert "山城 2021" in refused.content.decode()
    assert Indicator.objects.get(pk=children.pk).aggregation == "sum"

    sent = client.post(
        page, boxes(client, page, aggregation="max") | {"proposal_reason": "口径统一"}
    )
    made = CatalogueProposal.objects.get()
    assert sent.url == reverse("catalogue:proposal", args=[made.pk])
    return made


def test_an_editor_sees_counts_and_the_citys_figures_and_confirms_nothing(client, proposed, editor):
    page = signed_in(client, editor).get(reverse("catalogue:proposal", args=[proposed.pk]))

    assert (page.status_code, page.context["count"]) == (200, 2)
    assert {one.unit.name_zh for one in page.context["figures"]} == {"山城"}
    assert b'value="confirm"' not in page.content
    assert client.get(reverse("catalogue:proposals")).status_code == 200


def test_a_supervisor_confirms_what_was_shown(client, proposed, children, supervisor):
    address = reverse("catalogue:proposal", args=[proposed.pk])
    page = signed_in(client, supervisor).get(address)
    assert b'value="confirm"' in page.content

    unread = client.post(address, {"act": "confirm", "digest": "", "reason": "同意"})
    assert unread.status_code == 409
    silent = client.post(address, {"act": "confirm", "digest": page.context["digest"]})
    assert silent.status_code == 422

    digest = page.context["digest"]
    client.post(address, {"act": "confirm", "digest": digest, "reason": "同意"})
    assert Indicator.objects.get(pk=children.pk).aggregation == "max"
    assert Correction.objects.filter(year=YEAR).count() == 2
    assert "已确认" in client.get(reverse("catalogue:proposals")).content.decode()


@pytest.mark.parametrize("name", ["officer", "lead", "administrator", "city_officer"])
def test_nobody_else_sees_what_is_proposed(client, proposed, name, request):
    signed_in(client, request.getfixturevalue(name))

    assert client.get(reverse("catalogue:proposals")).status_code == 403
    assert client.get(reverse("catalogue:proposal", args=[proposed.pk])).status_code == 403


def test_a_definition_that_nothing_rests_on_is_deleted_at_once(client, published, editor):
    second = Definition.objects.create(
        indicator=published, version=2, valid_from=2030, meaning_zh="新"
    )
    signed_in(client, editor)
    page = reverse("admin:indicators_definition_delete", args=[second.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"post": "yes"}).status_code == 302
    assert not Definition.objects.filter(pk=second.pk).exists()
