"""Annotations are pinned through the door: by whom, what is refused, and that they stay."""

import pytest
from django.db import DatabaseError, connection, transaction

from indicators.collection import Refusal
from indicators.models import Annotation, User
from indicators.recording import annotation
from indicators.recording.annotation import annotate, take_back
from tests.cast import YEAR, make_user
from tests.results.test_refresh import at_once

NOT_THEIRS = "not_your_act"
TABLE = "indicators_annotation"
WRITERS = {
    "city": {"city_officer", "supervisor"},
    "north": {"officer", "lead", "city_officer", "supervisor"},
    "south": {"other_officer", "city_officer", "supervisor"},
}
READERS = {unit: names | {"auditor"} for unit, names in WRITERS.items()}
PEOPLE = sorted(
    {"officer", "other_officer", "lead", "city_officer", "supervisor"}
    | {"editor", "auditor", "administrator", "superuser"}
)


def refused(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


@pytest.fixture
def people(request):
    return {name: request.getfixturevalue(name) for name in PEOPLE}


@pytest.fixture
def said(children, north, officer):
    return annotate(children, north, YEAR, actor=officer, text="两所园停办")


@pytest.mark.parametrize("place", sorted(WRITERS))
def test_who_writes_and_who_reads_what_is_said_of_a_unit(request, people, children, place, south):
    unit = request.getfixturevalue(place)
    for name, person in people.items():
        saying = {"actor": person, "text": f"{name}说"}
        if name in WRITERS[place]:
            annotate(children, unit, YEAR, **saying)
        else:
            assert refused(lambda said=saying: annotate(children, unit, YEAR, **said)) == NOT_THEIRS

    seen = {name: Annotation.objects.for_user(person).count() for name, person in people.items()}
    assert {name for name, count in seen.items() if count} == READERS[place]
    assert {count for count in seen.values() if count} == {len(WRITERS[place])}


def test_people_of_another_district_see_neither_the_districts_nor_the_citys(
    children, city, north, other_officer, supervisor
):
    for unit in (city, north):
        annotate(children, unit, YEAR, actor=supervisor, text="北区的数据要核对")

    assert not Annotation.objects.for_user(other_officer).exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "remark_empty"),
        (" \r\n ", "remark_empty"),
        ("长" * 1001, "too_long"),
        ("长" * 10_000, "too_long"),
        ("a\x00b", "null_character"),
        ("a\ud800b", "null_character"),
        ("12\u202e34", "hidden_marks"),
        ("a\u200bb", "hidden_marks"),
    ],
)
def test_a_text_that_says_nothing_or_hides_something_is_refused(
    children, north, officer, text, code
):
    assert refused(lambda: annotate(children, north, YEAR, actor=officer, text=text)) == code
    assert not Annotation.objects.exists()


def test_lines_stay_lines(children, north, officer):
    made = annotate(children, north, YEAR, actor=officer, text=" 一\r\n二 ")

    assert made.text == "一\n二"


@pytest.mark.parametrize(("year", "code"), [(1989, "unknown_year"), (9999, "unknown_year")])
def test_a_year_without_figures_is_refused(children, north, officer, year, code):
    assert refused(lambda: annotate(children, north, year, actor=officer, text="文")) == code


def test_a_unit_that_was_not_there_is_refused(children, north, officer):
    type(north).objects.filter(pk=north.pk).update(valid_from=2010)
    north.refresh_from_db()
    act = {"actor": officer, "text": "文"}
    assert refused(lambda: annotate(children, north, 2009, **act)) == "jurisdiction_closed"


def test_a_second_click_says_nothing_twice_but_another_person_may_say_the_same(
    said, children, north, officer, lead
):
    assert annotate(children, north, YEAR, actor=officer, text="两所园停办 ") == said
    assert annotate(children, north, YEAR, actor=lead, text="两所园停办") != said


def test_its_author_takes_it_back_once_and_may_say_it_again(said, children, north, officer):
    taken = take_back(said.pk, actor=officer)
    assert take_back(said.pk, actor=officer) == taken
    assert [one.is_taken_back for one in Annotation.objects.said()] == [True]

    again = annotate(children, north, YEAR, actor=officer, text="两所园停办")
    assert again != said
    assert [one.is_taken_back for one in Annotation.objects.said()] == [True, False]


def test_nobody_else_takes_it_back(said, lead, supervisor, auditor, other_officer, administrator):
    for person in (lead, supervisor, auditor):
        assert refused(lambda person=person: take_back(said.pk, actor=person)) == "not_your_act"
    for person in (other_officer, administrator):
        assert refused(lambda person=person: take_back(said.pk, actor=person)) == "annotation_gone"
    assert not Annotation.objects.filter(takes_back__isnull=False).exists()


def test_what_takes_back_is_not_taken_back(said, officer):
    taken = take_back(said.pk, actor=officer)

    assert refused(lambda: take_back(taken.pk, actor=officer)) == "annotation_gone"


def test_who_has_left_the_unit_neither_reads_nor_takes_back(said, officer):
    officer.memberships.all().delete()
    left = User.objects.get(pk=officer.pk)

    assert not Annotation.objects.for_user(left).exists()
    assert refused(lambda: take_back(said.pk, actor=left)) == "annotation_gone"


def test_a_figure_has_so_many_and_no_more(said, children, north, officer, monkeypatch):
    monkeypatch.setattr(annotation, "MOST_OF_A_FIGURE", 1)
    act = {"actor": officer, "text": "又一条"}
    assert refused(lambda: annotate(children, north, YEAR, **act)) == "annotations_too_many"
    assert annotate(children, north, YEAR - 1, **act)


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET text = '改过'",
        f"DELETE FROM {TABLE}",
        f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}",
    ],
)
def test_the_database_keeps_it_as_it_was_said(said, sql):
    if connection.vendor == "postgresql" and "REPLACE" in sql:
        sql = f"TRUNCATE {TABLE}"
    with (
        pytest.raises(DatabaseError, match=r"history|annotation"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert Annotation.objects.get().text == "两所园停办"


def test_two_windows_at_once_say_it_once_and_take_it_back_once(
    transactional_db, children, north, city
):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    for turn in range(4):
        pk = make_user(f"officer_{turn}", "officer", north).pk

        def says(pk=pk):
            annotate(children, north, YEAR, actor=User.objects.get(pk=pk), text="两所园停办")

        assert at_once(says, says, says) == []
        [one] = Annotation.objects.filter(author=pk)

        def takes(pk=pk, one=one):
            take_back(one.pk, actor=User.objects.get(pk=pk))

        assert at_once(takes, takes, takes) == []
        assert Annotation.objects.filter(takes_back=one).count() == 1
