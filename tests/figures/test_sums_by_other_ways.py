"""What a district reads of the city's sums by another way than the figure itself."""

import re

import pytest

from indicators.figures import figures_at
from indicators.models import Membership, YearlyResult
from tests.cast import YEAR, enter_approved
from tests.results.release_cast import NUMBERS, again, publish_numbers, told
from tests.results.release_cast import nine as nine


def body_of(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body_of_words(body.decode())


def body_of_words(text):
    return re.sub(r"[\u2009\u202f ,]", "", text)


def test_a_stated_figure_does_not_say_what_sum_it_replaced(children, city, nine, officer, client):
    """The sum was told, one district corrected, and then the city stated its own figure: beside it
    stands 'before: the corrected sum', which less the told one is the ninth's correction."""
    publish_numbers(children, nine, NUMBERS)
    assert told(officer, children, city) == 9036
    enter_approved(children, nine[8], "345")
    assert told(officer, children, city) is None
    enter_approved(children, city, "8400")

    figure = figures_at(officer, [(children, city, YEAR)], tier="approved")[0]
    assert figure.number == 8400
    assert "8373" not in body_of_words(figure.corrected_from)
    client.force_login(officer)
    page = client.get(f"/figures/children/{city.code}/{YEAR}/?tier=approved")
    assert page.status_code == 200
    assert "8373" not in body_of(page)


@pytest.mark.parametrize("tier", ["approved", "reported"])
def test_no_page_says_the_sum_that_a_stated_figure_replaced(
    children, city, nine, officer, client, tier
):
    """The same where nothing was told, as one district has nearly all; the city states its own."""
    publish_numbers(children, nine, [1_000_000, *NUMBERS[1:]])
    total = 1_000_000 + sum(NUMBERS[1:])
    assert told(officer, children, city) is None
    enter_approved(children, city, "1010000")

    client.force_login(officer)
    for path in (
        f"/figures/children/{city.code}/{YEAR}/?tier={tier}",
        f"/overview/?year={YEAR}&jurisdiction={city.code}&tier={tier}",
        f"/indicators/children/?year={YEAR}&tier={tier}",
        f"/export/figures.csv?tier={tier}",
        f"/overview/table.csv?year={YEAR}&jurisdiction={city.code}&tier={tier}",
    ):
        response = client.get(path)
        assert response.status_code == 200, path
        assert str(total) not in body_of(response), path


def test_the_public_site_does_not_tell_what_the_people_of_two_units_are_not_told(
    children, city, nine, officer
):
    """Who has two of three large districts is not told the sum; in public it stands for them."""
    for unit, number in zip(
        nine, [900_000, 800_000, 700_000, 200, 300, 400, 500, 600, 700], strict=True
    ):
        enter_approved(children, unit, str(number))
    Membership.objects.create(user=officer, jurisdiction=nine[1], role="officer")

    assert told(again(officer), children, city) is None
    public = YearlyResult.objects.for_everybody().filter(jurisdiction=city, indicator=children)
    assert not public.exists()
