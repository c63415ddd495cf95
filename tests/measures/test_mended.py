"""What is offered instead of a text that cannot be read never says another thing."""

import pytest

from indicators.measures.quantities import Unreadable, read_quantity
from tests.measures.shipped import UNITS


def refusal(text, unit="persons"):
    with pytest.raises(Unreadable) as unreadable:
        read_quantity(text, UNITS[unit])
    return unreadable.value


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("负5", "yuan", -5),
        ("负五十万元", "yuan", -500_000),
        ("约负5", "yuan", -5),
        ("¥负5", "yuan", -5),
        ("负百分之五", "percent", -5),
        ("百分之负5", "percent", -5),
    ],
)
def test_minus_is_read_in_words_too(text, unit, number):
    """负5 was refused with 5 as what to write."""
    assert read_quantity(text, UNITS[unit]).number == number


@pytest.mark.parametrize("text", ["负负5", "-负5", "负-5", "(负5)", "负", "负债5", "负百分之负5"])
def test_two_signs_or_none_of_a_number_are_no_number(text):
    unreadable = refusal(text, "percent")

    assert (unreadable.code, unreadable.params["example"]) == ("not_a_number", "95.67%")


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("不超过5", "不超过"),
        ("不超5人", "不超"),
        ("至多五人", "至多"),
        ("最多5", "最多"),
        ("不高于5", "不高于"),
        ("不多于5", "不多于"),
        ("≤5", "≤"),
        ("5人以内", "以内"),
        ("５以下", "以下"),
    ],
)
def test_an_upper_limit_is_no_figure_and_no_number_is_offered_for_it(text, limit):
    """不超过5 was refused with 5 as what to write, and 5人以内 as in a wrong unit."""
    unreadable = refusal(text)

    assert (unreadable.code, unreadable.params) == ("at_most", {"found": limit})


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("共12所", "12所"),
        ("合计：12", "12"),
        ("已达到五十人", "五十人"),
        ("共约12所", "约12所"),  # was 12所
        *[(text, "") for text in ("下降5", "减少5人", "比上年新增5", "零下5", ">5", "男5人")],
        *[(text, "") for text in ("5人左右或略少", "超过超过5", "缺5", "总共负债5")],
    ],
)
def test_words_that_change_what_a_number_says_are_not_taken_off_it(text, example):
    assert refusal(text, "schools" if "所" in text else "persons").params["example"] == (
        example or "1234人"
    )
