"""Exact numbers in the database: the same tests on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal as D

import hypothesis.strategies as st
import pytest
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Case, Count, F, Max, Min, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from hypothesis import HealthCheck, given, settings

from indicators.collection import Refusal
from indicators.measures.exact import TooLong
from indicators.models import Target, YearlyResult, YearlyValue
from indicators.models.numbers import ExactNumberField, from_sqlite
from tests.cast import enter, make_indicator, make_target, result
from tests.measures.numbers import EXACT

LARGEST = D("99999999999999.9999")
SMALLEST = D("0.0001")
NUMBERS = [D("1.5"), LARGEST, -LARGEST, SMALLEST, -SMALLEST, D(0), D("12345678901234.5678"), D(2)]
MAYBE = st.one_of(EXACT, st.none(), st.sampled_from(NUMBERS))
# Hypothesis rolls back what each example kept (`kept`), so one database serves them all.
OVER_THE_RANGE = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def rows(children, city):
    """Make rows that hold two exact numbers each (`number`, `computed`), a year for each row."""

    def make(numbers, computed=()):
        both = list(computed) or [None] * len(numbers)
        YearlyResult.objects.bulk_create(
            YearlyResult(
                indicator=children,
                jurisdiction=city,
                year=year,
                tier="reported",
                number=number,
                computed=second,
            )
            for year, (number, second) in enumerate(zip(numbers, both, strict=True))
        )
        return YearlyResult.objects.order_by("year")

    return make


@contextmanager
def kept(rows, *columns) -> Iterator:
    with transaction.atomic():
        yield rows(*columns)
        transaction.set_rollback(True)


def years(found):
    return sorted(found.values_list("year", flat=True))


def places(numbers, wanted):
    """Where the numbers are that fulfil what is wanted; a missing one never does."""
    return [i for i, number in enumerate(numbers) if number is not None and wanted(number)]


@given(st.lists(MAYBE, max_size=8))
@OVER_THE_RANGE
def test_every_number_comes_back_as_it_was_kept(rows, numbers):
    with kept(rows, numbers) as there:
        found = list(there.values_list("number", flat=True))

        assert found == numbers == [row.number for row in there]
        assert {type(number) for number in found} <= {D, type(None)}
        assert {n.as_tuple().exponent for n in found if n is not None} <= {-4}


@given(st.lists(MAYBE, max_size=8), EXACT, st.one_of(EXACT, st.sampled_from(NUMBERS)))
@OVER_THE_RANGE
def test_filters_compare_as_numbers_do(rows, numbers, a, b):
    low, high = min(a, b), max(a, b)
    with kept(rows, numbers) as there:
        assert years(there.filter(number=b)) == places(numbers, lambda n: n == b)
        assert years(there.filter(number__lt=b)) == places(numbers, lambda n: n < b)
        assert years(there.filter(number__lte=b)) == places(numbers, lambda n: n <= b)
        assert years(there.filter(number__gt=b)) == places(numbers, lambda n: n > b)
        assert years(there.filter(number__gte=b)) == places(numbers, lambda n: n >= b)
        assert years(there.filter(number__in=[a, b])) == places(numbers, lambda n: n in (a, b))
        assert years(there.filter(number__range=(low, high))) == places(
            numbers, lambda n: low <= n <= high
        )
        assert years(there.filter(number__isnull=True)) == [
            place for place, number in enumerate(numbers) if number is None
        ]


@given(st.lists(st.tuples(MAYBE, MAYBE), max_size=8))
@OVER_THE_RANGE
def test_two_columns_are_compared_with_each_other(rows, pairs):
    numbers, computed = [a for a, _b in pairs], [b for _a, b in pairs]
    with kept(rows, numbers, computed) as there:
        for lookup, wanted in (
            ("computed", lambda a, b: a == b),
            ("computed__gt", lambda a, b: b > a),
            ("computed__lte", lambda a, b: b <= a),
        ):
            assert years(there.filter(**{lookup: F("number")})) == [
                place
                for place, (a, b) in enumerate(pairs)
                if a is not None and b is not None and wanted(a, b)
            ]


@given(st.lists(st.one_of(EXACT, st.sampled_from(NUMBERS)), min_size=1, max_size=9))
@OVER_THE_RANGE
def test_the_database_orders_and_adds_up_as_numbers_do(rows, numbers):
    with kept(rows, numbers) as there:
        assert list(there.order_by("number").values_list("number", flat=True)) == sorted(numbers)
        assert there.aggregate(Sum("number"), Max("number"), Min("number")) == {
            "number__sum": sum(numbers),
            "number__max": max(numbers),
            "number__min": min(numbers),
        }
        assert there.aggregate(n=Count("number", distinct=True)) == {"n": len(set(numbers))}


def test_a_sum_that_the_database_cannot_hold_is_an_error_never_another_number(rows):
    there = rows([LARGEST] * 10)
    try:
        with transaction.atomic():
            total = there.aggregate(total=Sum("number"))["total"]
    except DatabaseError as error:
        total = str(error)

    assert total == (LARGEST * 10 if connection.vendor == "postgresql" else "integer overflow")


def test_a_sum_over_a_group_is_filtered_as_a_number(rows):
    rows([D("1.5"), D("2"), None, D("3.5")])
    totals = YearlyResult.objects.values("indicator").annotate(total=Sum("number"))

    assert [row["total"] for row in totals.filter(total__gt=D("6.9999"))] == [D(7)]
    assert not totals.filter(total__gt=D(7)).exists()
    assert totals.get(total=7)["total"] == D(7)


def test_expressions_that_keep_the_kind_of_number_are_right(rows):
    there = rows([D("1.5"), LARGEST, None], [D(2), None, D(3)])
    zero = Value(D(0), output_field=ExactNumberField())
    same = YearlyResult.objects.filter(computed__gt=OuterRef("number")).values("computed")[:1]

    assert list(there.values_list(Coalesce("number", zero), flat=True)) == [D("1.5"), LARGEST, D(0)]
    assert list(there.values_list(Coalesce("computed", "number"), flat=True)) == [
        D(2),
        LARGEST,
        D(3),
    ]
    larger = Case(When(number__gt=D("1.5"), then="number"), default="computed")
    assert list(there.values_list(larger, flat=True)) == [D(2), LARGEST, D(3)]
    assert there.annotate(larger=Subquery(same)).values_list("larger", flat=True)[0] == D(2)


@pytest.mark.parametrize("number", [*NUMBERS, None])
def test_every_way_to_write_keeps_the_number(rows, number):
    there = rows([D(7), D(7), D(7)])
    first, second, third = there

    first.number = number
    first.save()
    second.number = number
    YearlyResult.objects.bulk_update([second], ["number"])
    there.filter(pk=third.pk).update(number=number)

    assert list(there.values_list("number", flat=True)) == [number] * 3


def test_one_column_is_set_from_the_other(rows):
    there = rows([LARGEST, None], [D(1), D(2)])
    there.update(computed=F("number"))

    assert list(there.values_list("computed", flat=True)) == [LARGEST, None]


@pytest.mark.parametrize("number", ["1.5", "1.50000", D("1.5"), D("15e-1")])
def test_the_same_number_is_found_however_it_is_given(rows, number):
    assert years(rows([D("1.5"), D(2)]).filter(number=number)) == [0]


def test_a_whole_number_is_found_as_an_int(rows):
    assert years(rows([D("1.5"), D(2)]).filter(number__in=[2, "1.5"])) == [0, 1]


@pytest.mark.parametrize("lookup", ["exact", "lt", "gte"])
@pytest.mark.parametrize(
    ("number", "error"),
    [
        (1.5, TypeError),
        (True, TypeError),
        ([1], TypeError),
        ("abc", ValueError),
        ("", ValueError),
        ("NaN", ValueError),
        ("1e400", TooLong),
        (10**14, TooLong),
        ("100000000000000", TooLong),
        (D("0.00001"), TooLong),
    ],
)
def test_what_cannot_be_a_number_raises_instead_of_finding_something(rows, lookup, number, error):
    there = rows([D("1.5")])
    with pytest.raises(error):
        list(there.filter(**{f"number__{lookup}": number}))


def test_the_same_holds_in_lists_ranges_groups_and_updates(rows, children, city):
    there = rows([D("1.5")])
    for act in (
        lambda: list(there.filter(number__in=[D(1), 1.5])),
        lambda: list(there.filter(number__range=(1, 1.5))),
        lambda: list(there.values("year").annotate(t=Sum("number")).filter(t__gt=1.5)),
        lambda: there.update(number=1.5),
        lambda: YearlyResult.objects.create(
            indicator=children, jurisdiction=city, year=9, tier="reported", number=1.5
        ),
    ):
        with pytest.raises(TypeError, match="float"), transaction.atomic():
            act()
    with pytest.raises(TooLong), transaction.atomic():
        there.update(number=LARGEST + SMALLEST)
    assert there.get().number == D("1.5")


@pytest.mark.parametrize(
    "expression",
    [
        F("number") + F("computed"),
        F("number") * 2,
        F("number") + D(1),
        -F("number"),
        Sum("number") + 1,
        Coalesce("number", Value(D(0))),
        Coalesce("number", "year"),
    ],
)
def test_arithmetic_in_the_database_raises_instead_of_being_ten_thousand_times_off(
    rows, expression
):
    there = rows([D("1.5")], [D(2)])
    with pytest.raises(FieldError):
        list(there.annotate(found=expression))


@pytest.mark.parametrize(
    ("north_enters", "south_enters"),
    [("99999999999999.9998", "0.0001"), ("50000000000000", "49999999999999.9999")],
)
def test_a_total_reaches_the_limit_exactly_and_not_one_ten_thousandth_more(
    city, north, south, north_enters, south_enters
):
    spent = make_indicator("spent", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")
    enter(spent, north, north_enters)
    enter(spent, south, south_enters)
    assert result(spent, city).number == LARGEST

    with pytest.raises(Refusal) as refusal:
        enter(spent, south, str(D(south_enters) + SMALLEST))
    assert refusal.value.code == "total_too_large"
    assert result(spent, city).number == LARGEST
    assert YearlyValue.objects.get(jurisdiction=south).number == D(south_enters)


def test_a_total_below_zero_has_the_same_limit(city, north, south):
    balance = make_indicator("balance", unit="yuan", quantity_kind="amount", lower_limit=None)
    enter(balance, north, "-99999999999999.9999")

    with pytest.raises(Refusal) as refusal:
        enter(balance, south, "-0.0001")
    assert refusal.value.code == "total_too_large"
    enter(balance, south, "0.0001")
    assert result(balance, city).number == -LARGEST + SMALLEST


def test_raw_sql_sees_a_numeric_or_ten_thousandths_which_one_function_scales_back(rows):
    rows(NUMBERS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM indicators_yearlyresult ORDER BY year")
        raw = [number for (number,) in cursor.fetchall()]

    if connection.vendor == "sqlite":
        assert {type(number) for number in raw} == {int}
        raw = [from_sqlite(number) for number in raw]
    assert raw == NUMBERS
    assert from_sqlite(None) is None


@pytest.mark.parametrize("form", ["json", "xml", "jsonl"])
def test_a_target_goes_through_a_dump_and_back(children, tmp_path, form):
    target = make_target(children, "range", LARGEST - 1, value_to=LARGEST, margin=None, year=2025)
    before = Target.objects.values().get()
    file = tmp_path / f"targets.{form}"
    call_command("dumpdata", "indicators.target", format=form, output=str(file), verbosity=0)
    target.delete()
    call_command("loaddata", str(file), verbosity=0)

    assert Target.objects.values().get() == before
    assert (before["value_to"], before["margin"]) == (LARGEST, None)


def test_a_form_asks_for_as_many_digits_as_are_kept():
    field = ExactNumberField().formfield()

    assert field.clean("99999999999999.9999") == LARGEST
    for long in ("100000000000000", "1.00001", "1e400", "NaN"):
        with pytest.raises(ValidationError):
            field.clean(long)


@pytest.mark.parametrize("wrong", ["x", "1e14", "0.00001", 1.5])
def test_validation_of_a_model_is_a_message_not_a_crash(wrong):
    with pytest.raises(ValidationError) as error:
        ExactNumberField().clean(wrong, None)
    assert error.value.code == "number_too_long"
