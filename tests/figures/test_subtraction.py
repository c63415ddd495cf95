"""Everything that one district ever saw, pages and files, narrows no other's figure.

A city of some size goes through a year in one of two ways: its figures are published by the
operator, or collected in a round; then they are corrected, reopened, closed again, units are
renamed and merged, and the target moves. After every act the officer of one district reads what
there is to read. From the numbers seen, from their differences over time and from the own figures,
no figure that another district ever had can be told to within five per cent; and what is not told
has no colour.

Quartiles of eight others or more, to two digits, are nobody's figure; but they must not move.
"""

import random
import re
from contextlib import suppress
from itertools import combinations, product

import pytest
from django.utils import timezone

from indicators.collection import ApprovedWouldMove, Refusal
from indicators.figures import figures_of
from indicators.models import Jurisdiction, Round, Status, Submission, Target, Tier, User
from indicators.models import YearlyValue as Value
from indicators.models.release import FEWEST_SPREAD
from indicators.recording import Entry, save_values
from indicators.recording.catalogue import save_target
from indicators.recording.jurisdiction_change import (
    propose_jurisdiction_change,
    record_jurisdiction_change,
)
from indicators.recording.proposal import confirm, previewed
from indicators.recording.round import close_round, reopen_round
from indicators.recording.submission import approve, reopen, submit
from tests.cast import YEAR, make_indicator, make_share, make_target, make_unit, make_user
from tests.recording.test_jurisdiction_change import asked_for
from tests.round_cast import days, make_round

NUMBER = re.compile(r"\d[\d\u2009]*(?:\.\d+)?")
# What is drawn by lot for a form is nobody's figure, though it may look like one.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
LARGE = 1_000_000
SEVEN_UNITS = 2  # the seed of the shortest year whose sums are told
PAGES = [
    *(f"/overview/?year={YEAR}&jurisdiction=500000&tier={tier}" for tier in Tier.values),
    *(f"/overview/table.csv?year={YEAR}&jurisdiction=500000&tier={tier}" for tier in Tier.values),
    *(f"/export/figures.csv?tier={tier}" for tier in Tier.values),
    *(f"/indicators/counted/?year={YEAR}&tier={tier}" for tier in Tier.values),
    *(f"/figures/counted/500000/{YEAR}/?tier={tier}" for tier in Tier.values),
    f"/figures/part/500000/{YEAR}/",
    f"/overview/?year={YEAR}&jurisdiction=500101",
    f"/entry/500101/{YEAR}/funding/",
    f"/rounds/{YEAR}/",
    f"/rounds/{YEAR}/progress.csv",
    "/",
]


def numbers_in(response):
    body = (
        b"".join(response.streaming_content) if response.streaming else response.content
    ).decode()
    body = TOKEN.sub(" ", body)
    body = re.sub(r"<(script|svg|style)[^>]*src[^>]*>", " ", body)
    body = re.sub(r' data-hidden-names="[0-9a-f|]*"', " ", body)  # checksums of units' names
    return {float(found.replace("\u2009", "")) for found in NUMBER.findall(body)}


def is_of_two_digits(number):
    return len(f"{number:.0f}".rstrip("0")) <= 2


def aimed_at(value):
    """A target, which all know, and from where on a figure is near it."""
    return {float(value), round(value * 0.95, 2)}


