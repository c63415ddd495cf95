"""From the template to the receipt, and back: what an officer does with a workbook."""

import re

import pytest

from indicators.models import Import, Standing, ValueRevision, YearlyValue
from tests.cast import YEAR, enter, make_indicators
from tests.imports.workbooks import (
    HEAD,
    answer_rows,
    confirm,
    fill,
    outcomes,
    said,
    saved,
    table,
    template_of,
    upload,
)


def stored(code, unit="500101"):
    return YearlyValue.objects.get(indicator__code=code, jurisdiction__code=unit, year=YEAR)


@pytest.fixture
def at_work(client, officer, children, children_public, share):
    client.force_login(officer)
    return client


def test_a_template_that_was_filled_in_is_imported(at_work, officer):
    enter(children_of(), officer_unit(), "1000", actor=officer)
    book = template_of(at_work)
    fill(book, {"children": 1200, "children_public": "约900余人"})

    of_import = upload(at_work, saved(book))
    assert outcomes(of_import) == {"children": "changed", "children_public": "new"}
    assert confirm(at_work, of_import).status_code == 302

    assert stored("children").number == 1200
    assert stored("children_public").qualifier == "remainder"
    assert stored("children").change.origin == "imported"


def children_of():
    from indicators.models import Indicator

    return Indicator.objects.get(code="children")


def officer_unit():
    from indicators.models import Jurisdiction

    return Jurisdiction.objects.get(code="500101")


def test_a_template_that_nobody_filled_in_changes_nothing(at_work, officer):
    enter(children_of(), officer_unit(), "1,000", actor=officer, note="含民办")
    of_import = upload(at_work, saved(template_of(at_work)))

    assert outcomes(of_import) == {"children": "unchanged"}
    assert confirm(at_work, of_import).status_code == 409
    assert ValueRevision.objects.filter(value=stored("children")).count() == 1


def test_a_figure_that_somebody_saved_meanwhile_is_a_conflict_to_choose_in(at_work, officer):
    enter(children_of(), officer_unit(), "1000", actor=officer)
    book = template_of(at_work)
    fill(book, {"children": 1200})
    enter(children_of(), officer_unit(), "1100", actor=officer)

    of_import = upload(at_work, saved(book))
    assert outcomes(of_import) == {"children": "conflict"}
    confirm(at_work, of_import, "valid")
    assert stored("children").number == 1100

    position = of_import.rows.get().position
    answer_rows(at_work, of_import, {f"choice-{position}": "file"})
    assert outcomes(of_import) == {"children": "changed"}
    confirm(at_work, of_import)
    assert stored("children").number == 1200


def test_what_was_saved_after_the_list_was_shown_brings_the_list_back(at_work, officer):
    of_import = upload(at_work, table(["children", "人", YEAR, 7]))
    enter(children_of(), officer_unit(), "8", actor=officer)

    answer = confirm(at_work, of_import)
    assert answer.status_code == 409
    assert "请重新查看清单" in answer.text
    assert outcomes(of_import) == {"children": "conflict"}
    assert stored("children").number == 8


def test_a_second_click_imports_nothing_twice(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 7]))
    assert confirm(at_work, of_import).status_code == 302
    assert confirm(at_work, of_import).status_code == 409
    assert ValueRevision.objects.count() == 1


def test_an_import_is_taken_back_to_what_was_there_before(at_work, officer):
    enter(children_of(), officer_unit(), "1000", actor=officer, note="含民办")
    book = template_of(at_work)
    fill(book, {"children": 1200, "children_public": 900})
    of_import = upload(at_work, saved(book))
    confirm(at_work, of_import)

    page = at_work.get(f"/imports/{of_import.pk}/undo/")
    assert (page.context["back"], page.context["stay"]) == (2, 0)
    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "传错文件"})
    assert (stored("children").number, stored("children").note) == (1000, "含民办")
    assert stored("children_public").state == "blank"
    assert stored("children").change.reason == "传错文件"
    assert Import.objects.get().state == "undone"
    assert Standing.objects.filter(value=stored("children")).count() == 3


def test_what_was_changed_after_the_import_stays_when_it_is_taken_back(at_work, officer):
    of_import = upload(
        at_work, table(["children", "人", YEAR, 7], ["children_public", "人", YEAR, 5])
    )
    confirm(at_work, of_import)
    enter(children_of(), officer_unit(), "8", actor=officer)

    page = at_work.get(f"/imports/{of_import.pk}/undo/")
    assert [str(refusal) for _row, refusal in page.context["stays"]] == ["导入之后该数据又有修改。"]
    at_work.post(f"/imports/{of_import.pk}/undo/", {"reason": "传错文件"})
    assert stored("children").number == 8
    assert stored("children_public").state == "blank"


def test_a_file_that_is_forgotten_leaves_nothing(at_work):
    of_import = upload(at_work, table(["children", "人", YEAR, 7]))
    at_work.post(f"/imports/{of_import.pk}/cancel/")
    assert not Import.objects.exists()
    assert not YearlyValue.objects.exists()


def test_an_import_is_nobody_elses(at_work, client, other_officer, supervisor):
    of_import = upload(at_work, table(["children", "人", YEAR, 7]))
    for user in (other_officer, supervisor):
        client.force_login(user)
        assert client.get(f"/imports/{of_import.pk}/").status_code == 404
        assert confirm(client, of_import).status_code == 404


def test_another_units_figures_are_refused_and_not_told(at_work, south, children, other_officer):
    enter(children, south, "777", actor=other_officer)
    head = ["单位", *HEAD]
    of_import = upload(at_work, table(["南区", "children", "人", YEAR, 777], head=head))
    assert outcomes(of_import) == {"children": "refused"}
    page = at_work.get(f"/imports/{of_import.pk}/")
    assert page.text.count("777") == 1  # what the file says
    assert said(of_import) == "没有这项数据，或不归您填报。"


def test_a_long_list_leads_to_its_pages_without_a_link_for_each(at_work):
    """61,500 rows had 1,230 links below them, on each page."""
    codes = [one.code for one in make_indicators([f"many_{n:02}" for n in range(60)])]
    rows = [[code, "人", YEAR - back, 5] for code in codes for back in range(20)]
    of_import = upload(at_work, table(*rows))
    pages = re.search(r'<nav class="pages".*?</nav>', page_of(at_work, of_import, 12), re.DOTALL)[0]
    assert re.findall(r"page=(\d+)", pages) == ["1", "9", "10", "11", "12", "13", "14", "24"]
    assert pages.count("…") == 2
    assert "第 12 页，共 24 页" in pages


def page_of(client, of_import, number):
    return client.get(f"/imports/{of_import.pk}/?show=new&page={number}").text
