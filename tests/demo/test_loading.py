"""The demonstration loaded into a database: it agrees with the report, and the story is there."""

import datetime
from collections import Counter

import pytest
from django.db.models import QuerySet
from django.test import TestCase
from django.utils import timezone

from indicators import figures
from indicators.catalogue.seeds import load_seeds
from indicators.collection import window_of
from indicators.demo import accounts, data, loading, preparation, problem_story, story
from indicators.figures.progress import progress_of_round
from indicators.figures.review import review_of
from indicators.figures.submissions import queue_for
from indicators.models import (
    EventFigure,
    Jurisdiction,
    Measure,
    Notice,
    Origin,
    Problem,
    Round,
    Submission,
    Target,
    Tier,
    User,
    ValueRevision,
    YearlyResult,
)
from indicators.models import YearlyValue as Value
from indicators.results.rebuild import check
from tests.cast import enter
from tests.catalogue.files import SEEDS
from tests.round_cast import move_days

# Stated figures that wait for districts, and how many of the 41 have reported.
WAITING = {
    "security_guards_coverage": 39,
    "school_guard_post_coverage": 39,
    "closed_campus_coverage": 39,
    "alarm_network_coverage": 39,
    "seconded_teachers_returned": 38,
    "putonghua_tests": 40,
}


