"""The text whose check is measured is the same every time, and as long as it says."""

import re

import pytest

from indicators.benchmark.checking import AT_MOST, CHARACTERS, dense_text, made_up_text
from tests.benchmark.running import ran
from tests.cast import make_indicator


def test_the_text_is_as_long_as_a_work_report_and_full_of_numbers(city):
    make_indicator("children")

    text = made_up_text()

    assert text == made_up_text()
    assert len(text) == CHARACTERS == 30_000
    assert len(re.findall("[0-9]+", text)) > 1_000


def test_the_other_text_is_as_long_and_as_dense_as_can_be():
    text = dense_text()

    assert len(text) == CHARACTERS
    assert len(re.findall("[0-9]+", text)) == 10_000


class NoSize:
    """It asks for none."""


@pytest.mark.thorough
def test_the_benchmark_says_what_it_is_asked_for(db):
    found, _told = ran("check_report", NoSize())

    assert found.keys() >= AT_MOST.keys()
    assert found["numbers"] > 1_000
    assert found["dense_numbers"] == 10_000
