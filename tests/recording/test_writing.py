"""Many figures at once: the same history, standings and results as one by one, by quicker ways."""

import pytest

from indicators.collection import Refusal, Stale
from indicators.models import Standing, Tier, ValueRevision, YearlyResult, YearlyValue, bulk
from indicators.recording import Entry, save_values, values
from indicators.results.rebuild import check, rebuild
from tests.cast import YEAR, enter, make_target, make_unit

HISTORY = (
    "value__jurisdiction__code",
    "value__year",
    "version",
    "number",
    "as_entered",
    "change__reason",
)
RESULTS = ("jurisdiction__code", "indicator__code", "year", "number", "basis", "status", "reported")


@pytest.fixture
def few_are_many(monkeypatch):
    for module in (bulk, values):
        monkeypatch.setattr(module, "MANY", 4)


@pytest.fixture
def units(city, children, children_public, share):
    make_target(share, "ge", 50)
    make_target(children, "not_below_last_year")
    return [make_unit(str(500101 + i), f"区{i}", parent=city) for i in range(3)]


def entries(children, children_public, units, *, version=0, add=0):
    return [
        Entry(indicator, unit, year, version, text=str(10 * size + position + add))
        for size, indicator in ((2, children), (1, children_public))
        for position, unit in enumerate(units)
        for year in (2020, 2021)
    ]


def stored(**tier):
    # A row that says nothing is the same as none.
    found = YearlyResult.objects.with_figure().filter(**tier)
    return sorted(found.values_list(*RESULTS, "tier"))


def history():
    return list(ValueRevision.objects.order_by(*HISTORY).values_list(*HISTORY))


def test_many_are_what_one_by_one_are(units, children, children_public):
    given = entries(children, children_public, units)
    for entry in given:
        save_values([entry], actor=None, reason="first")
    singly = stored(), history(), Standing.objects.count()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bulk, "MANY", 4)
        patch.setattr(values, "MANY", 4)
        again = [make_unit(f"6{unit.code}", unit.name, parent=units[0].parent) for unit in units]
        save_values(entries(children, children_public, again), actor=None, reason="first")

    assert [row[1:] for row in stored(jurisdiction__in=again)] == [
        row[1:] for row in singly[0] if row[0] != units[0].parent.code
    ]
    assert len(history()) == 2 * len(singly[1])
    assert Standing.objects.count() == 2 * singly[2]
    assert check()[1] == []


def test_many_changed_at_once_each_have_one_version_more(
    few_are_many, units, children, children_public
):
    save_values(entries(children, children_public, units), actor=None, reason="first")
    changed = save_values(
        entries(children, children_public, units, version=1, add=5), actor=None, reason="again"
    )

    assert {value.version for value in changed} == {2}
    assert {value.pk for value in changed} == set(YearlyValue.objects.values_list("pk", flat=True))
    latest = ValueRevision.objects.filter(version=2)
    assert latest.count() == len(changed)
    assert set(latest.values_list("change__outside", "change__reason")) == {(False, "again")}
    assert Standing.objects.current().filter(revision__version=2).count() == len(changed)
    assert check()[1] == []


def test_of_many_with_a_wrong_one_none_is_saved(few_are_many, units, children, children_public):
    good = entries(children, children_public, units)
    with pytest.raises(Refusal) as refused:
        save_values([*good, Entry(children, units[0], 2019, 0, text="x")], actor=None, reason="")
    assert (refused.value.place, YearlyValue.objects.count()) == (len(good), 0)

    enter(children, units[0], "1", year=2020)
    with pytest.raises(Stale) as stale:
        save_values(good, actor=None, reason="")
    assert (stale.value.place, YearlyValue.objects.count()) == (0, 1)
    assert check()[1] == []


def test_many_for_both_tiers_stand_in_both_and_a_rebuild_finds_nothing(
    few_are_many, units, children, children_public
):
    save_values(entries(children, children_public, units), actor=None, reason="", tiers=tuple(Tier))

    assert len(stored(tier="approved")) == len(stored(tier="reported")) > 12
    assert rebuild()[1] == 0


def test_nothing_but_drafts_at_once(
    of_north, north, officer, children, children_public, monkeypatch
):
    for module in (bulk, values):
        monkeypatch.setattr(module, "MANY", 2)
    given = [
        Entry(indicator, north, YEAR, 0, text="5") for indicator in (children, children_public)
    ]
    save_values(given, actor=officer, reason="")
    assert (YearlyValue.objects.count(), Standing.objects.count()) == (2, 0)
