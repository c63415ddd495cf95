"""A bad row is refused with the same sentence, in the admin and in the seeds."""

from functools import partial

import pytest
from django.db.models import CheckConstraint
from django.urls import reverse
from django.utils import translation

from indicators.catalogue.check import check_catalogue
from indicators.catalogue.row_validation import row_faults
from indicators.catalogue.seeds import load_seeds
from indicators.catalogue.seeds_files import SeedFault, read_folder
from indicators.models import (
    Definition,
    Framework,
    Indicator,
    Jurisdiction,
    JurisdictionChange,
    Rule,
    Target,
)
from tests.cast import make_indicator, make_target
from tests.catalogue.files import edit, path_with, rows
from tests.models.test_constraints import BROKEN, SOUND

PAIR = {"kind": "comparison", "left": "children", "comparator": "le", "right": "children"}
# Model, the change of a good row, and the box that it is about.
BAD_ROWS = [
    ("indicator", {"code": "2Children"}, "code"),
    ("indicator", {"unit": "", "display_unit": ""}, "unit"),
    ("indicator", {"display_unit": "yi_yuan"}, "display_unit"),
    ("indicator", {"quantity_kind": "statement", "aggregation": "all", "unit": ""}, "display_unit"),
    ("indicator", {"aggregation": "all"}, "aggregation"),
    ("indicator", {"decimals": "5"}, "decimals"),
    ("indicator", {"lag": "1"}, "lag"),
    ("indicator", {"upper_limit": "-1"}, "upper_limit"),
    ("indicator", {"position": "-1"}, "position"),
    ("indicator", {"name_zh": "名" * 201}, "name_zh"),
    ("definition", {"valid_from": "1066"}, "valid_from"),
    ("definition", {"formula": "( 1"}, "formula"),
    ("target", {"value": ""}, "value"),
    ("target", {"value_to": "99"}, "value_to"),
    ("target", {"comparator": "range", "value_to": "1"}, "value_to"),
    ("target", {"margin": "-1"}, "margin"),
    ("target", {"year": "202"}, "year"),
    ("rule", {"code": "a-hyphen"}, "code"),
    ("rule", {"unit": "yi_yuan"}, "unit"),
    ("rule", {**PAIR, "right": ""}, "right"),
    ("rule", {**PAIR, "kind": "growth", "comparator": "", "right": ""}, "left"),
    ("rule", {**PAIR, "left": "children +"}, "left"),
    ("rule", {"valid_to": "1980"}, "valid_to"),
    ("jurisdiction", {"valid_to": "1997"}, "valid_to"),
    ("jurisdiction", {"valid_from": "97"}, "valid_from"),
    ("jurisdiction", {"parent": ""}, "parent"),
    ("jurisdiction", {"tile_column": "0"}, "tile_column"),
]
# A formula over indicators that both ways have, and the code of what is wrong with it.
BAD_FORMULAS = [
    ("preschool_total / nothing * 100", "formula_unknown_code"),
    ("preschool_total * 2", "formula_units"),
    ("preschool_total + preschool_public_share", "formula_unlike_units"),
    ("security_guards_coverage * 100", "formula_of_statement"),
    ("textbook_review_rounds * 100 / textbook_review_rounds", "formula_of_above_only"),
    ("prev(preschool_public_share)", "formula_cycle"),
]
KEYS = {
    "indicator": {"code": "preschool_total"},
    "definition": {"indicator": "preschool_total"},
    "target": {"framework": "plan-14-national", "indicator": "preschool_gross_enrolment_rate"},
    "rule": {"code": "only_increase"},
    "jurisdiction": {"code": "500103"},
}


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    client.cookies["django_language"] = "en"
    return client


def good_row(folder, model):
    """A row that both ways take, by column."""
    key = KEYS[model]
    path = path_with(folder, f"{model}s.csv", key)
    return next(row for row in rows(path) if key.items() <= row.items())


def sentence_of_the_seeds(read, folder, model, key, changed, field):
    edit(folder, f"{model}s.csv", key, **changed)
    with pytest.raises(SeedFault) as caught:
        read(folder)
    place, said = str(caught.value).split(f", column {field}: ")
    assert place.split("/")[-1].startswith(f"{model}s.csv, line ")
    return said.removesuffix(".")


def errors_of_the_admin(desk, model, given):
    page = reverse(f"admin:indicators_{model}_add")
    response = desk.post(
        page, {name: cell for name, cell in given.items() if cell not in ("no", "")}
    )
    assert response.status_code == 200
    form = response.context["adminform"].form
    return {
        field: [said.removesuffix(".") for said in errors] for field, errors in form.errors.items()
    }


