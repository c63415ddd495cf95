"""Lists of the administration as files: all pages, as filtered and sorted, for who sees them."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.models import Export, User
from tests.cast import enter, make_indicators, make_user

LIST = "/admin/indicators/{}/list.{}"


def csv_rows(client, name, **asked):
    answer = client.get(LIST.format(name, "csv"), asked)
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def xlsx_rows(client, name, **asked):
    answer = client.get(LIST.format(name, "xlsx"), asked)
    assert answer.status_code == 200
    page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_all_pages_are_in_the_file(client, editor):
    make_indicators([f"code_{number:03}" for number in range(130)])
    client.force_login(editor)
    rows = csv_rows(client, "indicator", o="1")
    assert rows[0][:3] == ["名称（中文）", "编码", "职责"]
    assert [row[1] for row in rows[1:]] == [f"code_{number:03}" for number in range(130)]
    assert {tuple(row[2:]) for row in rows[1:]} == {("优先保障", "人", "数量", "各单位相加")}


def test_filters_and_order_of_the_list_are_those_of_the_file(client, editor, north, south, city):
    client.force_login(editor)
    codes = [row[1] for row in xlsx_rows(client, "jurisdiction", level="district", o="-1")[1:]]
    assert codes == ["500102", "500101"]
    page = client.get("/admin/indicators/jurisdiction/?level=district&o=-1").text
    assert "jurisdiction/list.xlsx?level=district&amp;o=-1" in page


def test_numbers_are_numbers_and_texts_no_formulas(client, supervisor, officer, north, children):
    enter(children, north, "5", actor=officer)
    client.force_login(officer)
    head, row = xlsx_rows(client, "yearlyvalue")
    assert [type(row[head.index(name)]) for name in ("年份", "版本")] == [int, int]


def test_who_does_not_see_the_list_gets_no_file(client, officer, administrator, auditor, children):
    for user, name, status in (
        (officer, "user", 403),
        (administrator, "yearlyvalue", 403),
        (auditor, "user", 200),
        (auditor, "nothing", 404),
    ):
        client.force_login(user)
        assert client.get(LIST.format(name, "csv")).status_code == status
    client.logout()
    assert client.get(LIST.format("indicator", "csv")).status_code == 302


def test_a_list_holds_what_its_reader_sees(client, officer, north, south, children):
    for unit in (north, south):
        enter(children, unit, "71")
    client.force_login(officer)
    assert len(csv_rows(client, "yearlyvalue")) == 2


def test_it_is_kept_with_what_was_asked(client, administrator, city):
    client.force_login(administrator)
    csv_rows(client, "user", is_active__exact="1")
    kept = Export.objects.get()
    assert (kept.actor, kept.jurisdiction, kept.kind) == (administrator, city, "table")
    assert kept.asked == {"list": "user", "is_active__exact": "1"}


def test_a_superuser_without_a_role_has_no_unit_to_keep_it_under(client, db):
    client.force_login(User.objects.create_superuser("root", password="Correct-Horse-7"))
    assert [row[0] for row in csv_rows(client, "user")[1:]] == ["root"]
    assert not Export.objects.exists()


@pytest.mark.parametrize("asked", [{"level__exact": "x\x00"}, {"nothing": "1"}, {"o": "99.x"}])
def test_what_cannot_be_asked_is_no_error(client, editor, asked):
    client.force_login(editor)
    assert client.get(LIST.format("jurisdiction", "csv"), asked).status_code < 500


def test_the_queries_do_not_grow_with_the_rows(client, administrator, north):
    client.force_login(administrator)
    counts = []
    for several in (1, 20):
        for number in range(several):
            make_user(f"name_{several}_{number}", "officer", north)
        with CaptureQueriesContext(connection) as asked:
            csv_rows(client, "user")
        counts.append(len(asked))
    assert counts[0] == counts[1]
