"""What fails after the commit does not turn a done save into one that was not done."""

import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Remark, SubmissionState, YearlyValue
from tests.cast import YEAR
from tests.entry.test_sheet import address, boxes
from tests.round_cast import fresh

pytestmark = pytest.mark.django_db(transaction=True)


def broken(*_args, **_kwargs):
    raise ConnectionError("the line to the database was cut")


@pytest.fixture
def page(officer):
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    return client


def test_a_row_that_was_saved_is_said_to_be_saved(page, monkeypatch, children, north):
    monkeypatch.setattr("indicators.entry.views.validate", broken)
    one = reverse("entry:row", args=[north.code, YEAR, "funding", "children"])
    response = page.post(
        one, boxes("children", "5"), headers={"Referer": "http://x" + address(north)}
    )

    assert (response.status_code, response.headers["X-Saved"]) == (200, "1")
    assert "X-Sheet-Row" not in response.headers
    html = response.content.decode()
    assert "已经保存" in html
    assert f'href="{address(north)}"' in html
    assert YearlyValue.objects.get().number == 5


def test_a_sheet_of_which_some_rows_were_saved_does_not_say_that_nothing_was(
    page, monkeypatch, children, children_public, north
):
    monkeypatch.setattr("indicators.entry.views.validate", broken)
    response = page.post(address(north), boxes("children", "5") | boxes("children_public", "x"))

    assert response.status_code == 200
    assert "已经保存" in response.content.decode()


def test_nothing_that_was_not_saved_is_said_to_be(page, monkeypatch, children, north):
    monkeypatch.setattr("indicators.entry.services.save_value", broken)
    response = page.post(address(north), boxes("children", "5"))

    assert response.status_code == 500
    assert "尚不确定" in response.content.decode()
    assert not YearlyValue.objects.exists()


def test_what_was_rolled_back_is_not_said_to_be_saved(page, monkeypatch, children, north):
    monkeypatch.setattr("indicators.recording.values.refresh", broken)
    response = page.post(address(north), boxes("children", "5"))

    assert response.status_code == 500
    assert not YearlyValue.objects.exists()


def test_what_cannot_be_drawn_without_a_save_stays_an_error(page, monkeypatch, children, north):
    monkeypatch.setattr("indicators.entry.views.validate", broken)

    assert page.get(address(north)).status_code == 500


def test_a_submission_that_was_sent_is_said_to_be_sent(submitted, supervisor, monkeypatch):
    """A brother: the supervisor's approval, whose page fails after it."""
    client = Client(raise_request_exception=False)
    client.force_login(supervisor)
    monkeypatch.setattr("indicators.review.views.redirect", broken)
    response = client.post(
        reverse("review:submission", args=[YEAR, "500101"]),
        {"act": "approve", "version": submitted.version, "reason": "", "confirmed": 1},
    )

    assert fresh(submitted).state == SubmissionState.APPROVED
    assert "已经保存" in response.content.decode()


def test_an_answer_that_was_sent_is_said_to_be(page, of_north, children, monkeypatch):
    """Another brother: the unit's answer in the thread of a figure."""
    monkeypatch.setattr("indicators.entry.submitting.redirect", broken)
    address = reverse("entry:answer", args=["500101", YEAR])
    response = page.post(address, {"indicator": "children", "text": "已核对"})

    assert Remark.objects.get().text == "已核对"
    assert "已经保存" in response.content.decode()
