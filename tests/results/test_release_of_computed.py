"""What a district can work out of others from sums and shares that it is told.

Nine districts; the reader is the officer of the first.
"""

from decimal import Decimal as D

import pytest

from indicators.figures import figures_at
from indicators.models import Membership
from tests.cast import YEAR, enter_approved, make_indicator, make_share, make_unit, make_user
from tests.results.release_cast import (
    NUMBERS,
    again,
    both_told,
    change_units,
    close,
    publish_numbers,
    quartiles,
    told,
)
from tests.results.release_cast import nine as nine
from tests.round_cast import make_round


@pytest.mark.parametrize(
    "formula",
    [
        "100 * children_public / children",
        "children_public * 100 / children",
        "(children_public + children_public) / (children + children) * 100",
        "children_public / children * 100 / 1",
        "min(children_public / children * 100, 100)",
    ],
)
def test_a_share_that_is_all_but_full_is_not_told_however_its_formula_is_written(
    children, children_public, city, nine, officer, supervisor, formula
):
    """The city's 99.9 % tells each district that each other's share is all but full."""
    share = make_share("share", formula)
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, [1000] * 9)
    publish_numbers(children_public, nine, [999] * 9)
    close(asked, supervisor)

    assert told(supervisor, share, city) == D("99.9")
    assert told(officer, share, city) is None


def test_a_share_of_a_sum_of_two_is_not_told_where_it_is_all_but_full(
    children, children_public, city, nine, officer, supervisor
):
    """public / (public + private) is a share as well; the seeds have one, the reduction of academic
    training institutions: closed / (closed + left)."""
    private = make_indicator("private", unit="children", display_unit="children")
    share = make_share("share", "children_public / (children_public + private) * 100")
    asked = make_round(city, supervisor, [private, children_public], nine)
    publish_numbers(private, nine, [1] * 9)
    publish_numbers(children_public, nine, [999] * 9)
    close(asked, supervisor)

    assert told(supervisor, share, city) == D("99.9")
    assert told(officer, share, city) is None


def test_a_difference_is_not_told_where_one_unit_has_no_such_figure(
    children, children_public, city, nine, officer, supervisor
):
    """All children of eight districts are in public kindergartens, the ninth has none: the
    difference of the two sums is the ninth's number of children to the last one."""
    private = make_indicator("private", formula="children - children_public")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, [*NUMBERS[:8], None])
    close(asked, supervisor)

    assert told(supervisor, private, city) == 1008
    assert told(officer, private, city) is None
    assert None in both_told(officer, city, children, children_public)


def test_a_difference_is_not_told_where_the_city_states_one_side_a_little_off(
    children, children_public, city, nine, officer, supervisor
):
    """The city states 9040 where its districts make 9036: the second figure and the other sum still
    differ by the ninth's 208."""
    private = make_indicator("private", formula="children - children_public")
    asked = make_round(city, supervisor, [children, children_public], nine)
    enter_approved(children, city, "9040")
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, [*NUMBERS[:8], 800])
    close(asked, supervisor)

    assert told(supervisor, private, city) == 212
    assert told(officer, private, city) is None
    assert told(officer, children_public, city) is None


def test_two_sums_are_not_both_told_where_their_difference_is_not_computed(
    children, children_public, city, nine, officer, supervisor
):
    """One district's figure is of a part of the year, so the city's difference is not computed; the
    reader subtracts."""
    private = make_indicator("private", formula="children - children_public")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine[:8], NUMBERS[:8])
    enter_approved(children_public, nine[8], "800", part_of_year=True)
    close(asked, supervisor)

    assert told(supervisor, private, city) is None
    assert None in both_told(officer, city, children, children_public)


def test_a_difference_without_a_lower_limit_is_not_told_either(
    children, children_public, city, nine, officer, supervisor
):
    """A derived count whose lower limit was left empty."""
    private = make_indicator("private", formula="children - children_public", lower_limit=None)
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, [*NUMBERS[:8], 800])
    close(asked, supervisor)

    assert told(officer, private, city) is None


def test_a_difference_inside_a_share_is_not_told(
    children, children_public, city, nine, officer, supervisor
):
    """(children - public) / children * 100 and the children's sum make the ninth's 208."""
    share = make_share("share_private", "(children - children_public) / children * 100")
    asked = make_round(city, supervisor, [children, children_public], nine)
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, [*NUMBERS[:8], 800])
    close(asked, supervisor)

    assert told(supervisor, share, city) is not None
    assert None in both_told(officer, city, share, children)


