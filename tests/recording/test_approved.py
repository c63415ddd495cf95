"""No change of the catalogue moves what is approved: the steps by which it once did in silence."""

from decimal import Decimal as D

import pytest

from indicators.collection import ApprovedWouldMove
from indicators.models import (
    Definition,
    Framework,
    Indicator,
    Jurisdiction,
    Target,
)
from indicators.recording.catalogue import (
    delete,
    save_definition,
    save_indicator,
    save_jurisdiction,
    save_other,
    save_target,
)
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.proposal import confirm, previewed, propose
from indicators.results.rebuild import check
from tests.cast import (
    YEAR,
    enter,
    enter_approved,
    make_indicator,
    make_target,
    make_unit,
    result,
)
from tests.recording.promises import (
    approved_results,
    put,
    refused,
    says,
)
from tests.recording.test_jurisdiction_change import asked_for


def dated_back(share):
    return lambda actor: save_definition(
        Definition(
            indicator=share, valid_from=2010, meaning_zh="新", formula="children / children * 100"
        ),
        actor=actor,
    )


def aggregated_otherwise(children):
    children.aggregation = "max"
    return lambda actor: save_indicator(children, actor=actor)


def asked_of_the_city_only(share):
    share.reporting_level = "above"
    return lambda actor: save_indicator(share, actor=actor)


def delayed(children):
    children.lag = -1
    return lambda actor: save_indicator(children, actor=actor)


def ended(unit):
    unit.valid_to = YEAR
    return lambda actor: save_jurisdiction(unit, actor=actor)


def moved_away(unit):
    unit.parent = make_unit("510000", "他城", "city")
    return lambda actor: save_jurisdiction(unit, actor=actor)


def lit(share):
    framework = Framework.objects.create(code="plan", basis="city_plan", name_zh="规划")
    target = Target(framework=framework, indicator=share, comparator="ge", value=80, level="city")
    return lambda actor: save_target(target, actor=actor)


def another_unit(city):
    unit = Jurisdiction(
        code="500103", name_zh="东区", level="district", parent=city, valid_from=1997
    )
    return lambda actor: save_jurisdiction(unit, actor=actor)


@pytest.mark.parametrize(
    ("change", "moves"),
    [
        (lambda w: dated_back(w["share"]), {"share"}),
        (lambda w: aggregated_otherwise(w["children"]), {"children", "share"}),
        (lambda w: asked_of_the_city_only(w["share"]), {"share"}),
        (lambda w: delayed(w["children"]), {"children"}),
        (lambda w: ended(w["north"]), {"children", "children_public", "share"}),
        (lambda w: moved_away(w["north"]), {"children", "children_public"}),
        (lambda w: another_unit(w["city"]), {"children", "children_public", "share"}),
        (lambda w: lit(w["share"]), {"share"}),
    ],
    ids=["definition", "aggregation", "level", "lag", "valid_to", "parent", "unit", "target"],
)
def test_no_change_of_the_catalogue_moves_what_is_approved(
    published, children, north, south, city, editor, change, moves
):
    world = {"share": published, "children": children, "north": north, "city": city}
    act = change(world)
    before = approved_results()
    refusal = refused(act, editor)

    assert isinstance(refusal, ApprovedWouldMove)
    codes = dict(Indicator.objects.values_list("pk", "code"))
    assert {codes[one.key.indicator_id] for one in refusal.moved} == moves
    assert approved_results() == before
    assert check()[1] == []


@pytest.fixture
def targets(share):
    """One of a statute that is met, and a harder one of a plan that comes after it."""
    return [
        make_target(share, "ge", D(value), basis=basis, principal=False)
        for value, basis in ((40, "statute"), (90, "national_plan"))
    ]


def test_a_framework_that_becomes_another_kind_moves_no_light(targets, published, city, editor):
    assert says(published, city) == (D(50), "met")
    framework = targets[1].framework
    framework.basis = "city_plan"

    assert refused(save_other, framework, actor=editor).code == "approved_would_move"
    assert says(published, city) == (D(50), "met")


def test_a_light_of_approved_figures_is_not_put_out(targets, published, city, editor):
    assert refused(delete, targets[0], actor=editor).code == "approved_would_move"


def test_a_derived_unit_that_no_longer_fits_its_formula_is_refused(
    published, children, north, editor
):
    published.unit = published.display_unit = "persons"
    published.quantity_kind = "count"

    assert refused(save_indicator, published, actor=editor).code == "formula_units"


def test_where_nothing_approved_moves_a_change_is_as_easy_as_ever(children, north, city, editor):
    enter(children, north, "60")
    children.aggregation = "max"

    save_indicator(children, actor=editor)
    assert result(children, city).number == 60


def test_a_round_that_asks_an_indicator_holds_its_lag(asked, children, editor):
    children.lag = -1

    assert refused(save_indicator, children, actor=editor).code == "lag_in_round"


@pytest.mark.parametrize("rule", ["none", "sum"])
@pytest.mark.parametrize("until", [None, YEAR + 1])
def test_what_goes_on_with_a_unit_is_not_cut_off_in_silence(city, north, editor, rule, until):
    counted = make_indicator("counted", aggregation=rule)
    growth = make_indicator("growth", formula="counted - prev(counted)", lower_limit=None)
    make_target(counted, "not_below_last_year", level="county")
    put(counted, north, "100", year=YEAR - 1)
    renaming = asked_for("rename", [north], ("500188", "新区"))
    record_jurisdiction_change(renaming, actor=editor, reason="更名")
    new = Jurisdiction.objects.get(code="500188")
    put(counted, new, "90")
    assert (says(counted, new), says(growth, new)) == ((90, "missed"), (-10, "no_target"))

    north.refresh_from_db()
    north.valid_to = until
    refusal = refused(save_jurisdiction, north, actor=editor)
    assert isinstance(refusal, ApprovedWouldMove)
    of_new = {one.key.indicator_id for one in refusal.moved if one.key.unit_id == new.pk}
    assert of_new == {counted.pk, growth.pk}
    assert check()[1] == []


@pytest.fixture
def not_to_fall(children):
    return make_target(children, "not_below_last_year", level="county")


@pytest.mark.parametrize(
    "fields",
    [{"asked_to": YEAR - 1}, {"asked_from": YEAR + 1}, {"reporting_level": "above"}],
    ids=lambda fields: next(iter(fields)),
)
def test_what_is_asked_no_more_follows_nothing(
    not_to_fall, published, children, children_public, city, north, editor, supervisor, fields
):
    for name, value in fields.items():
        setattr(published, name, value)
    confirmed_by(supervisor, published, editor)
    assert says(published, north) == (None, "no_data")

    enter_approved(children, north, "30")
    assert says(published, north) == (None, "no_data")
    assert check()[1] == []
    confirmed_by(supervisor, redefined(published), editor)
    assert check()[1] == []


def test_a_unit_that_ended_follows_nothing(published, children, north, editor, supervisor):
    north.valid_to = YEAR
    confirmed_by(supervisor, north, editor)
    assert says(published, north) == (None, "no_data")

    confirmed_by(supervisor, redefined(published), editor)
    assert check()[1] == []


def redefined(share):
    return Definition(
        indicator=share, valid_from=YEAR, meaning_zh="新", formula="children / children * 100"
    )


def confirmed_by(supervisor, thing, editor):
    made = propose(thing, act="save", actor=editor, reason="口径调整", seen="")
    confirm(made, actor=supervisor, digest=previewed(made).digest, reason="同意")
