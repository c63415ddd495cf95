"""What the city states in place of a sum that stands as approved moves it over a list, with a
reason; what was reopened had its reason then."""

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.models import Correction
from indicators.recording.approved import digest_of
from indicators.recording.reopening import approve_year
from indicators.recording.submission import approve, submit
from tests.cast import YEAR, enter, enter_approved, make_user, result
from tests.recording.test_submission import refused
from tests.round_cast import fresh


@pytest.fixture
def stated(asked, approved, south, city, city_officer, supervisor, children, children_public):
    """Both districts are approved, 200 children; the city states and submits 250."""
    officer, lead = (make_user(f"south_{role}", role, south) for role in ("officer", "lead"))
    enter(children, south, "100", actor=officer)
    enter(children_public, south, "60", actor=officer)
    sent = submit(asked.submissions.get(jurisdiction=south), actor=lead, version=2)
    approve(sent, actor=supervisor, version=sent.version)
    enter(children, city, "250", actor=city_officer, note="含部属学校")
    own = fresh(asked.submissions.get(jurisdiction=city))
    return submit(own, actor=make_user("city_lead", "lead", city), version=own.version)


def moved_by(act, *args, **kwargs):
    with pytest.raises(ApprovedWouldMove) as caught:
        act(*args, **kwargs)
    return caught.value.moved


def corrections():
    found = Correction.objects.order_by("indicator__code")
    return [(one.indicator.code, one.number, one.new_number, one.change.reason) for one in found]


def test_it_is_approved_over_the_list_with_a_reason(stated, city, supervisor, children, share):
    said = {"actor": supervisor, "version": stated.version}
    moved = moved_by(approve, stated, **said, reason="含部属学校")
    assert [(one.before.number, one.after.number) for one in moved] == [(200, 250), (60, 48)]
    seen = digest_of(moved)
    assert refused(approve, stated, **said, confirmed=seen) == "act_reason_missing"
    assert moved_by(approve, stated, **said, reason="x", confirmed="another") == moved
    assert result(children, city, tier="approved").number == 200

    approve(stated, **said, reason="含部属学校", confirmed=seen)
    assert result(children, city, tier="approved").number == 250
    assert corrections() == [
        ("children", 200, 250, "含部属学校"),
        ("share", 60, 48, "含部属学校"),
    ]


def test_where_no_round_is_as_well(
    city, north, south, city_officer, supervisor, children, children_public, share
):
    for unit in (north, south):
        enter_approved(children, unit, "100")
    enter(children, city, "250", actor=city_officer)
    moved = moved_by(approve_year, city, YEAR, actor=supervisor)
    assert [(one.before.number, one.after.number) for one in moved] == [(200, 250)]

    approve_year(city, YEAR, actor=supervisor, reason="口径", confirmed=digest_of(moved))
    assert corrections() == [("children", 200, 250, "口径")]


def test_what_the_sum_says_too_needs_no_list(
    city, north, south, city_officer, supervisor, children
):
    for unit in (north, south):
        enter_approved(children, unit, "100")
    enter(children, city, "200", actor=city_officer)

    assert approve_year(city, YEAR, actor=supervisor) == 1
    assert corrections() == []


def test_what_was_reopened_needs_no_list(corrected):
    assert corrected.state == "approved"
    assert ("children", 100, 130, "") in corrections()


def test_the_page_lists_what_moves_and_asks_for_the_reason(stated, client, supervisor, city):
    client.force_login(supervisor)
    url = f"/review/{YEAR}/{city.code}/"
    said = {"act": "approve", "version": stated.version, "confirmed": "1"}
    page = client.post(url, said)
    text = page.content.decode()
    assert page.status_code == 422
    assert "将改动 2 项已审定数据" in text
    assert "200" in text
    assert "250" in text
    seen = text.split('name="moves" value="')[1].split('"')[0]

    assert client.post(url, said | {"moves": seen, "reason": "含部属学校"}).status_code == 302
    assert fresh(stated).state == "approved"


def test_so_does_the_page_of_a_year_without_a_round(
    client, supervisor, city, north, south, city_officer, children
):
    for unit in (north, south):
        enter_approved(children, unit, "100")
    enter(children, city, "250", actor=city_officer)
    client.force_login(supervisor)
    url = f"/review/years/{city.code}/{YEAR}/"
    page = client.post(url, {"act": "approve"}).content.decode()
    assert "将改动 1 项已审定数据" in page
    seen = page.split('name="moves" value="')[1].split('"')[0]

    client.post(url, {"act": "approve", "moves": seen, "reason": "口径"})
    assert result(children, city, tier="approved").number == 250
