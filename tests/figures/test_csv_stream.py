"""The file itself: what a spreadsheet makes of it, and that nothing is lost on the way."""

import csv
import io
from decimal import Decimal as D
from urllib.parse import unquote

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from indicators.figures.csv_stream import csv_chunks, csv_response
from indicators.spreadsheets.formula_guard import FORMULA_STARTS, guard, unguard

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
DANGEROUS = st.builds(str.__add__, st.sampled_from((*FORMULA_STARTS, "'")), TEXTS)
NUMBERS = st.decimals(-(10**14) + 1, 10**14 - 1, places=4)


def read(chunks) -> list[list[str]]:
    text = b"".join(chunks).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


@given(TEXTS | DANGEROUS)
def test_guarding_is_reversible(text):
    assert unguard(guard(text)) == text


@given(TEXTS | DANGEROUS)
def test_no_guarded_text_is_a_formula(text):
    assert not guard(text).startswith(FORMULA_STARTS)


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_a_spreadsheet_would_compute_is_guarded(start):
    assert guard(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "山城", "a=b", "≥ 96", "−5", "5-2", " =1"])
def test_other_texts_stay_as_they_are(text):
    assert guard(text) == text


@given(st.lists(st.lists(TEXTS | DANGEROUS, min_size=2), min_size=1))
def test_any_texts_come_back_from_the_file(rows):
    found = [[unguard(cell) for cell in row] for row in read(csv_chunks(rows))]

    assert found == rows


@given(st.lists(NUMBERS, min_size=2))
def test_numbers_are_plain_and_never_guarded(numbers):
    [cells] = read(csv_chunks([numbers]))

    assert [D(cell) for cell in cells] == numbers
    assert not any(set("eE'+") & set(cell) for cell in cells)
    assert not any("." in cell and cell.endswith("0") for cell in cells)


def test_the_file_is_as_rfc_4180_says_with_a_byte_order_mark():
    rows = [["a", "b,c"], ['say "x"', "two\nlines"], [-5, D("-0.5000")], [None, ""]]

    assert b"".join(csv_chunks(rows)) == (
        b'\xef\xbb\xbfa,"b,c"\r\n"say ""x""","two\nlines"\r\n-5,-0.5\r\n,\r\n'
    )


def test_rows_are_taken_only_as_they_are_written():
    taken = []

    def rows():
        for number in range(10_000):
            taken.append(number)
            yield [number]

    next(csv_chunks(rows()))

    assert len(taken) < 1000


def test_the_download_has_a_chinese_name_and_one_in_ascii():
    response = csv_response([["a"]], "山城 2021/总表", "figures-2021")

    plain, _semicolon, starred = response["Content-Disposition"].partition("; filename*=")
    assert plain == 'attachment; filename="figures-2021.csv"'
    assert unquote(starred.removeprefix("UTF-8''")) == "山城_2021总表.csv"
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"


def test_rows_are_written_in_the_language_of_the_request():
    with translation.override("en"):
        response = csv_response(([str(gettext_lazy("Yes"))] for _once in range(1)), "x")
    with translation.override("zh-hans"):
        assert read(response) == [["Yes"]]
        assert translation.get_language() == "zh-hans"