@pytest.mark.parametrize(("model", "changed", "field"), BAD_ROWS)
def test_a_bad_row_gets_the_same_sentence_both_ways(
    desk, folder, children, city, model, changed, field
):
    law = Framework.objects.create(code="law", basis="statute", name_zh="法")
    other = Indicator.objects.get(pk=children.pk)
    other.pk, other.code = None, "other"
    other.save()
    places = {
        "duty_area": children.duty_area_id,
        "indicator": other.pk,
        "framework": law.pk,
        "parent": city.pk,
        "indicators": children.pk,
    }
    row = {**good_row(folder, model), **changed}
    given = {name: places[name] if cell and name in places else cell for name, cell in row.items()}

    errors = errors_of_the_admin(desk, model, given)
    said = sentence_of_the_seeds(read_folder, folder, model, KEYS[model], changed, field)

    assert errors.get(field) == [said], errors


@pytest.mark.parametrize(("formula", "code"), BAD_FORMULAS)
def test_a_bad_formula_gets_the_same_sentence_three_ways(desk, folder, formula, code):
    load = partial(load_seeds, catalogue_only=True)
    load(folder)
    key = {"indicator": "preschool_public_share"}
    definition = Definition.objects.get(indicator__code=key["indicator"])
    given = {"valid_from": 2030, "meaning_zh": "口径", "formula": formula}

    errors = errors_of_the_admin(
        desk, "definition", {**given, "indicator": definition.indicator_id}
    )
    said = sentence_of_the_seeds(load, folder, "definition", key, {"formula": formula}, "formula")
    Definition.objects.filter(pk=definition.pk).update(formula=formula)
    found = {one.kind: one.said for one in check_catalogue()}

    assert errors == {"formula": [said.removeprefix("v1: ").replace("From 1997", "From 2030")]}
    assert found[code].removesuffix(".") == said


def test_what_is_always_computed_does_not_add_up(desk, children):
    total = make_indicator("total", formula="children * 2")
    page = reverse("admin:indicators_indicator_change", args=[total.pk])
    form = desk.get(page).context["adminform"].form
    held = {name: form[name].value() for name in form.fields if form[name].value() is not None}

    response = desk.post(page, {**held, "aggregation": "sum"})
    Indicator.objects.filter(pk=total.pk).update(aggregation="sum")

    assert response.context["adminform"].form.errors == {
        "aggregation": [one.said for one in check_catalogue() if one.kind == "derived_adds_up"]
    }


def test_two_definitions_of_one_year_get_the_same_sentence(desk, folder, children):
    later = Definition.objects.create(
        indicator=children, version=2, valid_from=2010, meaning_zh="口径"
    )
    page = reverse("admin:indicators_definition_change", args=[later.pk])
    answer = desk.post(page, {"valid_from": 1997, "meaning_zh": "口径", "formula": ""})
    text = (folder / "definitions.csv").read_text(encoding="utf-8")
    first = next(row for row in rows(folder / "definitions.csv"))
    line = f"{first['indicator']},9,{first['valid_from']},口径,,,\n"
    (folder / "definitions.csv").write_text(text + line, encoding="utf-8")

    with pytest.raises(SeedFault) as caught:
        read_folder(folder)

    said = answer.context["adminform"].form.errors["valid_from"][0]
    assert str(caught.value).endswith(f"column valid_from: {said}")


@pytest.mark.parametrize(
    ("name", "model", "broken"),
    [
        (name, model, broken)
        for name, model, broken in BROKEN
        if model in (Indicator, Definition, Target, Rule, Jurisdiction, JurisdictionChange)
        and name
        in {one.name for one in model._meta.constraints if isinstance(one, CheckConstraint)}
    ],
)
def test_what_the_database_refuses_of_a_row_is_said_in_words_before(name, model, broken, city):
    """But for what other rows decide. Nothing of it is Django's “Constraint … is violated”."""
    references = {f.name for f in model._meta.get_fields() if f.is_relation}
    given = {k: v for k, v in {**SOUND[model], **broken}.items() if k not in references}
    thing = model(**given)
    if "jurisdiction" in broken:
        thing.jurisdiction = city
    said = [sentence for _field, sentence in row_faults(thing, without=references)]

    assert said
    assert not any(name in sentence or "violated" in sentence for sentence in said)


def test_a_target_that_can_be_is_refused_by_nothing(children):
    assert list(row_faults(make_target(children, "ge", 1))) == []