def test_who_supervises_a_city_and_is_officer_in_another_is_not_told_the_rest(children):
    """Officer of the first city and supervisor of the second: the province's sum of three large
    ones is the third's."""
    province = make_unit("510000", "山省", "province")
    cities = [make_unit(f"5101{n:02}", f"第{n}市", "city", parent=province) for n in range(9)]
    publish_numbers(children, cities, [900_000, 800_000, 700_000, 200, 300, 400, 500, 600, 700])
    user = make_user("both", "officer", cities[0])
    assert told(user, children, province) == 2_402_700

    Membership.objects.create(user=user, jurisdiction=cities[1], role="supervisor")
    assert told(again(user), children, cities[1]) == 800_000
    assert told(again(user), children, province) is None


def test_quartiles_beside_a_sum_do_not_tell_the_largest(children, city, nine, officer):
    """Seven others have 1000 each and one 30,000. The quartiles (1000, 1000, 1000) say that about
    seven have 1000 each, the sum what is left: the largest lies between 30,000 and 31,000."""
    publish_numbers(children, nine, [*[1000] * 8, 30_000])

    total, spread = told(officer, children, city), quartiles(officer, children, city)
    assert total is None or spread is None


def test_the_second_figures_beside_two_stated_ones_do_not_tell_a_difference(
    children, children_public, city, nine, officer, supervisor
):
    """The city states 9000 and 8800 (rounded); beside them stand 9036 and 8828."""
    make_indicator("private", formula="children - children_public")
    enter_approved(children, city, "9000")
    enter_approved(children_public, city, "8800")
    publish_numbers(children, nine, NUMBERS)
    publish_numbers(children_public, nine, [*NUMBERS[:8], 800])

    places = [(one, city, YEAR) for one in (children, children_public)]
    seconds = [one.result.computed for one in figures_at(officer, places, tier="approved")]
    assert None in seconds


def test_who_edits_a_city_and_is_officer_in_another_is_not_told_the_rest(children):
    """Officer of the first city and editor of the second, whose running sum an editor sees."""
    province = make_unit("510000", "山省", "province")
    cities = [make_unit(f"5101{n:02}", f"第{n}市", "city", parent=province) for n in range(9)]
    publish_numbers(children, cities, [900_000, 800_000, 700_000, 200, 300, 400, 500, 600, 700])
    user = make_user("both", "officer", cities[0])
    Membership.objects.create(user=user, jurisdiction=cities[1], role="editor")

    assert told(user, children, cities[1]) == 800_000
    assert told(user, children, province) is None


def test_a_rate_that_cannot_go_beyond_a_limit_is_not_told_where_it_is_all_but_there(
    children, children_public, city, nine, officer
):
    """A rate with an upper limit of 100 is bounded as a share is."""
    rate = make_indicator(
        "rate",
        formula="children_public / children * 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
        upper_limit=100,
    )
    publish_numbers(children, nine, [1000] * 9)
    publish_numbers(children_public, nine, [999] * 9)

    assert told(officer, rate, city) is None


def test_a_fall_by_all_but_everything_is_not_told(children, city, nine, officer):
    """Growth has a lower limit of -100 in the seeds; at -99.9 % each district's is all but that."""
    growth = make_indicator(
        "growth",
        formula="children / prev(children) * 100 - 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="growth_rate",
        lower_limit=-100,
    )
    publish_numbers(children, nine, [1000] * 9, year=YEAR - 1)
    publish_numbers(children, nine, [1] * 9)

    assert told(officer, growth, city) is None


@pytest.mark.parametrize("public", [1000, 0])
def test_quartiles_at_the_limit_are_not_told_where_the_share_is_not(
    children, children_public, share, city, nine, officer, public
):
    """The city's 100 % (0 %) is kept back, and beside it stand quartiles of 100, 100, 100."""
    publish_numbers(children, nine, [1000] * 9)
    publish_numbers(children_public, nine, [public] * 9)

    assert told(officer, share, city) is None
    assert quartiles(officer, share, city) is None


def test_a_rename_takes_nothing_from_what_its_people_were_told(
    children, city, north, south, officer, editor, supervisor
):
    """Six districts; the first is renamed, and its people count as having two units."""
    more = [make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(4)]
    publish_numbers(children, [north, south, *more], NUMBERS[:6], year=YEAR - 1)
    before = told(officer, children, city, YEAR - 1)
    assert before == sum(NUMBERS[:6])

    change_units(editor, supervisor, "rename", [north], ("500101", "北城区"))
    assert told(again(officer), children, city, YEAR - 1) == before
