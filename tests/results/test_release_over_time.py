"""What is told of sums over time, by formulas beside one another, and what is withheld for nothing.

Nine districts; the reader is the officer of the first.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indicators.figures import figures_at
from indicators.models import Membership, Release, YearlyResult
from indicators.recording import Entry, guards, save_values
from tests.cast import (
    YEAR,
    enter_approved,
    make_indicator,
    make_indicators,
    make_share,
    make_unit,
    make_user,
)
from tests.results.release_cast import (
    NUMBERS,
    again,
    both_told,
    close,
    publish_numbers,
    quartiles,
    told,
)
from tests.results.release_cast import nine as nine
from tests.round_cast import make_round

BUT_ONE = [*NUMBERS[:8], 800]  # all but the ninth's 208


def make_ratio(code, formula):
    fields = {"unit": "ratio", "display_unit": "ratio", "quantity_kind": "rate"}
    return make_indicator(code, formula=formula, lower_limit=None, **fields)


# --- Told by what is written later ---------------------------------------------------------------


def test_a_sum_kept_back_stays_so_when_another_formula_asks_for_it(
    children, children_public, city, nine, officer, supervisor
):
    """Teachers are entered after the round; the pupil-teacher ratio brings the children along."""
    make_indicator("private", formula="children - children_public")
    teachers = make_indicator("teachers")
    make_ratio("ratio", "children / teachers")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, BUT_ONE)
    close(asked, supervisor)
    assert both_told(officer, city, children, children_public) == [None, sum(BUT_ONE)]

    publish_numbers(teachers, nine, [100 + n for n in range(9)])
    assert None in both_told(officer, city, children, children_public)


def test_a_sum_kept_back_stays_so_when_the_other_is_corrected(
    children, children_public, city, nine, officer
):
    """The reader corrects the own 5 children, so knows the sum that is told no more; the other sum,
    once touched, is told in its place."""
    make_indicator("private", formula="children - children_public")
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, BUT_ONE)
    assert both_told(officer, city, children, children_public) == [sum(NUMBERS), None]

    enter_approved(children, nine[0], "1005")
    enter_approved(children_public, nine[0], "1005")
    assert both_told(officer, city, children, children_public) == [None, None]


def test_quartiles_told_first_and_a_sum_told_later_are_not_read_together(
    children, children_public, city, nine, officer, supervisor
):
    """The sum is kept back, so the quartiles are told; when a formula ends the sum is told too."""
    make_indicator("private", formula="children - children_public")
    teachers = make_indicator("teachers")
    make_ratio("ratio", "children / teachers")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, [*[1000] * 8, 30_000])
    publish_numbers(children_public, nine, [*[1000] * 8, 29_000])
    close(asked, supervisor)
    read = [told(officer, children, city), quartiles(officer, children, city)]

    publish_numbers(teachers, nine, [100 + n for n in range(9)])
    later = [told(officer, children, city), quartiles(officer, children, city)]
    assert not ((read[0] or later[0]) and (read[1] or later[1]))


# --- Told by which input is kept back ------------------------------------------------------------


@pytest.mark.parametrize(
    "formula",
    ["teachers / (children - children_public)", "1 / teachers * (children - children_public)"],
)
def test_of_a_difference_under_a_sum_one_side_is_kept_back(
    children, children_public, city, nine, officer, supervisor, formula
):
    """The first input of all is kept back, which is no part of the difference."""
    teachers = make_indicator("teachers")
    make_ratio("ratio", formula)
    asked = make_round(city, supervisor, [teachers, children, children_public], nine)
    publish_numbers(teachers, nine, [100 + n for n in range(9)])
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, BUT_ONE)
    close(asked, supervisor)

    assert None in both_told(officer, city, children, children_public)


def test_a_difference_is_looked_at_before_the_rest_of_its_formula_is_reported(
    children, children_public, city, nine, officer, supervisor
):
    """Nobody has reported teachers; the difference above them can be worked out all the same."""
    make_indicator("teachers")
    make_ratio("ratio", "(children - children_public) / teachers")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, BUT_ONE)
    close(asked, supervisor)

    assert None in both_told(officer, city, children, children_public)


def test_a_difference_that_is_capped_at_0_is_looked_at(
    children, children_public, city, nine, officer, supervisor
):
    """`max(children - children_public, 0)` is the ninth's 208."""
    private = make_indicator("private", formula="max(children - children_public, 0)")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, BUT_ONE)
    close(asked, supervisor)

    assert told(supervisor, private, city) == 208
    assert told(officer, private, city) is None


