"""No code computes with exact numbers where SQLite would be silently wrong."""

import pytest
from django.apps import apps

from indicators.models.numbers import ExactNumberField
from tests.house import forbidden, tracked

EXACT_FIELDS = {
    field.name
    for model in apps.get_models()
    for field in model._meta.get_fields()
    if isinstance(field, ExactNumberField)
}


def test_there_are_exact_numbers_to_look_for() -> None:
    assert "number" in EXACT_FIELDS


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("rows.update(number=F('number') + 1)", ["1: update(number=F() with arithmetic)"]),
        ("rows.update(number=models.F('x') * 2)", ["1: update(number=F() with arithmetic)"]),
        ("rows.filter(number__gt=F('x') - 5)", ["1: filter(number__gt=F() with arithmetic)"]),
        ("rows.update(version=F('version') + 1)", []),
        ("rows.filter(number__gt=F('other'))", []),
        ("Value(Decimal('1.5'))", ["1: Value() without output_field"]),
        ("Value(total)", ["1: Value() without output_field"]),
        ("Value(Decimal('1.5'), output_field=ExactNumberField())", []),
        ("Value('text')", []),
        ("from django.db.models import Avg, Sum", ["1: Avg"]),
        ("from django.db.models.functions import Round", ["1: Round"]),
        ("models.StdDev('number')", ["1: models.StdDev"]),
        ("functions.Cast('number', field)", ["1: functions.Cast"]),
        ("amount = models.DecimalField(max_digits=18)", ["1: models.DecimalField"]),
        ("amount = forms.DecimalField()", []),
        ("rows.filter(number__contains='5')", ["1: number__contains"]),
        ("rows.filter(value__number__startswith='5')", ["1: value__number__startswith"]),
        ("rows.filter(Q(number__regex='5'))", ["1: number__regex"]),
        ("rows.filter(**{'number__icontains': '5'})", ["1: number__icontains"]),
        ("rows.filter(name__contains='5')", []),
    ],
)
def test_the_search_finds_what_is_planted(planted: str, found: list[str]) -> None:
    assert forbidden.complaints(planted, {"number"}) == found


def test_no_such_construct_is_in_the_application() -> None:
    modules = [
        file
        for file in tracked.files()
        if file.suffix == ".py" and file.parts[0] == "indicators" and "migrations" not in file.parts
    ]

    assert modules
    assert [
        f"{file}:{complaint}"
        for file in modules
        for complaint in forbidden.complaints(tracked.text_of(file), EXACT_FIELDS)
    ] == []
