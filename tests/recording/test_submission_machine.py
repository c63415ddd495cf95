"""Several people do anything to a round in any order: what must hold after every step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from indicators.collection import Refusal
from indicators.models import Membership, Round, Submission, User, YearlyValue
from indicators.recording import Entry, save_values
from indicators.recording import submission as door
from indicators.recording.findings import explain
from indicators.recording.round import close_round, save_round
from indicators.results import rebuild
from tests.cast import YEAR, enter, make_user
from tests.recording import flow
from tests.recording.flow import World
from tests.round_cast import days, make_round

TEXTS = ["0", "60", "100", "130", "1000", "3.62万", "abc", ""]
REASONS = ["核对", "核对", "核对", "", " ", "\x00", "长" * 501]
PLACES = st.integers(0, 5)  # of a list, taken round and round
LATE = st.sampled_from([0, 0, 0, 0, 0, 1])  # how many versions behind
EVERYWHERE = 3  # the place at each desk of one who sits at all of them
DESKS = st.sampled_from(["", "officer", "lead"])  # whose work they do, if anybody's


class Flow(RuleBasedStateMachine):
    """Each step is an act by somebody, right or wrong; one that is refused has changed nothing."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        self.passed = days(0)
        self.open_before: dict[int, set[int] | None] = {}
        real = timezone.now
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(timezone, "now", lambda: real() + self.passed)
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.reported, self.approved = flow.tiers()

    def teardown(self) -> None:
        self.patch.undo()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(steps=st.integers(0, 5), decision=PLACES, desk=DESKS)
    def is_on_its_way(self, steps: int, decision: int, desk: str) -> None:
        """Some plays begin late, or few would come to what follows an approval."""
        for step in range(steps):
            self.goes_on(0, "60", 2 if step else decision, desk)

    # --- Acts -------------------------------------------------------------------------------------

    @rule(
        who=PLACES, unit=PLACES, which=PLACES, text=st.sampled_from(TEXTS), late=LATE, note=PLACES
    )
    def enters(self, who: int, unit: int, which: int, text: str, late: int, note: int) -> None:
        place, indicator = self.unit(unit), self.indicator(which)
        one, actor = self.submission(place), self.someone(self.world.officers, who)
        was_open = flow.may_be_entered(one, indicator, timezone.localdate())
        state, why = ("not_available", "停办") if text == "" and note > 2 else ("", "")
        entry = Entry(
            *(indicator, place, YEAR, max(self.version_of(indicator, place) - late, 0), text),
            state=state,
            state_reason=why,
            note="" if state or note else "新增",
        )
        before = self.version_of(indicator, place)
        self.tries(lambda: save_values([entry], actor=actor, reason="代填"))
        if self.version_of(indicator, place) != before:
            assert was_open, f"{indicator} of {place} was entered while it was locked"

    @rule(who=PLACES, unit=PLACES, text=st.sampled_from(TEXTS))
    def enters_last_year(self, who: int, unit: int, text: str) -> None:
        """No matter of the round, but rules and sums look at it."""
        place, indicator = self.unit(unit), self.indicator(0)
        actor = self.someone(self.world.officers, who)
        self.tries(lambda: enter(indicator, place, text, year=YEAR - 1, actor=actor, reason="代填"))

    @rule(who=PLACES, unit=PLACES, late=LATE)
    def hands_over(self, who: int, unit: int, late: int) -> None:
        before = self.submission(self.unit(unit)).state
        if self.acts(door.hand_over, self.world.officers, who, unit, late):
            assert self.submission(self.unit(unit)).state == before

    @rule(who=PLACES, unit=PLACES, late=LATE)
    def checks(self, who: int, unit: int, late: int) -> None:
        self.acts(door.check_submission, self.world.leads, who, unit, late)

    @rule(who=PLACES, unit=PLACES, late=LATE, filled=st.booleans())
    def submits(self, who: int, unit: int, late: int, filled: bool) -> None:
        if filled:  # else most would be refused as incomplete
            self.fills(self.unit(unit))
        one = self.submission(self.unit(unit))
        opened = flow.open_figures(one)
        if self.acts(door.submit, self.world.leads, who, unit, late, moves={"reported"}):
            self.open_before[one.pk] = opened

    @rule(who=PLACES, unit=PLACES, late=LATE)
    def takes_back(self, who: int, unit: int, late: int) -> None:
        """Then open is what was open before it was submitted, to the figure."""
        one = self.submission(self.unit(unit))
        sent = one.events.filter(act="submit").order_by("-pk").first()
        begun = one.state == "submitted" and flow.review_has_begun(one)
        if self.acts(door.take_back, self.world.leads, who, unit, late):
            now = self.submission(self.unit(unit))
            assert not begun, "taken back although the city's review had begun"
            entered_as = {"returned": "returned", "reopened": "reopened"}
            assert now.state == entered_as.get(sent.from_state, "draft")
            assert flow.open_figures(now) == self.open_before.get(one.pk)

    @rule(who=PLACES, unit=PLACES, late=LATE, reason=st.sampled_from(REASONS), named=PLACES)
    def returns(self, who: int, unit: int, late: int, reason: str, named: int) -> None:
        self.acts(
            *(door.return_submission, self.world.supervisors, who, unit, late),
            reason=reason,
            figures=self.named(named, "与年报不符"),
        )

    @rule(who=PLACES, unit=PLACES, late=LATE)
    def approves(self, who: int, unit: int, late: int) -> None:
        one = self.submission(self.unit(unit))
        hands, actor = flow.hands_on(one), self.someone(self.world.supervisors, who)
        done = self.acts(door.approve, self.world.supervisors, who, unit, late, moves={"approved"})
        if done:
            assert actor.pk not in hands, "approved by one who entered or submitted"

    @rule(
        who=PLACES,
        unit=PLACES,
        late=LATE,
        reason=st.sampled_from(REASONS),
        until=st.integers(-1, 6),
        named=PLACES,
    )
    def reopens(self, who: int, unit: int, late: int, reason: str, until: int, named: int) -> None:
        self.acts(
            *(door.reopen, self.world.supervisors, who, unit, late),
            reason=reason,
            until=timezone.localdate() + days(until),
            figures=self.named(named, "口径有误"),
        )

    @rule(
        who=PLACES,
        unit=PLACES,
        late=LATE,
        reason=st.sampled_from(REASONS),
        until=st.integers(-1, 6),
    )
    def extends(self, who: int, unit: int, late: int, reason: str, until: int) -> None:
        self.acts(
            *(door.extend, self.world.supervisors, who, unit, late),
            reason=reason,
            until=timezone.localdate() + days(until),
        )

    @rule(who=PLACES, unit=PLACES, which=PLACES, text=st.sampled_from(REASONS))
    def remarks(self, who: int, unit: int, which: int, text: str) -> None:
        one, actor = self.submission(self.unit(unit)), self.someone(self.world.people, who)
        self.tries(lambda: door.remark(one, self.indicator(which), actor=actor, text=text))

    @rule(who=PLACES, unit=PLACES, which=PLACES, text=st.sampled_from(REASONS))
    def explains(self, who: int, unit: int, which: int, text: str) -> None:
        """To what was found, if anything was."""
        one, actor = self.submission(self.unit(unit)), self.someone(self.world.officers, who)
        found = [(finding.rule, finding.indicator) for finding in one.findings.current()]
        said_to, figure = ([*found, (self.world.rules[0], self.indicator(which))])[0]
        open_now = one.state in flow.IN_WORK
        said = self.tries(lambda: explain(one, said_to, figure, actor=actor, text=text))
        assert not said or open_now, "what was submitted was explained otherwise"

    @rule(unit=PLACES, text=st.sampled_from(TEXTS), decision=PLACES, desk=DESKS)
    def goes_on(self, unit: int, text: str, decision: int, desk: str) -> None:
        """The next act on the right way, or else a play would seldom come as far as approval.

        Whoever sits at every desk does the work of one of them, and tries to approve it first.
        """
        place, one = self.unit(unit), self.submission(self.unit(unit))
        if one.state in flow.IN_WORK:
            officer = EVERYWHERE if desk == "officer" else 0 if unit < 4 else 1
            self.enters(officer, unit, decision, text, 0, 1)
            self.submits(EVERYWHERE if desk == "lead" else 0, unit, 0, filled=True)
        elif one.state == "submitted" and decision == 5:
            self.takes_back(0, unit, 0)
        elif one.state == "submitted" and decision % 3:
            self.approves(EVERYWHERE, unit, 0)
            if self.submission(place).state == "submitted":
                self.approves(0, unit, 0)
        elif one.state == "submitted":
            self.returns(0, unit, 0, "核对", decision % 3)
        else:
            self.reopens(0, unit, 0, "更正", 3, decision % 3)
        assert self.submission(place).version >= one.version

    @rule(number=st.integers(1, 3))
    def days_pass(self, number: int) -> None:
        self.passed += days(number)

    @rule(who=PLACES, late=LATE, due=st.integers(-3, 9), rest=st.integers(-1, 6))
    def moves_the_days(self, who: int, late: int, due: int, rest: int) -> None:
        asked = self.round()
        actor = self.someone(self.world.supervisors, who)
        today, version = timezone.localdate(), asked.version
        asked.opens_on, asked.due_on = today - days(due % 5 - 1), today + days(due)
        asked.closes_on = asked.due_on + days(rest)
        self.tries(
            lambda: save_round(
                asked,
                actor=actor,
                version=version - late,
                indicators=list(asked.indicators.all()),
                jurisdictions=list(asked.jurisdictions.all()),
            )
        )

    @rule(who=PLACES, late=LATE, sure=st.integers(0, 4))
    def closes(self, who: int, late: int, sure: int) -> None:
        asked, actor = self.round(), self.someone(self.world.supervisors, who)
        if not sure:  # or every second play would end here
            self.tries(
                lambda: close_round(asked, actor=actor, version=asked.version - late, reason="到期")
            )

    # --- What must hold ---------------------------------------------------------------------------

    @invariant()
    def every_value_has_all_its_revisions(self) -> None:
        assert flow.gaps_in_history() == []

    @invariant()
    def every_step_is_a_row_of_the_table(self) -> None:
        assert flow.faults_of_events() == []

    @invariant()
    def results_equal_a_rebuild(self) -> None:
        assert rebuild.check()[1] == []

    # --- How it is done ---------------------------------------------------------------------------

    def tries(self, act: Callable[[], Any], moves: Any = frozenset()) -> Any:
        """Do it; what came back, or None where it was refused and so changed nothing.

        Only a submission moves what stands as reported, only an approval what stands as approved.
        """
        before, refused = flow.pictured(), None
        try:
            done = act()
        except Refusal as refusal:
            refused = refusal
        if refused:
            assert refused.message
            assert flow.pictured() == before
            return None
        reported, approved = flow.tiers()
        if "reported" not in moves:
            assert reported == self.reported
        if "approved" not in moves:
            assert approved == self.approved
        moved = {pk for pk, was in self.approved.items() if approved.get(pk) != was}
        for unit in YearlyValue.objects.filter(pk__in=moved).values_list("jurisdiction", flat=True):
            assert flow.reopened_since_approval(unit)
        self.reported, self.approved = reported, approved
        return done

    def acts(
        self,
        act: Callable[..., Submission],
        rightly: list[User],
        who: int,
        unit: int,
        late: int,
        moves: Any = frozenset(),
        **given: Any,
    ) -> Any:
        one, actor = self.submission(self.unit(unit)), self.someone(rightly, who)
        done = self.tries(
            lambda: act(one, actor=actor, version=one.version - late, **given), moves=moves
        )
        assert not (done and late), "done over a version that had moved on"
        return done

    def fills(self, place: Any) -> None:
        """The officers give what is missing, as far as they may."""
        for indicator in self.world.indicators:
            if not self.version_of(indicator, place):
                entry = Entry(indicator, place, YEAR, 0, "50", note="新增")
                actor = self.world.officers[0 if place == self.world.units[0] else 1]
                self.tries(lambda e=entry, a=actor: save_values([e], actor=a, reason="代填"))

    def someone(self, rightly: list[User], who: int) -> User:
        """Mostly one whose act it is, now and then anybody."""
        people = self.world.people if who == 5 else rightly
        return User.objects.get(pk=people[who % len(people)].pk)

    def unit(self, place: int) -> Any:
        return self.world.units[0 if place < 4 else 1]

    def indicator(self, place: int) -> Any:
        return self.world.indicators[place % len(self.world.indicators)]

    def named(self, place: int, why: str) -> dict[str, str]:
        """None, some or all of the figures by code."""
        codes = [one.code for one in self.world.indicators]
        return dict.fromkeys([[codes[0]], codes, codes[1:], codes, [], ["nowhere"]][place], why)

    def round(self) -> Round:
        return Round.objects.select_related("city").get(pk=self.world.round.pk)

    def submission(self, unit: Any) -> Submission:
        found = Submission.objects.select_related("round__city", "jurisdiction")
        return found.get(round=self.world.round, jurisdiction=unit)

    def version_of(self, indicator: Any, unit: Any) -> int:
        found = YearlyValue.objects.filter(indicator=indicator, jurisdiction=unit, year=YEAR)
        return found.values_list("version", flat=True).first() or 0


