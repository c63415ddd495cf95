"""Ten thousand cells that mean harm: each is read, asked about or refused; none is a page's end."""

import random
from itertools import product

import pytest

from indicators.models import ImportOutcome, YearlyValue
from tests.cast import YEAR, make_indicator
from tests.imports.workbooks import csv_file, table, upload

INDICATORS, YEARS = 85, 20  # six cells each
BAD = [
    *("=cmd|'/c calc'!A1", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", "=HYPERLINK(1)"),
    *("<script>alert(1)</script>", "&lt;b&gt;", "{{ 7*7 }}", "{% load i18n %}", "%(said)s", "%s"),
    *("'; DROP TABLE x; --", "\\", "\\N", "\\x00", "NULL", "nan", "inf", "-inf", "1e400", "1e-400"),
    *("9" * 99, "0." + "0" * 90 + "1", "１２３", "一二三", "12,34,5", "1.2.3", "--5", "5-", "1/0"),
    *("\u202e15", "\u200b", "\ufeff7", "a\u0300" * 40, "👩‍👩‍👧", "\ud7ff", "\ufffd", "𠮷", "ﷺ"),
    *("第四", "1:15.2", "42余万", "超过", "约", "亿亿", "万" * 50, "百分之", "50％", "¥-3", "(3)"),
    *("2021年", "2021/22学年", "0000", "99999", "-2021", "２０２１", "2021.0", "#REF!", "TRUE"),
    *("不适用", "无", "/", "—", "", " ", "　", "x" * 5000, "甲" * 300, "\r", "a\nb", "a\r\nb"),
]


@pytest.fixture(params=["csv", "xlsx"])
def hostile(request, children):
    """A file in which some cells of most rows are hostile; each row is of another figure."""
    dice = random.Random(request.param)
    codes = [make_indicator(f"count_{at}", unit="children").code for at in range(INDICATORS)]
    rows = []
    for code, back in product(codes, range(YEARS)):
        good = [code, "500101", str(YEAR - back), "12480", "", "说明"]
        row = [dice.choice(BAD) if dice.random() < 0.3 else cell for cell in good]
        if dice.random() < 0.2:
            row[dice.randrange(len(row))] = "".join(
                chr(dice.choice([*range(32, 0x3000), *range(0x4E00, 0x9FFF)])) for _ in range(9)
            )
        rows.append(row)
    head = ["指标编码", "单位编码", "年份", "数值", "状态", "说明"]
    if request.param == "xlsx":
        clean = [[cell.replace("\r", " ")[:3000] for cell in row] for row in rows]
        return table(*clean, head=head)
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    return csv_file("\n".join([",".join(head), *quoted]))


@pytest.mark.thorough
def test_hostile_cells_are_read_asked_about_or_refused(at_work, hostile):
    of_import = upload(at_work, hostile)
    told = set(of_import.rows.values_list("outcome", flat=True))
    assert {ImportOutcome.REFUSED, ImportOutcome.QUESTION, ImportOutcome.NEW} <= told
    for row in of_import.rows.filter(outcome__in=["refused", "question", "conflict"]):
        assert row.sentences, str(row)
    last = of_import.rows.count() // 100 + 1
    for page in range(1, last + 1):
        answer = at_work.get(f"/imports/{of_import.pk}/?page={page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
    assert not YearlyValue.objects.exists()
    at_work.post(
        f"/imports/{of_import.pk}/confirm/", {"act": "valid", "seen": of_import.list_digest}
    )
    assert YearlyValue.objects.filter(number=12480).count() > INDICATORS
