"""A round is planned, opened to its units, and closed; each once, by its city's supervisor."""

import pytest
from django.utils import timezone

from indicators.models import Round, Submission
from indicators.recording.round import close_round, open_round, save_round
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user
from tests.recording.flow import refused
from tests.round_cast import days, make_round


@pytest.fixture
def planned(city, north, south, supervisor, children):
    return make_round(city, supervisor, [children], [north, south], opened=False)


def test_opening_makes_a_submission_for_each_unit(planned, supervisor, north, south):
    assert Submission.objects.count() == 0
    opened = open_round(planned, actor=supervisor, version=planned.version)

    made = Submission.objects.filter(round=opened)
    assert [(one.jurisdiction, one.state) for one in made.order_by("jurisdiction__code")] == [
        (north, "not_started"),
        (south, "not_started"),
    ]
    assert [event.act for one in made for event in one.events.all()] == ["open", "open"]


def test_opening_twice_is_refused(planned, supervisor):
    opened = open_round(planned, actor=supervisor, version=planned.version)
    assert refused(open_round, planned, actor=supervisor, version=planned.version) == "round_moved"
    code = refused(open_round, opened, actor=supervisor, version=opened.version)
    assert code == "round_is_open"
    assert Submission.objects.count() == 2


def test_opening_costs_the_same_for_two_units_and_for_many(
    planned, supervisor, city, children, django_assert_num_queries
):
    units = [make_unit(f"5002{n:02}", f"区{n}", parent=city) for n in range(20)]
    codes = [make_indicator(f"more_{n}") for n in range(20)]
    wide = make_round(
        city, supervisor, [children, *codes], units, opened=False, evaluation_year=YEAR + 1
    )
    supervisor = type(supervisor).objects.get(pk=supervisor.pk)
    assert supervisor.scope.supervises
    for one in (planned, wide):
        with django_assert_num_queries(10):
            open_round(one, actor=supervisor, version=one.version)


def test_from_the_plan_on_nothing_of_the_year_is_entered_until_it_opens(
    planned, children, north, officer
):
    assert refused(enter, children, north, "1", actor=officer) == "round_not_open"


def test_an_opened_round_still_waits_for_its_day(city, north, supervisor, children, officer):
    tomorrow = timezone.localdate() + days(1)
    make_round(city, supervisor, [children], [north], opens_on=tomorrow)
    assert refused(enter, children, north, "1", actor=officer) == "round_not_open"


def change(asked, supervisor, children, units, *, version=None, **fields):
    for name, value in fields.items():
        setattr(asked, name, value)
    return save_round(
        asked,
        actor=supervisor,
        version=asked.version if version is None else version,
        indicators=[children],
        jurisdictions=units,
    )


def test_words_and_days_of_an_open_round_change(planned, supervisor, children, north, south):
    opened = open_round(planned, actor=supervisor, version=planned.version)
    later = opened.closes_on + days(5)
    changed = change(opened, supervisor, children, [north, south], title="补报", closes_on=later)
    assert Round.objects.get(pk=changed.pk).title == "补报"
    assert Round.objects.get(pk=changed.pk).is_open


def test_a_plan_is_refused_with_days_out_of_order_and_with_nothing_asked(
    city, north, supervisor, children
):
    today = timezone.localdate()
    args = (city, supervisor, [children], [north])
    assert refused(make_round, *args, due_on=today - days(1)) == "days_out_of_order"
    assert refused(make_round, city, supervisor, [], [north]) == "round_without_figures"
    assert refused(make_round, city, supervisor, [children], []) == "round_without_figures"


def test_a_city_has_one_round_a_year(planned, city, north, supervisor, children):
    assert refused(make_round, city, supervisor, [children], [north]) == "round_exists"


def test_a_stale_plan_is_refused(planned, supervisor, children, north):
    assert refused(change, planned, supervisor, children, [north], version=7) == "round_moved"


@pytest.mark.parametrize("name", ["officer", "lead", "city_officer", "auditor", "editor"])
def test_only_the_citys_supervisor_runs_its_rounds(planned, name, request):
    person = request.getfixturevalue(name)
    for act in (open_round, close_round):
        code = refused(act, planned, actor=person, version=planned.version)
        assert code == "not_a_supervisor"


def test_another_citys_supervisor_runs_only_the_own_rounds(planned):
    other = make_user("elsewhere", "supervisor", make_unit("510000", "川城", "city"))
    code = refused(open_round, planned, actor=other, version=planned.version)
    assert code == "not_a_supervisor"


def test_a_round_that_is_not_open_cannot_be_closed_and_none_twice(planned, supervisor):
    version = planned.version
    assert refused(close_round, planned, actor=supervisor, version=version) == "round_not_open"
    opened = open_round(planned, actor=supervisor, version=version)
    closed = close_round(opened, actor=supervisor, version=opened.version, reason="到期")
    code = refused(close_round, closed, actor=supervisor, version=closed.version)
    assert code == "round_closed"


def test_who_sees_a_round(planned, officer, supervisor, auditor, editor, city_officer):
    def sees():
        return [
            user.username
            for user in (officer, city_officer, supervisor, auditor, editor)
            if Round.objects.for_user(user).exists()
        ]

    assert sees() == ["city_officer", "supervisor", "auditor"]
    open_round(planned, actor=supervisor, version=planned.version)
    assert sees() == ["officer", "city_officer", "supervisor", "auditor"]


def test_who_sees_whose_submission(asked, north, officer, lead, other_officer, supervisor, editor):
    def seen(user):
        found = Submission.objects.for_user(user).filter(round=asked)
        return sorted(one.jurisdiction.code for one in found.select_related("jurisdiction"))

    assert seen(officer) == seen(lead) == [north.code]
    assert seen(other_officer) == ["500102"]
    assert seen(supervisor) == ["500000", "500101", "500102"]
    assert seen(editor) == []
