"""The catalogue in the admin: every change passes the door, every refusal comes back to its box."""

from decimal import Decimal as D

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from indicators.models import (
    Definition,
    DutyArea,
    Framework,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Target,
)
from indicators.results.rebuild import check
from tests.cast import YEAR, enter, make_target, make_unit, result

NO_SUM = {"quantity_kind": "statement", "unit": "", "display_unit": "", "aggregation": "sum"}


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def url(model, action, thing=None):
    return reverse(f"admin:indicators_{model}_{action}", args=[thing.pk] if thing else [])


def form_of(response):
    """The form that came back with errors."""
    return response.context["adminform"].form


def boxes(client, page, **changed):
    """What the page's boxes hold, as a browser would send it, with some of it changed."""
    form = client.get(page).context["adminform"].form
    held = {name: form[name].value() for name in form.fields}
    return {
        name: value
        for name, value in {**held, **changed}.items()
        if value is not None and value is not False and value != []
    }


def save(client, model, thing=None, **changed):
    page = url(model, "change", thing) if thing else url(model, "add")
    return client.post(page, boxes(client, page, **changed))


def codes(response):
    return {
        name: [error.code for error in errors]
        for name, errors in form_of(response).errors.as_data().items()
    }


# --- What is kept is what was given, and results follow -------------------------------------------


def test_a_new_definition_gets_the_next_version_and_results_follow(desk, children, north):
    enter(children, north, "5", year=YEAR + 1)
    double = Indicator.objects.get(pk=children.pk)
    double.pk, double.code = None, "double"
    double.save()
    save(desk, "definition", indicator=double.pk, valid_from=1997, meaning_zh="倍", formula="")
    save(
        desk,
        "definition",
        indicator=double.pk,
        valid_from=YEAR + 1,
        meaning_zh="倍",
        formula="children * 2",
    )

    assert list(double.definitions.values_list("version", "valid_from")) == [
        (1, 1997),
        (2, YEAR + 1),
    ]
    assert result(double, north, year=YEAR + 1).number == D(10)
    assert check()[1] == []


def test_a_changed_target_lights_anew(desk, children, north):
    target = make_target(children, "ge", 10, level="county")
    enter(children, north, "7")
    assert result(children, north).status == "missed"

    save(desk, "target", target, value="7")

    assert result(children, north).status == "met"


def test_a_second_principal_target_takes_the_mark(desk, children):
    first = make_target(children, "ge", 10)
    other = Framework.objects.create(code="plan", name_zh="规划", basis="city_plan")

    save(
        desk,
        "target",
        framework=other.pk,
        indicator=children.pk,
        level="city",
        comparator="ge",
        value="20",
        principal="on",
    )

    first.refresh_from_db()
    assert not first.principal
    assert Target.objects.get(framework=other).principal


def test_a_closed_unit_leaves_the_sum(desk, children, city, north, south):
    enter(children, north, "5")
    save(desk, "jurisdiction", south, valid_to=YEAR)

    assert (result(children, city).reported, result(children, city).expected) == (1, 1)


def test_numbers_are_shown_without_trailing_zeros(desk, children):
    target = make_target(children, "ge", D("96.5000"))

    assert boxes(desk, url("target", "change", target))["value"] == "96.5"


def test_an_indicator_is_found_by_its_other_names(desk, children):
    Indicator.objects.filter(pk=children.pk).update(aliases="在园人数；入园幼儿")
    page = desk.get(url("indicator", "changelist"), {"q": "入园幼儿"})

    assert [one.pk for one in page.context["cl"].result_list] == [children.pk]


def test_a_change_of_units_keeps_what_it_names(desk, north, south):
    save(
        desk,
        "jurisdictionchange",
        year=2011,
        kind="merge",
        from_units=[north.pk],
        to_units=[south.pk],
    )

    change = JurisdictionChange.objects.get()
    assert (list(change.from_units.all()), list(change.to_units.all())) == ([north], [south])


