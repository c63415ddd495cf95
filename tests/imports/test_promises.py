"""What an import never does: tell others' figures, save what nobody saw, lose what was there."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators.imports import views
from indicators.models import DutyArea, Import, YearlyValue
from indicators.recording import import_rows
from indicators.recording.catalogue_change import changing_catalogue
from indicators.recording.round import withdraw_round
from indicators.recording.submission import return_submission, submit
from tests.cast import YEAR, enter, make_indicator, make_statement, make_user
from tests.imports.workbooks import (
    HEAD,
    answer_rows,
    confirm,
    csv_file,
    fill,
    outcomes,
    said,
    saved,
    table,
    template_of,
    upload,
)
from tests.round_cast import fresh, make_round

OF_UNIT = ["指标编码", "单位编码", "年份", "数值"]


def stored(code="children", unit="500101"):
    return YearlyValue.objects.get(indicator__code=code, jurisdiction__code=unit)


def choose(client, of_import, **answers):
    said = {name.replace("_", "-"): one for name, one in answers.items()}
    return answer_rows(client, of_import, said)


def stale(client, of_import):
    """Confirm the list as it was when it was last read from the database."""
    sent = {"act": "valid", "seen": of_import.list_digest}
    return client.post(f"/imports/{of_import.pk}/confirm/", sent)


@pytest.mark.parametrize("text", ["—", "77.31", "0.5", "/", "很多", "", 0.5])
def test_nothing_is_told_of_a_figure_that_is_not_the_users(
    at_work, percent, supervisor, other_officer, north, south, text
):
    make_round(north.parent, supervisor, [percent], [north, south])
    empty = upload(at_work, table(["percent", "500102", YEAR, text or "5"], head=OF_UNIT))
    before = list(empty.rows.values_list("outcome", "version", "sentences", "question"))
    enter(percent, south, "77.31", actor=other_officer)
    of_import = upload(at_work, table(["percent", "500102", YEAR, text or "5"], head=OF_UNIT))
    page = at_work.get(f"/imports/{of_import.pk}/").text
    assert "77.31 %" not in page
    assert list(of_import.rows.values_list("outcome", "version", "sentences", "question")) == before
    assert outcomes(of_import) == {"percent": "refused"}


def test_who_loses_the_role_sees_no_stored_figure_any_more(at_work, officer, north, children):
    enter(children, north, "73519", actor=officer)
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    assert "73\u2009519" in at_work.get(f"/imports/{of_import.pk}/").text
    officer.memberships.all().delete()
    assert "73\u2009519" not in at_work.get(f"/imports/{of_import.pk}/").text


def test_a_list_that_another_tab_has_changed_is_not_confirmed(at_work, percent):
    of_import = upload(at_work, table(["percent", "%", YEAR, 0.9561], ["children", "人", YEAR, 5]))
    choose(at_work, of_import, choice_1="other")
    of_import.refresh_from_db()
    choose(at_work, of_import, choice_1="one")
    assert stale(at_work, of_import).status_code == 409
    assert not YearlyValue.objects.exists()


def test_a_list_for_another_unit_is_not_confirmed(client, city_officer, north, south):
    make_indicator("children")
    client.force_login(city_officer)
    file = table(["children", YEAR, 5], head=["指标编码", "年份", "数值"])
    of_import = upload(client, file, unit="500101", reason="代填")
    client.post(f"/imports/{of_import.pk}/place/", {"unit": "500102"})
    assert stale(client, of_import).status_code == 409
    assert not YearlyValue.objects.exists()


def test_names_that_changed_their_owner_bring_the_list_back(at_work, children, children_public):
    name = children.name_zh
    of_import = upload(at_work, table([name, "人", YEAR, 5]))
    with changing_catalogue(actor=None):
        children.name_zh = "旧名"
        children.save()
        children_public.name_zh = name
        children_public.save()
    assert confirm(at_work, of_import).status_code == 409
    assert not YearlyValue.objects.exists()
    confirm(at_work, of_import)
    assert of_import.rows.get().indicator == children_public


@pytest.mark.parametrize("moved", ["said_the_same", "left_alone", "in_conflict"])
def test_a_figure_that_is_not_saved_and_moved_brings_the_list_back(
    at_work, officer, north, children, moved
):
    boys = make_indicator("boys")
    enter(children, north, "5", actor=officer)
    said_of_it = {"said_the_same": 5, "left_alone": "—", "in_conflict": 6}[moved]
    of_import = upload(
        at_work, table(["children", "人", YEAR, said_of_it], ["boys", "人", YEAR, 2])
    )
    enter(children, north, "7", actor=officer)
    assert stale(at_work, of_import).status_code == 409
    assert not YearlyValue.objects.filter(indicator=boys).exists()
    of_import.refresh_from_db()
    stale(at_work, of_import)
    assert stored("boys").number == 2


def test_a_list_of_another_day_or_with_other_rights_is_looked_at_again(
    at_work, officer, children, monkeypatch
):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    other = DutyArea.objects.create(code="other", name_zh="另", name_en="Other", position=9)
    officer.memberships.get().duty_areas.add(other)
    assert stale(at_work, of_import).status_code == 409
    officer.memberships.get().duty_areas.clear()
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    monkeypatch.setattr(import_rows.timezone, "localdate", lambda *_args, **_more: tomorrow)
    assert stale(at_work, of_import).status_code == 409
    assert not YearlyValue.objects.exists()


def test_what_was_chosen_over_one_version_is_no_answer_to_the_next(
    at_work, officer, north, children
):
    enter(children, north, "7", actor=officer)
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    choose(at_work, of_import, choice_1="file")
    assert outcomes(of_import) == {"children": "changed"}
    enter(children, north, "9999", actor=officer)
    assert confirm(at_work, of_import).status_code == 409
    assert outcomes(of_import) == {"children": "conflict"}


def test_an_answer_that_the_row_does_not_ask_is_refused(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    assert choose(at_work, of_import, choice_1="not_available").status_code == 409
    assert outcomes(of_import) == {"children": "new"}


def test_an_answer_can_be_given_again(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, "/"]))
    choose(at_work, of_import, choice_1="leave")
    assert outcomes(of_import) == {"children": "left"}
    choose(at_work, of_import, choice_1="not_applicable", reason_1="没有")
    assert outcomes(of_import) == {"children": "new"}


def test_the_list_says_what_will_be_saved(at_work, percent):
    row = ["percent", "%", YEAR, 0.9561, "", "含民办"]
    of_import = upload(at_work, table(row))
    choose(at_work, of_import, choice_1="other")
    assert of_import.rows.get().becomes == {"figure": "95.61%", "note": "含民办"}
    assert "将保存为 95.61%" in at_work.get(f"/imports/{of_import.pk}/").text
    confirm(at_work, of_import)
    receipt = at_work.get(f"/imports/{of_import.pk}/").text
    assert "已保存为 95.61%" in receipt
    assert "将保存为" not in receipt


def test_the_reason_of_a_state_is_no_note_to_a_figure(at_work, officer, north, children):
    enter(children, north, state="not_available", state_reason="尚未统计", actor=officer)
    head = ["指标编码", "年份", "数值"]
    of_import = upload(at_work, table(["children", YEAR, 5], head=head))
    choose(at_work, of_import, choice_1="file")
    confirm(at_work, of_import)
    assert (stored().number, stored().note, stored().state_reason) == (5, "", "")


def test_a_figure_said_the_same_keeps_its_qualifier(at_work, officer, north, children):
    enter(children, north, "120", qualifier="about", actor=officer)
    of_import = upload(at_work, table(["children", "人", YEAR, "120", "", "新说明"]))
    choose(at_work, of_import, choice_1="file")
    confirm(at_work, of_import)
    assert (stored().qualifier, stored().note) == ("about", "新说明")


def test_ten_thousands_of_any_people_are_ten_thousands(at_work):
    make_indicator("staff", unit="teachers", display_unit="teachers")
    confirm(at_work, upload(at_work, table(["staff", "万人", YEAR, 3])))
    assert stored("staff").number == 30000


def test_points_are_not_per_cent(at_work, percent):
    of_import = upload(at_work, table(["percent", "个百分点", YEAR, 3]))
    assert said(of_import) == "文件中以“个百分点”计，本指标的计量单位是“%”。"


def test_a_share_below_one_is_asked_about_as_text_too(at_work, percent):
    of_import = upload(at_work, table(["percent", "%", YEAR, "0.9561"]))
    assert outcomes(of_import) == {"percent": "question"}


def test_a_template_is_not_taken_for_another_unit(client, city_officer, north, south):
    make_indicator("children")
    client.force_login(city_officer)
    book = template_of(client)
    fill(book, {"children": 5})
    answer = client.post("/imports/", {"file": saved(book), "unit": "500102", "reason": "代"})
    assert answer.context["error"] == "文件是其他单位或年度的模板，与所选的不一致。"


def test_a_file_that_claims_a_year_of_nine_digits_is_read_without_it(at_work):
    book = template_of(at_work)
    fill(book, {"children": 5})
    book["education_duty"]["B2"].value = "999999999"
    assert upload(at_work, saved(book)).evaluation_year is None


def test_a_place_for_what_was_decided_meanwhile_is_refused(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    confirm(at_work, of_import)
    answer = at_work.post(f"/imports/{of_import.pk}/place/", {"unit": "500101", "year": str(YEAR)})
    assert answer.status_code == 409
    assert Import.objects.get().evaluation_year is None


def test_what_can_no_longer_be_entered_stays_when_the_rest_is_taken_back(
    at_work, officer, north, children, children_public
):
    enter(children, north, "700", actor=officer)
    rows = (["children", "人", YEAR, 5], ["children_public", "人", YEAR, 3])
    of_import = upload(at_work, table(*rows))
    choose(at_work, of_import, choice_1="file")
    confirm(at_work, of_import)
    with changing_catalogue(actor=None):
        children.upper_limit = 100
        children.save()
    page = at_work.get(f"/imports/{of_import.pk}/undo/")
    assert (page.context["back"], page.context["stay"]) == (1, 1)
    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    assert (stored().number, stored("children_public").state) == (5, "blank")


def test_what_stayed_can_be_taken_back_once_it_may_be_changed(
    at_work, officer, lead, supervisor, city, north, children
):
    asked = make_round(city, supervisor, [children], [city, north])
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    confirm(at_work, of_import)
    submission = fresh(asked.submissions.get(jurisdiction=north))
    submit(submission, actor=lead, version=submission.version)
    undo = f"/imports/{of_import.pk}/undo/"
    assert at_work.post(undo, {"reason": "误传"}).status_code == 409

    submitted = fresh(submission)
    figures = {"children": "请核对"}
    return_submission(
        submitted, actor=supervisor, version=submitted.version, reason="核对", figures=figures
    )
    at_work.post(undo, {"reason": "误传"})
    assert stored().state == "blank"
    assert Import.objects.get().state == "undone"


def test_the_words_of_a_statement_come_back(at_work, officer, north):
    done = make_statement("done", reporting_level="units")
    enter(done, north, "达到了", statement="met", actor=officer)
    of_import = upload(at_work, table(["done", "", YEAR, "未达到"]))
    choose(at_work, of_import, choice_1="file")
    confirm(at_work, of_import)
    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    assert (stored("done").statement, stored("done").as_entered) == ("met", "达到了")


@pytest.mark.parametrize(("text", "is_met"), [("是", True), ("√", True), ("否", False)])
def test_yes_and_no_say_whether_something_was_reached(at_work, north, text, is_met):
    make_statement("done", reporting_level="units")
    confirm(at_work, upload(at_work, table(["done", "", YEAR, text])))
    assert stored("done").statement == ("met" if is_met else "not_met")


def test_the_same_file_again_after_it_was_taken_back_is_no_conflict(at_work, children):
    rows = (["children", "人", YEAR, 7],)
    of_import = upload(at_work, table(*rows))
    confirm(at_work, of_import)
    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    again = upload(at_work, table(*rows))
    assert outcomes(again) == {"children": "new"}
    confirm(at_work, again)
    assert (stored().number, stored().version) == (7, 3)


@pytest.fixture
def ratio(db):
    kind = {"quantity_kind": "average", "aggregation": "none", "lower_limit": None}
    return make_indicator("ratio", unit="ratio", display_unit="ratio", **kind)


@pytest.mark.parametrize("typed", ["1:15.2", 15.2])
def test_a_ratio_is_filled_into_the_template(at_work, ratio, typed):
    book = template_of(at_work)
    fill(book, {"ratio": typed})
    of_import = upload(at_work, saved(book))
    assert outcomes(of_import)["ratio"] == "new"
    confirm(at_work, of_import)
    assert stored("ratio").number == Decimal("15.2")


@pytest.mark.parametrize("unit", ["比（1：x）", "比(1:x)", "ratio", ""])
def test_the_unit_of_a_ratio_is_known_in_either_width(at_work, ratio, unit):
    assert outcomes(upload(at_work, table(["ratio", unit, YEAR, "1:15.2"]))) == {"ratio": "new"}


@pytest.mark.parametrize("text", ["NaN", "sNaN", "-nan", "1e9999999", "Infinity"])
def test_what_programs_write_for_no_number_is_refused(at_work, percent, text):
    file = csv_file(f"指标编码,年份,填报值\npercent,{YEAR},{text}\n")
    assert outcomes(upload(at_work, file)) == {"percent": "refused"}


def test_what_was_entered_over_a_draft_left_behind_is_not_taken_back(
    at_work, officer, north, city, supervisor, children, children_public
):
    asked = make_round(city, supervisor, [children], [city, north])
    enter(children, north, "5", actor=officer)
    asked.refresh_from_db()
    withdraw_round(asked, actor=supervisor, version=asked.version, reason="重来")
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    confirm(at_work, of_import)
    assert not of_import.rows.saved().exists()
    enter(children, north, "6", actor=make_user("colleague", "officer", north))
    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "误传"})
    assert stored().number == 6


def test_the_head_names_the_columns_in_any_order(at_work):
    head = list(reversed(HEAD))
    confirm(at_work, upload(at_work, table(["", "", 5, YEAR, "人", "children"], head=head)))
    assert stored().number == 5


@pytest.mark.parametrize("act", ["confirm", "choose", "place", "mapping"])
def test_a_file_that_was_forgotten_in_another_window_is_told(at_work, monkeypatch, act):
    """While the page was worked on; it ended in an error of ours."""
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    Import.objects.update(mapping={"columns": {}, "rows": {}})
    found = views._import

    def forgotten_then(request, pk):
        mine = found(request, pk)
        Import.objects.filter(pk=pk).delete()
        return mine

    monkeypatch.setattr(views, "_import", forgotten_then)
    answer = at_work.post(f"/imports/{of_import.pk}/{act}/", {"act": "all"}, follow=True)
    assert "该文件已在其他窗口放弃" in answer.text