# --- Told to who knows several -------------------------------------------------------------------


def test_a_sum_told_before_is_not_told_to_who_has_two_of_three_large_units(
    children, children_public, city, nine, officer
):
    """What is released to whoever has however many is told no more once it is worked out anew."""
    publish_numbers(children, nine[:8], [900_000, 800_000, 700_000, 200, 300, 400, 500, 600])
    numbers = Release.objects.count()
    assert not numbers
    enter_approved(children, nine[8], "700")
    row = Release.objects.get(kind="figure")
    guards.off("default")
    Release.objects.filter(pk=row.pk).update(most_own=32_767)
    guards.on("default")
    share = make_share("share", "children_public / children * 100")  # touches the children
    assert share
    publish_numbers(children_public, nine, [100] * 9)
    Membership.objects.create(user=officer, jurisdiction=nine[1], role="officer")

    assert told(again(officer), children, city) is None


# --- Withheld for nothing ------------------------------------------------------------------------


def test_a_figure_computed_in_three_steps_stays_told_when_another_input_is_written(
    children, children_public, city, nine, officer, supervisor
):
    """`second` is told; teachers, which only `third` uses beside it, withdraw it for ever."""
    teachers = make_indicator("teachers")
    classes = make_indicator("classes")
    first = make_ratio("first", "children_public / children")
    second = make_ratio("second", "first * 2")
    publish_numbers(children, nine, [1000 + 10 * n for n in range(9)])
    publish_numbers(children_public, nine, [500 + 10 * n for n in range(9)])
    before = both_told(officer, city, first, second)
    assert before == both_told(supervisor, city, first, second)

    make_ratio("third", "second * teachers / classes")
    publish_numbers(teachers, nine, [100 + n for n in range(9)])
    publish_numbers(classes, nine, [30 + n for n in range(9)])
    assert both_told(officer, city, first, second) == before


def test_what_the_city_alone_has_over_a_sum_is_told(children, city, nine, officer, supervisor):
    """Funds of the city over the children of its districts: no district has funds of its own."""
    funds = make_indicator("funds", aggregation="none", reporting_level="above")
    fields = {"unit": "ratio", "display_unit": "ratio", "quantity_kind": "rate"}
    fields |= {"reporting_level": "above"}
    per_child = make_indicator("per_child", formula="funds / children", **fields)
    asked = make_round(city, supervisor, [funds, children], [city, *nine])
    publish_numbers(children, nine, NUMBERS)
    enter_approved(funds, city, "90360")
    close(asked, supervisor)

    assert told(officer, children, city) == sum(NUMBERS)
    assert told(officer, per_child, city) == 10


def test_a_sum_that_did_not_move_stays_told_when_the_other_one_did(
    children, children_public, city, nine, officer
):
    """The corrected sum is withdrawn as it moved; nothing is subtracted from the other one."""
    make_indicator("private", formula="children - children_public")
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, [number - 10 for number in NUMBERS])
    assert both_told(officer, city, children, children_public) == [9036, 8946]

    enter_approved(children_public, nine[8], "8")
    assert both_told(officer, city, children, children_public) == [9036, None]


@pytest.mark.parametrize("reported", [0, 8])
def test_a_share_of_what_the_city_states_for_missing_units_is_told(
    children, children_public, share, city, nine, officer, supervisor, reported
):
    """The city states its children, as not all districts report them; the share is of that."""
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine[:reported], [1000] * reported)
    enter_approved(children, city, "9000")
    publish_numbers(children_public, nine, [600 + n for n in range(9)])
    close(asked, supervisor)

    assert told(officer, children, city) == 9000
    assert told(officer, children_public, city) is not None
    assert told(officer, share, city) == told(supervisor, share, city)


