"""Figures that bear an annotation are marked in lists, for who may read it and for nobody else."""

import pytest
from django.urls import reverse

from indicators.figures import figures_of
from indicators.figures.annotated import annotated_places
from indicators.models import Annotation, Jurisdiction
from indicators.recording.annotation import annotate, take_back
from tests.cast import YEAR, enter, make_unit
from tests.house.test_queries import queries_of
from tests.results.test_predecessors import change_of

BEFORE = YEAR - 1
ROLES = ("officer", "lead", "other_officer", "city_officer", "supervisor", "auditor", "editor")
OF_NORTH = ("officer", "lead", "city_officer", "supervisor", "auditor")
OF_CITY = ("city_officer", "supervisor", "auditor")


@pytest.fixture(autouse=True)
def figures(children, north, south, city):
    for year in (BEFORE, YEAR):
        for unit, number in ((north, "100"), (south, "200"), (city, "300")):
            enter(children, unit, number, year=year)


def of(code, year=YEAR):
    """Where the mark of the figure leads."""
    return f"{reverse('dashboards:figure', args=['children', code, year])}#annotations"


def lists_of(code):
    """The lists that show the unit's figure of the year."""
    table = f"?indicator=children&unit={code}&year={YEAR}"
    return {
        "overview": f"{reverse('dashboards:overview')}?jurisdiction={code}",
        "indicator": reverse("dashboards:indicator", args=["children"]),
        "over_now": f"{reverse('dashboards:indicator', args=['children'])}?boundaries=now",
        "changes": f"{reverse('dashboards:changes')}?jurisdiction={code}",
        "compare": f"{reverse('dashboards:compare')}?jurisdiction={code}&other=500000",
        "custom": f"{reverse('dashboards:custom_table')}{table}",
    }


def words(answer):
    return answer.content.decode()


@pytest.mark.parametrize("name", lists_of(""))
def test_it_is_marked_where_it_is_listed(as_, supervisor, children, north, name):
    annotate(children, north, YEAR, actor=supervisor, text="两所园停办")
    html = words(as_("supervisor").get(lists_of("500101")[name]))

    assert html.count('class="annotated"') == html.count(f'href="{of("500101")}"') == 1
    assert f'title="有附注" aria-label="有附注：指标children 北区 {YEAR} 年"' in html
    assert "两所园停办" not in html


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_read_it_sees_the_mark(
    as_, supervisor, officer, children, north, city, request, role
):
    annotate(children, north, YEAR, actor=officer, text="两所园停办")
    annotate(children, city, YEAR, actor=supervisor, text="北区拖了全市后腿")
    browser = as_(role)
    may_read = {"500101": OF_NORTH, "500000": OF_CITY}
    for code, readers in may_read.items():
        for address in lists_of(code).values():
            answer = browser.get(address)
            if answer.status_code == 200:
                assert (of(code) in words(answer)) <= (role in readers), address
        seen = browser.get(lists_of(code)["overview"])
        assert (of(code) in words(seen)) == (role in readers)


@pytest.mark.parametrize("role", ROLES)
def test_the_marks_are_of_what_the_reader_may_read(children, supervisor, request, role):
    """Asked without the database, who may read is the same as where annotations are read."""
    user = request.getfixturevalue(role)
    for unit in Jurisdiction.objects.all():
        annotate(children, unit, YEAR, actor=supervisor, text="说明")
        told = annotated_places(user, figures_of(user, unit, YEAR))
        readable = Annotation.objects.for_user(user).filter(jurisdiction=unit)
        assert bool(told) == readable.exists()


def test_of_the_figure_alone_and_of_its_year(as_, supervisor, children, north):
    annotate(children, north, BEFORE, actor=supervisor, text="只说这一年")
    html = {name: words(as_("supervisor").get(at)) for name, at in lists_of("500101").items()}

    assert {name for name, page in html.items() if "#annotations" in page} == {"changes"}
    assert of("500101", BEFORE) in html["changes"]


def test_taken_back_it_is_marked_no_longer(as_, supervisor, children, north):
    made = annotate(children, north, YEAR, actor=supervisor, text="写错了")
    other = annotate(children, north, YEAR, actor=supervisor, text="另一条")
    browser = as_("supervisor")
    take_back(made.pk, actor=supervisor)
    assert of("500101") in words(browser.get(lists_of("500101")["overview"]))

    take_back(other.pk, actor=supervisor)
    for address in lists_of("500101").values():
        assert "#annotations" not in words(browser.get(address))


def test_a_figure_that_is_not_there_yet_is_marked_as_well(as_, supervisor, children_public, north):
    annotate(children_public, north, YEAR, actor=supervisor, text="九月补报")
    html = words(as_("supervisor").get(lists_of("500101")["overview"]))

    assert f"/figures/children_public/500101/{YEAR}/#annotations" in html


def test_what_was_worked_out_bears_no_mark_of_one_of_its_parts(
    as_, supervisor, children, north, south, city
):
    """The north took the south in whole; what it said of its own is not said of both together."""
    annotate(children, north, BEFORE, actor=supervisor, text="说明")
    new = make_unit("500103", "新区", parent=city, valid_from=YEAR)
    for unit in (north, south):
        Jurisdiction.objects.filter(pk=unit.pk).update(valid_to=YEAR)
    change_of("merge", [north, south], [new])
    asked = f"?jurisdiction=500103&since={BEFORE}&year={YEAR}&boundaries=now"
    answer = as_("supervisor").get(reverse("dashboards:changes") + asked)

    assert answer.context["pairs"][0].first.number == 300
    assert "#annotations" not in words(answer)


def test_a_renamed_units_figure_bears_its_own_mark(as_, supervisor, children, north, city):
    annotate(children, north, BEFORE, actor=supervisor, text="说明")
    new = make_unit("500103", "新区", parent=city, valid_from=YEAR)
    Jurisdiction.objects.filter(pk=north.pk).update(valid_to=YEAR)
    change_of("rename", [north], [new])
    asked = f"?jurisdiction=500103&since={BEFORE}&year={YEAR}&boundaries=now"

    assert of("500101", BEFORE) in words(
        as_("supervisor").get(reverse("dashboards:changes") + asked)
    )


def test_files_bear_no_mark(as_, supervisor, children, north):
    """Who is handed one need not be who may read; on the page the mark is nothing to be read, so
    that what the browser makes a file of has none either."""
    browser = as_("supervisor")
    page, file = lists_of("500101")["overview"], reverse("dashboards:overview_csv")
    before = b"".join(browser.get(f"{file}?jurisdiction=500101").streaming_content)
    annotate(children, north, YEAR, actor=supervisor, text="说明")

    assert b"".join(browser.get(f"{file}?jurisdiction=500101").streaming_content) == before
    mark = words(browser.get(page)).split('class="annotated"')[1].split("</a>")[0]
    assert mark.split(">", 1)[1].startswith("<svg")


def test_many_marks_cost_what_none_cost(
    as_, supervisor, children, children_public, north, south, city
):
    lists = {**lists_of("500101"), "overview of the city": lists_of("500000")["overview"]}
    counted = {name: queries_of(as_("supervisor"), at) for name, at in lists.items()}
    for unit in (north, south, city):
        for indicator in (children, children_public):
            for year in (BEFORE, YEAR):
                annotate(indicator, unit, year, actor=supervisor, text="说明")

    assert {name: queries_of(as_("supervisor"), at) for name, at in lists.items()} == counted
