"""What a sum of nothing, a full share or a word of all says of each unit is told to no other.

Nine districts; the reader is the officer of the first.
"""

import pytest

from indicators.figures import figures_at
from indicators.models import Membership, Release
from tests.cast import YEAR, enter_approved, make_share, make_statement
from tests.results.release_cast import again, close, told
from tests.round_cast import make_round


def publish(indicator, units, numbers):
    for unit, number in zip(units, numbers, strict=True):
        enter_approved(indicator, unit, str(number))


@pytest.mark.parametrize(
    "numbers",
    [
        [0] * 9,
        [7, *[0] * 8],
        [0, 7, *[0] * 7],
        [7, 1, 2, 3, 4, 0, 0, 0, 0],
    ],
)
def test_a_sum_of_few_that_are_not_nothing_is_not_told(children, city, nine, officer, numbers):
    publish(children, nine, numbers)

    assert told(officer, children, city) is None
    assert not Release.objects.filter(kind="figure").exists()


def test_a_sum_of_enough_that_are_not_nothing_is_told(children, city, nine, officer, supervisor):
    publish(children, nine, [7, 1, 2, 3, 4, 5, 0, 0, 0])

    assert told(officer, children, city) == 22
    assert told(supervisor, children, city) == 22


def test_who_has_several_units_is_told_what_tells_of_others_enough(children, city, nine, officer):
    publish(children, nine, [7, 1, 2, 3, 4, 5, 0, 0, 0])
    Membership.objects.create(user=officer, jurisdiction=nine[1], role="officer")

    assert told(again(officer), children, city) is None


@pytest.mark.parametrize("public", ["full", "none"])
def test_a_share_at_its_limit_and_what_would_give_it_away_are_not_told(
    children, children_public, share, city, nine, officer, supervisor, public
):
    asked = make_round(city, supervisor, [children, children_public], nine)
    numbers = [1000 + n for n in range(9)]
    publish(children, nine, numbers)
    publish(children_public, nine, numbers if public == "full" else [0] * 9)
    close(asked, supervisor)

    assert told(supervisor, share, city) == (100 if public == "full" else 0)
    assert told(officer, share, city) is None
    assert told(officer, children_public, city) is None
    assert told(officer, children, city) == sum(numbers)


def test_a_sum_told_before_is_withdrawn_when_a_share_of_it_becomes_full(
    children, children_public, city, nine, officer
):
    numbers = [1000 + n for n in range(9)]
    publish(children, nine, numbers)
    publish(children_public, nine, numbers)
    assert told(officer, children_public, city) == sum(numbers)
    assert told(officer, children, city) == sum(numbers)

    share = make_share("share", "children_public / children * 100")
    assert told(officer, share, city) is None
    assert told(officer, children_public, city) is None


@pytest.mark.parametrize("words", [["met"] * 9, ["not_met"] * 9, ["met"] * 8 + ["not_met"]])
def test_a_word_of_all_is_not_told(city, nine, officer, supervisor, words):
    covered = make_statement("covered", aggregation="all")
    for unit, word in zip(nine, words, strict=True):
        enter_approved(covered, unit, statement=word)

    results = [
        figures_at(user, [(covered, city, YEAR)], tier="approved")[0].result
        for user in (supervisor, officer)
    ]
    assert results[0].statement == (words[0] if len(set(words)) == 1 else "partly")
    assert results[1] is None
