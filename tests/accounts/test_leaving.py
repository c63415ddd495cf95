"""A person leaves: the account is closed and another has its duties, in one act."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from indicators.collection import Refusal
from indicators.models import DutyArea, Membership, User
from indicators.recording.leaving import duties_of, leave
from indicators.recording.seen import digest_of_row
from indicators.recording.submission import approve, submit
from tests.cast import enter, make_unit, make_user
from tests.round_cast import fresh


@pytest.fixture
def successor(city):
    return User.objects.create_user("wang", full_name="王五", password="Correct-Horse-7")


def roles(user):
    held = Membership.objects.filter(user=user).order_by("jurisdiction__code", "role")
    return [(one.jurisdiction.name_zh, one.role) for one in held]


def areas(user):
    return {area.code for one in user.memberships.all() for area in one.duty_areas.all()}


def page(person):
    return reverse("accounts:leaving", args=[person.pk])


def hand_over(client, person, successor, **changed):
    seen = client.get(page(person)).context["form"]["seen"].value()
    given = {"seen": seen, "successor": successor.pk, "reason": "调离"}
    return client.post(page(person), given | changed)


def test_the_successor_has_all_roles_and_the_account_is_closed(
    client, administrator, officer, successor, north, south
):
    Membership.objects.create(user=officer, jurisdiction=south, role="lead")
    client.force_login(administrator)
    assert (
        page(officer)
        in client.get(reverse("admin:indicators_user_change", args=[officer.pk])).content.decode()
    )

    hand_over(client, officer, successor)

    officer.refresh_from_db()
    assert not officer.is_active
    assert roles(officer) == []
    assert roles(successor) == [("北区", "officer"), ("南区", "lead")]
    said = LogEntry.objects.get(object_id=successor.pk).get_change_message()
    assert said == "接替officer：北区 填报员；南区 审核人。原因：调离"
    assert "移交王五" in LogEntry.objects.get(object_id=officer.pk).get_change_message()


def test_who_leaves_is_signed_out(client, administrator, officer, successor):
    theirs = Client()
    theirs.force_login(officer)
    client.force_login(administrator)

    hand_over(client, officer, successor)

    assert theirs.get("/").status_code == 302


def test_what_waits_for_the_unit_waits_for_the_successor(
    client, administrator, officer, successor, asked
):
    leave(officer, successor=successor, actor=administrator, reason="调离")

    client.force_login(successor)
    assert "还有 2 项未填" in [task.detail for task in client.get("/").context["tasks"]]


@pytest.mark.parametrize(
    ("of_leaver", "of_successor", "then"),
    [
        (["a"], None, {"a"}),
        ([], None, set()),
        (["a"], ["b"], {"a", "b"}),
        ([], ["b"], set()),
        (["a"], [], set()),
    ],
)
def test_duty_areas_go_along_and_none_means_all(
    administrator, officer, successor, north, of_leaver, of_successor, then
):
    known = {code: DutyArea.objects.create(code=code, name_zh=code) for code in "ab"}
    officer.memberships.get().duty_areas.set(known[code] for code in of_leaver)
    if of_successor is not None:
        mine = Membership.objects.create(user=successor, jurisdiction=north, role="officer")
        mine.duty_areas.set(known[code] for code in of_successor)

    leave(officer, successor=successor, actor=administrator, reason="调离")

    assert roles(successor) == [("北区", "officer")]
    assert areas(successor) == then


def test_whoever_takes_over_does_not_approve_what_they_entered(
    administrator, officer, lead, supervisor, of_north, children, children_public, north
):
    for indicator in (children, children_public):
        enter(indicator, north, "5", actor=officer)
    ready = fresh(of_north)
    sent = submit(ready, actor=lead, version=ready.version)
    leave(supervisor, successor=officer, actor=administrator, reason="退休")

    with pytest.raises(Refusal) as refused:
        approve(sent, actor=User.objects.get(pk=officer.pk), version=sent.version)
    assert refused.value.code == "entered_it_yourself"


def test_what_was_done_keeps_its_name(administrator, officer, successor, children, north):
    value = enter(children, north, "5", actor=officer)

    leave(officer, successor=successor, actor=administrator, reason="调离")

    assert value.revisions.get().change.actor == officer


def test_nobody_lifts_their_own_rights(client, administrator, officer, supervisor):
    client.force_login(administrator)
    shown = hand_over(client, supervisor, administrator)
    assert shown.status_code == 422

    for person, heir in ((supervisor, administrator), (administrator, officer)):
        with pytest.raises(Refusal) as refused:
            leave(person, successor=heir, actor=administrator, reason="调离")
        assert refused.value.code == "own_rights"
    assert roles(administrator) == [("山城", "administrator")]


def test_only_who_keeps_accounts_may(officer, lead, supervisor, successor):
    for actor in (officer, supervisor):
        with pytest.raises(Refusal) as refused:
            leave(lead, successor=successor, actor=actor, reason="调离")
        assert refused.value.code == "out_of_scope"


def test_a_closed_account_neither_leaves_nor_takes_over(administrator, officer, successor, lead):
    User.objects.filter(pk=successor.pk).update(is_active=False)

    for person, heir in ((officer, successor), (successor, lead)):
        with pytest.raises(Refusal) as refused:
            leave(person, successor=heir, actor=administrator, reason="调离")
        assert (refused.value.code, refused.value.params) == ("account_closed", {"name": "王五"})
    assert roles(officer) == [("北区", "officer")]


def test_somebody_else_is_the_successor(administrator, officer):
    with pytest.raises(Refusal) as refused:
        leave(officer, successor=officer, actor=administrator, reason="调离")
    assert refused.value.code == "same_person"


@pytest.mark.parametrize(
    ("reason", "code"),
    [(" ", "act_reason_missing"), ("长" * 501, "too_long"), ("a\0b", "null_character")],
)
def test_a_reason_is_needed(administrator, officer, successor, reason, code):
    with pytest.raises(Refusal) as refused:
        leave(officer, successor=successor, actor=administrator, reason=reason)
    assert (refused.value.code, refused.value.field) == (code, "reason")


def test_what_changed_since_it_was_looked_at_is_looked_at_again(
    client, administrator, officer, successor, south
):
    seen = digest_of_row(officer, duties_of(officer))
    Membership.objects.create(user=officer, jurisdiction=south, role="lead")
    client.force_login(administrator)

    shown = hand_over(client, officer, successor, seen=seen)

    assert shown.status_code == 409
    assert "南区 · 审核人" in shown.content.decode()
    assert shown.context["form"]["reason"].value() == "调离"
    assert roles(successor) == []


def test_the_page_speaks_of_each_role_and_duty_area(client, administrator, city):
    area = DutyArea.objects.create(code="funding", name_zh="优先保障")
    east = make_unit("500103", "东区", parent=city)
    person = make_user("li", "officer", east, full_name="李四")
    person.memberships.get().duty_areas.add(area)
    client.force_login(administrator)

    text = client.get(page(person)).content.decode()

    assert "李四离任" in text
    assert "东区 · 填报员：优先保障" in text


def test_people_of_one_name_are_told_apart(client, administrator, officer, successor, north):
    make_user("wang1", "lead", north, full_name="王五")
    User.objects.create_user("wang2", full_name="王五")
    User.objects.create_user("zhao", full_name="赵六")
    client.force_login(administrator)

    offered = client.get(page(officer)).context["form"].fields["successor"].choices

    assert [label for _pk, label in offered][1:] == [
        "王五 wang",
        "王五（北区 · 审核人）",
        "王五 wang2",
        "赵六",
    ]
