"""A rename, an upgrade, a merger, a split: what ends, what begins, and what goes along."""

import datetime

import pytest

from indicators.collection import ApprovedWouldMove, Refusal
from indicators.models import (
    CatalogueProposal,
    Correction,
    Jurisdiction,
    JurisdictionChange,
    Membership,
    Submission,
    Target,
    YearlyValue,
)
from indicators.recording.jurisdiction_change import (
    NewUnit,
    UnitsChange,
    preview_jurisdiction_change,
    propose_jurisdiction_change,
    record_jurisdiction_change,
)
from indicators.recording.proposal import confirm, previewed
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_indicator, make_target, make_unit, result
from tests.recording.promises import put
from tests.round_cast import make_round


def asked_for(kind, ended, *begun, **more):
    """A change in November of the year; what begins is given as code and name."""
    given = {
        "kind": kind,
        "day": datetime.date(YEAR, 11, 6),
        "legal_basis": "国函〔2021〕1号",
        "ended": tuple(unit.pk for unit in ended),
        "begun": tuple(NewUnit(code, name, "district") for code, name in begun),
    }
    return UnitsChange(**given | more)


def record(asked, actor, **more):
    return record_jurisdiction_change(asked, actor=actor, reason="撤县设区", **more)


def unit(code, year=YEAR):
    return Jurisdiction.objects.valid_in(year).get(code=code)


@pytest.fixture
def rename(north):
    return asked_for("rename", [north], ("500101", "北城区"))


@pytest.fixture
def merger(north, south):
    return asked_for("merge", [north, south], ("500110", "两江区"))


@pytest.fixture
def split(north):
    return asked_for("split", [north], ("500111", "上区"), ("500112", "下区"))


# --- Units ----------------------------------------------------------------------------------------


def test_one_unit_ends_and_the_next_begins_in_the_year(rename, north, city, editor):
    record(rename, editor)

    assert unit("500101", YEAR - 1) == north
    new = unit("500101")
    assert (new.name_zh, new.parent, new.valid_from, new.valid_to) == ("北城区", city, YEAR, None)


