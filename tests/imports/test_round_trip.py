"""What the system exports it imports again without a change: both formats, both headings."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indicators.models import UNITS, YearlyValue
from indicators.recording import Entry, save_values
from tests.cast import YEAR, make_indicator, make_statement
from tests.imports.workbooks import answer_rows, confirm, upload

SEED = 20221231


def texts(dice):
    """Ways in which an officer writes the same kind of number."""
    whole = dice.randint(0, 10 ** dice.randint(1, 9))
    return dice.choice(
        [
            str(whole),
            f"{whole:,}",
            f"{dice.randint(1, 9999) / 100:.2f}万",
            f"{dice.randint(1, 99)}余万",
            f"约{whole}",
            f"超过{whole}",
            f"{dice.randint(1, 9)}亿{dice.randint(1000, 9999)}万",
            f"={whole}+{dice.randint(1, 99)}",
            "".join(chr(0xFF10 + int(digit)) for digit in str(whole)),
        ]
    )


@pytest.fixture
def filled(db, city, north, officer):
    """A unit with figures of every kind, as they were typed."""
    dice = random.Random(SEED)
    counts = [make_indicator(f"count_{n}", upper_limit=None) for n in range(8)]
    share = make_indicator(
        "portion",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        aggregation="none",
        decimals=2,
    )
    money = make_indicator("money", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    done = make_statement("done", reporting_level="units")
    entries = []
    for year in range(YEAR - 4, YEAR + 1):
        entries += [Entry(one, north, year, 0, text=texts(dice)) for one in counts]
        entries += [
            Entry(share, north, year, 0, text=dice.choice(["0.5", "99.61%", "0.9561％", "100"])),
            Entry(
                money, north, year, 0, text=dice.choice(["33.5亿", "335000万元", "12.5", "1,000"])
            ),
            Entry(done, north, year, 0, statement=dice.choice(["met", "partly", "not_met"])),
        ]
    for unit in [one for one in UNITS.values() if one.code == one.base]:
        kind = {"unit": unit.code, "display_unit": unit.code, "quantity_kind": "average"}
        one = make_indicator(f"in_{unit.code}", aggregation="none", lower_limit=None, **kind)
        entries.append(Entry(one, north, YEAR, 0, text="7" if unit.whole else "7.5"))
    entries[0] = Entry(counts[0], north, YEAR - 4, 0, state="not_available", state_reason="未统计")
    entries[1] = Entry(counts[1], north, YEAR - 4, 0, text="5", note="=1+1，“说明”\n第二行")
    save_values(entries, actor=officer, reason="")
    return entries


@pytest.mark.parametrize("header", ["names", "codes"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_exported_file_changes_nothing(client, officer, filled, kind, header):
    client.force_login(officer)
    answer = client.get(f"/export/figures.{kind}", {"jurisdiction": "500101", "header": header})
    content = b"".join(answer.streaming_content)
    of_import = upload(client, SimpleUploadedFile(f"figures.{kind}", content))
    rows = of_import.rows.values_list("indicator__code", "year", "text", "outcome")
    assert {row[-1] for row in rows} == {"unchanged"}, [
        row for row in rows if row[-1] != "unchanged"
    ]
    assert len(rows) == len(filled)
    assert "没有需要保存的数据" in client.get(f"/imports/{of_import.pk}/").content.decode()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_an_exported_file_fills_an_empty_unit_with_the_same(client, officer, filled, kind):
    client.force_login(officer)
    content = b"".join(
        client.get(f"/export/figures.{kind}", {"jurisdiction": "500101"}).streaming_content
    )
    told = ("indicator__code", "year", "number", "statement", "state", "qualifier", "last_place")
    before = list(YearlyValue.objects.order_by("pk").values_list(*told))
    withdraw = [
        Entry(one.indicator, one.jurisdiction, one.year, one.version)
        for one in YearlyValue.objects.all()
    ]
    save_values(withdraw, actor=officer, reason="")

    of_import = upload(client, SimpleUploadedFile(f"figures.{kind}", content))
    answers = {
        f"choice-{row.position}": "file" for row in of_import.rows.filter(outcome="conflict")
    }
    answer_rows(client, of_import, answers)
    confirm(client, of_import, "valid")
    after = list(YearlyValue.objects.order_by("pk").values_list(*told))
    assert [row for row in after if row[4] != "blank"] == [
        row for row in before if row[4] != "not_available"
    ]
