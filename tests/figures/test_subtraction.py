"""Everything that one district ever saw, pages and files, narrows no other's figure.

After every act the officer of one district reads what there is to read. From the numbers seen, from
their differences over time and from the own figures, no figure that another district ever had can
be told to within five per cent.
"""

import random
import re
from itertools import combinations, product

import pytest
from django.utils import timezone

from indicators.models import Round, Tier, YearlyValue
from indicators.recording import Entry, save_values
from tests.cast import YEAR, make_indicator, make_share, make_unit
from tests.round_cast import make_round

NUMBER = re.compile(r"\d[\d\u2009]*(?:\.\d+)?")
PAGES = [
    *(f"/overview/?year={YEAR}&jurisdiction=500000&tier={tier}" for tier in Tier.values),
    *(f"/overview/table.csv?year={YEAR}&jurisdiction=500000&tier={tier}" for tier in Tier.values),
    *(f"/export/figures.csv?tier={tier}" for tier in Tier.values),
    *(f"/indicators/counted/?year={YEAR}&tier={tier}" for tier in Tier.values),
    *(f"/figures/counted/500000/{YEAR}/?tier={tier}" for tier in Tier.values),
    f"/figures/part/500000/{YEAR}/",
    f"/overview/?year={YEAR}&jurisdiction=500101",
    f"/entry/500101/{YEAR}/funding/",
    "/",
]


def numbers_in(response):
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content
    ).decode()
    body = re.sub(r"<(script|svg|style)[^>]*src[^>]*>", " ", body)
    return {float(found.replace("\u2009", "")) for found in NUMBER.findall(body)}


@pytest.fixture
def eleven(city, north, south):
    return [north, south, *(make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(9))]


@pytest.fixture
def world(eleven):
    counted = make_indicator("counted")
    part = make_indicator("part")
    make_share("share_of_both", "part / counted * 100")
    make_indicator("most", aggregation="max")
    return counted, part


def test_no_figure_of_another_can_be_told(client, city, eleven, world, officer, supervisor):
    rng = random.Random(1)
    client.force_login(officer)
    seen: set[float] = set()
    over_time: dict[str, list[set[float]]] = {page: [] for page in PAGES}
    others: set[float] = set()
    own: set[float] = {0.0}

    def write(unit, indicator, tiers):
        now = YearlyValue.objects.filter(indicator=indicator, jurisdiction=unit, year=YEAR).first()
        number = rng.randrange(3_000_000, 9_000_000) if rng.random() < 0.9 else 0
        (own if unit == eleven[0] else others).add(float(number))
        entry = Entry(indicator, unit, YEAR, version=now.version if now else 0, text=str(number))
        save_values([entry], actor=None, reason="更正", origin="seed", tiers=tiers, corrects=True)

    def look():
        for page in PAGES:
            response = client.get(page)
            assert response.status_code == 200, page
            found = numbers_in(response)
            over_time[page].append(found)
            seen.update(found)

    order = list(product(eleven, world))
    rng.shuffle(order)
    for indicator in world:
        write(eleven[0], indicator, Tier.values)
    for at, (unit, indicator) in enumerate(order):
        write(unit, indicator, [Tier.REPORTED] if at % 3 else Tier.values)
        if at % 9 == 0:
            look()
    for unit, indicator in order:
        write(unit, indicator, Tier.values)
        if rng.random() < 0.08:
            look()
    look()
    asked = make_round(city, supervisor, list(world), eleven)
    look()
    for unit, indicator in rng.sample(order, 2):
        write(unit, indicator, Tier.values)
        look()
    Round.objects.filter(pk=asked.pk).update(closed_at=timezone.now())
    look()
    for unit, indicator in rng.sample(order, 4):
        write(unit, indicator, rng.choice([[Tier.REPORTED], Tier.values]))
        look()

    mine = {number for number in own if number}
    large = {number for number in seen if number >= 1_000_000} - mine
    derived = set(large)
    for sets in over_time.values():
        for before, after in combinations(sets, 2):
            gone, new = before - after - mine, after - before - mine
            derived |= {abs(a - b) for a in gone for b in new if min(a, b) >= 1_000_000}
    derived |= {abs(number - one) for number in large for one in own}
    told = [
        (number, figure)
        for number in derived - mine
        for figure in others
        if figure and abs(number - figure) <= figure / 20
    ]
    assert not told
    assert mine & seen  # the own figures were read: there was something to find
