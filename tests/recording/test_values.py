"""What the door for values does, and what it refuses."""

from decimal import Decimal as D

import pytest
from django.utils import translation

from indicators.collection import Refusal, Stale
from indicators.models import (
    DutyArea,
    Jurisdiction,
    Standing,
    ValueRevision,
    YearlyResult,
    YearlyValue,
)
from indicators.recording import Entry, save_value, save_values
from indicators.recording.catalogue import delete
from indicators.recording.catalogue_change import changing_catalogue
from tests.cast import YEAR, enter, make_indicator, make_share, make_statement, make_unit, result


def test_a_figure_is_kept_exactly_with_what_was_typed(children, north, officer):
    value = enter(children, north, "３．６２万人", actor=officer)

    assert (value.number, value.as_entered, value.last_place) == (D("36200"), "３．６２万人", 2)


def test_every_save_makes_a_version_with_who_and_why(children, north, officer):
    enter(children, north, "10", actor=officer, reason="first count")
    enter(children, north, "11", actor=officer, reason="one came later")

    history = ValueRevision.objects.order_by("version")
    assert [
        (r.version, r.number, r.change.actor, r.change.reason, r.change.outside) for r in history
    ] == [
        (1, D(10), officer, "first count", False),
        (2, D(11), officer, "one came later", False),
    ]


def test_what_is_saved_stands_as_reported_and_not_as_approved(children, north, officer):
    enter(children, north, "10", actor=officer)

    assert list(Standing.objects.values_list("tier", "revision__version")) == [("reported", 1)]
    assert result(children, north).number == D(10)
    assert not YearlyResult.objects.with_figure().in_tier("approved").exists()


def test_saving_the_same_again_makes_no_version(children, north, officer):
    enter(children, north, "10", actor=officer)
    value = enter(children, north, "10", actor=officer)

    assert value.version == 1
    assert ValueRevision.objects.count() == 1


def test_an_emptied_box_withdraws_the_figure_and_keeps_the_row(children, north, city, officer):
    enter(children, north, "10", actor=officer)
    value = enter(children, north, "", actor=officer)

    assert (value.state, value.number, value.version) == ("blank", None, 2)
    assert result(children, north).number is None
    assert result(children, city).number is None


def test_an_empty_box_where_nothing_was_saves_nothing(children, north, officer):
    assert enter(children, north, "", actor=officer) is None
    assert not YearlyValue.objects.exists()


def test_a_stale_version_is_refused_with_both_sides(children, north, officer):
    enter(children, north, "10", actor=officer)
    enter(children, north, "11", actor=officer)

    with pytest.raises(Stale) as stale:
        enter(children, north, "12", actor=officer, version=1)

    assert (stale.value.before.number, stale.value.now.number) == (D(10), D(11))
    assert YearlyValue.objects.get().number == D(11)


def test_entries_are_saved_all_or_none(children, children_public, north, officer):
    entries = [
        Entry(children, north, YEAR, 0, "10"),
        Entry(children_public, north, YEAR, 0, "ten"),
    ]

    with pytest.raises(Refusal) as refusal:
        save_values(entries, actor=officer, reason="")

    assert (refusal.value.code, refusal.value.place) == ("not_a_number", 1)
    assert not YearlyValue.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ten", "not_a_number"),
        ("1.2.3", "two_points"),
        ("1e400", "exponent"),
        ("NaN", "not_a_number"),
        ("Infinity", "not_a_number"),
        ("-5", "below_limit"),
        ("12.5", "not_whole"),
        ("123456789012345", "too_many_digits"),
        ("12,34", "grouping"),
        ("5%", "wrong_unit"),
        ("7" * 1_000_000, "too_long"),
        ("1\x00", "null_character"),
    ],
)
def test_bad_numbers_are_refused_in_words(children, north, officer, text, code):
    with pytest.raises(Refusal) as refusal:
        enter(children, north, text, actor=officer)

    assert refusal.value.code == code
    assert refusal.value.field == "value"
    with translation.override("en"):
        assert "{" not in refusal.value.message
        assert refusal.value.message.endswith(".")
    assert not YearlyValue.objects.exists()


def test_a_share_over_100_is_refused_where_it_cannot_be(north, city, officer):
    rate = make_indicator(
        "rate",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        aggregation="none",
        upper_limit=100,
    )

    with pytest.raises(Refusal, match="100") as refusal:
        enter(rate, north, "100.01", actor=officer)
    assert refusal.value.code == "above_limit"
    assert enter(rate, north, "100", actor=officer).number == D(100)


@pytest.mark.parametrize("year", [1989, 0, 9999, -1])
def test_an_unknown_year_is_refused(children, north, officer, year):
    with pytest.raises(Refusal) as refusal:
        save_value(Entry(children, north, year, 0, "5"), actor=officer, reason="")

    assert refusal.value.code == "unknown_year"


def test_a_closed_jurisdiction_enters_nothing_after_its_end(children, city):
    closed = make_unit("500110", "万盛区", parent=city, valid_to=2011)

    assert enter(children, closed, "5", year=2010).number == D(5)
    with pytest.raises(Refusal) as refusal:
        enter(children, closed, "5", year=2011)
    assert refusal.value.code == "jurisdiction_closed"


