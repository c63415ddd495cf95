"""A table of a page as a file: what stands there, numbers as numbers, and never a formula."""

import csv
import io
import json

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from indicators.models import Export

ROWS = [["指标", "数值", "单位"], ["=1+1", {"number": "-3.620"}, "万人"], ["500101", "—", ""]]


def send(client, kind, rows=ROWS, name="单位 2021"):
    sent = {"name": name, "rows": rows if isinstance(rows, str) else json.dumps(rows)}
    return client.post(reverse(f"exchange:table_{kind}"), sent, headers={"Referer": "/units/"})


def test_the_workbook_has_what_the_page_has(client, officer):
    client.force_login(officer)
    answer = send(client, "xlsx")
    page = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["指标", "数值", "单位"],
        ["=1+1", -3.62, "万人"],
        ["500101", "—", None],
    ]
    assert page["A2"].data_type == "s"


def test_the_csv_has_the_same(client, officer):
    client.force_login(officer)
    text = b"".join(send(client, "csv").streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["指标", "数值", "单位"],
        ["'=1+1", "-3.62", "万人"],
        ["500101", "—", ""],
    ]


def test_it_is_kept_as_what_it_is(client, officer, administrator):
    for user in (officer, administrator):  # who has no figures before them takes none
        client.force_login(user)
        assert send(client, "xlsx").status_code == 200
    kept = Export.objects.get()
    assert (kept.actor, kept.kind, kept.format, kept.rows) == (officer, "table", "xlsx", 2)
    assert (kept.name, kept.asked) == ("单位 2021.xlsx", {"page": "/units/"})


@pytest.mark.parametrize(
    "rows",
    [
        "",
        "nothing",
        "{}",
        "[]",
        "[1]",
        "[[1.5]]",
        '[[{"number": "1e400"}]]',
        '[[{"number": "١"}]]',
        "[" * 100_000,
        json.dumps([["x"] * 501]),
        json.dumps([[]] * 20_001),
    ],
)
def test_what_is_no_table_is_said(client, officer, rows):
    client.force_login(officer)
    answer = send(client, "xlsx", rows)
    assert (answer.status_code, answer.content.decode()) == (400, "这不是页面上的表格。")
    assert not Export.objects.exists()


def test_half_a_character_does_not_break_the_file(client, officer):
    client.force_login(officer)
    assert send(client, "csv", '[["\\ud800"]]').status_code == 200
    assert b"".join(send(client, "xlsx", '[["\\ud800"]]').streaming_content)


def test_somebody_else_cannot_have_it_made(client, officer, settings):

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert send(strict, "xlsx").status_code == 403
    client.logout()
    assert send(client, "xlsx").status_code == 302
