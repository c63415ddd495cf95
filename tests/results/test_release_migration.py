"""A database of before that kept no releases: what it had told by its rules is found."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from indicators.models import Indicator, Jurisdiction, Release, YearlyResult
from indicators.recording import guards
from indicators.recording.jurisdiction_change import propose_jurisdiction_change
from indicators.recording.proposal import confirm, previewed
from indicators.recording.round import close_round
from tests.cast import YEAR, enter_approved, make_indicator, make_unit, make_user
from tests.recording.test_jurisdiction_change import asked_for
from tests.results.release_cast import NEXT, change_units, edit_unit, publish, told
from tests.round_cast import make_round

BEFORE = ("indicators", "0023_level_above")


def kept():
    return set(
        Release.objects.values_list(
            "kind",
            "indicator__code",
            "jurisdiction__code",
            "year",
            "withdrawn",
            "number",
            "statement",
            "digest",
        )
    )


@pytest.fixture
def units(city):
    return [make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(9)]


def found_anew():
    """What the two migrations find that look at what had been told, of the tables as they are."""
    guards.off("default")
    Release.objects.all().delete()
    guards.on("default")
    import_module("indicators.migrations.0024_release").release_what_was_told(apps, None)
    import_module("indicators.migrations.0026_counted_but_nothing").count_again(apps, None)
    return kept()


def migrated():
    call_command("migrate", *BEFORE, verbosity=0)
    call_command("migrate", verbosity=0)
    return kept()


def test_what_was_told_is_found(units, city, editor, supervisor, children, children_public):
    make_indicator("growth", formula="children - prev(children)", lower_limit=None)
    make_indicator("ranked", aggregation="none")
    closed = make_round(city, supervisor, [children_public], units)
    publish(children_public, units)
    enter_approved(children_public, units[8], "345")
    close_round(closed, actor=supervisor, version=closed.version, reason="到期")
    publish(children, units)
    publish(children, units, first=2000, year=NEXT)
    publish(make_indicator("few"), units[:5])
    make_round(city, supervisor, [children], units, evaluation_year=YEAR - 2)
    publish(children, units, year=YEAR - 2)
    change_units(editor, supervisor, "rename", units[-1:], ("500188", "新区"))
    before = kept()

    assert len({(kind, year) for kind, _code, _unit, year, *_says in before}) == 4
    assert found_anew() == before


@pytest.mark.thorough
def test_it_is_found_on_the_way_forward(transactional_db, units, children):
    publish(children, units)
    before = kept()

    assert len(before) == 2
    assert migrated() == before


def kinds():
    return [(one[0], one[4]) for one in sorted(found_anew())]


def test_what_has_moved_is_withdrawn(units, city, children):
    publish(children, units)
    enter_approved(children, units[8], "345")

    assert kinds() == [("figure", True), ("spread", True)]


def test_a_figure_approved_before_its_round_was_told_then(units, city, supervisor, children):
    publish(children, units)
    asked = make_round(city, supervisor, [children], units)
    enter_approved(children, units[8], "345")
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")

    assert kinds() == [("figure", True), ("spread", True)]


def test_a_sum_of_few_was_never_told(units, city, children):
    publish(children, units[:5])
    enter_approved(children, units[4], "345")
    for unit in units[5:]:
        enter_approved(children, unit, state="not_applicable", state_reason="none here")

    assert kinds() == [("spread", True)]


def test_a_merger_withdraws_the_spread(units, city, editor, supervisor, children):
    units += [make_unit(f"50013{n}", f"第{n}县", parent=city) for n in range(2)]
    publish(children, units)
    change_units(editor, supervisor, "merge", units[-2:], ("500199", "合区"))

    assert [(kind, gone) for kind, gone in kinds() if kind == "spread"] == [("spread", True)]


def test_a_unit_renamed_twice_is_the_one_that_it_was(units, city, editor, supervisor, children):
    publish(children, units)
    for at, code in ((2019, "500188"), (2020, "500189")):
        renaming = asked_for("rename", units[-1:], (code, f"新{code}"), day=date(at, 6, 1))
        made = propose_jurisdiction_change(renaming, actor=editor, reason="更名")
        confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")
        units[-1] = Jurisdiction.objects.get(code=code)
    before = kept()

    assert [(one[0], one[4]) for one in sorted(before)] == [("figure", False), ("spread", False)]
    assert found_anew() == before


def test_a_unit_that_moved_out_withdraws_the_spread(units, city, editor, supervisor, children):
    publish(children, units)
    units[-1].parent = make_unit("510000", "邻市", "city")
    edit_unit(editor, supervisor, units[-1])

    assert kinds() == [("figure", True), ("spread", True)]


@pytest.mark.thorough
def test_what_was_told_of_few_that_are_not_nothing_is_told_no_more(
    transactional_db, units, city, supervisor, children, children_public, share
):
    """In a database of when zeros were counted, and full shares were told."""
    officer = make_user("first", "officer", units[0])
    numbers = [str(1000 + n) for n in range(9)]
    sums = {children: numbers, children_public: numbers}
    sums[make_indicator("accidents")] = ["3", *["0"] * 8]
    for indicator, texts in sums.items():
        for unit, text in zip(units, texts, strict=True):
            enter_approved(indicator, unit, text)
    make_indicator("twice", formula="accidents * 2")
    rows = YearlyResult.objects.filter(tier="approved", jurisdiction=city)
    right = dict(rows.values_list("indicator__code", "counted"))
    assert right == {"accidents": 1, "children": 9, "children_public": 9, "share": 9, "twice": 1}

    call_command("migrate", "indicators", "0025_first_start", verbosity=0)
    rows.update(counted=9)
    then = MigrationExecutor(connection).loader.project_state(("indicators", "0025_first_start"))
    release = then.apps.get_model("indicators", "Release")
    for code, number in (("accidents", 3), ("children_public", 9036), ("share", 100)):
        # No columns but these: others came later.
        pk = Indicator.objects.only("code").get(code=code).pk
        release.objects.create(
            kind="figure", indicator_id=pk, jurisdiction_id=city.pk, year=YEAR, number=number
        )
    call_command("migrate", verbosity=0)

    assert dict(rows.values_list("indicator__code", "counted")) == right
    assert [told(officer, indicator, city) for indicator in (*sums, share)] == [
        9036,
        None,
        None,
        None,
    ]
    assert told(supervisor, share, city) == 100
