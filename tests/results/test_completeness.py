"""Whether a result is whole is said in one place, of a stated figure as of a summed one."""

from decimal import Decimal as D

from indicators.figures import figures_of
from indicators.figures.findings import findings_in
from indicators.models import Rule, YearlyResult
from indicators.recording.catalogue_change import changing_catalogue
from indicators.results import current_snapshot, inputs_with_drafts
from indicators.results.refresh import STORED_FIELDS, stored
from tests.cast import YEAR, enter, make_target, result


def test_all_forms_of_a_result_say_the_same(children, city, north, south, supervisor):
    enter(children, north, "60")
    place = YearlyResult.objects.filter(jurisdiction=city, indicator=children, tier="reported")

    def said():
        (content,) = stored(place.values_list(*STORED_FIELDS)).values()
        row = result(children, city)
        figure = next(f for f in figures_of(supervisor, city, YEAR) if f.code == children.code)
        seen = {
            (one.is_partial, one.computed_is_partial, one.whole_number, one.whole_computed)
            for one in (content, row, figure.result)
        }
        assert len(seen) == 1
        return seen.pop()

    assert said() == (True, False, None, None)
    enter(children, city, "5000")
    assert said() == (False, True, D(5000), None)
    enter(children, south, "60")
    assert said() == (False, False, D(5000), D(120))


def test_what_the_city_states_is_checked_while_a_district_is_missing(
    children, city, north, south, supervisor
):
    with changing_catalogue(actor=None):
        rule = Rule.objects.create(code="r", kind="range", severity="error", upper=100)
        rule.indicators.add(children)
    enter(children, north, "60")
    enter(children, city, "5000")

    live = findings_in(figures_of(supervisor, city, YEAR), YEAR)
    on_submitting = inputs_with_drafts(current_snapshot(), city.pk, YEAR, [])

    assert list(live) == [("children", YEAR)]
    assert on_submitting.number(children.pk, YEAR) == D(5000)


def test_a_part_is_not_drawn_against_a_whole(children, city, north, south, supervisor):
    def figure():
        return next(f for f in figures_of(supervisor, city, YEAR) if f.code == children.code)

    make_target(children, "ge", 100)
    enter(children, north, "60")
    assert figure().bullet is None

    enter(children, south, "60")
    assert figure().bullet is not None


def test_a_whole_is_not_drawn_against_last_years_part(children, city, north, south, supervisor):
    make_target(children, "not_below_last_year")
    enter(children, north, "60", year=YEAR - 1)
    for unit in (north, south):
        enter(children, unit, "60")

    figure = next(f for f in figures_of(supervisor, city, YEAR) if f.code == children.code)

    assert (figure.goal, figure.bullet, figure.status) == (None, None, "no_data")