class TestLoaded(TestCase):
    """Loaded once for all of these, which change nothing."""

    @classmethod
    def setUpTestData(cls) -> None:
        load_seeds(SEEDS, beside=preparation.MADE_UP_TARGETS)
        accounts.stand_ready()
        cls.said: list[str] = []
        cls.given = data.figures()
        preparation.tell(cls.given, cls.said.append)
        cls.round = Round.objects.get()

    def test_all_are_told_and_there(self) -> None:
        there = Value.objects.filter(change__origin=Origin.DEMONSTRATION)
        stand = there.filter(standings__tier=Tier.REPORTED).distinct()
        years = Counter(figure.evaluation_year for figure in self.given)
        before = sum(figure.unit in story.ON_PAPER for figure in self.given_in(2022))

        assert self.said == [
            *(f"  {year}: {years[year]} figures" for year in range(2019, 2022)),
            f"  2022: {before} figures",
            f"  2022: {years[2022] - before} figures in the round",
        ]
        assert loading.are_there()
        # 沙坪坝 said in the round that a figure is not available; 城口 and the city have drafts.
        assert (stand.count(), there.count()) == (len(self.given) + 1, len(self.given) + 3)

    def test_the_results_are_what_a_recomputation_gives(self) -> None:
        compared, differences = check()

        assert compared > 10_000
        assert differences == []

    def test_every_stated_figure_agrees_with_its_districts_or_waits_for_the_late_ones(self) -> None:
        found = {
            row.indicator.code: (row.agrees, row.reported, row.expected)
            for row in self.of_the_city("stated")
            if row.expected is not None
        }

        waiting = {code: (None, reported, 41) for code, reported in WAITING.items()}
        assert len(found) == 27
        assert found == dict.fromkeys(found.keys() - waiting.keys(), (True, 41, 41)) | waiting

    def test_the_citys_own_figures_are_as_the_report_gives_them(self) -> None:
        own = Value.objects.filter(jurisdiction__level="city", standings__tier=Tier.REPORTED)

        assert set(own.values_list("change__origin", "version")) == {(Origin.SEED, 1)}
        assert own.count() == 63

    def test_more_than_a_third_has_a_light_and_what_is_made_up_is_marked(self) -> None:
        user = User.objects.get(username="supervisor")
        for code, lights in (("500000", 45), ("500106", 23)):
            unit = Jurisdiction.objects.valid_in(2022).get(code=code)
            told = figures.figures_of(user, unit, 2022, tier=Tier.REPORTED)
            lit = [one for one in told if one.status in ("met", "near", "missed")]
            made_up = [one for one in lit if one.target.framework.is_made_up]

            assert len(lit) >= lights
            assert {one.status for one in made_up} == {"met", "near", "missed"}
            assert {one.target_words[-4:] for one in made_up} == {"（演示）"}
            real = [one for one in lit if not one.target.framework.is_made_up]
            assert not [one for one in real if "演示" in one.target_words]

    def test_what_is_real_is_not_replaced_by_what_is_made_up(self) -> None:
        real = Target.objects.exclude(framework__basis="demonstration").filter(level="city")
        made_up = Target.objects.made_up().filter(level="city")

        assert not set(real.values_list("indicator")) & set(made_up.values_list("indicator"))

    def test_problems_are_at_work(self) -> None:
        states = dict(Problem.objects.exclude(state="open").values_list("code", "state"))
        overdue = Measure.objects.overdue().values_list("unit__code", flat=True)

        assert states == {
            problem_story.SERVICE: "accepted",
            problem_story.TEXTBOOK_RULES: "accepted",
            problem_story.TEXTBOOK_CHECKS: "under_way",
            problem_story.CLASSES: "under_way",
            problem_story.BANAN_PUPILS: "relapsed",
        }
        assert set(overdue) == {story.SHAPINGBA, story.HECHUAN, story.NANCHUAN}
        assert Measure.objects.get(state="handed_in").problem.code == problem_story.TEXTBOOK_CHECKS
        assert Measure.objects.get(state="sent_back").unit.code == story.HECHUAN

    def test_what_is_computed_from_districts_is_marked_as_demonstration(self) -> None:
        derived = YearlyResult.objects.with_figure().exclude(basis="")
        districts = derived.exclude(jurisdiction__level="city")
        summed = self.of_the_city("summed") | self.of_the_city("computed")

        assert set(districts.values_list("origin", flat=True)) == {Origin.DEMONSTRATION}
        assert {row.origin for row in summed} == {Origin.DEMONSTRATION}

    def test_years_before_the_latest_are_complete_and_approved(self) -> None:
        earlier = [f for f in self.given if f.evaluation_year < story.EVALUATION_YEAR]
        approved = YearlyResult.objects.in_tier(Tier.APPROVED).exclude(basis="")
        stand = set(approved.values_list("indicator__code", "jurisdiction__code", "year"))

        assert {(f.indicator, f.unit, f.year) for f in earlier} - stand == set()
        assert set(Counter((f.indicator, f.year) for f in earlier).values()) == {41}

    def test_the_latest_year_is_approved_but_for_units_whose_turn_has_not_come(self) -> None:
        latest = {
            (f.indicator, f.unit, f.year): f.unit not in story.REPORTED_ONLY
            for f in self.given_in(2022)
        }
        approved = YearlyResult.objects.in_tier(Tier.APPROVED).exclude(revision=None)
        stand = set(approved.values_list("indicator__code", "jurisdiction__code", "year"))

        assert {place for place, expected in latest.items() if expected} == stand & latest.keys()

    def test_one_keystroke_too_many_makes_the_citys_funding_fall_behind(self) -> None:
        status = {
            row.year: row.status
            for row in self.of_the_city("computed")
            if row.indicator.code == "education_appropriation_growth_over_revenue_growth"
        }

        assert status == {2020: "met", 2021: "missed"}

    def test_what_is_not_available_is_named_as_the_reason(self) -> None:
        row = YearlyResult.objects.get(
            indicator__code="per_pupil_public_operating_expenditure",
            jurisdiction__level="city",
            year=2021,
            tier=Tier.REPORTED,
        )

        assert row.reason == {"code": "units_differ", "names": [story.ZHONG]}

    def test_officers_changed_their_figures_twice_with_reasons(self) -> None:
        for correction in story.CORRECTIONS:
            versions = ValueRevision.objects.filter(
                value__indicator__code=correction.indicator,
                value__jurisdiction__code=correction.unit,
            )
            last = versions.latest("value__year").value
            latest = versions.filter(value=last).order_by("version")
            officer = User.objects.get(username=correction.officer)

            assert [(v.change.actor, v.change.reason) for v in latest] == [
                (officer, reason) for reason in (loading.REASON, *correction.reasons)
            ]

    def test_the_overview_opens_on_the_year_of_the_report(self) -> None:
        supervisor = User.objects.get(username="supervisor")

        assert figures.evaluation_years(supervisor) == [2022, 2021, 2020, 2019]

    def test_loading_again_changes_nothing(self) -> None:
        versions = ValueRevision.objects.count()

        loading.load(self.given, self.said.append)

        assert ValueRevision.objects.count() == versions

    def test_the_round_asks_all_indicators_of_the_city_and_its_units_and_is_alive(self) -> None:
        today = timezone.localdate()

        assert self.round.is_open
        assert self.round.opens_on < self.round.due_on < today < self.round.closes_on
        assert self.round.indicators.count() == 97
        assert self.round.submissions.count() == 42

    def test_most_are_approved_and_every_other_state_has_its_units(self) -> None:
        found = {one.jurisdiction.code: one.state for one in self.answers()}
        states = Counter(found.values())

        assert (states["approved"], states["submitted"], states["draft"]) == (32, 5, 2)
        assert found[story.SHAPINGBA] == "returned"
        assert found[story.YUZHONG] == "reopened"
        assert found[story.WUXI] == "not_started"
        assert {found[story.CHENGKOU], found[accounts.CITY]} == {"draft"}
        for unit in (story.HECHUAN, story.XIUSHAN, story.QIANJIANG, story.ZHONG, story.NANCHUAN):
            assert found[unit] == "submitted"

    def test_acts_bear_their_days_and_the_late_are_told_apart(self) -> None:
        progress = progress_of_round(self.user("supervisor"), self.round)
        late = {row.unit.code for row in progress.rows if row.punctual is False}
        first = Submission.objects.get(jurisdiction__code=story.YUZHONG).first_submitted_at

        assert late == {story.CHENGKOU, story.WUXI, story.ZHONG, accounts.CITY}
        assert timezone.localdate() - timezone.localdate(first) == datetime.timedelta(36)
        assert all(row.contacts and row.contacts[0].telephone for row in progress.rows)

    def test_what_was_returned_gives_its_reasons_and_one_question_is_open(self) -> None:
        officer = self.user("officer")
        answer = self.answers().get(jurisdiction__code=story.SHAPINGBA)
        rows = review_of(officer, answer)

        assert {row.code: bool(row.returned) for row in rows if row.returned} == {
            "seconded_teachers_returned": True,
            "compulsory_enrolment": True,
        }
        assert [row.code for row in rows if row.thread and row.thread.is_open] == [
            "skilled_workers_trained_for_enterprises"
        ]

    def test_a_figure_of_yuzhong_is_open_again_and_its_other_figures_are_locked(self) -> None:
        answer = self.answers().get(jurisdiction__code=story.YUZHONG)
        window = window_of(answer)

        assert [EventFigure.objects.get(event=window.sent_back).indicator.code] == [
            "public_operating_expenditure"
        ]
        window.refuse_unless_open(timezone.localdate())

    def test_the_supervisor_finds_five_submissions_one_put_right_after_a_return(self) -> None:
        queue = queue_for(self.user("supervisor"))
        again = [row for row in queue.waiting if row.submission.times_submitted == 2]

        assert len(queue.waiting) == 5
        assert {
            q.submission.jurisdiction.code: q.warnings for q in queue.waiting if q.warnings
        } == {
            story.HECHUAN: 2,
            story.XIUSHAN: 2,  # the revenue, and its growth
        }
        assert [row.submission.jurisdiction.code for row in again] == [story.NANCHUAN]
        assert [row.submission.jurisdiction.code for row in queue.waiting if row.is_late] == [
            story.ZHONG
        ]

    def test_each_who_signs_in_was_told_something_lately(self) -> None:
        for name in ("officer", "lead", "officer-yuzhong", "lead-yuzhong", "supervisor"):
            assert Notice.objects.for_user(self.user(name)).unseen().exists(), name

    def test_nobody_can_sign_in_as_the_people_of_other_districts(self) -> None:
        printed = {account.username for account in accounts.ACCOUNTS}
        others = User.objects.exclude(username__in=printed)

        assert others.count() == 78
        assert not any(user.has_usable_password() for user in others)
        assert len(set(User.objects.values_list("telephone", flat=True))) == User.objects.count()

    def user(self, name: str) -> User:
        return User.objects.get(username=name)

    def answers(self) -> QuerySet[Submission]:
        return Submission.objects.select_related("round", "jurisdiction")

    def given_in(self, year: int) -> list[data.Figure]:
        return [figure for figure in self.given if figure.evaluation_year == year]

    def of_the_city(self, basis: str) -> set[YearlyResult]:
        rows = YearlyResult.objects.in_tier(Tier.REPORTED).with_figure()
        return set(rows.filter(jurisdiction__level="city", basis=basis).select_related("indicator"))


