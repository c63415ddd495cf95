"""Figures that an operator loads from own seeds: 历史补录, run through the rules, only reported."""

import shutil

import pytest
from django.utils import timezone

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import Indicator, Rule, YearlyResult, YearlyValue
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results.rebuild import check
from tests.cast import enter, result
from tests.catalogue.files import OWN, SEEDS, add, all_rows, save, told

pytestmark = pytest.mark.django_db
SHARE = {"indicator": "preschool_public_share", "year": "2021"}


@pytest.fixture
def own(tmp_path):
    """The catalogue is what ships; the folder of its own has one figure."""
    load_seeds(SEEDS, catalogue_only=True)
    folder = tmp_path / "own"
    folder.mkdir()
    shutil.copy(OWN / "jurisdictions.csv", folder)
    one = [row for row in all_rows("figures.csv") if SHARE.items() <= row.items()]
    save(folder / "figures.csv", one)
    return folder


def share(tier):
    return YearlyResult.objects.get(
        indicator__code=SHARE["indicator"], jurisdiction__code="500000", year=2021, tier=tier
    )


def test_they_stand_as_reported_with_an_origin_of_their_own(own):
    assert told(load_seeds(own), "figures.csv") == (1, 0, {})

    assert (share("reported").has_figure, share("reported").origin) == (True, "backfilled")
    assert not YearlyResult.objects.filter(tier="approved").with_figure().exists()
    assert check()[1] == []
    assert told(load_seeds(own), "figures.csv") == (0, 0, {})


def test_what_ships_stands_in_both_tiers_as_before(own):
    load_seeds(SEEDS)

    assert {(share(t).has_figure, share(t).origin) for t in ("reported", "approved")} == {
        (True, "seed")
    }


def make_rule(severity):
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="own", kind="range", severity=severity, upper=1)
        rule.indicators.add(Indicator.objects.get(code=SHARE["indicator"]))


def test_what_a_rule_warns_of_is_told_to_the_operator(own):
    make_rule("warning")
    outcome = load_seeds(own)[-1]

    assert len(outcome.doubted) == 1
    assert "2021" in outcome.doubted[0]
    assert share("reported").has_figure


def test_what_breaks_a_rule_is_not_loaded(own):
    make_rule("error")

    with pytest.raises(SeedFault, match=r"figures\.csv"):
        load_seeds(own)
    assert not YearlyResult.objects.with_figure().exists()


def test_a_sum_of_them_is_of_their_origin(children, city, north, south):
    enter(children, north, "1", origin="backfilled")
    enter(children, south, "2", origin="seed")

    assert result(children, city).origin == "backfilled"


# Nor does the operator load figures of a year that has not come.


def test_a_figure_of_next_year_is_refused_with_its_place(loaded):
    like = {name: all_rows("figures.csv")[0][name] for name in ("indicator", "year")}
    coming = timezone.localdate().year + 1
    add(loaded, "figures.csv", like, year=str(coming))

    with pytest.raises(SeedFault, match="is a year to come"):
        load_seeds(loaded)
    assert not YearlyValue.objects.filter(year=coming).exists()
