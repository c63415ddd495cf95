"""Accounts from a pasted table: what it would make, what it makes, and the codes handed out."""

import html
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse

from indicators.accounts.roster import MovedMeanwhile, digest_of, make_accounts, read_roster
from indicators.accounts.start import StartForm
from indicators.models import Membership, Role, StartCode, User
from tests.cast import make_unit, make_user

PAGE = "/accounts/table/"
START = "/start/"
PASSWORD = "Correct-Horse-7"
HEAD = "用户名\t姓名\t单位\t角色\t职责\t电话\t邮箱"


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def table(*lines):
    return "\n".join((HEAD, *lines))


def preview(desk, text):
    return desk.post(PAGE, {"table": text, "act": "preview"})


def make(desk, text):
    shown = preview(desk, text)
    return desk.post(PAGE, {"table": text, "act": "make", "digest": shown.context["digest"]})


def outcomes(answer):
    return [(row.outcome, row.faults) for row in answer.context["rows"]]


def codes(answer):
    return {slip.user.username: slip.code for slip in answer.context["slips"]}


def test_a_preview_makes_nothing(desk, north):
    before = User.objects.count()

    answer = preview(desk, table("li\t李四\t北区\t填报员"))

    assert outcomes(answer) == [("新建账号", [])]
    assert "新建 1 项，已有 0 项，不能新建 0 项" in answer.content.decode()
    assert User.objects.count() == before


def test_a_table_becomes_accounts_with_roles_and_duty_areas(desk, north, city, children):
    area = children.duty_area
    text = table(
        f"li\t李四\t北区\t填报员\t{area.name_zh}\t023-5550\tli@example.cn",
        f"wang\t王五\t{city.code}\tsupervisor\t\t\t",
    )

    make(desk, text)

    li = User.objects.get(username="li")
    assert (li.full_name, li.telephone, li.email) == ("李四", "023-5550", "li@example.cn")
    assert not li.has_usable_password()
    membership = li.memberships.get()
    assert (membership.role, membership.jurisdiction) == ("officer", north)
    assert list(membership.duty_areas.all()) == [area]
    assert User.objects.get(username="wang").memberships.get().role == "supervisor"
    assert LogEntry.objects.filter(object_repr__in=["li", "wang"]).count() == 2


def test_a_person_starts_with_the_code_and_an_own_password(desk, client, north):
    code = codes(make(desk, table("li\t李四\t北区\t填报员")))["li"]
    client.logout()

    boxes = {"username": "li", "code": code.lower()}
    answer = client.post(START, boxes | {"password1": PASSWORD, "password2": PASSWORD})

    assert answer.status_code == 302
    li = User.objects.get(username="li")
    assert client.session["_auth_user_id"] == str(li.pk)
    assert li.check_password(PASSWORD)
    assert not StartCode.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"code": "AAAAA-AAAAA-AAAAA-AAAAA"},
        {"username": "nobody"},
        {"password1": "123", "password2": "123"},
        {"password2": "Another-Horse-8"},
        {"code": ""},
    ],
)
def test_what_is_wrong_at_the_start_uses_no_code_up(desk, client, north, given):
    code = codes(make(desk, table("li\t李四\t北区\t填报员")))["li"]
    client.logout()
    good = {"username": "li", "code": code, "password1": PASSWORD, "password2": PASSWORD}

    answer = client.post(START, good | given)

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert client.post(START, good).status_code == 302


def test_a_code_is_good_once_and_for_active_accounts_only(desk, client, north):
    made = codes(make(desk, table("li\t李四\t北区\t填报员", "wu\t吴六\t北区\t审核人")))
    client.logout()
    User.objects.filter(username="wu").update(is_active=False)
    for name, status in (("li", 302), ("li", 200), ("wu", 200)):
        boxes = {"username": name, "code": made[name]}
        boxes |= {"password1": PASSWORD, "password2": PASSWORD}
        assert client.post(START, boxes).status_code == status


def test_a_code_runs_out(desk, client, north, settings):
    code = codes(make(desk, table("li\t李四\t北区\t填报员")))["li"]
    StartCode.objects.update(expires_at="2020-01-01T00:00:00Z")
    client.logout()

    boxes = {"username": "li", "code": code, "password1": PASSWORD, "password2": PASSWORD}
    answer = client.post(START, boxes)

    assert "已过期" in answer.content.decode()


def test_codes_are_kept_as_digests_and_shown_once(desk, north):
    answer = make(desk, table("li\t李四\t北区\t填报员"))
    code = codes(answer)["li"]

    assert code in answer.content.decode()
    assert code.replace("-", "") not in StartCode.objects.get().digest
    assert "no-store" in answer["Cache-Control"]


def test_the_same_table_again_changes_nothing(desk, north):
    text = table("li\t李四\t北区\t填报员")
    make(desk, text)

    again = preview(desk, text)

    assert outcomes(again) == [("已有", [])]
    assert "act" not in re.findall(r'name="act" value="make"', again.content.decode())
    assert Membership.objects.filter(user__username="li").count() == 1