def test_the_act_says_who_when_why_and_by_which_document(merger, north, south, editor):
    record(merger, editor)

    change = JurisdictionChange.objects.get()
    assert (change.kind, change.year, change.legal_basis) == ("merge", YEAR, "国函〔2021〕1号")
    assert (change.change.actor, change.change.reason) == (editor, "撤县设区")
    assert list(change.from_units.all()) == [north, south]
    assert change.answered_by == unit("500110")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"legal_basis": " "}, "change_without_basis"),
        ({"ended": ()}, "change_of_one"),
        ({"begun": (NewUnit("500101", " ", "district"),)}, "new_unit_incomplete"),
        ({"kind": "merge"}, "merge_of_one"),
        ({"kind": "split"}, "split_into_one"),
        ({"day": datetime.date(1997, 5, 1)}, "change_before_beginning"),
        ({"begun": (NewUnit("500102", "北城区", "district"),)}, "jurisdiction_overlaps"),
        ({"begun": (NewUnit("500101", "北区", "district"),)}, "nothing_changes"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_done(
    change, code, rename, north, south, editor
):
    asked = UnitsChange(**{**rename.__dict__, **change})
    with pytest.raises(Refusal) as refused:
        record(asked, editor)

    assert refused.value.code == code
    assert refused.value.message
    assert Jurisdiction.objects.filter(valid_to=None).count() == 3


def test_it_wants_a_reason(rename, editor):
    with pytest.raises(Refusal) as refused:
        record_jurisdiction_change(rename, actor=editor, reason=" ")
    assert refused.value.code == "act_reason_missing"


def test_only_an_editor_does_it(rename, supervisor):
    with pytest.raises(Refusal) as refused:
        record(rename, supervisor)
    assert refused.value.code == "not_an_editor"


def test_a_unit_ends_once(rename, editor):
    record(rename, editor)
    with pytest.raises(Refusal) as refused:
        record(rename, editor)
    assert refused.value.code == "unit_has_ended"


def test_a_city_is_not_changed_so(city, north, editor):
    with pytest.raises(Refusal) as refused:
        record(asked_for("rename", [city], ("500000", "江城")), editor)
    assert refused.value.code == "unit_has_units_below"


def test_units_of_two_cities_are_not_merged(north, editor, db):
    other = make_unit("600101", "外区", parent=make_unit("600000", "外市", "city"))
    with pytest.raises(Refusal) as refused:
        record(asked_for("merge", [north, other], ("500110", "新")), editor)
    assert refused.value.code == "parents_differ"


# --- Looking first --------------------------------------------------------------------------------


def test_looking_first_changes_nothing(merger, officer, editor, north):
    done = preview_jurisdiction_change(merger, actor=editor, reason="合并")

    assert [one.name for one in done.begun] == ["两江区"]
    assert [(one.name, one.before, list(one.after)) for one in done.people] == [
        ("officer", north, list(done.begun))
    ]
    assert not JurisdictionChange.objects.exists()
    assert Membership.objects.get(user=officer).jurisdiction == north


# --- People ---------------------------------------------------------------------------------------


def test_people_go_along(rename, officer, lead, editor):
    record(rename, editor)

    new = unit("500101")
    assert {one.role for one in Membership.objects.filter(jurisdiction=new)} == {"officer", "lead"}
    assert not Membership.objects.filter(jurisdiction__valid_to=YEAR).exists()


def test_who_served_both_merged_units_serves_the_new_one_for_all_they_did(
    merger, north, south, officer, editor, children
):
    of_south = Membership.objects.create(user=officer, jurisdiction=south, role="officer")
    of_south.duty_areas.add(children.duty_area)
    record(merger, editor)

    kept = Membership.objects.get(user=officer)
    assert (kept.jurisdiction, list(kept.duty_areas.all())) == (unit("500110"), [])


@pytest.mark.parametrize(("to_all", "codes"), [(False, ["500111"]), (True, ["500111", "500112"])])
def test_after_a_split_the_editor_says_where_people_go(to_all, codes, split, officer, editor):
    record(UnitsChange(**{**split.__dict__, "people_to_all": to_all}), editor)

    where = Membership.objects.filter(user=officer).values_list("jurisdiction__code", flat=True)
    assert sorted(where) == codes


# --- Targets and figures --------------------------------------------------------------------------


def test_the_next_unit_has_the_targets_of_the_one_before_it(rename, north, children, editor):
    make_target(children, "ge", 50, level="", jurisdiction=north)
    record(rename, editor)

    assert Target.objects.get(jurisdiction=unit("500101")).value == 50


def test_figures_of_the_year_go_along_and_stand_as_they_stood(
    rename, north, south, city, children, officer, editor
):
    enter(children, north, "7", actor=officer)
    enter(children, south, "5")
    before = result(children, city).number
    record(rename, editor)

    new = unit("500101")
    assert result(children, new).number == 7
    assert result(children, city).number == before == 12
    value = YearlyValue.objects.get(jurisdiction=new)
    assert (value.version, value.change.origin, value.change.actor) == (1, "entered", officer)
    assert check()[1] == []


def test_figures_of_merged_units_in_the_year_are_named_and_stay(
    merger, north, city, children, officer, editor
):
    enter(children, north, "7", actor=officer)
    done = record(merger, editor)

    assert [(one.unit.name_zh, one.n, one.names) for one in done.left] == [
        ("北区", 1, ["指标children"])
    ]
    assert not result(children, city).has_figure
    assert check()[1] == []


# --- Approved stays approved ----------------------------------------------------------------------


def test_what_would_move_approved_figures_is_proposed_and_confirmed(
    merger, north, south, city, children, editor, supervisor
):
    for one, text in ((north, "7"), (south, "5")):
        put(children, one, text)
    with pytest.raises(ApprovedWouldMove):
        record(merger, editor)
    assert not JurisdictionChange.objects.exists()

    done = preview_jurisdiction_change(merger, actor=editor, reason="合并")
    assert len(done.moved) == 3
    proposal = propose_jurisdiction_change(merger, actor=editor, reason="合并")
    seen = previewed(proposal)
    assert len(seen.moved) == 3
    confirm(proposal, actor=supervisor, digest=seen.digest, reason="同意")

    assert JurisdictionChange.objects.get().change.actor == supervisor
    assert Correction.objects.count() == 3
    assert not CatalogueProposal.objects.get().waits
    assert check()[1] == []


def test_an_approved_draft_and_a_correction_go_along_in_all_their_tiers(
    rename, north, children, editor, supervisor, officer
):
    put(children, north, "7")
    proposal = propose_jurisdiction_change(rename, actor=editor, reason="更名")
    confirm(proposal, actor=supervisor, digest=previewed(proposal).digest, reason="同意")

    new = unit("500101")
    assert [result(children, new, tier=tier).number for tier in ("reported", "approved")] == [7, 7]
    assert check()[1] == []


# --- Rounds ---------------------------------------------------------------------------------------


@pytest.fixture
def lagged(db):
    return make_indicator("lagged", lag=-1)


def test_an_open_round_asks_the_new_unit_and_no_longer_the_old(
    asked, rename, north, officer, editor, children
):
    enter(children, north, "7", actor=officer)
    done = record(rename, editor)

    new = unit("500101")
    assert [(one.asked, one.ended, one.lagged) for one in done.rounds] == [([new], [north], [])]
    states = dict(Submission.objects.asked().values_list("jurisdiction__name_zh", "state"))
    assert states == {"山城": "not_started", "北城区": "draft", "南区": "not_started"}
    assert officer.notices.filter(submission__jurisdiction=new, kind="carried").exists()


def test_what_is_of_earlier_years_is_still_asked_of_the_old_unit(
    city, north, south, supervisor, editor, children, lagged, merger
):
    asked = make_round(city, supervisor, [children, lagged], [north, south])
    done = record(merger, editor)

    assert [one.name_zh for one in done.rounds[0].lagged] == ["北区", "南区"]
    assert asked.submissions.asked().count() == 3


def test_a_planned_round_asks_otherwise(city, north, south, supervisor, editor, children, merger):
    planned = make_round(city, supervisor, [children], [city, north, south], opened=False)
    record(merger, editor)

    assert [one.name_zh for one in planned.jurisdictions.order_by("code")] == ["山城", "两江区"]


def test_a_round_of_an_earlier_year_is_left_as_it_is(
    city, north, supervisor, editor, children, rename
):
    asked = make_round(city, supervisor, [children], [north], evaluation_year=YEAR - 1)
    assert record(rename, editor).rounds == []
    assert list(asked.jurisdictions.all()) == [north]


def test_who_answered_for_an_ended_unit_hands_that_on(rename, north, editor):
    record(rename, editor)
    new = unit("500101")
    day = datetime.date(YEAR + 1, 5, 1)
    record(asked_for("upgrade", [new], ("500120", "北城市"), day=day), editor)

    answering = {one.answered_by.name_zh for one in JurisdictionChange.objects.all()}
    assert answering == {"北城市"}
