"""Several at once at imports: one of two confirmations saves, and nobody overwrites unseen."""

import threading

import pytest
from django.db import connection, connections
from django.test import Client

from indicators.models import Import, ValueRevision, YearlyValue
from tests.cast import YEAR
from tests.imports.workbooks import table, upload

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="one writes at a time"),
]


def at_once(*asked):
    """What each of the requests (a browser, an address, what is sent) was answered."""
    start = threading.Barrier(len(asked))
    answers = {}

    def send(at):
        client, address, sent = asked[at]
        start.wait()
        try:
            answers[at] = client.post(address, sent)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[at]) for at in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [answers[at] for at in range(len(asked))]


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def confirmation(client, of_import):
    of_import.refresh_from_db()
    sent = {"act": "all", "seen": of_import.list_digest}
    return client, f"/imports/{of_import.pk}/confirm/", sent


def test_of_two_confirmations_one_saves(officer, north, children):
    of_import = upload(browser(officer), table(["children", "人", YEAR, 5]))
    answers = at_once(*(confirmation(browser(officer), of_import) for _time in range(2)))
    assert sorted(one.status_code for one in answers) == [302, 409]
    assert ValueRevision.objects.count() == 1
    assert Import.objects.get().state == "done"


def test_of_two_files_with_one_figure_the_second_is_a_conflict(officer, north, children):
    imports = [upload(browser(officer), table(["children", "人", YEAR, n])) for n in (5, 7)]
    answers = at_once(*(confirmation(browser(officer), one) for one in imports))
    assert sorted(one.status_code for one in answers) == [302, 409]
    assert ValueRevision.objects.count() == 1
    waits = Import.objects.get(state="waiting")
    assert waits.rows.get().outcome == "conflict"


def test_of_confirming_and_forgetting_one_is_done(officer, north, children):
    of_import = upload(browser(officer), table(["children", "人", YEAR, 5]))
    at_once(
        confirmation(browser(officer), of_import),
        (browser(officer), f"/imports/{of_import.pk}/cancel/", {}),
    )
    left = list(Import.objects.values_list("state", flat=True))
    assert (left, YearlyValue.objects.count()) in [(["done"], 1), ([], 0)]


def test_of_two_that_take_back_one_does(officer, north, children):
    of_import = upload(browser(officer), table(["children", "人", YEAR, 5]))
    client, address, sent = confirmation(browser(officer), of_import)
    client.post(address, sent)
    undo = (f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    answers = at_once(*((browser(officer), *undo) for _time in range(2)))
    assert {one.status_code for one in answers} <= {302, 404, 409}
    assert [one.status_code for one in answers].count(302) == 1
    assert YearlyValue.objects.get().version == 2
