"""Questions are saved through the door: by their owner alone, each name once, nothing unseen."""

import pytest
from django.db import connection

from indicators.collection import Refusal
from indicators.models import SavedQuestion, User
from indicators.recording import saved_question
from indicators.recording.leaving import leave
from indicators.recording.saved_question import (
    delete_question,
    pin_question,
    rename_question,
    replace_question,
    save_question,
)
from tests.results.test_refresh import at_once

QUERY = "indicator=children&unit=500101&year=2021&rows=units&columns=indicators&tier=reported"
OTHER = QUERY.replace("500101", "500000")


def refused(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


@pytest.fixture
def saved(officer):
    return save_question(actor=officer, name="在园幼儿", query=QUERY)


def test_it_is_kept_for_its_owner_unpinned(saved, officer, other_officer, supervisor):
    assert (saved.owner, saved.name, saved.query) == (officer, "在园幼儿", QUERY)
    assert (saved.is_pinned, saved.version) == (False, 1)
    assert list(SavedQuestion.objects.for_user(officer)) == [saved]
    for other in (other_officer, supervisor):
        assert not SavedQuestion.objects.for_user(other).exists()


def test_a_name_is_kept_as_a_page_shows_it(officer):
    assert save_question(actor=officer, name="  在园　 幼儿 ", query=QUERY).name == "在园 幼儿"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "name_missing"),
        (" \u3000 ", "name_missing"),
        ("长" * 101, "too_long"),
        ("长" * 10_000, "too_long"),
        ("a\x00b", "null_character"),
        ("a\ud800b", "null_character"),
        ("a\u202eb", "hidden_marks"),
        ("a\u200bb", "hidden_marks"),
        ("a\nb", "hidden_marks"),
    ],
)
def test_a_name_that_nobody_could_read_is_refused_for_old_and_new(saved, officer, name, code):
    assert refused(lambda: save_question(actor=officer, name=name, query=OTHER)) == code
    renaming = {"actor": officer, "version": 1, "name": name}
    assert refused(lambda: rename_question(saved.pk, **renaming)) == code
    assert SavedQuestion.objects.get().name == "在园幼儿"


def test_a_name_is_given_once_to_one_question_of_a_person(saved, officer, supervisor):
    taken = {"name": "在园幼儿", "query": OTHER}
    assert refused(lambda: save_question(actor=officer, **taken)) == "question_name_taken"
    assert SavedQuestion.objects.get().query == QUERY

    assert save_question(actor=supervisor, **taken).owner == supervisor
    other = save_question(actor=officer, name="另一张", query=OTHER)
    renaming = {"actor": officer, "version": 1, "name": "在园幼儿"}
    assert refused(lambda: rename_question(other.pk, **renaming)) == "question_name_taken"


def test_the_same_question_under_the_same_name_is_there_already(saved, officer):
    assert save_question(actor=officer, name="在园幼儿", query=QUERY) == saved
    assert SavedQuestion.objects.count() == 1


def test_what_no_address_carries_is_refused(saved, officer):
    long = "indicator=" + "a" * 3000
    saving = {"actor": officer, "name": "长", "query": long}
    assert refused(lambda: save_question(**saving)) == "question_too_long"
    replacing = {"actor": officer, "version": 1, "query": long}
    assert refused(lambda: replace_question(saved.pk, **replacing)) == "question_too_long"


def test_it_is_renamed_and_replaced_by_who_saw_the_latest(saved, officer):
    renamed = rename_question(saved.pk, actor=officer, version=1, name="幼儿")
    assert (renamed.name, renamed.query, renamed.version) == ("幼儿", QUERY, 2)
    replaced = replace_question(saved.pk, actor=officer, version=2, query=OTHER)
    assert (replaced.name, replaced.query, replaced.version) == ("幼儿", OTHER, 3)

    for act in (
        lambda: rename_question(saved.pk, actor=officer, version=1, name="旧"),
        lambda: replace_question(saved.pk, actor=officer, version=2, query=QUERY),
        lambda: delete_question(saved.pk, actor=officer, version=2),
    ):
        assert refused(act) == "question_moved"
    assert SavedQuestion.objects.values_list("name", "query", "version").get() == ("幼儿", OTHER, 3)


def test_it_may_keep_its_name(saved, officer):
    assert rename_question(saved.pk, actor=officer, version=1, name="在园幼儿").version == 2