class City:
    """Its units, the first of them the reader's; what each ever had; and what the reader saw."""

    def __init__(self, seed, city, client):
        self.rng = random.Random(seed)
        self.city, self.client = city, client
        number = self.rng.choice([2, 4, 7, 10, 11]) if seed >= 5 else [2, 11, 7, 10, 4][seed]
        self.units = [
            make_unit(f"5001{n:02}", f"第{n}区", parent=city) for n in range(1, number + 1)
        ]
        self.counted, self.part = make_indicator("counted"), make_indicator("part")
        self.indicators = [self.counted, self.part]
        make_share("share_of_both", "part / counted * 100")
        make_indicator("most", aggregation="max")
        make_target(self.counted, "ge", number * 6_000_000)
        self.public = aimed_at(number * 6_000_000)
        for role in ("officer", "lead"):
            for unit in self.units:
                make_user(f"{role}{unit.code}", role, unit)
        self.supervisor = make_user("supervisor", "supervisor", city)
        self.editor = make_user("editor", "editor", city)
        self.reader = User.objects.get(username="officer500101")
        client.force_login(self.reader)
        self.own, self.others, self.seen = {0.0}, set(), set()
        self.at_most = number
        self.over_time = {page: [] for page in PAGES}
        self.merged = 0

    # --- What is done ---------------------------------------------------------------------------

    def number(self, unit):
        own = unit == self.units[0]
        none = not own and self.rng.random() < 0.1
        number = 0 if none else self.rng.randrange(3_000_000, 9_000_000)
        (self.own if own else self.others).add(float(number))
        return str(number)

    def write(self, unit, indicator, tiers):
        """As the operator loads it."""
        now = Value.objects.filter(indicator=indicator, jurisdiction=unit, year=YEAR).first()
        entry = Entry(
            indicator, unit, YEAR, version=now.version if now else 0, text=self.number(unit)
        )
        save_values([entry], actor=None, reason="更正", origin="seed", tiers=tiers, corrects=True)

    def enter(self, unit, indicators):
        """As the unit's people collect it, to the approval."""
        for indicator in indicators:
            now = Value.objects.filter(indicator=indicator, jurisdiction=unit, year=YEAR).first()
            text, note = self.number(unit), "已核实"
            entry = Entry(
                indicator, unit, YEAR, version=now.version if now else 0, text=text, note=note
            )
            save_values([entry], actor=self.person("officer", unit), reason="")
        answer = self.answer(unit)
        answer = submit(answer, actor=self.person("lead", unit), version=answer.version)
        if self.rng.random() < 0.3:
            self.look()
        approve(answer, actor=self.supervisor, version=answer.version)

    def answer(self, unit):
        return Submission.objects.asked().select_related("round").get(jurisdiction=unit)

    @staticmethod
    def person(role, unit):
        return User.objects.filter(memberships__role=role, memberships__jurisdiction=unit).latest(
            "pk"
        )

    def published(self):
        for indicator in self.indicators:
            self.write(self.units[0], indicator, Tier.values)
        order = list(product(self.units[1:], self.indicators))
        self.rng.shuffle(order)
        for at, (unit, indicator) in enumerate(order):
            self.write(unit, indicator, [Tier.REPORTED] if at % 3 else Tier.values)
        self.look()
        for unit, indicator in self.rng.sample(order, min(3, len(order))):
            self.write(unit, indicator, [Tier.REPORTED])
            self.look()
        for unit, indicator in order:
            self.write(unit, indicator, Tier.values)
            if self.rng.random() < 0.15:
                self.look()
        self.look()

    def collected(self):
        asked = make_round(self.city, self.supervisor, self.indicators, self.units)
        order = [self.units[0], *self.rng.sample(self.units[1:], len(self.units) - 1)]
        for unit in order:
            self.enter(unit, self.indicators)
            if self.rng.random() < 0.15:
                self.look()
        self.look()
        self.correct()
        self.look()
        self.close(Round.objects.get(pk=asked.pk))
        self.look()

    def close(self, asked):
        close_round(asked, actor=self.supervisor, version=asked.version, reason="到期")

    def correct(self):
        """One figure of another unit, in whichever way it is corrected now."""
        unit, indicator = self.rng.choice(self.units[1:]), self.rng.choice(self.indicators)
        answer = Submission.objects.asked().filter(jurisdiction=unit).first()
        if answer is None or answer.state not in ("approved", "frozen"):
            self.write(unit, indicator, Tier.values)
            return
        reopen(
            answer,
            actor=self.supervisor,
            version=answer.version,
            reason="更正",
            until=timezone.localdate() + days(3),
            figures={indicator.code: "更正"},
        )
        self.look()
        self.enter(unit, [indicator])

    def turn(self):
        """A round is opened, closed, or opened again."""
        asked = Round.objects.first()
        if asked is None:
            make_round(self.city, self.supervisor, self.indicators, self.units)
        elif asked.is_open:
            self.close(asked)
        else:
            reopen_round(asked, actor=self.supervisor, version=asked.version, reason="补报")

    def retarget(self):
        target = Target.objects.get(indicator=self.counted)
        target.value = self.rng.randrange(3_000_000, 9_000_000) * len(self.units)
        self.public |= aimed_at(target.value)
        with suppress(ApprovedWouldMove):
            save_target(target, actor=self.editor)

    def rename(self):
        at = self.rng.randrange(1, len(self.units))
        old = self.units[at]
        name = (old.code, f"{old.name_zh}新")
        if Jurisdiction.objects.get(pk=old.pk).valid_from == 1997:
            self._change("rename", [old], name)
            self.units[at] = Jurisdiction.objects.valid_in(YEAR).get(code=old.code)

    def merge(self):
        old = [unit for unit in self.units[1:] if unit.valid_from == 1997]
        if len(old) < 3:
            return
        self.merged += 1
        code = f"50019{self.merged}"
        gone = self.rng.sample(old, 2)
        self._change("merge", gone, (code, f"合{self.merged}区"))
        new = Jurisdiction.objects.get(code=code)
        self.units = [unit for unit in self.units if unit not in gone] + [new]
        self.look()
        for indicator in self.indicators:
            self.write(new, indicator, Tier.values)

    def _change(self, kind, ended, begun):
        asked = asked_for(kind, ended, begun)
        try:
            record_jurisdiction_change(asked, actor=self.editor, reason="区划调整")
        except ApprovedWouldMove:
            made = propose_jurisdiction_change(asked, actor=self.editor, reason="区划调整")
            confirm(made, actor=self.supervisor, digest=previewed(made).digest, reason="同意")

    # --- What is seen ---------------------------------------------------------------------------

    def look(self, pages=6):
        for page in self.rng.sample(PAGES, pages):
            response = self.client.get(page)
            assert response.status_code in (200, 404), page
            if response.status_code == 200:
                found = numbers_in(response)
                self.over_time[page].append(found)
                self.seen.update(found)
        for tier in Tier.values:
            for figure in figures_of(self.reader, self.city, YEAR, tier=tier):
                dark = (Status.NO_DATA, Status.NO_TARGET)
                assert figure.number is not None or figure.status in dark, figure.code

    def told(self):
        """Numbers that tell of another's figure, with that figure."""
        # What a sum that is told lacks to the target tells no more than the sum.
        gaps = {abs(number - aim) for number in self.seen for aim in self.public}
        mine = {number for number in self.own if number} | self.public | gaps
        large = {number for number in self.seen if number >= LARGE} - mine
        quartiles = set()
        if self.at_most - 1 >= FEWEST_SPREAD:  # they were told at some time
            quartiles = {number for number in large if is_of_two_digits(number)}
        large -= quartiles
        derived = set(large)
        for sets in self.over_time.values():
            for before, after in combinations(sets, 2):
                gone, new = (one - mine - quartiles for one in (before - after, after - before))
                derived |= {abs(a - b) for a in gone for b in new if min(a, b) >= LARGE}
        derived |= {abs(number - one) for number in large for one in self.own}
        return [
            (number, figure)
            for number in derived - mine
            for figure in self.others
            if figure and abs(number - figure) <= figure / 20
        ]

    def spread_moved(self):
        """Quartiles that were told and later were others."""
        known = self.own | self.public
        for page, sets in self.over_time.items():
            if "indicators/counted" in page:
                spreads = [
                    {one for one in found if one >= LARGE and is_of_two_digits(one)} - known
                    for found in sets
                ]
                told = {frozenset(spread) for spread in spreads if spread}
                if len(told) > 1:
                    return told
        return set()


