"""The demonstration loaded into a database: it agrees with the report, and the story is there."""

from collections import Counter

import pytest
from django.test import TestCase

from indicators import figures
from indicators.catalogue.seeds import load_seeds
from indicators.demo import accounts, data, loading, preparation, story
from indicators.models import Jurisdiction, Origin, Tier, User, ValueRevision, YearlyResult
from indicators.models import YearlyValue as Value
from indicators.results.rebuild import check
from tests.cast import enter
from tests.catalogue.files import SEEDS

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
        load_seeds(SEEDS)
        accounts.stand_ready()
        cls.said: list[str] = []
        cls.given = data.figures()
        loading.load(cls.given, cls.said.append)

    def test_all_are_told_and_there(self) -> None:
        years = Counter(figure.evaluation_year for figure in self.given)

        assert self.said == [f"  {year}: {years[year]} figures" for year in range(2019, 2023)]
        assert Value.objects.filter(origin=Origin.DEMONSTRATION).count() == len(self.given)
        assert loading.are_there()

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
        own = Value.objects.filter(jurisdiction__level="city")

        assert set(own.values_list("origin", "version")) == {(Origin.SEED, 1)}
        assert own.count() == 63

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

    def test_the_latest_year_is_approved_but_for_three_units(self) -> None:
        latest = {
            (f.indicator, f.unit, f.year): f.unit not in story.REPORTED_ONLY
            for f in self.given
            if f.evaluation_year == story.EVALUATION_YEAR
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
                indicator__code=correction.indicator, jurisdiction__code=correction.unit
            )
            latest = versions.filter(year=versions.latest("year").year).order_by("version")
            officer = User.objects.get(username=correction.officer)

            assert [(v.changed_by, v.change_reason) for v in latest] == [
                (None, loading.REASON),
                *((officer, reason) for reason in correction.reasons),
            ]

    def test_the_overview_opens_on_the_year_of_the_report(self) -> None:
        supervisor = User.objects.get(username="supervisor")

        assert figures.evaluation_years(supervisor) == [2022, 2021, 2020, 2019]

    def test_loading_again_changes_nothing(self) -> None:
        versions = ValueRevision.objects.count()

        loading.load(self.given, self.said.append)

        assert ValueRevision.objects.count() == versions

    def of_the_city(self, basis: str) -> set[YearlyResult]:
        rows = YearlyResult.objects.in_tier(Tier.REPORTED).with_figure()
        return set(rows.filter(jurisdiction__level="city", basis=basis).select_related("indicator"))


@pytest.mark.django_db
def test_what_somebody_entered_before_is_left() -> None:
    load_seeds(SEEDS)
    accounts.stand_ready()
    corrected = next(f for f in data.figures() if f.changes)
    others = [f for f in data.figures() if f.unit == corrected.unit][:5]
    unit = Jurisdiction.objects.valid_in(corrected.year).get(code=corrected.unit)
    figure = figures.indicator_for(User.objects.get(username="officer"), corrected.indicator)
    enter(figure, unit, "4321", year=corrected.year)

    loading.load([*others, corrected], print)

    assert Value.objects.filter(jurisdiction=unit).count() == len(others) + 1
    value = Value.objects.get(indicator=figure, jurisdiction=unit, year=corrected.year)
    assert (value.as_entered, value.version, value.origin) == ("4321", 1, Origin.ENTERED)


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
    monkeypatch.setattr(loading, "load", lambda some, say: loaded.append(len(some)))

    preparation.make_district_figures()
    first = capsys.readouterr().err
    preparation.make_district_figures()

    number = len(data.figures())
    assert loaded == [number]
    assert f"Making {number} figures of districts ..." in first
    assert stamps["district figures"] == data.version(data.figures())
    assert capsys.readouterr().err == ""


def test_figures_of_an_earlier_version_are_left_and_that_is_said(
    stamps: Stamps, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stamps.set("district figures", "earlier")
    monkeypatch.setattr(loading, "are_there", lambda: True)

    preparation.make_district_figures()

    assert "earlier version; --reset makes them anew" in capsys.readouterr().err
    assert stamps["district figures"] == "earlier"
