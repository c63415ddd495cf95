"""Accounts from a workbook or a CSV file: the same preview as of a pasted table."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.models import User

PAGE = "/accounts/table/"
HEAD = ["用户名", "姓名", "单位", "角色", "职责", "电话", "邮箱"]


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator)
    return client


def workbook(*rows, hidden=()):
    """An xlsx file: sheets of rows; those at the places in `hidden` are not shown."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for place, of_sheet in enumerate(rows):
        sheet = book.create_sheet(f"表{place}")
        sheet.sheet_state = "hidden" if place in hidden else "visible"
        for row in of_sheet:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(desk, content, name="名册.xlsx", **others):
    given = {"act": "preview", "file": SimpleUploadedFile(name, content)}
    return desk.post(PAGE, given | others)


def outcomes(answer):
    return [(row.line, row.outcome, row.faults) for row in answer.context["rows"]]


def test_a_workbook_becomes_accounts_after_the_preview(desk, north):
    people = [HEAD, ["li", "李四", "北区", "填报员", None, 13800000000, "li@example.cn"]]

    shown = upload(desk, workbook(people))
    assert outcomes(shown) == [(2, "新建账号", [])]
    assert not User.objects.filter(username="li").exists()
    given = {"act": "make", "table": shown.context["table"], "digest": shown.context["digest"]}
    desk.post(PAGE, given)

    li = User.objects.get(username="li")
    assert (li.full_name, li.telephone, li.email) == ("李四", "13800000000", "li@example.cn")
    assert li.memberships.get().jurisdiction == north


def test_a_title_and_empty_rows_are_left_out_and_lines_are_the_rows_of_the_sheet(desk, north):
    rows = [
        ["北区教委人员名单"],
        [],
        HEAD,
        [],
        ["li", "李四", "北区", "填报员"],
        ["wu", "", "北区"],
    ]

    shown = outcomes(upload(desk, workbook(rows)))

    assert shown[0] == (5, "新建账号", [])
    assert shown[1][:2] == (6, "不能新建")


def test_a_hidden_or_empty_sheet_is_passed_over(desk, north):
    hidden, people = [["内部"]], [HEAD, ["li", "李四", "北区", "填报员"]]

    assert outcomes(upload(desk, workbook(hidden, [], people, hidden=[0]))) == [(2, "新建账号", [])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_the_encodings_that_offices_have(desk, north, encoding):
    text = ",".join(HEAD) + "\nli,李四,北区,填报员,,,\n"

    assert outcomes(upload(desk, text.encode(encoding), "名册.csv")) == [(2, "新建账号", [])]


def test_what_was_pasted_gives_way_to_the_file(desk, north):
    content = workbook([HEAD, ["li", "李四", "北区", "填报员"]])

    shown = upload(desk, content, table="用户名\n谁")

    assert [row.cells["username"] for row in shown.context["rows"]] == ["li"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "文件无法作为账号表格读取"),
        (b"", "文件无法作为账号表格读取"),
        (b"x" * 5_000_001, "文件无法作为账号表格读取"),
        (workbook([["甲", "乙"]]), "首行应为列名"),
        (workbook([]), "列名下方没有数据"),
        (workbook([HEAD, ["li", "李\n四", "北区", "填报员"]]), "单元格内有换行"),
    ],
)
def test_what_is_no_table_of_accounts_is_said(desk, north, content, said):
    answer = upload(desk, content)

    assert answer.status_code == 422
    assert said in answer.context["error"]


def test_telephone_and_e_mail_are_shown_where_they_are_given(desk, north):
    shown = upload(desk, workbook([HEAD, ["li", "李四", "北区", "填报员", None, 138, "li@a.org"]]))
    for said in ("138</td>", "li@a.org</td>", "电话</th>"):
        assert said in shown.text
    assert "电话</th>" not in upload(desk, workbook([HEAD, ["li", "李四", "北区", "填报员"]])).text


def test_names_that_are_padded_to_one_width_are_read_without(desk, north, officer):
    User.objects.filter(pk=officer.pk).update(full_name="王 芳")
    he = ["he", "何\u3000平", "北 区", "填 报 员"]
    wang = [officer.username, "王芳", "北区", "审核人"]
    shown = upload(desk, workbook([HEAD, he, wang]))
    assert outcomes(shown) == [(2, "新建账号", []), (3, "新增角色", [])]
    table, digest = shown.context["table"], shown.context["digest"]
    desk.post(PAGE, {"table": table, "digest": digest, "act": "make"})
    assert User.objects.get(username="he").full_name == "何平"