def test_it_is_pinned_and_unpinned_whatever_its_version(saved, officer):
    for pinned in (True, True, False):
        assert pin_question(saved.pk, actor=officer, pinned=pinned).is_pinned is pinned
        assert SavedQuestion.objects.pinned().count() == pinned
    assert SavedQuestion.objects.get().version == 1


def test_nobody_but_the_owner_does_anything_with_it(saved, other_officer, supervisor, superuser):
    for other in (other_officer, supervisor, superuser):
        for act in (
            lambda by: rename_question(saved.pk, actor=by, version=1, name="我的"),
            lambda by: replace_question(saved.pk, actor=by, version=1, query=OTHER),
            lambda by: pin_question(saved.pk, actor=by, pinned=True),
            lambda by: delete_question(saved.pk, actor=by, version=1),
        ):
            assert refused(lambda act=act, other=other: act(other)) == "question_gone"
    assert SavedQuestion.objects.values_list("name", "query", "is_pinned").get() == (
        *("在园幼儿", QUERY),
        False,
    )


def test_what_is_deleted_is_gone_and_its_name_free(saved, officer):
    delete_question(saved.pk, actor=officer, version=1)

    assert (
        refused(lambda: rename_question(saved.pk, actor=officer, version=1, name="新"))
        == "question_gone"
    )
    assert save_question(actor=officer, name="在园幼儿", query=OTHER).version == 1


def test_so_many_are_saved_and_pinned_and_no_more(officer, monkeypatch):
    monkeypatch.setattr(saved_question, "MOST_SAVED", 3)
    monkeypatch.setattr(saved_question, "MOST_PINNED", 2)
    made = [save_question(actor=officer, name=name, query=QUERY) for name in "甲乙丙"]
    for one in made[:2]:
        pin_question(one.pk, actor=officer, pinned=True)

    fourth = {"actor": officer, "name": "丁", "query": QUERY}
    assert refused(lambda: save_question(**fourth)) == "questions_too_many"
    third = {"actor": officer, "pinned": True}
    assert refused(lambda: pin_question(made[2].pk, **third)) == "pinned_too_many"
    assert pin_question(made[0].pk, actor=officer, pinned=True).is_pinned


def test_who_sees_no_figures_saves_nothing(administrator, superuser):
    for person in (administrator, superuser):
        saving = {"actor": person, "name": "表", "query": QUERY}
        assert refused(lambda saving=saving: save_question(**saving)) == "not_your_act"


def test_what_somebody_who_leaves_had_saved_stays_theirs(
    saved, officer, administrator, other_officer
):
    leave(officer, successor=other_officer, actor=administrator, reason="调离")
    left = User.objects.get(pk=officer.pk)

    assert SavedQuestion.objects.get().owner == left
    assert not SavedQuestion.objects.for_user(left).exists()
    successor = User.objects.get(pk=other_officer.pk)
    assert not SavedQuestion.objects.for_user(successor).exists()


def test_an_account_with_saved_questions_is_not_deleted(client, saved, officer, administrator):
    client.force_login(administrator)
    officer.memberships.all().delete()
    client.post(f"/admin/indicators/user/{officer.pk}/delete/", {"post": "yes"})

    assert User.objects.filter(pk=officer.pk).exists()


@pytest.fixture
def at_once_on_postgresql(transactional_db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")


def test_of_two_windows_that_give_one_name_the_second_is_told(at_once_on_postgresql, officer):
    def saves(name, query):
        person = User.objects.get(pk=officer.pk)
        return lambda: save_question(actor=person, name=name, query=query)

    for turn in range(6):
        name = f"第{turn}张"
        raised = at_once(saves(name, QUERY), saves(name, OTHER))
        assert [getattr(one, "code", one) for one in raised] == ["question_name_taken"]
        assert SavedQuestion.objects.filter(name=name).count() == 1


def test_two_windows_do_not_pin_more_than_there_is_room_for(
    at_once_on_postgresql, officer, monkeypatch
):
    monkeypatch.setattr(saved_question, "MOST_PINNED", 1)
    made = [save_question(actor=officer, name=name, query=QUERY) for name in "甲乙"]

    def pins(one):
        person = User.objects.get(pk=officer.pk)
        return lambda: pin_question(one.pk, actor=person, pinned=True)

    raised = at_once(*map(pins, made))
    assert [getattr(one, "code", one) for one in raised] == ["pinned_too_many"]
    assert SavedQuestion.objects.pinned().count() == 1