@pytest.mark.parametrize(
    ("model", "given"),
    [
        ("dutyarea", {"code": "safety", "name_zh": "校园安全"}),
        ("framework", {"code": "plan", "name_zh": "规划", "basis": "city_plan"}),
        ("jurisdiction", {"code": "500103", "name_zh": "东区", "level": "district"}),
    ],
)
def test_things_are_added_and_deleted(desk, city, model, given):
    if model == "jurisdiction":
        given |= {"valid_from": 1997, "parent": city.pk}
    kinds = {"dutyarea": DutyArea, "framework": Framework, "jurisdiction": Jurisdiction}

    save(desk, model, **given)
    added = kinds[model].objects.get(code=given["code"])
    assert added.name_zh == given["name_zh"]

    desk.post(url(model, "delete", added), {"post": "yes"})
    assert not kinds[model].objects.filter(pk=added.pk).exists()


@pytest.mark.parametrize(
    ("kind", "unit", "given", "limit"),
    [
        ("count", "persons", "", 0),
        ("amount", "yuan", "", 0),
        ("amount", "yuan", "-5", -5),
        ("growth_rate", "percent", "", None),
    ],
)
def test_a_new_count_or_amount_is_not_below_zero_unless_said_otherwise(
    desk, children, kind, unit, given, limit
):
    save(
        desk,
        "indicator",
        code="balance",
        name_zh="结余",
        duty_area=children.duty_area_id,
        quantity_kind=kind,
        unit=unit,
        lower_limit=given,
        period_kind="calendar_year",
    )
    added = Indicator.objects.get(code="balance")
    assert added.lower_limit == limit

    save(desk, "indicator", added, lower_limit="")
    assert Indicator.objects.get(code="balance").lower_limit is None


# --- What the door refuses comes back, with nothing lost ------------------------------------------


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("children +", "formula_unreadable"),
        ("children / nothing * 100", "formula_unknown_code"),
        ("share * 2", "formula_cycle"),
        ("children + 1", "formula_units"),
    ],
)
def test_a_broken_formula_is_refused_beside_its_box(desk, share, formula, code):
    definition = share.definitions.get()
    response = save(desk, "definition", definition, formula=formula, meaning_zh="新的说明")

    assert codes(response) == {"formula": [code]}
    assert form_of(response)["formula"].value() == formula
    assert form_of(response)["meaning_zh"].value() == "新的说明"
    definition.refresh_from_db()
    assert definition.formula == "children_public / children * 100"


def test_a_definition_that_has_figures_is_not_changed_but_its_wording_is(desk, share, north):
    for indicator in Indicator.objects.filter(code__startswith="children"):
        enter(indicator, north, "1")
    definition = share.definitions.get()

    refused = save(desk, "definition", definition, formula="children / children_public * 100")
    assert codes(refused) == {"__all__": ["old_years_change"]}
    assert save(desk, "definition", definition, meaning_zh="更清楚").status_code == 302
    assert share.definitions.get().meaning_zh == "更清楚"


def test_a_version_before_the_last_one_is_refused(desk, children):
    response = save(desk, "definition", indicator=children.pk, valid_from=1990, meaning_zh="更早")

    assert codes(response) == {"valid_from": ["definition_order"]}


def test_the_unit_of_an_indicator_with_figures_stays(desk, children, north):
    enter(children, north, "5")
    response = save(desk, "indicator", children, unit="persons", display_unit="", name_zh="新名")

    assert codes(response) == {"unit": ["unit_is_stable"]}
    assert form_of(response)["name_zh"].value() == "新名"


def test_a_code_is_given_once(desk, children):
    page = url("indicator", "change", children)
    desk.post(page, boxes(desk, page) | {"code": "other"})

    children.refresh_from_db()
    assert children.code == "children"


def test_units_do_not_overlap_nor_lie_within_themselves(desk, city, north):
    make_unit("500110", "旧区", parent=city)
    given = {"level": "district", "valid_from": 2011, "parent": city.pk}
    overlap = save(desk, "jurisdiction", code="500110", name_zh="新区", **given)
    assert codes(overlap) == {"code": ["jurisdiction_overlaps"]}

    cycle = save(desk, "jurisdiction", city, parent=north.pk)
    assert codes(cycle) == {"parent": ["parent_cycle"]}


