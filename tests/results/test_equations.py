"""What a rule says to be equal is told by no subtraction either.

Nine districts; the reader is the officer of the first. The girls of the ninth are nearly all there
are, so their sum is kept from everybody.
"""

import pytest

from indicators.models import Rule
from indicators.recording.catalogue import save_other
from tests.cast import YEAR, make_indicator
from tests.results.release_cast import close, publish_numbers, told
from tests.results.release_cast import nine as nine
from tests.round_cast import make_round

BOYS = [200_000 + n for n in range(9)]
GIRLS = [9, 9, 9, 9, 9, 9, 9, 9, 1_000_000]
ALL = [boys + girls for boys, girls in zip(BOYS, GIRLS, strict=True)]


@pytest.fixture
def boys(children):
    return make_indicator("boys")


@pytest.fixture
def girls(children):
    return make_indicator("girls")


def equal(left, right, **more):
    """As an editor writes it."""
    fields = {"severity": "error", "comparator": "eq", "tolerance": 0} | more
    return Rule(
        code="adds_up",
        name_zh="合计相符",
        name_en="Adds up",
        kind="comparison",
        left=left,
        right=right,
        **fields,
    )


@pytest.fixture
def told_of(children, boys, girls, city, nine, officer, supervisor, editor):
    def publish(rule):
        if rule:
            save_other(rule, actor=editor)
        asked = make_round(city, supervisor, [children, boys, girls], nine)
        for indicator, numbers in ((children, ALL), (boys, BOYS), (girls, GIRLS)):
            publish_numbers(indicator, nine, numbers)
        close(asked, supervisor)
        return [told(officer, one, city) for one in (children, boys, girls)]

    return publish


def test_without_a_rule_only_the_sum_itself_is_kept_back(told_of):
    assert told_of(None) == [sum(ALL), sum(BOYS), None]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("children", "boys + girls"),
        ("girls", "children - boys"),
        ("boys + girls - children", "0"),
        ("2 * children / 2 - girls", "boys"),
    ],
)
def test_of_three_that_add_up_two_do_not_tell_the_third(told_of, left, right):
    """The total and the boys were told, and so the girls."""
    *both, of_girls = told_of(equal(left, right))
    assert of_girls is None
    assert None in both


@pytest.mark.parametrize(
    "more", [{"comparator": "ge"}, {"valid_to": YEAR - 1}], ids=["at least", "no longer valid"]
)
def test_what_is_not_equal_withholds_nothing(told_of, more):
    assert told_of(equal("children", "boys + girls", **more)) == [sum(ALL), sum(BOYS), None]