def test_somebody_who_is_there_gets_a_further_role_and_keeps_the_password(desk, north, south):
    li = make_user("li", Role.OFFICER, north, full_name="李四")
    answer = make(desk, table("li\t李四\t南区\t填报员"))

    assert codes(answer) == {"li": ""}
    li.refresh_from_db()
    assert set(li.memberships.values_list("jurisdiction", flat=True)) == {north.pk, south.pk}
    assert "沿用原密码" in answer.content.decode()
    assert li.has_usable_password()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("li\t李四\t东区\t填报员", "现有单位中没有“东区”。"),
        ("li\t李四\t北\t填报员", "是否为北区？"),
        ("li\t李四\t旧区\t填报员", "旧区已于 2021 年撤销。"),
        ("li\t李四\t\t填报员", "未填写单位。"),
        ("li\t李四\t北区\t局长", "没有“局长”这一角色，可用：填报员、审核人、"),
        ("li\t李四\t北区\t填报员\t体育", "没有“体育”这一职责"),
        ("\t李四\t北区\t填报员", "用户名：此字段不能为空"),
        ("li\t\t北区\t填报员", "未填写姓名。"),
        ("li si\t李四\t北区\t填报员", "用户名："),
        (f"{'l' * 151}\t李四\t北区\t填报员", "用户名："),
        ("li\t李四\t北区\t填报员\t\t\tnot-a-mail", "邮箱"),
        ("officer\t李四\t北区\t填报员", "账号“officer”已属于张三。"),
        ("Officer\t张三\t北区\t填报员", "“Officer”与“officer”仅大小写不同。"),
        ("gone\t离任\t北区\t审核人", "该账号已停用。"),
        ("administrator\tadministrator\t北区\t填报员", ""),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_reason(desk, officer, north, line, said):
    make_unit("500199", "旧区", parent=north.parent, valid_to=2021)
    User.objects.filter(pk=officer.pk).update(full_name="张三")
    make_user("gone", Role.OFFICER, north, full_name="离任", is_active=False)
    answer = preview(desk, table(line, "good\t好人\t北区\t审核人"))

    (_outcome, faults), (good, nothing) = outcomes(answer)
    assert any(said in fault for fault in faults), faults
    assert (good, nothing) == ("新建账号", [])


def test_the_good_lines_can_be_made_without_the_refused(desk, north):
    make(desk, table("li\t李四\t东区\t填报员", "wu\t吴六\t北区\t审核人"))

    assert User.objects.filter(username="wu").exists()
    assert not User.objects.filter(username="li").exists()


def test_one_person_in_two_lines_has_one_account_and_one_code(desk, north, south):
    answer = make(desk, table("li\t李四\t北区\t填报员", "li\t李四\t南区\t填报员"))

    assert len(answer.context["slips"]) == 1
    assert User.objects.get(username="li").memberships.count() == 2


def test_two_people_with_one_user_name_are_told_apart(desk, north, south):
    answer = preview(desk, table("li\t李四\t北区\t填报员", "li\t李五\t南区\t填报员"))

    assert [outcome for outcome, _faults in outcomes(answer)] == ["新建账号", "不能新建"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "缺少"),
        ("li\t李四\t北区\t填报员", "首行应为列名，缺少：用户名、姓名、单位、角色。"),
        (HEAD, "列名下方没有数据。"),
        ("用户名\t用户名\t姓名\t单位\t角色\na\tb\tc\td\te", "列“用户名”重复。"),
        (HEAD + "\n" + "a\tb\tc\td\n" * 2_001, "超出一次处理的上限"),
        (table('a\t"甲\t北区\t填报员', "b\t乙\t北区\t填报员"), "引号不成对"),
        (table('a\t甲\t北区\t填报员\t\t"123\nb\t乙"\t'), "第 3 行的单元格内有换行"),
        (table("a\t甲\t北区\t填报员\t\t\t\t多"), "第 2 行的单元格多于列数。"),
        (table("a\t甲\0乙\t北区\t填报员"), "第 2 行含有不可见字符"),
        (table("a\t甲\u202e乙\t北区\t填报员"), "第 2 行含有不可见字符"),
    ],
)
def test_what_is_no_table_is_said_and_the_text_stays(desk, text, said):
    answer = preview(desk, text)

    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    assert said in page or not text
    assert text[:40] in page


@pytest.mark.parametrize("apart", [",", "\t"])
def test_columns_may_stand_in_any_order_in_csv_or_pasted(desk, north, apart):
    text = "\ufeff" + "\r\n".join(
        apart.join(cells) for cells in [("角色", "备注", "单位", "姓名", "用户名"),
                                        ("填报员", '"新 ""人"""', "北区", "李四", "li")]
    )  # fmt: skip

    assert outcomes(preview(desk, text)) == [("新建账号", [])]


