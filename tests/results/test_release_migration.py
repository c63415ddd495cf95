"""A database of before that kept no releases: what it had told by its rules is found."""

import pytest
from django.core.management import call_command

from indicators.models import Release
from indicators.recording.round import close_round
from tests.cast import YEAR, enter_approved, make_indicator, make_unit
from tests.results.test_release import NEXT, change_units, publish
from tests.round_cast import make_round

BEFORE = ("indicators", "0023_level_above")


def kept():
    return set(
        Release.objects.values_list(
            "kind", "indicator__code", "jurisdiction__code", "year", "number", "statement", "digest"
        )
    )


@pytest.fixture
def units(transactional_db, city):
    return [make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(9)]


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
    assert migrated() == before


def test_what_has_moved_is_kept_as_it_was_told(units, city, children):
    publish(children, units)
    told = kept()
    enter_approved(children, units[8], "345")

    figure, spread = sorted(migrated())
    assert figure in told
    assert (spread[0], spread[-1]) == ("spread", "")


def test_a_figure_approved_before_its_round_was_told_then(units, city, supervisor, children):
    publish(children, units)
    told = kept()
    asked = make_round(city, supervisor, [children], units)
    enter_approved(children, units[8], "345")
    close_round(asked, actor=supervisor, version=asked.version, reason="到期")

    assert sorted(migrated())[0] in told


def test_a_merger_is_kept_as_a_spread_that_has_moved(units, city, editor, supervisor, children):
    units += [make_unit(f"50013{n}", f"第{n}县", parent=city) for n in range(2)]
    publish(children, units)
    change_units(editor, supervisor, "merge", units[-2:], ("500199", "合区"))

    assert [(one[0], one[-1]) for one in migrated() if one[0] == "spread"] == [("spread", "")]
