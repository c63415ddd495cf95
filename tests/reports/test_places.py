"""Where in a paragraph the words stand that a figure is to take the place of, and its forms."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.figures.in_text import _in_word
from indicators.models import Indicator
from indicators.reports.places import forms_of, place_of

ANY = st.text(alphabet="共增长805.1亿元％%", max_size=12)


def figure(**fields):
    kinds = {"quantity_kind": "count", "unit": "persons", **fields}
    return SimpleNamespace(indicator=Indicator(**kinds), jurisdiction=None, year=2021)


def told(raw, **fields):
    """Form, decimals and word of each way to write the figure."""
    return [(one.form, one.decimals, one.unit_word) for one in forms_of(figure(**fields), raw)]


@given(before=ANY, raw=ANY.filter(bool), behind=ANY, words=ANY.filter(bool))
def test_what_is_found_are_the_words_over_all_digits_of_the_number(before, raw, behind, words):
    text, start = before + raw + behind, len(before)
    at = place_of(text, start, start + len(raw), words)
    if at is None:
        return
    digits = [n for n in range(start, start + len(raw)) if text[n].isdecimal()]

    assert text[at : at + len(words)] == words
    assert all(at <= n < at + len(words) for n in digits)


@pytest.mark.parametrize(
    ("text", "raw", "words", "at"),
    [
        ("投入805亿元。", "805亿元", "805亿元", 2),
        ("增长6.1%。", "6.1%", "增长6.1%", 0),
        ("近805亿元。", "近805亿元", "805亿元", 1),
        ("90%以上。", "90%以上", "90%", 0),
        ("全覆盖。", "全覆盖", "全覆盖", 0),
        ("投入1805亿元。", "1805亿元", "805亿元", None),
        ("达８６％。", "８６％", "86%", None),
        ("投入805亿元。", "805亿元", "（暂缺）", None),
    ],
)
def test_the_words_may_take_in_or_leave_out_what_stands_beside_the_digits(text, raw, words, at):
    start = text.index(raw)
    assert place_of(text, start, start + len(raw), words) == at


def test_a_number_is_tried_plain_then_with_its_decimals_then_in_its_word():
    assert told("26.16万名") == [("value", None, ""), ("value", 2, ""), ("value", 2, "万名")]
    assert told("42余万人次")[-1] == ("value", 0, "万人次")
    assert told("三千五百多") == [("value", None, ""), ("value", 0, "")]


def test_a_change_is_written_as_one_as_well():
    forms = told("6.1%", quantity_kind="growth_rate", unit="percent")
    assert ("change", None, "") in forms
    assert ("change", 1, "") in forms


def test_a_statement_has_its_words():
    forms = told("全覆盖", quantity_kind="statement", unit="")
    assert [form for form, _decimals, _word in forms] == ["value", "coverage", "standard", "rising"]


def test_more_decimals_than_can_be_kept_are_not_tried():
    assert told("6.10000%") == [("value", None, "")]


@pytest.mark.parametrize(
    ("number", "word", "decimals", "said"),
    [
        ("261600", "万名", None, "26.16"),
        ("261600", "名", None, "261600"),
        ("33500000000", "亿元", 0, "335"),
        ("33500000000", "万元", None, "3350000"),
        ("2000000", "百万人次", None, "2"),
        ("3000000000000", "万亿元", None, "3"),
        ("95.67", "％", 1, "95.7"),
    ],
)
def test_a_number_is_counted_in_the_word_of_the_text(number, word, decimals, said):
    assert _in_word(Decimal(number), word, decimals) == said
