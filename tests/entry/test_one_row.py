"""What the save of one row asks of the database, sign-in and all, in an open round.

BEGIN and COMMIT are among them, as a savepoint and its release here.
"""

import pytest
from django.urls import reverse

from tests.cast import YEAR, enter, make_indicator, make_share
from tests.entry.test_sheet import boxes

pytestmark = pytest.mark.usefixtures("usual_rules")


@pytest.mark.parametrize("others", [0, 30])
def test_a_row_is_saved_in_twenty_two_statements_however_long_the_sheet(
    client,
    officer,
    of_north,
    children,
    children_public,
    share,
    north,
    others,
    django_assert_num_queries,
):
    for number in range(others):
        make_indicator(f"more{number}")
        make_share(f"share{number}", f"more{number} / children * 100")
        enter(children_public, north, "50", year=YEAR - 1)
    for year in (YEAR - 1, YEAR - 2):
        enter(children, north, "90", year=year)
    client.force_login(officer)
    address = reverse("entry:row", args=["500101", YEAR, "funding", "children"])
    assert client.post(address, boxes("children", "100")).status_code == 200

    with django_assert_num_queries(22):
        response = client.post(address, boxes("children", "101", version=1))

    assert response.status_code == 200
    assert 'value="2"' in response.content.decode()


def test_a_row_that_says_what_is_stored_costs_no_more(
    client, officer, of_north, children, share, north, django_assert_max_num_queries
):
    client.force_login(officer)
    address = reverse("entry:row", args=["500101", YEAR, "funding", "children"])
    client.post(address, boxes("children", "100"))

    with django_assert_max_num_queries(22):
        assert client.post(address, boxes("children", "100", version=1)).status_code == 200