def test_only_the_officer_of_the_unit_enters(
    children,
    north,
    officer,
    other_officer,
    lead,
    supervisor,
    editor,
    auditor,
    administrator,
    superuser,
):
    outsiders = [
        other_officer,
        lead,
        supervisor,
        editor,
        auditor,
        administrator,
        superuser,
    ]
    for actor in outsiders:
        with pytest.raises(Refusal) as refusal:
            enter(children, north, "5", actor=actor)
        assert refusal.value.code == "out_of_scope"

    assert enter(children, north, "5", actor=officer)


def test_an_officer_of_one_duty_area_enters_no_other(children, north, officer):
    area = make_indicator("safety", duty_area=_area("safety")).duty_area
    officer.memberships.get().duty_areas.add(area)

    with pytest.raises(Refusal) as refusal:
        enter(children, north, "5", actor=officer)
    assert refusal.value.code == "out_of_scope"


def test_a_derived_figure_is_computed_in_a_district_and_stated_at_the_city(
    share, north, city, officer, city_officer
):
    with pytest.raises(Refusal) as refusal:
        enter(share, north, "50", actor=officer)
    assert refusal.value.code == "derived_not_entered"

    enter(share, city, "54.45%", actor=city_officer)
    assert (result(share, city).basis, result(share, city).number) == ("stated", D("54.45"))


def test_why_there_is_no_figure_needs_a_reason(children, north, officer):
    with pytest.raises(Refusal) as refusal:
        enter(children, north, state="not_available", actor=officer)
    assert (refusal.value.code, refusal.value.field) == ("reason_missing", "state_reason")

    value = enter(
        children, north, state="not_available", state_reason="count under way", actor=officer
    )
    assert (value.state, value.state_reason) == ("not_available", "count under way")


def test_a_value_says_one_thing(children, north, officer):
    with pytest.raises(Refusal) as refusal:
        enter(children, north, "5", state="not_applicable", state_reason="x", actor=officer)
    assert refusal.value.code == "exactly_one"


def test_statements_and_numbers_are_kept_apart(children, north, officer):
    covered = make_statement("covered")

    with pytest.raises(Refusal) as refusal:
        enter(covered, north, "全部", actor=officer)
    assert refusal.value.code == "statement_only"
    with pytest.raises(Refusal) as refusal:
        enter(children, north, statement="met", actor=officer)
    assert refusal.value.code == "number_only"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "lost"}, "unknown_choice"),
        ({"statement": "maybe"}, "unknown_choice"),
        ({"qualifier": "nearly"}, "unknown_choice"),
        ({"period_basis": "guessed"}, "unknown_choice"),
        ({"period_from": -1}, "period_out_of_range"),
        ({"period_from": YEAR + 1}, "period_out_of_range"),
        ({"note": "\ud83d"}, "null_character"),
        ({"reason": "a\x00b"}, "null_character"),
    ],
)
def test_what_no_form_would_send_is_refused_as_well(children, north, officer, fields, code):
    with pytest.raises(Refusal) as refusal:
        enter(children, north, "5", actor=officer, **fields)
    assert refusal.value.code == code
    assert not YearlyValue.objects.exists()


def test_the_same_new_figure_twice_at_once_is_stale(children, north, officer):
    twice = [Entry(children, north, YEAR, 0, text) for text in ("5", "6")]
    with pytest.raises(Stale):
        save_values(twice, actor=officer, reason="")
    assert not YearlyValue.objects.exists()


def test_a_total_with_too_many_digits_is_refused_and_nothing_is_saved(
    children, north, south, city, other_officer
):
    enter(children, north, "99999999999999")

    with pytest.raises(Refusal) as refusal:
        enter(children, south, "1", actor=other_officer)

    assert refusal.value.code == "total_too_large"
    assert refusal.value.params["unit"] == "山城"
    assert not YearlyValue.objects.filter(jurisdiction=south).exists()
    assert result(children, city).number == D("99999999999999")


@pytest.mark.parametrize("others", ["", "0", "1234", "49999999999999"])
def test_what_is_too_much_for_a_total_does_not_depend_on_the_others(
    children, north, south, city, officer, others
):
    if others:
        enter(children, south, others)

    with pytest.raises(Refusal) as refusal:
        enter(children, north, "50000000000000", actor=officer)
    assert (refusal.value.code, refusal.value.params["unit"]) == ("total_too_large", "山城")
    enter(children, north, "49999999999999", actor=officer)


def test_a_derived_result_that_does_not_fit_is_missing_with_the_reason(
    children, children_public, north, city, officer
):
    ratio = make_share("ratio", "children_public / children * 100")
    enter(children, north, "1", actor=officer)
    enter(children_public, north, "99999999999999", actor=officer)

    assert result(ratio, north).number is None
    assert result(ratio, north).reason["code"] == "too_large"


def _area(code):
    return DutyArea.objects.create(code=code, name_zh=code)


def test_a_duty_area_that_limits_somebody_is_not_deleted(officer, editor):
    area = DutyArea.objects.create(code="empty", name_zh="空")
    officer.memberships.get().duty_areas.add(area)

    with pytest.raises(Refusal) as refusal:
        delete(area, actor=editor)
    assert refusal.value.code == "in_use"
    assert officer.memberships.get().duty_areas.get() == area


def test_a_unit_that_ended_meanwhile_takes_no_figure(children, north, officer):
    as_read = Jurisdiction.objects.get(pk=north.pk)
    with changing_catalogue(actor=None):
        Jurisdiction.objects.filter(pk=north.pk).update(valid_to=YEAR)
    with pytest.raises(Refusal) as refusal:
        enter(children, as_read, "5", actor=officer)
    assert refusal.value.code == "jurisdiction_closed"