def test_a_total_that_does_not_fit_is_refused(desk, children, city, north, south):
    enter(children, north, "99999999999999")
    away = make_unit("500109", "外区", valid_from=1997)
    enter(children, away, "1")

    response = save(desk, "jurisdiction", away, parent=city.pk)
    assert codes(response) == {"__all__": ["total_too_large"]}
    away.refresh_from_db()
    assert away.parent is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"value": ""}, "value"),
        ({"comparator": "range"}, "value_to"),
        ({"value_to": "5"}, "value_to"),
        ({"comparator": "range", "value_to": "5"}, "value_to"),
        ({"margin": "-1"}, "margin"),
        ({"level": ""}, "level"),
        ({"value": "ten"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e400"}, "value"),
        ({"value": "123456789012345"}, "value"),
        ({"value": "1.23456"}, "value"),
        ({"framework": "999"}, "framework"),
    ],
)
def test_what_the_database_demands_is_said_beside_the_box(desk, children, given, field):
    target = make_target(children, "ge", 10)
    response = save(desk, "target", target, **given)

    assert list(form_of(response).errors) == [field]
    assert "target_" not in str(form_of(response).errors)


def test_the_same_target_twice_is_said_in_words(desk, children):
    target = make_target(children, "ge", 10)
    response = save(
        desk,
        "target",
        framework=target.framework_id,
        indicator=children.pk,
        level="city",
        comparator="le",
        value="3",
    )

    assert "target_unique" not in str(form_of(response).errors["__all__"])


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"unit": ""}, "unit"),
        ({"aggregation": "all"}, "aggregation"),
        (NO_SUM, "aggregation"),
        ({"lag": "-6"}, "lag"),
        ({"lag": "1"}, "lag"),
        ({"lower_limit": "5", "upper_limit": "4"}, "upper_limit"),
    ],
)
def test_an_indicator_that_cannot_be_is_refused(desk, children, given, field):
    assert list(form_of(save(desk, "indicator", children, **given)).errors) == [field]


def test_another_definition_of_the_same_year_is_refused(desk, children):
    save(desk, "definition", indicator=children.pk, valid_from=2020, meaning_zh="新")
    first, second = children.definitions.order_by("version")

    assert "valid_from" in form_of(save(desk, "definition", second, valid_from=1997)).errors
    assert Definition.objects.get(pk=first.pk).valid_from == 1997


# --- Deleting -------------------------------------------------------------------------------------


def test_what_is_in_use_is_not_deleted_and_tells_nothing_of_who_uses_it(
    desk, children, north, officer
):
    enter(children, north, "5", actor=officer)

    question = desk.get(url("indicator", "delete", children))
    answer = desk.post(url("indicator", "delete", children), {"post": "yes"})

    assert "北区" not in question.content.decode()
    assert Indicator.objects.filter(pk=children.pk).exists()
    assert answer["Location"] == url("indicator", "change", children)
    assert [str(told) for told in get_messages(answer.wsgi_request)]


def test_a_target_is_deleted_and_its_light_goes_out(desk, children, north):
    target = make_target(children, "ge", 5, level="county")
    enter(children, north, "7")

    desk.post(url("target", "delete", target), {"post": "yes"})

    assert (result(children, north).status, result(children, north).target) == ("no_target", None)


def test_nothing_is_deleted_in_bulk(desk, children):
    page = url("indicator", "changelist")
    desk.post(page, {"action": "delete_selected", "_selected_action": [children.pk], "post": "yes"})

    assert Indicator.objects.filter(pk=children.pk).exists()


@pytest.mark.parametrize(
    "model",
    [
        "dutyarea",
        "indicator",
        "definition",
        "framework",
        "target",
        "jurisdiction",
        "jurisdictionchange",
    ],
)
def test_lists_are_searched_and_filtered(desk, children, north, south, model):
    make_target(children, "ge", 5)
    change = JurisdictionChange.objects.create(year=2011, kind="merge")
    change.from_units.add(north)

    assert desk.get(url(model, "changelist"), {"q": "区"}).status_code == 200
    for spec in desk.get(url(model, "changelist")).context["cl"].filter_specs:
        changelist = desk.get(url(model, "changelist")).context["cl"]
        for choice in spec.choices(changelist):
            query = choice["query_string"]
            assert desk.get(url(model, "changelist") + query).status_code == 200, query
