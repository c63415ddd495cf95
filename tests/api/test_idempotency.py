"""A batch that is sent again is answered as the first time, and saved once."""

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from indicators.models import KeptAnswer, ValueRevision, YearlyValue
from tests.api.conftest import Program
from tests.api.test_values import row
from tests.cast import enter


def test_a_repeated_key_is_answered_as_the_first_time(asks, children, north):
    first = asks.post([row(children, north, "5")])
    enter(children, north, "6")
    again = asks.post([row(children, north, "5")])

    assert first.status_code == again.status_code == 200
    assert again.content == first.content
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert YearlyValue.objects.get().number == 6
    assert ValueRevision.objects.count() == 2


def test_what_was_refused_is_refused_again_the_same(asks, children, north):
    first = asks.post([row(children, north, "5", version=1)])
    enter(children, north, "4")
    again = asks.post([row(children, north, "5", version=1)])

    assert (first.status_code, again.status_code) == (409, 409)
    assert again.content == first.content
    assert YearlyValue.objects.get().number == 4


def test_the_key_of_another_batch_is_refused(asks, children, north):
    asks.post([row(children, north, "5")])
    other = asks.post([row(children, north, "7", version=1)])

    assert (other.status_code, other.json()["code"]) == (409, "key_used")
    assert YearlyValue.objects.get().number == 5


def test_keys_of_several_people_are_apart(asks, other_officer, children, north, south):
    asks.post([row(children, north, "5")])
    response = Program(other_officer).post([row(children, south, "7")])

    assert response.status_code == 200
    assert KeptAnswer.objects.count() == 2


def test_an_answer_is_kept_for_a_day(asks, children, north):
    asks.post([row(children, north, "5")])
    before = timezone.now() - datetime.timedelta(hours=24)
    KeptAnswer.objects.update(made_at=before)
    later = asks.post([row(children, north, "7", version=1)])

    assert later.status_code == 200
    assert YearlyValue.objects.get().number == 7
    assert KeptAnswer.objects.get().made_at > before


def test_what_is_older_is_dropped_by_the_hourly_command(asks, children, north):
    asks.post([row(children, north, "5")])
    asks.post([row(children, north, "6", version=1)], key="key-2")
    day = datetime.timedelta(hours=24)
    KeptAnswer.objects.filter(key="key-1").update(made_at=timezone.now() - day)
    call_command("send_reminders")

    assert KeptAnswer.objects.get().key == "key-2"


def test_after_an_error_of_the_server_the_key_may_be_used_again(asks, children, north, monkeypatch):
    def break_down(*_given, **_named):
        raise RuntimeError("power cut")

    asks.client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("indicators.api.values.save_values", break_down)
        failed = asks.post([row(children, north, "5")])

    assert (failed.status_code, failed.json()["code"]) == (500, "server_error")
    assert not KeptAnswer.objects.exists()
    assert asks.post([row(children, north, "5")]).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_of_two_at_once_one_saves_and_both_are_answered(children, north, officer, same):
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite one writes at a time")
    program = Program(officer)
    start = threading.Barrier(2)
    answers = []

    def send(text):
        start.wait()
        try:
            answers.append(program.post([row(children, north, text)]))
        finally:
            connections.close_all()

    texts = ["5", "5"] if same else ["5", "7"]
    threads = [threading.Thread(target=send, args=[text]) for text in texts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(one.status_code for one in answers) == ([200, 200] if same else [200, 409])
    if same:
        assert answers[0].content == answers[1].content
    assert ValueRevision.objects.count() == 1
    assert KeptAnswer.objects.count() == 1
