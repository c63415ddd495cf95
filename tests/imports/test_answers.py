"""What was answered to a row holds for the figure of which it was asked, as it stood there."""

import pytest

from indicators.imports.mapping import labels_of
from tests.cast import YEAR, enter, make_indicator
from tests.imports.workbooks import answer_rows, confirm, outcomes, said, table, upload

OF_YEAR = ["指标编码", "年份", "数值"]
FILE = {"choice-1": "file"}


def test_what_was_chosen_of_one_unit_is_no_answer_of_another(
    client, city_officer, officer, other_officer, north, south, children
):
    make_indicator("boys")
    enter(children, north, "7", actor=officer)
    enter(children, south, "8", actor=other_officer)
    client.force_login(city_officer)
    file = table(["children", YEAR, 5], ["boys", "", 6], head=OF_YEAR)
    of_import = upload(client, file, unit="500101", reason="代填")
    answer_rows(client, of_import, FILE)
    assert outcomes(of_import)["children"] == "changed"
    client.post(f"/imports/{of_import.pk}/place/", {"unit": "500102", "year": str(YEAR)})
    assert outcomes(of_import)["children"] == "conflict"


def test_what_was_chosen_of_one_indicator_is_no_answer_of_another(
    at_work, officer, north, children, children_public
):
    enter(children, north, "7", actor=officer)
    enter(children_public, north, "8", actor=officer)
    of_import = upload(at_work, table(["甲", 5], head=["项目", "2021年"]), unit="500101")
    name = f"rows-{labels_of(of_import, 'rows')[0].key}-indicator"
    at_work.post(f"/imports/{of_import.pk}/mapping/", {name: "children"})
    answer_rows(at_work, of_import, FILE)
    at_work.post(f"/imports/{of_import.pk}/mapping/", {name: "children_public"})
    assert outcomes(of_import) == {"children_public": "conflict"}


@pytest.mark.parametrize(
    ("code", "text", "choice"),
    [("percent", 0.96, "other"), ("children", "/", "not_available")],
)
def test_what_is_unclear_over_a_stored_figure_is_answered_once(
    at_work, officer, north, percent, children, code, text, choice
):
    enter({"percent": percent, "children": children}[code], north, "90", actor=officer)
    of_import = upload(at_work, table([code, "", YEAR, text]))
    answer_rows(at_work, of_import, {"choice-1": choice, "reason-1": "未统计"})
    assert outcomes(of_import) == {code: "changed"}
    enter({"percent": percent, "children": children}[code], north, "91", actor=officer)
    at_work.post(f"/imports/{of_import.pk}/place/", {"reason": "补"})
    assert outcomes(of_import) == {code: "conflict"}


def test_an_answer_to_a_list_that_has_moved_is_refused(at_work, officer, north, children):
    enter(children, north, "7", actor=officer)
    of_import = upload(at_work, table(["children", "人", YEAR, 5]))
    seen = of_import.list_digest
    enter(children, north, "9999", actor=officer)
    at_work.post(f"/imports/{of_import.pk}/place/", {"reason": "另一窗口"})
    for sent in (FILE, {"every": "file"}):
        answer = at_work.post(f"/imports/{of_import.pk}/choose/", {**sent, "seen": seen})
        assert answer.status_code == 409
    assert outcomes(of_import) == {"children": "conflict"}


def test_a_list_whose_reason_was_changed_elsewhere_is_looked_at_again(at_work, children):
    of_import = upload(at_work, table(["children", "人", YEAR, 5]), reason="甲")
    sent = {"act": "all", "seen": of_import.list_digest}
    at_work.post(f"/imports/{of_import.pk}/place/", {"reason": "乙"})
    assert at_work.post(f"/imports/{of_import.pk}/confirm/", sent).status_code == 409


def test_of_two_rows_of_one_figure_one_can_be_left(at_work, officer, north, children):
    enter(children, north, "7", actor=officer)
    rows = (["children", "人", YEAR, 5], ["children", "人", YEAR, 6])
    of_import = upload(at_work, table(*rows))
    assert [row.outcome for row in of_import.rows.all()] == ["refused", "refused"]
    answer_rows(at_work, of_import, {"choice-1": "leave", "choice-2": "file"})
    assert [row.outcome for row in of_import.rows.all()] == ["left", "changed"]


def test_where_all_is_refused_nothing_is_said_to_be_the_same(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, "很多"]))
    answer = confirm(at_work, of_import, act="valid")
    assert "能导入的与已存数据没有差别" in answer.text
    assert "很多" in said(of_import)
