"""What is odd and unexplained in what stands as reported is doubted, by whichever door it came."""

import pytest
from django.db import transaction
from django.urls import reverse

from indicators.figures import figures_of
from indicators.models import Definition, Doubt, DueExamination, Jurisdiction, Rule
from indicators.recording import Entry, save_values
from indicators.recording.catalogue import delete, save_definition, save_rule
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.examination import examine_due
from indicators.recording.jurisdiction_change import record_jurisdiction_change
from indicators.recording.reopening import approve_year
from indicators.recording.submission import submit
from tests.api.conftest import Program
from tests.cast import YEAR, enter, make_indicator, make_unit, make_user, result
from tests.recording.test_jurisdiction_change import asked_for
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


# --- Other things are odd now, or are compared with something else --------------------------------


@pytest.fixture
def at_most_thousand(editor, usual):
    """A rule that an editor has added since."""
    rule = Rule(code="few", name_zh="上限", kind="range", severity="warning", upper=1000)
    return save_rule(rule, actor=editor)


def test_a_new_rule_and_a_changed_one_look_at_what_is_there(at_most_thousand, north, south, editor):
    places = [(unit.code, "children", YEAR) for unit in (north, south)]
    assert doubted() == places

    at_most_thousand.upper = 999
    save_rule(at_most_thousand, actor=editor)
    assert doubted() == sorted([*places, *((code, of, year - 1) for code, of, year in places)])
    at_most_thousand.upper = 2000
    save_rule(at_most_thousand, actor=editor)
    assert doubted() == []


def test_a_new_rule_leaves_alone_what_is_approved(usual, north, south, supervisor, editor):
    for unit in (north, south):
        for year in (YEAR, YEAR - 1):
            approve_year(unit, year, actor=supervisor)
    examine_due()
    save_rule(
        Rule(code="few", name_zh="上限", kind="range", severity="warning", upper=10), actor=editor
    )
    assert not DueExamination.objects.exists()


def test_a_new_target_and_a_new_definition_look_at_what_they_concern(
    usual, children, north, editor
):
    public = make_indicator("children_public")
    for year, text in ((YEAR - 1, "900"), (YEAR, "905")):
        enter(public, north, text, year=year)
    other = make_indicator("other")
    enter(other, north, "5", year=YEAR - 3)
    assert doubted() == []
    definition = Definition(
        indicator=children, valid_from=YEAR - 5, meaning_zh="新口径", formula=""
    )
    save_definition(definition, actor=editor)
    due = set(DueExamination.objects.values_list("jurisdiction_id", "year"))
    assert (north.pk, YEAR) in due
    assert (north.pk, YEAR - 3) not in due


def test_what_stands_out_no_more_is_doubted_no_more(usual, city, north):
    rate = make_indicator(
        "rate", unit="percent", display_unit="percent", quantity_kind="share", aggregation="none"
    )
    units = [make_unit(f"50012{n}", f"第{n}区", parent=city) for n in range(8)]
    for n, unit in enumerate(units):
        enter(rate, unit, f"{50 + n / 10}")
    enter(rate, north, "90")
    assert doubted() == [(north.code, "rate", YEAR)]
    for n, unit in enumerate(units):
        enter(rate, unit, f"{89 + n / 10}", note="重新统计")
    assert doubted() == []


def test_the_city_s_figure_agrees_once_a_unit_s_is_mended(usual, city, north, south, children):
    enter(children, city, "2500")
    assert doubted() == [(city.code, "children", YEAR)]
    enter(children, north, "1490", note="漏报一镇")
    assert doubted() == []


def test_looking_again_at_others_goes_on_to_nobody(usual, city, north, south, children):
    enter(children, city, "2500")
    examine_due()
    enter(children, north, "1011")
    assert examine_due(at_most=1) == 1
    assert list(DueExamination.objects.values_list("jurisdiction_id", "follows")) == [
        (city.pk, True)
    ]
    assert examine_due(at_most=1) == 1
    assert not DueExamination.objects.exists()


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


@pytest.mark.django_db(transaction=True)
def test_a_batch_is_looked_at_before_anybody_reads_its_sum(client, city, children, supervisor):
    officer = make_user("of_city", "officer", city)
    units = [make_unit(f"5003{n:02}", f"第{n}区", parent=city) for n in range(1, 21)]
    for unit in units:
        enter(children, unit, "1000", year=YEAR - 1)
    examine_due()
    rows = [
        {
            "indicator": "children",
            "jurisdiction": unit.code,
            "year": YEAR,
            "version": 0,
            "value": "10100" if unit == units[0] else "1010",
        }
        for unit in units
    ]
    assert Program(officer).post(rows, reason="代填").status_code == 200

    (figure,) = (one for one in figures_of(supervisor, city, YEAR) if one.code == "children")
    assert figure.number == 10100 + 19 * 1010
    assert figure.doubt
    assert not DueExamination.objects.exists()


def test_what_a_rule_hid_is_found_once_it_is_deleted(north, editor):
    share = make_indicator(
        "reached",
        unit="percent",
        display_unit="percent",
        quantity_kind="share",
        aggregation="none",
        direction="higher_better",
    )
    enter(share, north, "96", year=YEAR - 1)
    enter(share, north, "9.6")
    assert doubted() == [(north.code, "reached", YEAR)]
    assert set(Doubt.objects.values_list("rule__code", flat=True)) == {"unit_slip"}

    delete(Rule.objects.get(code="unit_slip"), actor=editor)
    assert doubted() == [(north.code, "reached", YEAR)]


def test_a_renamed_units_figure_is_doubted_when_last_years_changes_under_the_old_name(
    children, north, editor
):
    enter(children, north, "1000", year=YEAR - 1)
    asked = asked_for("rename", [north], ("500101", "新北区"))
    record_jurisdiction_change(asked, actor=editor, reason="更名")
    renamed = Jurisdiction.objects.get(name_zh="新北区")
    enter(children, renamed, "1010", year=renamed.valid_from)
    assert doubted() == []

    enter(children, north, "101", year=renamed.valid_from - 1, note="原数多录一位，已更正")
    assert doubted() == [(renamed.code, "children", renamed.valid_from)]


def test_what_is_reckoned_from_a_base_year_is_doubted_when_that_changes(north, editor):
    counted = make_indicator("counted")
    since = make_indicator(
        "since",
        formula="counted / base_year(counted, 2015) * 100",
        unit="percent",
        display_unit="percent",
        quantity_kind="rate",
        lower_limit=None,
    )
    with changing_catalogue(actor=None):
        usual = Rule.objects.create(
            code="usual", name_zh="常见范围", kind="range", severity="warning", upper=200
        )
        usual.indicators.set([since])
    enter(counted, north, "1000", year=2015)
    enter(counted, north, "900")
    assert doubted() == []

    enter(counted, north, "90", year=2015)
    assert (north.code, "since", YEAR) in doubted()