def test_what_somebody_else_made_meanwhile_is_looked_at_again(desk, north):
    text = table("li\t李四\t北区\t填报员")
    digest = preview(desk, text).context["digest"]
    make_user("li", Role.OFFICER, north, full_name="李四")

    answer = desk.post(PAGE, {"table": text, "act": "make", "digest": digest})

    # Nothing is left to be made: the preview says so.
    assert outcomes(answer) == [("已有", [])]
    assert Membership.objects.filter(user__username="li").count() == 1


def test_a_table_that_was_not_previewed_is_not_made(desk, north):
    text = table("li\t李四\t北区\t填报员")

    answer = desk.post(PAGE, {"table": text, "act": "make", "digest": "x"})

    assert answer.status_code == 409
    assert not User.objects.filter(username="li").exists()


def test_nobody_else_brings_people_in(client, officer, supervisor, editor, auditor):
    for user in (officer, supervisor, editor, auditor):
        client.force_login(user)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"table": table("li\t李四\t北区\t填报员")}).status_code == 403


def test_three_hundred_people_are_made_at_once(desk, north):
    text = table(*(f"p{n}\t人{n}\t北区\t填报员" for n in range(300)))
    digest = preview(desk, text).context["digest"]

    answer = desk.post(PAGE, {"table": text, "act": "make", "digest": digest})
    assert len(answer.context["slips"]) == 300
    assert len(set(codes(answer).values())) == 300


def test_new_codes_from_the_list_of_accounts_end_the_old_password(desk, client, officer, north):
    page = reverse("admin:indicators_user_changelist")
    administrator = User.objects.get(username="administrator")
    chosen = {"action": "hand_out_codes", "_selected_action": [officer.pk, administrator.pk]}
    answer = desk.post(page, chosen)
    code = codes(answer)
    assert set(code) == {officer.username}  # the own account keeps its password
    officer.refresh_from_db()
    assert not officer.has_usable_password()
    boxes = {"username": officer.username, "code": code[officer.username]}
    boxes |= {"password1": PASSWORD, "password2": PASSWORD}
    client.logout()
    assert client.post(START, boxes).status_code == 302


def test_accounts_are_not_deleted_in_bulk(desk, officer):
    page = reverse("admin:indicators_user_changelist")
    desk.post(page, {"action": "delete_selected", "_selected_action": [officer.pk], "post": "yes"})
    assert User.objects.filter(pk=officer.pk).exists()


def test_a_code_is_void_once_a_password_is_set_by_any_way(desk, client, north):
    code = codes(make(desk, table("li\t李四\t北区\t填报员")))["li"]
    li = User.objects.get(username="li")
    li.set_password("Another-Horse-8")
    li.save()
    client.logout()
    boxes = {"username": "li", "code": code, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(START, boxes).status_code == 200
    li.refresh_from_db()
    assert li.check_password("Another-Horse-8")


def test_an_account_that_was_deactivated_meanwhile_is_not_started(desk, north):
    code = codes(make(desk, table("li\t李四\t北区\t填报员")))["li"]
    boxes = {"username": "li", "code": code, "password1": PASSWORD, "password2": PASSWORD}
    form = StartForm(boxes)
    assert form.is_valid()
    User.objects.filter(username="li").update(is_active=False, telephone="1")
    assert form.save() is None
    li = User.objects.get(username="li")
    assert (li.is_active, li.telephone) == (False, "1")


def test_a_user_name_in_full_width_is_the_one_that_is_typed_at_the_sign_in(desk, client, north):
    code = codes(make(desk, table("ｌｉ\t李四\t北区\t填报员")))["li"]
    client.logout()
    boxes = {"username": "ｌｉ", "code": code, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(START, boxes).status_code == 302


def test_a_second_click_makes_nothing_twice_and_says_where_lost_codes_are_replaced(desk, north):
    text = table("li\t李四\t北区\t填报员", "wu\t吴六\t北区\t审核人")
    digest = preview(desk, text).context["digest"]
    desk.post(PAGE, {"table": text, "act": "make", "digest": digest})
    again = desk.post(PAGE, {"table": text, "act": "make", "digest": digest})
    assert "2 项对应的账号已发启用码、尚未启用" in again.content.decode()
    assert Membership.objects.filter(user__username__in=["li", "wu"]).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_everything_once(administrator, north):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")
    text = table(*(f"p{n}\t人{n}\t北区\t填报员" for n in range(20)))
    digest = digest_of(read_roster(text, actor=administrator))
    at_once = threading.Barrier(2)

    def click(_number):
        try:
            at_once.wait()
            return len(make_accounts(text, digest, actor=administrator))
        except MovedMeanwhile:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(click, range(2))) == [0, 20]


def test_an_account_without_a_name_gets_the_one_of_the_table(desk, north):
    make_user("bian", Role.OFFICER, north)
    make(desk, table("bian\t卞静\t北区\t审核人"))
    assert User.objects.get(username="bian").full_name == "卞静"


def test_who_has_not_started_yet_is_told_to_use_the_code(desk, north, south):
    make(desk, table("li\t李四\t北区\t填报员"))
    answer = make(desk, table("li\t李四\t南区\t填报员"))
    assert "使用已发放的启用码" in answer.content.decode()