@pytest.fixture
def machine(
    usual_rules, city, north, south, children, children_public, share, officer, other_officer,
    city_officer, lead, supervisor,
):  # fmt: skip
    """The cast with a second supervisor who sits at every desk, and an open round."""
    everywhere = make_user("everywhere", "supervisor", city)
    for unit, role in ((north, "officer"), (city, "officer"), (north, "lead"), (south, "lead")):
        Membership.objects.create(user=everywhere, jurisdiction=unit, role=role)
    Membership.objects.create(user=lead, jurisdiction=south, role="lead")
    Membership.objects.create(user=other_officer, jurisdiction=south, role="lead")
    asked = make_round(city, supervisor, [children, children_public, share], [north, south])

    class Played(Flow):
        world = World(
            round=asked,
            units=[north, south],
            indicators=[children, children_public],
            rules=usual_rules,
            officers=[officer, other_officer, city_officer, everywhere],
            leads=[lead, lead, other_officer, everywhere],
            supervisors=[supervisor, supervisor, supervisor, everywhere],
        )

    return Played


def play(machine, **given):
    run_state_machine_as_test(
        machine,
        settings=settings(
            suppress_health_check=list(HealthCheck),
            database=None,
            print_blob=True,
            **given,
        ),
    )


def test_a_round_holds_whatever_a_few_do(machine):
    play(machine, max_examples=12, stateful_step_count=16, derandomize=True)


@pytest.mark.thorough
def test_a_round_holds_whatever_many_do(machine):
    play(machine, max_examples=40, stateful_step_count=50)