@pytest.mark.django_db
def test_what_somebody_entered_before_is_left() -> None:
    load_seeds(SEEDS)
    accounts.stand_ready()
    given = [f for f in data.figures() if f.unit == accounts.SHAPINGBA and not f.statement][:6]
    taken = given[0]
    unit = Jurisdiction.objects.valid_in(taken.year).get(code=taken.unit)
    figure = figures.indicator_for(User.objects.get(username="officer"), taken.indicator)
    enter(figure, unit, "4321", year=taken.year)

    loading.load(given, print)

    assert Value.objects.filter(jurisdiction=unit).count() == len(given)
    value = Value.objects.get(indicator=figure, jurisdiction=unit, year=taken.year)
    assert (value.as_entered, value.version, value.change.origin) == ("4321", 1, Origin.ENTERED)


class Stamps(dict[str, str]):
    """As the real ones, without a file."""

    def fits(self, name: str, fingerprint: str) -> bool:
        return self.get(name) == fingerprint

    def set(self, name: str, fingerprint: str) -> None:
        self[name] = fingerprint


@pytest.fixture
def stamps(monkeypatch: pytest.MonkeyPatch) -> Stamps:
    kept = Stamps()
    monkeypatch.setattr(preparation, "stamps", kept)
    return kept


def test_figures_are_made_once_and_their_version_is_kept(
    stamps: Stamps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loaded: list[int] = []
    monkeypatch.setattr(loading, "are_there", lambda: bool(loaded))
    monkeypatch.setattr(preparation, "tell", lambda some, say: loaded.append(len(some)))

    preparation.make_district_figures()
    first = capsys.readouterr().err
    preparation.make_district_figures()

    number = len(data.figures())
    assert loaded == [number]
    assert f"Making {number} figures of districts ..." in first
    assert stamps.keys() == {preparation.stamp("district figures")}
    assert capsys.readouterr().err == ""


def test_figures_of_an_earlier_version_are_left_and_that_is_said(
    stamps: Stamps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamps.set(preparation.stamp("district figures"), "earlier")
    monkeypatch.setattr(loading, "are_there", lambda: True)

    preparation.make_district_figures()

    assert "earlier version; --reset makes them anew" in capsys.readouterr().err
    assert stamps[preparation.stamp("district figures")] == "earlier"


@pytest.mark.django_db
def test_a_round_whose_days_have_passed_is_told(
    asked: Round, capsys: pytest.CaptureFixture[str]
) -> None:
    preparation.say_if_over()
    assert capsys.readouterr().err == ""

    move_days(asked, opens=-60, due=-30, closes=-1)
    preparation.say_if_over()

    assert "round has passed; --reset makes it anew" in capsys.readouterr().err