def test_a_difference_of_growths_is_told_and_so_is_what_it_is_computed_from(city, nine, officer):
    """One small district doubles its appropriation: growth less growth over districts is no sum,
    and the sums are of nine districts of a usual size."""
    spent, income = make_indicator("spent"), make_indicator("income")
    rates = {
        "unit": "percent",
        "display_unit": "percent",
        "quantity_kind": "growth_rate",
        "lower_limit": None,
    }
    make_indicator("spent_growth", formula="spent / prev(spent) * 100 - 100", **rates)
    make_indicator("income_growth", formula="income / prev(income) * 100 - 100", **rates)
    rates |= {"unit": "percentage_points", "display_unit": "percentage_points"}
    over = make_indicator("over", formula="spent_growth - income_growth", **rates)
    publish_numbers(spent, nine, [10_000] * 8 + [1000], year=YEAR - 1)
    publish_numbers(income, nine, [20_000] * 8 + [2000], year=YEAR - 1)
    publish_numbers(spent, nine, [10_600] * 8 + [2000])
    publish_numbers(income, nine, [21_000] * 8 + [2100])

    assert both_told(officer, city, spent, income) == [86_800, 170_100]
    assert told(officer, over, city) is not None


def test_the_public_sees_sums_though_somebody_has_a_role_in_several_other_cities(
    children, city, nine
):
    """An administrator's or supervisor's memberships elsewhere tell of none of these districts."""
    publish_numbers(children, nine, NUMBERS)
    public = YearlyResult.objects.for_everybody().filter(jurisdiction=city, indicator=children)
    assert public.exists()

    others = [make_unit(f"5200{n:02}", f"第{n}市", "city") for n in range(9)]
    user = make_user("elsewhere", "administrator", others[0])
    for one in others[1:]:
        Membership.objects.create(user=user, jurisdiction=one, role="administrator")
    assert public.all().exists()
    assert YearlyResult.objects.for_everybody().filter(jurisdiction=city).exists()


def test_how_often_is_asked_does_not_grow_with_the_sums_of_one_large_unit(city, nine):
    """Where quartiles would tell the largest, what stands at each sum is read alone."""
    asked = []
    for largest in ("11", "30000"):
        made = make_indicators([f"c{largest}_{n}" for n in range(6)])
        entries = [
            Entry(one, unit, YEAR, version=0, text=largest if unit == nine[8] else "10")
            for one in made
            for unit in nine
        ]
        with CaptureQueriesContext(connection) as queries:
            tiers = ("reported", "approved")
            save_values(entries, actor=None, reason="", origin="seed", tiers=tiers)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_what_the_city_alone_reports_says_what_it_was_before(city, nine, officer, supervisor):
    """Nothing below makes the figure, so what it was tells of no district."""
    funds = make_indicator("funds", aggregation="none", reporting_level="above")
    enter_approved(funds, city, "100")
    enter_approved(funds, city, "120")

    seen = [
        figures_at(one, [(funds, city, YEAR)], tier="approved") for one in (supervisor, officer)
    ]
    before = [figure.corrected_from for (figure,) in seen]
    assert "100" in before[0]
    assert before[1] == before[0]


def test_a_formula_added_later_lowers_how_many_units_one_may_have(
    children, children_public, city, nine, officer
):
    """Both sums are told; that their difference is three units' is found when a formula says so."""
    publish_numbers(children, nine, [100_000 + n for n in range(9)])
    lacks = [9000, 8000, 7000, 1, 2, 3, 4, 5, 6]
    publish_numbers(children_public, nine, [100_000 + n - lacks[n] for n in range(9)])
    make_indicator("private", formula="children - children_public")
    Membership.objects.create(user=officer, jurisdiction=nine[1], role="officer")

    assert None in both_told(again(officer), city, children, children_public)
