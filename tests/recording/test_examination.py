"""What is odd and unexplained in what stands as reported is doubted, by whichever door it came."""

import pytest
from django.db import transaction
from django.urls import reverse

from indicators.models import Doubt, DueExamination
from indicators.recording import Entry, save_values
from indicators.recording.examination import examine_due
from indicators.recording.reopening import approve_year
from indicators.recording.submission import submit
from tests.cast import YEAR, enter, make_indicator, result
from tests.round_cast import fresh, make_round

pytestmark = pytest.mark.usefixtures("usual_rules")


def doubted():
    examine_due()
    assert not DueExamination.objects.exists()
    rows = Doubt.objects.values_list("jurisdiction__code", "indicator__code", "year")
    return sorted(set(rows))


@pytest.fixture
def usual(children, north, south):
    for unit in (north, south):
        enter(children, unit, "1000", year=YEAR - 1)
        enter(children, unit, "1010")
    assert doubted() == []


def test_a_figure_ten_times_last_years_is_doubted_where_no_round_asks_it(usual, children, north):
    enter(children, north, "10100")
    assert doubted() == [(north.code, "children", YEAR)]


def test_a_note_explains_it_and_a_mended_figure_is_doubted_no_longer(usual, children, north):
    enter(children, north, "10100")
    assert doubted()
    enter(children, north, "10100", note="两镇划入")
    assert doubted() == []
    enter(children, north, "20200")
    assert doubted() == [(north.code, "children", YEAR)], "the note was said to another figure"
    enter(children, north, "1020")
    assert doubted() == []


def test_approval_closes_it(usual, children, north, supervisor):
    enter(children, north, "10100")
    assert doubted()
    approve_year(north, YEAR, actor=supervisor, reason="已核实")
    assert doubted() == []


def test_a_change_of_last_years_figure_doubts_this_years(usual, children, north):
    enter(children, north, "101", year=YEAR - 1)
    assert (north.code, "children", YEAR) in doubted()


def test_what_is_worked_out_is_doubted_too_and_explained_from_below(usual, children, north):
    public = make_indicator("children_public")
    share = make_indicator(
        "share",
        formula="children_public / children * 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        direction="higher_better",
    )
    enter(public, north, "900", year=YEAR - 1)
    enter(public, north, "500")
    assert doubted() == [(north.code, share.code, YEAR)]
    enter(public, north, "500", note="两所公办园停办")
    assert doubted() == []


def test_a_draft_is_not_doubted_and_what_was_explained_in_the_round_is_not_either(
    usual, children, city, north, south, officer, lead, supervisor
):
    asked = make_round(city, supervisor, [children], [north, south])
    enter(children, north, "10100", actor=officer)
    assert doubted() == []
    enter(children, north, "10100", actor=officer, note="两镇划入")
    held = asked.submissions.get(jurisdiction=north)
    submit(held, actor=lead, version=fresh(held).version)
    assert doubted() == []


def test_a_load_of_an_operator_is_looked_at(usual, children, north):
    entry = Entry(children, north, YEAR, version=1, text="10100")
    save_values([entry], actor=None, reason="历史数据", origin="backfilled")
    assert doubted() == [(north.code, "children", YEAR)]


def test_what_was_rolled_back_is_not_due(usual, children, north):
    with transaction.atomic():
        enter(children, north, "10100")
        transaction.set_rollback(True)
    assert not DueExamination.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_request_that_saves_looks_itself(usual, client, children, north, officer):
    client.force_login(officer)
    client.post(*sheet_with(north, "10100"))
    assert result(children, north).number == 10100
    assert Doubt.objects.filter(jurisdiction=north, indicator=children).exists()


@pytest.mark.django_db(transaction=True)
def test_what_goes_wrong_in_looking_undoes_no_save(
    usual, client, children, north, officer, monkeypatch, caplog
):
    def broken(*_args, **_more):
        raise RuntimeError("rules")

    monkeypatch.setattr("indicators.recording.examination.examine_due", broken)
    client.force_login(officer)
    assert client.post(*sheet_with(north, "10100")).status_code == 302
    assert result(children, north).number == 10100
    assert DueExamination.objects.exists()
    assert "not examined" in caplog.text


def sheet_with(unit, text):
    """Address and boxes of a sheet on which the figure of version 1 is written over."""
    boxes = {"value": text, "version": 1, "state": "", "note": ""}
    page = reverse("entry:sheet", args=[unit.code, YEAR, "funding"])
    return page, {f"children-{name}": text for name, text in boxes.items()}
