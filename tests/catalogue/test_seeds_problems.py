"""The problems and measures of the seeds stand where the report has them, and leave nothing out.

As for the figures, the report is looked for beside the project; without it these tests are skipped.
"""

import re
from itertools import pairwise

import pytest
from django.utils import translation

from indicators.catalogue.seeds import SeedFault, load_seeds
from indicators.models import Criterion, Indicator, Measure, Problem
from tests.catalogue.files import OWN, rows, save

CHAPTERS = {"problems.csv": ("二、", "三、"), "measures.csv": ("三、", None)}
# The heading of a group is no problem of its own; it ends with the first stop.
HEADING = re.compile(r"^（[一二三四五六]）[^。]*。", re.MULTILINE)
PLACE = "A place has a beginning, and an end after it"
UNIT = "no unit has the code '599999' in 2022; add it to jurisdictions.csv or correct the cell"
DIGITS = "is no whole number; use digits"
COMPARED = "is not known; use one of ge, gt, le, lt, eq, all"
pytestmark = pytest.mark.filterwarnings("default:NO ")


def places_of(file):
    found = rows(OWN / file)
    return sorted((int(row["report_start"]), int(row["report_end"])) for row in found)


def chapter_of(text, file):
    begins, ends = CHAPTERS[file]
    start = re.search(f"^{begins}", text, re.MULTILINE).start()
    end = re.search(f"^{ends}", text, re.MULTILINE).start() if ends else len(text)
    return start, end


@pytest.mark.parametrize("file", CHAPTERS)
def test_no_two_have_the_same_place(file):
    assert [one for one in pairwise(places_of(file)) if one[0][1] > one[1][0]] == []


@pytest.mark.parametrize("file", CHAPTERS)
def test_they_lie_in_their_chapter_and_cover_every_sentence(file, city_report):
    start, end = chapter_of(city_report, file)
    covered = set()
    for first, last in places_of(file):
        assert start <= first < last <= end
        assert "\n" not in city_report[first:last].strip()
        covered |= set(range(first, last))
    text = city_report[start:end]
    title = re.match(r"[^\n]*\n", text)
    covered |= set(range(start, start + title.end()))
    headings = list(HEADING.finditer(text))
    assert len(headings) == 6
    for one in headings:
        covered |= set(range(start + one.start(), start + one.end()))
    assert "".join(city_report[at] for at in range(start, end) if at not in covered).strip() == ""


def test_there_are_six_groups_of_each():
    groups = {row["code"][5] for row in rows(OWN / "problems.csv")}
    assert groups == {row["problem"][5] for row in rows(OWN / "measures.csv")} == set("123456")


def fault_of(folder):
    """What loading says, without the file; nothing is loaded."""
    with translation.override("en"), pytest.raises(SeedFault) as caught:
        load_seeds(folder)
    assert [one.objects.count() for one in (Problem, Criterion, Measure, Indicator)] == [0] * 4
    return str(caught.value).removesuffix(".")


def changed(folder, file, **cells):
    """The first row otherwise."""
    path = folder / OWN.name / file
    found = rows(path)
    save(path, [found[0] | cells, *found[1:]])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "cells", "said"),
    [
        ("problems.csv", {"jurisdiction": "599999"}, f"2, column jurisdiction: {UNIT}"),
        ("problems.csv", {"year": "二〇二二"}, f"2, column year: '二〇二二' {DIGITS}"),
        ("problems.csv", {"year": "1066"}, "2, column year: 1066 is not from 1900 to 2200"),
        (
            "problems.csv",
            {"report_start": "2962", "report_end": "2943"},
            f"2, column report_end: {PLACE}",
        ),
        (
            "problems.csv",
            {"report_start": "2950", "report_end": "2980"},
            "3, column report_start: another row has a part of this place of the report; they must"
            " not overlap",
        ),
        (
            "problems.csv",
            {"code": "W2022102"},
            "3: the same code as in line 2; keep one of the two rows",
        ),
        (
            "problems.csv",
            {"duty_area": "nowhere"},
            "2, column duty_area: there is no 'nowhere'; add it to duty_areas.csv or correct the"
            " cell",
        ),
        ("problems.csv", {"title": ""}, "2, column title: the cell is empty; it must be filled"),
        ("measures.csv", {"unit": "599999"}, f"2, column unit: {UNIT}"),
        ("measures.csv", {"number": "1.5"}, f"2, column number: '1.5' {DIGITS}"),
        ("measures.csv", {"number": "0"}, "2, column number: 0 is not from 1 to 32767"),
        (
            "measures.csv",
            {"number": "2"},
            "3: the same problem, number as in line 2; keep one of the two rows",
        ),
        (
            "measures.csv",
            {"problem": "W1"},
            "2, column problem: there is no 'W1'; add it to problems.csv or correct the cell",
        ),
        (
            "measures.csv",
            {"due_on": "2026-02-30"},
            "2, column due_on: '2026-02-30' is no date; write it as 2011-10-24",
        ),
        ("measures.csv", {"report_end": "3623"}, f"2, column report_end: {PLACE}"),
        (
            "problem_indicators.csv",
            {"indicator": "nowhere"},
            "2, column indicator: there is no 'nowhere'; add it to indicators.csv or correct the"
            " cell",
        ),
        ("problem_indicators.csv", {"jurisdiction": "599999"}, f"2, column jurisdiction: {UNIT}"),
        (
            "problem_indicators.csv",
            {"comparator": "range"},
            f"2, column comparator: 'range' {COMPARED}",
        ),
        (
            "problem_indicators.csv",
            {"comparator": "all", "value": ""},
            "2, column comparator: school_standardisation_rate is compared with a number; use one"
            " of ge, gt, le, lt, eq, with a value",
        ),
        (
            "problem_indicators.csv",
            {"value": ""},
            "2, column value: A comparison needs a value, a statement has none",
        ),
        (
            "problem_indicators.csv",
            {"value": "95%"},
            "2, column value: '95%' is no number; use plain decimals such as 3.32",
        ),
        (
            "problem_indicators.csv",
            {"indicator": "security_guards_coverage"},
            "2, column comparator: security_guards_coverage is a statement; use all, without a"
            " value",
        ),
    ],
)
def test_a_wrong_cell_is_told_with_its_place_and_what_may_stand_there(folder, file, cells, said):
    changed(folder, file, **cells)
    assert fault_of(folder) == f"{OWN.name}/{file}, line {said}"


@pytest.mark.django_db
def test_the_same_figure_of_a_problem_is_not_there_twice(folder):
    path = folder / OWN.name / "problem_indicators.csv"
    found = rows(path)
    save(path, [*found, {**found[0], "comparator": "le"}])

    assert fault_of(folder) == (
        f"{OWN.name}/problem_indicators.csv, line {len(found) + 2}: the same problem, indicator,"
        " jurisdiction as in line 2; keep one of the two rows"
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("problems.csv", "jurisdiction"),
        ("measures.csv", "unit"),
        ("problem_indicators.csv", "comparator"),
    ],
)
def test_a_missing_column_is_named(folder, file, column):
    path = folder / OWN.name / file
    save(path, [{name: row[name] for name in row if name != column} for row in rows(path)])

    assert fault_of(folder) == (
        f"{OWN.name}/{file}, line 1, column {column}: the column is missing; add it to the header"
        " row"
    )
