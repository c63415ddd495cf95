"""One district's revenue ten times too large, in a city that has no last year: it does not pass."""

import pytest

from indicators.collection import Refusal
from indicators.models import Finding
from indicators.recording.submission import submit
from tests.cast import enter, make_indicator, make_unit
from tests.round_cast import fresh, make_round

pytestmark = pytest.mark.usefixtures("usual_rules")


@pytest.fixture
def revenue():
    return make_indicator("revenue", unit="yuan", display_unit="yi_yuan", quantity_kind="amount")


@pytest.fixture
def pupils():
    return make_indicator("average_enrolment")


@pytest.fixture
def per_pupil(revenue, pupils):
    return make_indicator(
        "revenue_per_pupil",
        formula="revenue / average_enrolment",
        unit="yuan_per_pupil",
        display_unit="yuan_per_pupil",
        quantity_kind="average",
    )


@pytest.fixture
def of_north(city, north, south, supervisor, revenue, pupils, per_pupil):
    """The submission of a district whose five neighbours have reported what is usual."""
    for number, each in enumerate((9_000, 9_500, 10_000, 10_500, 11_000)):
        unit = make_unit(f"50011{number}", f"第{number}区", parent=city)
        enter(pupils, unit, "1000")
        enter(revenue, unit, f"{each * 1000}")
    asked = make_round(city, supervisor, [revenue, pupils], [city, north, south])
    return asked.submissions.select_related("round").get(jurisdiction=north)


def sent(submission, lead):
    try:
        submit(submission, actor=lead, version=fresh(submission).version)
    except Refusal as refusal:
        return refusal.code, refusal.params.get("names")
    return fresh(submission).state, ""


def found():
    return {(one.rule.code, one.indicator.code) for one in Finding.objects.current()}


def test_it_is_doubted_for_its_size_and_so_is_what_is_worked_out_from_it(
    of_north, revenue, pupils, north, officer, lead
):
    enter(pupils, north, "1200", actor=officer)
    enter(revenue, north, "120000000", actor=officer)
    assert sent(of_north, lead) == (
        "explanations_missing",
        "指标revenue、指标revenue_per_pupil、指标average_enrolment",
    )

    enter(revenue, north, "120000000", note="含一次性土地收入", actor=officer)
    enter(pupils, north, "1200", note="已核对", actor=officer)
    assert sent(of_north, lead)[0] == "submitted"
    assert {("size_stands_out", "revenue"), ("stands_out", "revenue_per_pupil")} <= found()
    assert all(one.explanation for one in Finding.objects.current())


def test_what_is_usual_for_its_size_passes(of_north, revenue, pupils, north, officer, lead):
    enter(pupils, north, "1200", actor=officer)
    enter(revenue, north, "12000000", actor=officer)

    assert sent(of_north, lead)[0] == "submitted"
    assert found() == set()


def test_a_figure_is_held_against_the_one_that_it_replaces(
    of_north, revenue, pupils, north, officer, lead
):
    enter(pupils, north, "12", actor=officer)
    enter(revenue, north, "120000", actor=officer)
    enter(revenue, north, "1200000", actor=officer)

    code, names = sent(of_north, lead)
    assert code == "explanations_missing"
    assert "指标revenue" in names
