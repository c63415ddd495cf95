"""Seeds that are loaded while a round runs: what holds an editor holds them.

A row that an editor is refused for the round's sake (lag_in_round, unit_in_round, asked_in_round,
figures_outside_years) is left, as other rows that do not go with what is there.
"""

import pytest

from indicators.catalogue.seeds import load_seeds
from indicators.collection import Refusal
from indicators.models import Indicator, Jurisdiction
from indicators.recording.submission import submit
from tests.cast import enter, make_user, result
from tests.catalogue.files import add, edit, told
from tests.round_cast import fresh, make_round

pytestmark = pytest.mark.django_db
ASKED_YEAR = 2024


@pytest.fixture
def waiting(loaded):
    """A submission of 100, which waits for review."""
    city = Jurisdiction.objects.get(code="500000")
    unit = Jurisdiction.objects.get(code="500101", valid_to=None)
    entered = Indicator.objects.filter(reporting_level="units", aggregation="sum", lag=0)
    indicator = entered.filter(definitions__formula="").first()
    officer, lead = (make_user(role, role, unit) for role in ("officer", "lead"))
    supervisor = make_user("supervisor", "supervisor", city)
    asked = make_round(city, supervisor, [indicator], [unit], evaluation_year=ASKED_YEAR)
    enter(indicator, unit, "100", year=ASKED_YEAR, actor=officer)
    answer = asked.submissions.get()
    submit(answer, actor=lead, version=fresh(answer).version)
    return {"indicator": indicator, "unit": unit, "officer": officer, "folder": loaded}


def test_another_lag_does_not_unlock_what_was_submitted(waiting):
    indicator, unit = waiting["indicator"], waiting["unit"]
    edit(waiting["folder"], "indicators.csv", {"code": indicator.code}, lag="-1")
    load_seeds(waiting["folder"])
    indicator.refresh_from_db()

    with pytest.raises(Refusal):
        enter(indicator, unit, "200", year=ASKED_YEAR, actor=waiting["officer"])
    assert result(indicator, unit, year=ASKED_YEAR).number == 100


def test_a_unit_of_which_a_round_asks_the_year_does_not_end(waiting):
    unit = waiting["unit"]
    key = {"code": unit.code, "valid_from": str(unit.valid_from)}
    edit(waiting["folder"], "jurisdictions.csv", key, valid_to=str(ASKED_YEAR))
    left = told(load_seeds(waiting["folder"]), "jurisdictions.csv")[2]

    unit.refresh_from_db()
    assert unit.valid_to is None
    assert list(left) == [f"{unit.code}|{unit.valid_from}"]
    assert "asks" in left[f"{unit.code}|{unit.valid_from}"]


def test_nor_does_another_begin_in_its_place(waiting):
    """The row of the next unit with its code, which is there once it has ended, is left as well."""
    folder, unit = waiting["folder"], waiting["unit"]
    key = {"code": unit.code, "valid_from": str(unit.valid_from)}
    edit(folder, "jurisdictions.csv", key, valid_to=str(ASKED_YEAR))
    later = {"valid_from": str(ASKED_YEAR), "valid_to": "", "name_zh": "新区"}
    add(folder, "jurisdictions.csv", key, **later)
    left = told(load_seeds(folder), "jurisdictions.csv")[2]

    assert set(left) == {f"{unit.code}|{unit.valid_from}", f"{unit.code}|{ASKED_YEAR}"}
    assert Jurisdiction.objects.filter(code=unit.code, valid_to=None).count() == 1


def test_nor_is_it_put_below_another_unit(waiting):
    folder, unit = waiting["folder"], waiting["unit"]
    city = {"code": "510000", "name_zh": "他城", "parent": "500000"}
    add(folder, "jurisdictions.csv", {"code": "500000"}, **city)
    key = {"code": unit.code, "valid_from": str(unit.valid_from)}
    edit(folder, "jurisdictions.csv", key, parent="510000")
    left = told(load_seeds(folder), "jurisdictions.csv")[2]

    unit.refresh_from_db()
    assert (list(left), unit.parent.code) == ([f"{unit.code}|{unit.valid_from}"], "500000")


def test_what_has_figures_in_the_year_is_asked_in_it(waiting):
    indicator = waiting["indicator"]
    later = str(ASKED_YEAR + 1)
    edit(waiting["folder"], "indicators.csv", {"code": indicator.code}, asked_from=later)
    load_seeds(waiting["folder"])

    indicator.refresh_from_db()
    assert indicator.asked_from is None
