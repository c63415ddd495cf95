"""What a sum of nothing or of one large unit, a share that is all but full, or a word of all says
of each unit is told to no other.

Nine districts; the reader is the officer of the first.
"""

from decimal import Decimal as D

import pytest

from indicators.figures import figures_at
from indicators.models import Membership, Release
from tests.cast import YEAR, enter_approved, make_indicator, make_share, make_statement
from tests.results.release_cast import again, close, publish_numbers, told
from tests.round_cast import make_round


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
    publish_numbers(children, nine, numbers)

    assert told(officer, children, city) is None
    assert not Release.objects.filter(kind="figure").exists()


def test_a_sum_of_enough_that_are_not_nothing_is_told(children, city, nine, officer, supervisor):
    publish_numbers(children, nine, [7, 1, 2, 3, 4, 5, 0, 0, 0])

    assert told(officer, children, city) == 22
    assert told(supervisor, children, city) == 22


def test_who_has_several_units_is_told_what_tells_of_others_enough(children, city, nine, officer):
    publish_numbers(children, nine, [7, 1, 2, 3, 4, 5, 0, 0, 0])
    Membership.objects.create(user=officer, jurisdiction=nine[1], role="officer")

    assert told(again(officer), children, city) is None


@pytest.mark.parametrize("public", ["full", "none"])
def test_a_share_at_its_limit_and_what_would_give_it_away_are_not_told(
    children, children_public, share, city, nine, officer, supervisor, public
):
    asked = make_round(city, supervisor, [children, children_public], nine)
    numbers = [1000 + n for n in range(9)]
    publish_numbers(children, nine, numbers)
    publish_numbers(children_public, nine, numbers if public == "full" else [0] * 9)
    close(asked, supervisor)

    assert told(supervisor, share, city) == (100 if public == "full" else 0)
    assert told(officer, share, city) is None
    assert told(officer, children_public, city) is None
    assert told(officer, children, city) == sum(numbers)


def test_a_sum_told_before_is_withdrawn_when_a_share_of_it_becomes_full(
    children, children_public, city, nine, officer
):
    numbers = [1000 + n for n in range(9)]
    publish_numbers(children, nine, numbers)
    publish_numbers(children_public, nine, numbers)
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


# --- Sums of one unit and little else ----------------------------------------------------------


@pytest.mark.parametrize(
    "numbers",
    [
        [100, 1_000_000, 200, 300, 400, 500, 600, 700, 800],
        [900_000, 1_000_000, 200, 300, 400, 500, 600, 700, 800],
    ],
)
def test_a_sum_of_one_large_unit_is_not_told(children, city, nine, officer, supervisor, numbers):
    publish_numbers(children, nine, numbers)

    assert told(supervisor, children, city) == sum(numbers)
    assert told(officer, children, city) is None


def test_who_has_two_of_three_large_units_is_not_told_the_sum(children, city, nine, officer):
    publish_numbers(children, nine, [900_000, 800_000, 700_000, 200, 300, 400, 500, 600, 700])
    assert told(officer, children, city) == 2_402_700

    Membership.objects.create(user=officer, jurisdiction=nine[1], role="officer")
    assert told(again(officer), children, city) is None


def test_two_sums_are_not_both_told_whose_difference_is_one_unit(
    children, children_public, city, nine, officer, supervisor
):
    private = make_indicator("private", formula="children - children_public")
    asked = make_round(city, supervisor, [children, children_public], nine)
    numbers = [1000 + n for n in range(9)]
    publish_numbers(children, nine, numbers)
    publish_numbers(children_public, nine, [*numbers[:8], 800])
    close(asked, supervisor)

    assert told(supervisor, private, city) == 208
    assert told(officer, private, city) is None
    assert {told(officer, one, city) for one in (children, children_public)} == {
        None,
        sum(numbers) - 208,
    }


def test_of_two_sums_that_one_is_kept_back_that_was_not_told(
    children, children_public, city, nine, officer, supervisor
):
    make_indicator("private", formula="children_public - children")
    numbers = [1000 + n for n in range(9)]
    publish_numbers(children, nine, numbers)
    assert told(officer, children, city) == sum(numbers)
    publish_numbers(children_public, nine, [*numbers[:8], 1800])

    assert told(officer, children, city) == sum(numbers)
    assert told(officer, children_public, city) is None


# --- Shares that are all but full ----------------------------------------------------------------


@pytest.mark.parametrize(("lack", "is_told"), [(1, False), (11, False), (40, True)])
def test_a_share_is_told_where_each_may_lack_a_tenth(
    children, children_public, share, city, nine, officer, supervisor, lack, is_told
):
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, [1000] * 9)
    publish_numbers(children_public, nine, [1000 - lack] * 9)
    close(asked, supervisor)

    assert told(supervisor, share, city) == 100 - D(lack) / 10
    assert (told(officer, share, city) is not None) == is_told
    assert (told(officer, children_public, city) is not None) == is_told
    assert told(officer, children, city) == 9000


@pytest.mark.parametrize(("lacks", "share_told"), [([600, 500], 87.7778), ([900, 0], None)])
def test_a_share_is_told_unless_one_alone_lacks(
    children, children_public, share, city, nine, officer, lacks, share_told
):
    """Whoever alone lacks knows that no other does."""
    publish_numbers(children, nine, [1000] * 9)
    publish_numbers(children_public, nine, [*[1000] * 7, *(1000 - lack for lack in lacks)])

    assert told(officer, share, city) == (share_told and D(str(share_told)))
