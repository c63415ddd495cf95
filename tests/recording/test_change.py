"""A write is one change, to which all that it wrote points."""

import pytest
from django.db import DatabaseError, connection, transaction

from indicators.models import Change, Standing, SubmissionEvent, ValueRevision, current_request
from indicators.recording import Entry, save_values
from indicators.recording.submission import approve
from tests.cast import YEAR, enter


def test_values_versions_and_standings_of_one_save_share_one_change(children, north, officer):
    entries = [
        Entry(indicator=children, jurisdiction=north, year=year, version=0, text="10")
        for year in (YEAR - 1, YEAR)
    ]
    token = current_request.set("0d3c")
    values = save_values(entries, actor=officer, reason="counted")
    current_request.reset(token)

    change = Change.objects.get()
    assert (change.actor, change.reason, change.request) == (officer, "counted", "0d3c")
    assert (change.origin, change.on_behalf, change.outside) == ("entered", False, False)
    assert {one.change_id for one in values} == {change.pk}
    assert {one.change_id for one in ValueRevision.objects.all()} == {change.pk}
    assert {one.change_id for one in Standing.objects.all()} == {change.pk}


def test_what_changes_nothing_is_no_change(children, north, officer):
    enter(children, north, "10", actor=officer)
    enter(children, north, "10", version=1, actor=officer)

    assert Change.objects.count() == 1


def test_changes_of_one_transaction_say_so(children, north, south):
    with transaction.atomic():
        enter(children, north, "10")
        with transaction.atomic():
            enter(children, south, "10")
    first, second = Change.objects.order_by("pk")

    assert first.transaction == second.transaction is not None


def test_an_approval_its_event_and_what_it_lets_stand_share_one_change(submitted, supervisor):
    approve(submitted, actor=supervisor, version=submitted.version, reason="fine")

    change = SubmissionEvent.objects.get(act="approve").change
    assert (change.actor, change.reason) == (supervisor, "fine")
    approved = Standing.objects.filter(tier="approved")
    assert {one.change_id for one in approved} == {change.pk}


def test_a_made_up_figure_entered_on_behalf_stays_marked_as_made_up():
    assert Change(origin="demonstration", on_behalf=True).way == "demonstration"
    assert Change(origin="entered", on_behalf=True).way == "on_behalf"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE indicators_change SET reason = 'never'", "DELETE FROM indicators_change"],
)
def test_nobody_rewrites_who_when_and_why(children, north, officer, statement):
    enter(children, north, "10", actor=officer, reason="counted")

    with (
        pytest.raises(DatabaseError, match="history"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_version_that_names_no_change_is_one_made_outside(children, north, officer):
    enter(children, north, "10", actor=officer)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_yearlyvalue SET change_id = NULL, version = version + 1")

    assert [one.outside for one in Change.objects.order_by("pk")] == [False, True]


def test_a_demonstration_changed_outside_stays_a_demonstration(children, north):
    enter(children, north, "10", origin="demonstration")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE indicators_yearlyvalue SET note = 'x'")

    latest = ValueRevision.objects.latest("pk").change
    assert (latest.outside, latest.origin, latest.actor) == (True, "demonstration", None)