def no_figure_of_another_can_be_told(seed, city, client):
    world = City(seed, city, client)
    # Whether the published sizes are collected as well is left to the seed.
    (world.collected if (seed // 5 + seed) % 2 else world.published)()
    acts = [world.correct, world.correct, world.turn, world.retarget, world.rename, world.merge]
    world.rng.shuffle(acts)
    for act in acts:
        with suppress(Refusal):
            act()
        world.look()
    world.look(len(PAGES))

    assert world.told() == []
    assert world.spread_moved() == set()
    # The own figures were read: there was something to find.
    assert {number for number in world.own if number} & world.seen


def test_a_page_read_twice_tells_the_same_numbers(city, client):
    world = City(SEVEN_UNITS, city, client)
    world.published()

    with_forms = 0
    for page in PAGES:
        first, second = client.get(page), client.get(page)
        if first.status_code != 200:
            continue
        with_forms += not first.streaming and b"csrfmiddlewaretoken" in first.content
        assert numbers_in(first) == numbers_in(second), page
    assert with_forms > 0


def test_no_figure_of_another_can_be_told(city, client):
    no_figure_of_another_can_be_told(SEVEN_UNITS, city, client)


@pytest.mark.thorough
@pytest.mark.parametrize("seed", [0, 1, 11])
def test_no_figure_of_another_can_be_told_in_many_a_year(seed, city, client):
    no_figure_of_another_can_be_told(seed, city, client)
